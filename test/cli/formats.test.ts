import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { buildCli, cliFile, closedApp, fixableApp, openApp, place } from './run.ts';
import type { Place } from './run.ts';

const accepted =
  "// cors-lint-disable-next-line any-origin -- public: prices, 100 %\nrequire('express')().use(require('cors')());\n";
const crossFile = {
  'app/server.js':
    "const { origins } = require('./origins.js');\nrequire('express')().use(require('cors')({ origin: origins, credentials: true }));\n",
  'app/origins.js': 'exports.origins = true;\n',
};

describe('formats of the report', function () {
  let here: Place;
  before(buildCli);
  beforeEach(() => (here = place({ 'open.js': openApp, 'closed.js': closedApp })));
  afterEach(() => here.remove());

  describe('json', () => {
    it('has exactly these members', () => {
      const report = JSON.parse(here.run(['open.js', 'closed.js', '--format', 'json']).out) as {
        findings: Record<string, unknown>[];
      };
      const [finding] = report.findings;
      const { message, witness } = finding as { message: string; witness: string };
      assert.match(message, /^[A-Z].*\.$/);
      assert.match(witness, /^https:\/\//);
      assert.deepEqual(report, {
        version: 1,
        findings: [
          {
            rule: 'any-origin',
            severity: 'warning',
            confidence: 'certain',
            path: 'open.js',
            line: 2,
            column: 9,
            endLine: 2,
            endColumn: 26,
            message,
            witness,
            fixes: [{ title: 'Allow only listed origins', safety: 'unsafe', changes: 'write your own into the list' }],
            documentation: 'https://github.com/cors-lint/cors-lint/blob/main/server/docs/rules/any-origin.md',
          },
        ],
        files: 2,
      });
    });
    it('is one document without findings, too, and leaves accepted findings out', () => {
      here.write('accepted.js', accepted);
      assert.deepEqual(JSON.parse(here.run(['accepted.js', '-f', 'json']).out), { version: 1, findings: [], files: 1 });
    });
  });

  describe('text', () => {
    it('shows place, code and what to do', () => {
      const { out } = here.run(['open.js']);
      assert.match(
        out,
        /^open\.js:2:9: warning: [A-Z].+\. \[any-origin\]\n {2}2 \| app\.use\(require\('cors'\)\(\)\);\n {4}\| {9}\^{17}\n {2}[A-Z]/,
      );
      assert.match(out, /\n0 errors, 1 warning, 0 for information, in 1 file\.\n$/);
      assert.ok(!out.includes('\u001b'));
    });
    it('is coloured on demand only', () => {
      assert.ok(
        here
          .run(['open.js'], { env: { NO_COLOR: undefined, FORCE_COLOR: '1' } })
          .out.includes('\u001b[33mwarning\u001b[39m: '),
      );
      assert.ok(
        !here.run(['open.js', '-f', 'json'], { env: { NO_COLOR: undefined, FORCE_COLOR: '1' } }).out.includes('\u001b'),
      );
    });
    it('says how many have a safe fix', () => {
      here.write('fixable.js', fixableApp);
      assert.match(here.run(['fixable.js']).out, / 1 with a safe fix: --fix\.\n$/);
    });
  });

  it('github: one annotation a finding, with what its syntax needs escaped', () => {
    here.write('a,b: 50%/open.js', openApp);
    const { out, status } = here.run(['a,b: 50%', '--format', 'github']);
    assert.equal(status, 1);
    assert.match(
      out,
      /^::warning file=a%2Cb%3A 50%25\/open\.js,line=2,endLine=2,col=9,endColumn=26,title=any-origin::[^\n]+\n$/,
    );
    here.write('fixable.js', fixableApp);
    assert.match(here.run(['fixable.js', '-f', 'github']).out, /^::notice file=fixable\.js,line=3,/);
    here.write(
      'nginx.conf',
      'add_header Access-Control-Allow-Origin *;\nadd_header Access-Control-Allow-Credentials true;\n',
    );
    assert.match(here.run(['nginx.conf', '-f', 'github']).out, /^::error file=nginx\.conf,/m);
    assert.equal(here.run(['closed.js', '-f', 'github']).out, '');
  });

  describe('sarif', () => {
    const schemaFile = createRequire(import.meta.url).resolve(
      '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
    );
    const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
    addFormats(ajv as never);
    const validate = ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')) as object);
    interface Sarif {
      runs: {
        tool: { driver: { version: string; rules: { id: string }[] } };
        results: {
          ruleId: string;
          ruleIndex: number;
          level: string;
          locations: unknown[];
          relatedLocations?: unknown[];
          fixes?: unknown[];
          suppressions?: unknown[];
          partialFingerprints: Record<string, string>;
        }[];
      }[];
    }
    const sarif = (...args: string[]): Sarif => {
      const report = JSON.parse(here.run([...args, '--format', 'sarif']).out) as Sarif;
      assert.ok(validate(report), JSON.stringify(validate.errors, null, 2));
      return report;
    };

    it('is valid against the schema of version 2.1.0, and the schema can fail', () => {
      for (const [name, text] of Object.entries({
        'fixable.js': fixableApp,
        'accepted.js': accepted,
        'strange ü#%/open.js': openApp,
        ...crossFile,
      }))
        here.write(name, text);
      const report = sarif('.');
      assert.ok(report.runs[0]!.results.length >= 5);
      const broken = structuredClone(report) as unknown as { runs: { results: { level: string }[] }[] };
      broken.runs[0]!.results[0]!.level = 'loud';
      assert.equal(validate(broken), false);
      sarif('closed.js');
    });
    it('names rule, level, place, fixes and suppressions', () => {
      here.write('fixable.js', fixableApp);
      here.write('accepted.js', accepted);
      const [run] = sarif('.').runs;
      const result = (rule: string, suppressed = false) =>
        run!.results.find(
          ({ ruleId, suppressions }) => ruleId === rule && (suppressions !== undefined) === suppressed,
        )!;
      const open = result('any-origin');
      assert.equal(run!.tool.driver.rules[open.ruleIndex]?.id, 'any-origin');
      assert.equal(open.level, 'warning');
      assert.deepEqual(open.locations, [
        {
          physicalLocation: {
            artifactLocation: { uri: 'open.js' },
            region: { startLine: 2, startColumn: 9, endLine: 2, endColumn: 26 },
          },
        },
      ]);
      assert.deepEqual(result('any-origin', true).suppressions, [
        { kind: 'inSource', justification: 'public: prices, 100 %' },
      ]);
      assert.equal(result('unused-suppression').level, 'note');
      assert.equal(result('unused-suppression').fixes?.length, 1);
    });
    it('grades weaknesses as GitHub shows them, and mistakes as mistakes', () => {
      const rules = sarif('.').runs[0]!.tool.driver.rules as unknown as {
        id: string;
        help: { text: string; markdown: string };
        properties: Record<string, unknown>;
      }[];
      const rule = (wanted: string) => rules.find(({ id }) => id === wanted)!;
      assert.deepEqual(rule('any-origin-with-credentials').properties, {
        precision: 'high',
        'problem.severity': 'error',
        'security-severity': '8.0',
        tags: ['security', 'cors', 'external/cwe/cwe-942'],
      });
      assert.deepEqual(rule('malformed-origin').properties, {
        precision: 'high',
        'problem.severity': 'error',
        tags: ['correctness', 'cors'],
      });
      for (const { help } of rules) assert.ok(help.text !== '' && help.markdown.includes('Right:'));
    });
    it('gives what lies outside of the working directory an absolute place', () => {
      const outside = place({ 'open.js': openApp });
      assert.ok(
        JSON.stringify(sarif(`${outside.folder}/open.js`).runs[0]!.results).includes(
          `"uri":"file://${outside.folder}/open.js"`,
        ),
      );
      outside.remove();
    });
    it('keeps a fingerprint when lines move, and encodes paths', () => {
      here.write('moved ü.js', `// moved\n\n${openApp}`);
      const fingerprint = (file: string) => sarif(file).runs[0]!.results[0]!;
      const [before, after] = [fingerprint('open.js'), fingerprint('moved ü.js')];
      assert.deepEqual(before.partialFingerprints, after.partialFingerprints);
      assert.match(JSON.stringify(after.locations), /"uri":"moved%20%C3%BC\.js"/);
    });
  });

  it('ends quietly when the reader stops early', async () => {
    for (let index = 0; index < 200; index++) here.write(`many/${index}.js`, openApp);
    const child = spawn(process.execPath, [cliFile, 'many', '--format', 'json'], {
      cwd: here.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let error = '';
    child.stderr.on('data', (data: Buffer) => (error += data.toString()));
    // Nobody reads any more, even before the first byte comes.
    child.stdout.destroy();
    const code = await new Promise((resolve) => child.on('close', resolve));
    assert.deepEqual({ code, error }, { code: 1, error: '' });
  });
  it('ends quietly under head', function () {
    if (process.platform === 'win32') this.skip();
    for (let index = 0; index < 200; index++) here.write(`many/${index}.js`, openApp);
    const { stdout, stderr } = spawnSync(
      'sh',
      ['-c', `"${process.execPath}" "${cliFile}" many --format json | head -1`],
      { cwd: here.folder, encoding: 'utf8', timeout: 600_000 },
    );
    assert.deepEqual({ stdout, stderr }, { stdout: '{\n', stderr: '' });
  });

  it('a report that cannot be written is a crash, not a clean run', function () {
    if (!existsSync('/dev/full')) {
      console.error('SKIPPED: there is no /dev/full to stand for a full disk.');
      this.skip();
    }
    const { stdout } = spawnSync('sh', ['-c', `"${process.execPath}" "${cliFile}" closed.js > /dev/full; echo $?`], {
      cwd: here.folder,
      encoding: 'utf8',
      timeout: 600_000,
    });
    assert.equal(stdout, '3\n');
  });

  describe('progress', () => {
    const many = (): void => {
      for (let index = 0; index < 501; index++) here.write(`many/${index}.js`, '');
    };
    it('is not written where standard error is no terminal', () => {
      many();
      assert.deepEqual(here.run(['many']), { status: 0, out: 'No findings in 501 files.\n', error: '' });
    });
    it('is written on a terminal, and wiped', function () {
      many();
      const { stdout, error, status } = spawnSync(
        'script',
        ['-qec', `"${process.execPath}" "${cliFile}" many`, '/dev/null'],
        { cwd: here.folder, encoding: 'utf8', timeout: 600_000 },
      );
      if (error || status !== 0) {
        console.error('SKIPPED: script(1) is not there to give a terminal.');
        this.skip();
      }
      assert.match(stdout, /\r500 of 501 files\r\u001b\[K/);
      assert.match(stdout, /No findings in 501 files\./);
    });
  });
});
