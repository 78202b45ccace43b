/** Reports for continuous integration: GitLab's code quality, JUnit's XML and Checkstyle's. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import Ajv from 'ajv';
import { Parser } from 'htmlparser2';
import { buildCli, closedApp, fixableApp, openApp, place } from './run.ts';
import type { Place } from './run.ts';

interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlNode[];
  text: string;
}

/** By a parser of its own, so that what is written can be held against what was meant. */
function parseXml(text: string): XmlNode {
  const root: XmlNode = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const node: XmlNode = { name, attributes, children: [], text: '' };
        open.at(-1)!.children.push(node);
        open.push(node);
      },
      ontext: (part) => void (open.at(-1)!.text += part),
      onclosetag: () => void open.pop(),
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(text);
  assert.equal(open.length, 1);
  return root.children[0]!;
}

interface ElementRule {
  readonly required: readonly string[];
  readonly allowed?: readonly string[];
  readonly children: readonly string[];
}

/** https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd */
const junit: Readonly<Record<string, ElementRule>> = {
  testsuites: { required: [], allowed: ['name', 'time', 'tests', 'failures', 'errors'], children: ['testsuite'] },
  testsuite: { required: ['name', 'tests', 'failures', 'errors'], children: ['testcase'] },
  testcase: { required: ['name'], allowed: ['classname', 'time'], children: ['failure', 'error', 'system-out'] },
  failure: { required: [], allowed: ['type', 'message'], children: [] },
  error: { required: [], allowed: ['type', 'message'], children: [] },
  'system-out': { required: [], children: [] },
};
const checkstyle: Readonly<Record<string, ElementRule>> = {
  checkstyle: { required: ['version'], children: ['file'] },
  file: { required: ['name'], children: ['error'] },
  error: { required: ['line', 'severity', 'message', 'source'], allowed: ['column'], children: [] },
};

/** What the schema refuses, in words. */
function refused({ name, attributes, children }: XmlNode, schema: Readonly<Record<string, ElementRule>>): string[] {
  const rule = schema[name];
  if (!rule) return [`no element ${name}`];
  const known = [...rule.required, ...(rule.allowed ?? [])];
  return [
    ...rule.required.filter((attribute) => attributes[attribute] === undefined).map((one) => `${name} without ${one}`),
    ...Object.keys(attributes)
      .filter((attribute) => !known.includes(attribute))
      .map((one) => `${name} with ${one}`),
    ...children.filter((child) => !rule.children.includes(child.name)).map((child) => `${child.name} in ${name}`),
    ...children.flatMap((child) => refused(child, schema)),
  ];
}

describe('formats for continuous integration', function () {
  let here: Place;
  before(buildCli);
  beforeEach(() => {
    here = place({
      'open.js': openApp,
      'closed.js': closedApp,
      'fixable.js': fixableApp,
      'a&b <"c">/nginx.conf': 'add_header Access-Control-Allow-Origin "https://<&>\u0007.example";\n',
      'twice.js': `${openApp}app.use(require('cors')());\n`,
      'bad.js': `${openApp}${'['.repeat(30_000)}`,
    });
  });
  afterEach(() => here.remove());

  interface Finding {
    path: string;
    line: number;
    column: number;
    rule: string;
    severity: string;
    message: string;
    related?: readonly { path: string; line: number; message: string }[];
  }
  const withPlaces = ({ message, related = [] }: Pick<Finding, 'message' | 'related'>): string => {
    const same = related.filter((one) => one.message === 'The same holds here.');
    const places = same.map(({ path, line }) => `${path}:${line}`).join(', ');
    return places === '' ? message : `${message} The same holds in ${places}.`;
  };
  const json = (...args: string[]) =>
    JSON.parse(here.run([...args, '-f', 'json']).out) as { findings: Finding[]; failed?: { path: string }[] };
  const all = (node: XmlNode, name: string): XmlNode[] =>
    node.children.flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)]);
  const xml = (format: string, ...args: string[]): XmlNode => {
    const { out } = here.run([...args, '-f', format]);
    assert.match(out, /^<\?xml version="1\.0" encoding="UTF-8"\?>\n</);
    return parseXml(out);
  };

  it('junit: a suite a file, a case a finding, and what fails the run fails', () => {
    const report = xml('junit', '.');
    assert.deepEqual(refused(report, junit), []);
    const { findings, failed = [] } = json('.');
    assert.ok(findings.length >= 5);
    assert.deepEqual(
      all(report, 'testcase').map(({ attributes: { classname, name } }) => `${classname}: ${name}`),
      [
        ...findings.map(({ path, rule, line, column }) => `${path}: ${rule} at ${line}:${column}`),
        ...failed.map(({ path }) => `${path}: could not be checked`),
      ],
    );
    const told = [...all(report, 'failure'), ...all(report, 'system-out')].map(({ text }) => text).sort();
    const meant = findings.map(
      ({ path, line, column, severity, ...said }) => `${path}:${line}:${column}: ${severity}: ${withPlaces(said)}`,
    );
    assert.deepEqual(told, meant.sort());
    const failing = findings.filter(({ severity }) => severity !== 'information');
    assert.equal(all(report, 'failure').length, failing.length);
    assert.equal(report.attributes.failures, String(failing.length));
    assert.equal(report.attributes.tests, String(findings.length + failed.length));
    for (const suite of all(report, 'testsuite')) assert.equal(suite.attributes.tests, String(suite.children.length));
    const calm = xml('junit', '.', '--fail-on', 'never');
    assert.equal(all(calm, 'failure').length, 0);
    assert.equal(all(calm, 'system-out').length, findings.length);
  });
  it('junit: one case that passes where nothing is found', () => {
    const report = xml('junit', 'closed.js');
    assert.deepEqual(refused(report, junit), []);
    assert.deepEqual(
      all(report, 'testcase').map(({ attributes, children }) => [attributes.name, children.length]),
      [['no findings in 1 file', 0]],
    );
  });

  it('checkstyle: an element a file, with place, severity and message', () => {
    const report = xml('checkstyle', '.');
    assert.deepEqual(refused(report, checkstyle), []);
    const { findings, failed = [] } = json('.');
    assert.deepEqual(
      all(report, 'file')
        .flatMap((file) => file.children.map(({ attributes }) => ({ path: file.attributes.name, ...attributes })))
        .slice(0, findings.length),
      findings.map(({ path, line, column, severity, rule, ...said }) => ({
        path,
        line: String(line),
        column: String(column),
        severity: severity === 'information' ? 'info' : severity,
        message: withPlaces(said),
        source: `cors-lint.${rule}`,
      })),
    );
    assert.equal(all(report, 'error').length, findings.length + failed.length);
    assert.deepEqual(refused(xml('checkstyle', 'closed.js'), checkstyle), []);
  });

  it('both are XML for another parser too', function () {
    for (const format of ['junit', 'checkstyle']) {
      const { out } = here.run(['.', '-f', format]);
      const program = 'import sys, xml.dom.minidom; xml.dom.minidom.parseString(sys.stdin.buffer.read())';
      const { error, status, stderr } = spawnSync('python3', ['-c', program], { input: out, encoding: 'utf8' });
      if (error) {
        console.error('SKIPPED: python3 is not there.');
        this.skip();
      }
      assert.equal(status, 0, stderr);
    }
  });

  it('gitlab: issues with fingerprints that are their own, and stay when lines move', () => {
    // From https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
    const validate = new Ajv().compile({
      type: 'array',
      items: {
        type: 'object',
        required: ['description', 'check_name', 'fingerprint', 'location', 'severity'],
        properties: {
          description: { type: 'string', minLength: 1 },
          check_name: { type: 'string' },
          fingerprint: { type: 'string', pattern: '^[0-9a-f]{32}$' },
          severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
          location: {
            type: 'object',
            required: ['path', 'lines'],
            properties: {
              path: { type: 'string', not: { pattern: '^(\\./|/)' } },
              lines: { type: 'object', required: ['begin'], properties: { begin: { type: 'integer', minimum: 1 } } },
            },
          },
        },
      },
    });
    interface Issue {
      check_name: string;
      fingerprint: string;
      location: { path: string; lines: { begin: number } };
    }
    const issues = (...args: string[]): Issue[] => {
      const report: unknown = JSON.parse(here.run([...args, '-f', 'gitlab']).out);
      assert.ok(validate(report), JSON.stringify(validate.errors));
      return report as Issue[];
    };
    const { findings, failed = [] } = json('.');
    const before = issues('.');
    assert.equal(before.length, findings.length + failed.length);
    assert.equal(new Set(before.map(({ fingerprint }) => fingerprint)).size, before.length);
    assert.ok(before.filter(({ location }) => location.path === 'twice.js').length >= 2);
    const [old] = issues('open.js');
    here.write('open.js', `// moved\n\n${openApp}`);
    const [moved] = issues('open.js');
    assert.deepEqual(
      [moved!.fingerprint, moved!.location.lines.begin],
      [old!.fingerprint, old!.location.lines.begin + 2],
    );
    assert.deepEqual(issues('closed.js'), []);
  });

  for (const format of ['junit', 'checkstyle', 'gitlab'])
    it(`${format} ends as the other formats do`, () => {
      assert.equal(here.run(['open.js', '-f', format]).status, 1);
      assert.equal(here.run(['closed.js', '-f', format]).status, 0);
      assert.match(here.run(['policy', 'open.js', '-f', format]).error, /policy answers in text or json/);
    });
});
