/** Files that other files write: by a shell, by keys that name them. What is written there is read where it stands. */
import assert from 'node:assert/strict';
import { nodeHost } from '../../server/src/node/host.ts';
import { createLinter } from '../../server/src/service/linter.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';

const host = nodeHost();

async function lint(path: string, text: string) {
  const { findings } = await createLinter(host).lint({ path, text }, defaultSettings);
  return findings;
}

/** A location that answers with what stands for the origin. */
const nginx = (origin: string): string[] => [
  'location / {',
  `  add_header Access-Control-Allow-Origin ${origin} always;`,
  '  add_header Access-Control-Allow-Credentials true always;',
  '  add_header Vary Origin always;',
  '}',
];
const apache = (origin: string): string[] => [
  `Header always set Access-Control-Allow-Origin "${origin}"`,
  'Header always set Access-Control-Allow-Credentials "true"',
];
const indented = (lines: readonly string[], by = '      '): string => lines.map((line) => `${by}${line}\n`).join('');
const lines = (...texts: readonly string[]): string => texts.join('\n') + '\n';
const shop = '"https://shop.example"';

/** The file, its text by the origin that is let in, an open origin, and what is found then. */
const carriers: readonly (readonly [
  what: string,
  path: string,
  text: (origin: string) => string,
  open: string,
  found: string,
  good?: string,
])[] = [
  [
    'COPY of a here-document',
    '/a/Dockerfile',
    (origin) => lines('FROM nginx', "COPY <<'EOF' /etc/nginx/conf.d/default.conf", ...nginx(origin), 'EOF'),
    '$http_origin',
    'any-origin-with-credentials $http_origin',
  ],
  [
    'COPY of a here-document in which the shell fills in',
    '/a/Dockerfile',
    (origin) => lines('FROM nginx', 'COPY --chmod=644 <<EOF /etc/nginx/conf.d/default.conf', ...nginx(origin), 'EOF'),
    '\\$http_origin',
    'any-origin-with-credentials $http_origin',
    '$ORIGIN',
  ],
  [
    'COPY of two here-documents into a folder',
    '/a/Dockerfile',
    (origin) =>
      lines('COPY <<one <<site.conf /etc/nginx/conf.d/', 'x', 'one', ...nginx(origin), 'site.conf').replaceAll(
        'site.conf',
        'site',
      ),
    '*',
    'wildcard-with-credentials *',
  ],
  [
    'RUN of cat',
    '/a/Dockerfile',
    (origin) => lines("RUN cat > /etc/nginx/conf.d/site.conf <<'EOF'", ...nginx(origin), 'EOF', 'CMD ["nginx"]'),
    '$http_origin',
    'any-origin-with-credentials $http_origin',
  ],
  [
    'RUN of echo, twice into one file',
    '/a/Dockerfile',
    (origin) => lines(...apache(origin).map((line) => `RUN echo '${line}' >> /etc/apache2/conf-enabled/cors.conf`)),
    '*',
    'wildcard-with-credentials "*"',
    'https://shop.example',
  ],
  [
    'printf in a script',
    '/a/entrypoint.sh',
    (origin) => `printf '${nginx(origin).join('\\n')}\\n' > /etc/nginx/conf.d/site.conf\n`,
    '*',
    'wildcard-with-credentials *',
  ],
  [
    'tee in a script',
    '/a/setup.sh',
    (origin) => lines('sudo tee /etc/apache2/conf-available/cors.conf > /dev/null <<"END"', ...apache(origin), 'END'),
    '*',
    'wildcard-with-credentials "*"',
    'https://shop.example',
  ],
  [
    'Elastic Beanstalk',
    '/a/.ebextensions/cors.config',
    (origin) => `files:\n  "/etc/httpd/conf.d/cors.conf":\n    content: |\n${indented(apache(origin))}`,
    '*',
    'wildcard-with-credentials "*"',
    'https://shop.example',
  ],
  [
    'cloud-init',
    '/a/cloud-init.yaml',
    (origin) =>
      `#cloud-config\nwrite_files:\n  - path: /etc/apache2/conf-enabled/cors.conf\n    content: |\n` +
      indented(apache(origin)),
    '*',
    'wildcard-with-credentials "*"',
    'https://shop.example',
  ],
  [
    'Butane',
    '/a/config.yaml',
    (origin) =>
      `storage:\n  files:\n    - path: /etc/httpd/conf.d/cors.conf\n      contents:\n        inline: |\n` +
      indented(apache(origin), '          '),
    '*',
    'wildcard-with-credentials "*"',
    'https://shop.example',
  ],
  [
    'a task of Ansible',
    '/a/tasks/main.yml',
    (origin) => `- copy:\n    dest: /etc/apache2/conf-enabled/cors.conf\n    content: |\n${indented(apache(origin))}`,
    '*',
    'wildcard-with-credentials "*"',
    'https://shop.example',
  ],
  [
    'a config of Docker Compose',
    '/a/compose.yaml',
    (origin) =>
      `services:\n  web:\n    configs:\n      - source: site\n        target: /etc/apache2/conf-enabled/cors.conf\n` +
      `configs:\n  site:\n    content: |\n${indented(apache(origin))}`,
    '*',
    'wildcard-with-credentials "*"',
    'https://shop.example',
  ],
  [
    'a config of Docker Compose with two dollar signs',
    '/a/compose.yaml',
    (origin) => `configs:\n  site:\n    content: |\n${indented(['server {', ...nginx(origin), '}'])}`,
    '$$http_origin',
    'any-origin-with-credentials $http_origin',
  ],
  [
    'a unit of systemd in cloud-init',
    '/a/user-data.yaml',
    (origin) =>
      `write_files:\n  - path: /etc/systemd/system/ollama.service.d/origins.conf\n    content: |\n      [Service]\n` +
      `      Environment="OLLAMA_ORIGINS=${origin}"\n`,
    '*',
    'any-origin *',
    'https://chat.example',
  ],
];

describe('Files that other files write', () => {
  for (const [what, path, text, open, expected, good = shop] of carriers) {
    it(`${what}: tells who can read`, async () => {
      const source = text(open);
      const findings = await lint(path, source);
      assert.deepEqual(
        findings
          .filter(({ rule }) => rule !== 'lost-header')
          .map(({ rule, range }) => `${rule} ${source.slice(range.start, range.end)}`),
        [expected],
      );
      if (/Dockerfile|\.sh$/.test(path))
        assert.deepEqual(
          findings.flatMap(({ fixes }) => fixes),
          [],
          'no edit is sure there',
        );
    });
    it(`${what}: is silent about one origin`, async () => {
      const findings = await lint(path, text(good));
      assert.deepEqual(
        findings.map(({ rule }) => rule),
        [],
      );
    });
  }

  it('are not seen where the file, or the text, is not there as it is', async () => {
    const [open] = apache('*');
    for (const text of [
      `echo '${open}'\n`,
      `# echo '${open}' > /etc/apache2/conf-enabled/cors.conf\n`,
      `cat <<EOF\n${open}\nEOF\n`,
      `cat > "$TARGET" <<EOF\n${open}\nEOF\n`,
    ])
      assert.deepEqual(await lint('/a/x.sh', text), []);
  });
});
