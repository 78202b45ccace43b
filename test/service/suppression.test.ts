import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/service/apply-edits.ts';
import type { Finding, LintResult } from '../../server/src/service/lint.ts';
import { createLinter } from '../../server/src/service/linter.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';
import type { Settings } from '../../server/src/service/settings.ts';
import { suppressionEdit } from '../../server/src/service/suppression.ts';
import { nodeHost } from '../../server/src/node/host.ts';

const linter = createLinter(nodeHost());
async function lint(path: string, text: string, settings: Partial<Settings> = {}): Promise<LintResult> {
  const result = await linter.lint(
    { path: `/project/${path}`, relativePath: path, text },
    { ...defaultSettings, ...settings },
  );
  assert.deepEqual(result.problems ?? [], []);
  return result;
}
/** As somebody types over it. */
const withReason = (text: string): string => text.replace('why this is right', 'a public feed');
const rulesOf = (findings: readonly Finding[]): string[] => findings.map(({ rule }) => rule);

/** Text before the line with the finding, that line, and text after it. */
interface Sample {
  readonly path: string;
  readonly languageId: string;
  readonly before: string;
  readonly line: string;
  readonly after: string;
  readonly comments: readonly ((text: string) => string)[];
  /** False where a comment after code would be a part of it. */ readonly endOfLine?: boolean;
}
const slashes = (text: string): string => `// ${text}`;
const block = (text: string): string => `/* ${text} */`;
const starred = (text: string): string => `/**\n * ${text}\n */`;
const hash = (text: string): string => `# ${text}`;
const express = { before: "const app = require('express')();\n", line: "app.use(require('cors')());", after: '\n' };
const samples: readonly Sample[] = [
  {
    path: 'server.js',
    languageId: 'javascript',
    ...express,
    comments: [slashes, block, starred, (text) => `//${text}`],
  },
  { path: 'server.ts', languageId: 'typescript', ...express, comments: [slashes, block, starred] },
  { path: 'server.tsx', languageId: 'typescriptreact', ...express, comments: [slashes, block] },
  {
    path: 'main.py',
    languageId: 'python',
    before: 'from fastapi import FastAPI\nfrom fastapi.middleware.cors import CORSMiddleware\n\napp = FastAPI()\n',
    line: 'app.add_middleware(CORSMiddleware, allow_origins=["*"])',
    after: '\n',
    comments: [hash, (text) => `#${text}`],
  },
  {
    path: 'nginx.conf',
    languageId: 'nginx',
    before: 'location / {\n',
    line: '  add_header Access-Control-Allow-Origin * always;',
    after: '\n}\n',
    comments: [hash, (text) => `#${text}`],
  },
  {
    path: '.htaccess',
    languageId: 'apacheconf',
    before: '',
    line: 'Header always set Access-Control-Allow-Origin "*"',
    after: '\n',
    comments: [hash],
    endOfLine: false,
  },
  {
    path: 'netlify.toml',
    languageId: 'toml',
    before: '[[headers]]\nfor = "/*"\n[headers.values]\n',
    line: 'Access-Control-Allow-Origin = "*"',
    after: '\n',
    comments: [hash],
    endOfLine: true,
  },
  {
    path: '.env',
    languageId: 'dotenv',
    before: '',
    line: 'OLLAMA_ORIGINS=*',
    after: '\n',
    comments: [hash],
    endOfLine: false,
  },
  {
    path: 'application.properties',
    languageId: 'java-properties',
    before: '',
    line: 'management.endpoints.web.cors.allowed-origins=*',
    after: '\n',
    comments: [hash],
    endOfLine: false,
  },
  {
    path: 'config.alloy',
    languageId: 'plaintext',
    before: 'faro.receiver "browser" {\n  server {\n',
    line: '    cors_allowed_origins = ["*"]',
    after: '\n  }\n  output { }\n}\n',
    comments: [slashes],
  },
  {
    path: 'vercel.json',
    languageId: 'jsonc',
    before: '{ "headers": [{ "source": "/(.*)", "headers": [\n',
    line: '  { "key": "Access-Control-Allow-Origin", "value": "*" }',
    after: '\n] }] }\n',
    comments: [slashes, block],
  },
  {
    path: 'web.config',
    languageId: 'xml',
    before: '<configuration><system.webServer><httpProtocol><customHeaders>\n',
    line: '  <add name="Access-Control-Allow-Origin" value="*" />',
    after: '\n</customHeaders></httpProtocol></system.webServer></configuration>\n',
    comments: [(text) => `<!-- ${text.replace('--', '—')} -->`],
  },
];

describe('suppressions', () => {
  for (const { path, languageId, before, line, after, comments, endOfLine = true } of samples) {
    describe(path, () => {
      it('the sample has one finding', async () =>
        assert.deepEqual(rulesOf((await lint(path, before + line + after)).findings), ['any-origin']));
      comments.forEach((comment, index) => {
        const shown = comment('…').replaceAll('\n', '⏎');
        const accepts = async (text: string): Promise<void> => {
          const { findings, suppressed } = await lint(path, text);
          assert.deepEqual(
            [rulesOf(findings), suppressed.map(({ rule, suppressed: reason }) => [rule, reason])],
            [[], [['any-origin', 'a public feed']]],
            text,
          );
        };
        it(`${shown} in the line above`, () =>
          accepts(`${before}${comment('cors-lint-disable-next-line any-origin -- a public feed')}\n${line}${after}`));
        it(`${shown} for the file`, () =>
          accepts(`${comment('cors-lint-disable any-origin -- a public feed')}\n${before}${line}${after}`));
        if (endOfLine && index !== 2)
          it(`${shown} in the line`, () =>
            accepts(`${before}${line} ${comment('cors-lint-disable-line any-origin -- a public feed')}${after}`));
        it(`${shown} without a finding`, async () => {
          const { findings } = await lint(
            path,
            `${before}${comment('cors-lint-disable-next-line null-origin -- not here')}\n${line}${after}`,
          );
          assert.deepEqual(rulesOf(findings).sort(), ['any-origin', 'unused-suppression']);
        });
      });
      for (const place of ['line', 'next-line', 'file'] as const) {
        it(`the edit for "${place}" accepts the finding`, async () => {
          const text = before + line + after;
          const [finding] = (await lint(path, text)).findings;
          const edited = withReason(
            applyEdits(text, [suppressionEdit(finding!, place, text, languageId, `/project/${path}`)]),
          );
          const { findings, suppressed } = await lint(path, edited);
          assert.deepEqual([rulesOf(findings), rulesOf(suppressed)], [[], ['any-origin']], edited);
        });
      }
    });
  }

  it('a comment in XML stands outside of tags, behind the declaration, and without two dashes', async () => {
    const text =
      '<?xml version="1.0"?>\n<configuration><system.webServer><httpProtocol><customHeaders><add\n  ' +
      'name="Access-Control-Allow-Origin"\n  value="*"\n' +
      '/></customHeaders></httpProtocol></system.webServer></configuration>\n';
    for (const place of ['line', 'next-line', 'file'] as const) {
      const [finding] = (await lint('web.config', text)).findings;
      const edited = withReason(
        applyEdits(text, [suppressionEdit(finding!, place, text, 'xml', '/project/web.config')]),
      );
      assert.match(edited, /^<\?xml version="1.0"\?>\n<!-- cors-lint-disable any-origin — [^-]*-->\n<configuration>/);
      assert.deepEqual(rulesOf((await lint('web.config', edited)).findings), []);
    }
  });

  const js = (comment: string): string =>
    `const app = require('express')();\n${comment}\napp.use(require('cors')());\n`;
  it('several ids, with commas or blanks, each counted by itself', async () => {
    for (const ids of ['any-origin, null-origin', 'null-origin any-origin', 'any-origin,null-origin']) {
      const { findings, suppressed } = await lint('a.js', js(`// cors-lint-disable-next-line ${ids} -- why`));
      assert.deepEqual([rulesOf(findings), rulesOf(suppressed)], [['unused-suppression'], ['any-origin']], ids);
      assert.match(findings[0]!.message, /"null-origin".*Remove the id\./);
      assert.deepEqual(findings[0]!.fixes, []);
    }
  });
  it('the reason stands after two dashes; without one it is empty', async () => {
    const reason = async (comment: string) => (await lint('a.js', js(comment))).suppressed[0]?.suppressed;
    assert.equal(await reason('// cors-lint-disable-next-line any-origin -- a feed -- for all'), 'a feed -- for all');
    assert.equal(await reason('// cors-lint-disable-next-line any-origin'), '');
    assert.equal(await reason('/* cors-lint-disable-next-line any-origin -- two\nlines */'), 'two\nlines');
  });
  it('an unknown id, and no id, accept nothing and are said', async () => {
    const unknown = await lint('a.js', js('// cors-lint-disable-next-line any-orign -- typed wrong'));
    assert.deepEqual(rulesOf(unknown.findings), ['unused-suppression', 'any-origin']);
    assert.match(unknown.findings[0]!.message, /no rule "any-orign"/);
    const none = await lint('a.js', js('// cors-lint-disable-next-line -- everything'));
    assert.deepEqual(rulesOf(none.findings), ['unused-suppression', 'any-origin']);
    assert.match(none.findings[0]!.message, /names no rule/);
  });
  it('a comment accepts only in its own place', async () => {
    const text = `// cors-lint-disable-next-line any-origin -- too far\n${js('')}`;
    assert.deepEqual(rulesOf((await lint('a.js', text)).findings), ['unused-suppression', 'any-origin']);
    assert.deepEqual(rulesOf((await lint('a.js', js('// cors-lint-disable-line any-origin -- one above'))).findings), [
      'unused-suppression',
      'any-origin',
    ]);
  });
  it('words in a string or in the middle of a sentence accept nothing', async () => {
    for (const line of [
      "const text = '// cors-lint-disable-next-line any-origin';",
      '// write cors-lint-disable-next-line any-origin above it',
      '// cors-lint-disable-next-lines any-origin',
    ]) {
      assert.deepEqual(rulesOf((await lint('a.js', js(line))).findings), ['any-origin'], line);
    }
  });
  it('a comment on a line of a finding that goes over several accepts it', async () => {
    const text =
      "const app = require('express')();\napp.use(require('cors')({\n" +
      '  origin: true, // cors-lint-disable-line any-origin, reflected-origin -- a feed\n}));\n';
    assert.ok((await lint('a.js', text)).suppressed.length > 0);
  });
  describe('from disable to enable', () => {
    const routes = (...lines: string[]): string =>
      ["const app = require('express')();", "const cors = require('cors');", ...lines, ''].join('\n');
    const lines = async (text: string) => {
      const { findings, suppressed } = await lint('a.js', text);
      const lineOf = ({ range }: Finding): number => text.slice(0, range.start).split('\n').length;
      return [findings.map((one) => `${one.rule} ${lineOf(one)}`), suppressed.map(lineOf)];
    };
    it('what stands between is accepted, and nothing else', async () => {
      const between = routes(
        "app.use('/b', cors());",
        '/* cors-lint-disable any-origin -- feeds */',
        "app.use('/c', cors());",
        '/* cors-lint-enable any-origin */',
        "app.use('/d', cors());",
      );
      assert.deepEqual(await lines(between), [['any-origin 3', 'any-origin 7'], [5]]);
    });
    it('an enable without ids ends all, one of another rule ends nothing', async () => {
      const ended = (enable: string) =>
        lines(
          routes(
            '// cors-lint-disable any-origin -- feeds',
            "app.use('/c', cors());",
            enable,
            "app.use('/d', cors());",
          ),
        );
      assert.deepEqual(await ended('// cors-lint-enable'), [['any-origin 6'], [4]]);
      assert.deepEqual(await ended('// cors-lint-enable null-origin'), [['unused-suppression 5'], [4, 6]]);
    });
    it('at the head of a file it covers the whole of it', async () => {
      const text = `#!/usr/bin/env node\n// A server.\n// cors-lint-disable any-origin -- feeds\n${routes('app.use(cors());')}`;
      assert.deepEqual(await lines(text), [[], [6]]);
    });
    it('an enable that ends nothing is said, and can be removed', async () => {
      const text = routes('// cors-lint-enable any-origin', "app.use(cors({ origin: 'https://app.example.com' }));");
      const [finding] = (await lint('a.js', text)).findings;
      assert.match(finding!.message, /^This comment ends nothing\./);
      assert.equal(finding!.fixes.length, 1);
    });
  });

  describe('until a day', () => {
    const text = js('// cors-lint-disable-next-line any-origin until 2027-01-31 -- the old app');
    it('the finding is accepted on that day', async () => {
      const { findings, suppressed } = await lint('a.js', text, { today: '2027-01-31' });
      assert.deepEqual([rulesOf(findings), suppressed.map((one) => one.suppressed)], [[], ['the old app']]);
    });
    it('and counts again from the next one on', async () => {
      const { findings } = await lint('a.js', text, { today: '2027-02-01' });
      assert.deepEqual(rulesOf(findings), ['unused-suppression', 'any-origin']);
      assert.match(findings[0]!.message, /^This comment accepted until 2027-01-31\./);
    });
    it('what is no day is said, and the finding stays accepted', async () => {
      const { findings, suppressed } = await lint('a.js', text.replace('2027-01-31', 'summer'), {
        today: '2027-02-01',
      });
      assert.deepEqual([rulesOf(findings), rulesOf(suppressed)], [['unexplained-suppression'], ['any-origin']]);
    });
  });

  it('a reason is asked for: none, and the one to type over, are said', async () => {
    for (const reason of ['', ' -- ', ' -- why this is right']) {
      const { findings, suppressed } = await lint('a.js', js(`// cors-lint-disable-next-line any-origin${reason}`));
      assert.deepEqual([rulesOf(findings), rulesOf(suppressed)], [['unexplained-suppression'], ['any-origin']], reason);
    }
  });

  it('unused-suppression: removes the comment, follows its severity, and leaves rules in peace that do not run', async () => {
    const text =
      "require('express')().use(require('cors')({ origin: [] }));\n" +
      '// cors-lint-disable-next-line any-origin -- gone\nmodule.exports = 1;\n';
    const unused = (await lint('a.js', text)).findings.find(({ rule }) => rule === 'unused-suppression')!;
    assert.equal(unused.severity, 'information');
    assert.deepEqual(
      unused.fixes.map(({ safety, edits }) => [safety, applyEdits(text, edits)]),
      [['safe', text.replace(/\/\/.*\n/, '')]],
    );
    const severities = async (rules: Settings['rules']) =>
      (await lint('a.js', text, { rules })).findings
        .filter(({ rule }) => rule === 'unused-suppression')
        .map(({ severity }) => severity);
    assert.deepEqual(await severities({ 'unused-suppression': 'error' }), ['error']);
    assert.deepEqual(await severities({ 'unused-suppression': 'off' }), []);
    assert.deepEqual(await severities({ 'any-origin': 'off' }), []);
    const trailing =
      "require('express')().use(require('cors')({ origin: [] })); // cors-lint-disable-line any-origin -- gone\r\n";
    const [end] = (await lint('a.js', trailing)).findings.filter(({ rule }) => rule === 'unused-suppression');
    assert.equal(
      applyEdits(trailing, end!.fixes[0]!.edits),
      "require('express')().use(require('cors')({ origin: [] }));\r\n",
    );
  });
});
