/** Configurations of nginx that stand in other files, under keys that do not say so. */
import assert from 'node:assert/strict';
import { nodeHost } from '../../server/src/node/host.ts';
import { createLinter } from '../../server/src/service/linter.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';

const lines = [
  'add_header Access-Control-Allow-Origin $http_origin always;',
  'add_header Access-Control-Allow-Credentials true always;',
  'add_header Vary Origin always;',
];
const site = ['server {', '  listen 80;', '  location / {', ...lines.map((line) => `    ${line}`), '  }', '}'];
const block = (text: readonly string[], indentation: string): string =>
  text.map((line) => `${indentation}${line}\n`).join('');

async function found(path: string, text: string): Promise<string[]> {
  const { findings } = await createLinter(nodeHost()).lint({ path, text }, defaultSettings);
  return findings.map(({ rule, range }) => `${rule} ${text.slice(range.start, range.end)}`);
}

describe('nginx in other files', () => {
  for (const [what, path, text] of [
    ['a variable of Ansible', '/a/vars.yml', `nginx_extra_conf: |\n${block(['# Every site.', ...lines], '  ')}`],
    ['a value of a chart', '/a/values.yaml', `serverBlock: |-\n${block(site, '  ')}`],
    [
      'a file of Terraform',
      '/a/main.tf',
      `resource "local_file" "nginx" {\n  content = <<-EOT\n${block(site, '    ')}  EOT\n}\n`,
    ],
    ['a template', '/a/nginx.conf.erb', block(['<% if ENV["OPEN"] %>', ...site, '<% end %>'], '')],
  ] as const) {
    it(`is read in ${what}`, async () =>
      assert.deepEqual(await found(path, text), ['any-origin-with-credentials $http_origin']));
  }

  it('is not looked for in scripts and other texts', async () => {
    assert.deepEqual(await found('/a/ci.yml', `run: |\n  echo done\n  sed -i '/x/a ${lines[0]}' site.conf\n`), []);
  });
});
