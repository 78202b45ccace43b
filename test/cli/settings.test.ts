import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildCli, fixableApp, found, openApp, place } from './run.ts';
import type { Place } from './run.ts';

describe('settings files on the command line', function () {
  let here: Place;
  before(buildCli);
  beforeEach(() => (here = place({ 'a.js': openApp })));
  afterEach(() => here.remove());

  it('every mistake is said, each with file, line and column, and nothing is checked', () => {
    here.write(
      'cors-lint.json',
      '{\n  "profile": "strict",\n  "rules": { "any-orign": "off", "any-origin": "loud" },\n  "excluded": [],\n  "exclude": "x"\n}\n',
    );
    assert.deepEqual(here.run(['.']), {
      status: 2,
      out: '',
      error: [
        'cors-lint: cors-lint.json:2:14: "profile" is "default" or "thorough".',
        'cors-lint: cors-lint.json:3:14: There is no rule "any-orign". Did you mean "any-origin"?',
        'cors-lint: cors-lint.json:3:48: A severity is one of error, warning, information, off.',
        'cors-lint: cors-lint.json:4:3: There is no setting "excluded". Known are trustedOrigins, rules, overrides, profile, ' +
          'exclude, development and baseline.',
        'cors-lint: cors-lint.json:5:14: "exclude" is a list of texts.',
        '',
      ].join('\n'),
    });
  });
  it('mistakes of several files are said at once, and no file is written', () => {
    here.write('one/cors-lint.json', '[]');
    here.write('two/cors-lint.json', '{ "rules": [] }');
    here.write('two/b.js', openApp);
    const file = here.write('a-first/fixable.js', fixableApp);
    const { status, error } = here.run(['.', '--fix']);
    assert.equal(status, 2);
    assert.match(error, /^cors-lint: one\/cors-lint\.json:1:1: .*\ncors-lint: two\/cors-lint\.json:1:12: .*\n$/);
    assert.equal(readFileSync(file, 'utf8'), fixableApp);
  });
  it('what is not JSON is said with its place', () => {
    here.write('cors-lint.json', '{\n  "profile": "default",\n  rules: {}\n}');
    const { status, error } = here.run(['.']);
    assert.equal(status, 2);
    assert.match(error, /^cors-lint: cors-lint\.json:3:3: This is not JSON: invalid symbol\.\n/);
  });
  it('mistakes in the file of --config are said with its name', () => {
    here.write('settings/mine.json', '{ "x": 1 }');
    assert.match(here.run(['-c', 'settings/mine.json', '.']).error, /^cors-lint: settings\/mine\.json:1:3: /);
  });

  it('the nearest one wins as a whole', () => {
    here.write('cors-lint.json', '{ "rules": { "any-origin": "off" } }');
    here.write('inner/cors-lint.json', '{ /* a comment */ "profile": "default", }');
    here.write('inner/deep/b.js', openApp);
    assert.deepEqual(found(here.run(['.', '-f', 'json'])), ['inner/deep/b.js any-origin']);
  });
  it('in any encoding with a mark', () => {
    here.write('cors-lint.json', Buffer.from('\ufeff{ "rules": { "any-origin": "off" } }', 'utf16le'));
    assert.equal(here.run(['.']).status, 0);
    here.write('cors-lint.json', '\ufeff{ "rules": { "any-origin": "off" } }');
    assert.equal(here.run(['.']).status, 0);
  });
  it('exclude counts from their own folder, and a named file that is excluded is said', () => {
    here.write('cors-lint.json', '{ "exclude": ["old/**"] }');
    here.write('old/b.js', openApp);
    here.write('new/old/c.js', openApp);
    assert.deepEqual(found(here.run(['.', '-f', 'json'])), ['a.js any-origin', 'new/old/c.js any-origin']);
    assert.deepEqual(here.run(['old/b.js']), {
      status: 0,
      out: '',
      error:
        'skipped: old/b.js: The settings exclude it.\nwarning: No file was checked. cors-lint.json excludes 1 file.\n',
    });
    here.write('.git/HEAD', '');
    assert.deepEqual(found(here.run(['.', '-f', 'json'], { cwd: path.join(here.folder, 'old') })), []);
  });
  it('an id counts before the star', () => {
    here.write('cors-lint.json', '{ "rules": { "*": "off" } }');
    assert.deepEqual(found(here.run(['.', '-f', 'json'])), []);
    here.write('cors-lint.json', '{ "rules": { "any-origin": "error", "*": "off" } }');
    assert.equal(here.run(['.', '--fail-on', 'error']).status, 1);
  });

  it('may be YAML; JSON in the same folder counts before it, and mistakes have their place', () => {
    here.write('.cors-lint.yaml', 'rules:\n  any-origin: off\n');
    assert.deepEqual(found(here.run(['.', '-f', 'json'])), []);
    here.write('inner/.cors-lint.yml', 'rules: {}\n');
    here.write('inner/b.js', openApp);
    assert.deepEqual(found(here.run(['.', '-f', 'json'])), ['inner/b.js any-origin']);
    here.write('cors-lint.json', '{}');
    const both = here.run(['.', '-f', 'json']);
    assert.equal(found(both).length, 2);
    assert.equal(both.error, 'ignored: .cors-lint.yaml: cors-lint.json beside it counts alone.\n');
    here.write('inner/.cors-lint.yml', 'profile: default\nrules:\n  any-orign: off\n');
    assert.deepEqual(here.run(['.']), {
      status: 2,
      out: '',
      error: 'cors-lint: inner/.cors-lint.yml:3:3: There is no rule "any-orign". Did you mean "any-origin"?\n',
    });
    here.write('mine.yaml', 'rules: [\n');
    assert.match(here.run(['-c', 'mine.yaml', '.']).error, /^cors-lint: mine\.yaml:2:1: This is not YAML: /);
  });
});
