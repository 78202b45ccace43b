import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import { isSettingsFile, mergeSettings, parseConfig } from '../../server/src/service/config.ts';
import { matchesAny } from '../../server/src/service/globs.ts';
import { guessedName } from '../../server/src/edits/nearest-name.ts';
import { overridden } from '../../server/src/service/overrides.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';

describe('settings', () => {
  it('without a mistake are read, with comments and commas', () => {
    assert.deepEqual(
      parseConfig(
        '{\n  // what we trust\n  "$schema": "x", "trustedOrigins": ["https://a.example"], "profile": ' +
          '"thorough",\n  "rules": { "any-origin": "error", "*": "off" }, "exclude": ["old/**"], ' +
          '"development": [],\n}\n',
      ),
      {
        settings: {
          trustedOrigins: ['https://a.example'],
          profile: 'thorough',
          rules: { 'any-origin': 'error', '*': 'off' },
          exclude: ['old/**'],
          development: [],
        },
        errors: [],
      },
    );
    assert.deepEqual(parseConfig('{}'), { settings: {}, errors: [] });
  });

  /** The text with the wrong part between «», and what is said of it. */
  const mistakes: readonly (readonly [marked: string, message: RegExp])[] = [
    ['«[]»', /settings are an object/],
    ['«"x"»', /settings are an object/],
    ['«3»', /settings are an object/],
    ['{ «"excluded"»: [] }', /no setting "excluded"/],
    ['{ «"Rules"»: {} }', /no setting "Rules"/],
    [
      '{ "trustedOrigins": [«"https://shop.example/"»] }',
      /No page has the origin .* Write "https:\/\/shop\.example"\.$/,
    ],
    ['{ "trustedOrigins": [«"http://"»] }', /It is a scheme, a host/],
    ['{ "overrides": «{}» }', /"overrides" is a list/],
    ['{ "overrides": [«{ "files": ["*.json"] }»] }', /An override has "files"/],
    ['{ "overrides": [{ "files": ["*.json"], "rules": { «"any-orign"»: "off" } }] }', /Did you mean "any-origin"/],
    ['{ "profile": «"strict"» }', /"profile" is/],
    ['{ "profile": «true» }', /"profile" is/],
    ['{ "profile": «null» }', /"profile" is/],
    ['{ "rules": «[]» }', /"rules" is an object/],
    ['{ "rules": «"off"» }', /"rules" is an object/],
    ['{ "rules": { «"any-orign"»: "off" } }', /no rule "any-orign"\. Did you mean "any-origin"\?/],
    ['{ "rules": { «"zzzzzzzz"»: "off" } }', /no rule "zzzzzzzz"\.$/],
    ['{ "rules": { "any-origin": «"loud"» } }', /severity is one of error, warning, information, off/],
    ['{ "rules": { "*": «1» } }', /severity is one of/],
    ['{ "rules": { "*": «{}» } }', /severity is one of/],
    ...['trustedOrigins', 'exclude', 'development'].flatMap((name): [string, RegExp][] => [
      [`{ "${name}": «"x"» }`, new RegExp(`"${name}" is a list of texts`)],
      [`{ "${name}": ["https://a.example", «7», "https://b.example"] }`, /has to be a text/],
      [`{ "${name}": «{}» }`, /is a list of texts/],
    ]),
  ];
  for (const [marked, message] of mistakes) {
    it(`a mistake is said with its place: ${marked}`, () => {
      const { errors } = parseConfig(marked.replaceAll(/[«»]/g, ''));
      assert.equal(errors.length, 1);
      const [start, end] = [marked.indexOf('«'), marked.indexOf('»') - 1];
      assert.deepEqual([errors[0]!.start, errors[0]!.end], [start, end]);
      assert.match(errors[0]!.message, message);
    });
  }
  for (const text of ['{', '{ "rules": }', '{ "profile" "default" }', '{} x']) {
    it(`what is not JSON is said: ${text}`, () => {
      const { errors } = parseConfig(text);
      assert.match(errors[0]!.message, /^This is not JSON: /);
      for (const { start, end } of errors) assert.ok(start >= 0 && start <= end && end <= text.length + 1);
    });
  }
  it('a stranger may nest brackets, and make mistakes, without end', () => {
    for (const text of [
      '['.repeat(100_000),
      '{"a":'.repeat(100_000),
      `{ "rules": ${'['.repeat(50)}${']'.repeat(50)} }`,
    ]) {
      const { settings, errors } = parseConfig(text);
      assert.deepEqual(settings, {});
      assert.match(errors[0]!.message, /nested too deeply/);
    }
    const { settings, errors } = parseConfig(`{ "exclude": ["a", ${'1,'.repeat(10_000)}] }`);
    assert.deepEqual(settings, { exclude: ['a'] });
    assert.equal(errors.length, 100);
  });

  it('what is right beside a mistake is kept', () => {
    const { settings, errors } = parseConfig(
      '{ "profile": "thorough", "rules": { "any-origin": "off", "x": "off" }, "exclude": ["a", 1], "what": 1 }',
    );
    assert.equal(errors.length, 3);
    assert.deepEqual(settings, { profile: 'thorough', rules: { 'any-origin': 'off' }, exclude: ['a'] });
  });

  it('are merged member by member, rules one by one, and the last wins', () => {
    const merged = mergeSettings(
      { profile: 'thorough', exclude: ['a'], rules: { 'any-origin': 'off', 'null-origin': 'error' } },
      undefined,
      { exclude: ['b'], rules: { 'any-origin': 'warning' } },
    );
    assert.deepEqual(merged, {
      ...defaultSettings,
      profile: 'thorough',
      exclude: ['b'],
      rules: { 'any-origin': 'warning', 'null-origin': 'error' },
    });
    assert.deepEqual(mergeSettings(), defaultSettings);
    assert.deepEqual(mergeSettings({ exclude: undefined, development: null } as never), defaultSettings);
  });

  it('their globs see files whose names begin with a dot, and the folder that they count from', () => {
    assert.equal(matchesAny(['old/**'], 'old/.hidden/a.js'), true);
    assert.equal(matchesAny(['old/**'], 'new/old/a.js'), false);
    assert.equal(matchesAny(['**/old/**'], 'new/old/a.js'), true);
    assert.equal(matchesAny([], 'a.js'), false);
    assert.equal(matchesAny(defaultSettings.development, 'test/a.js'), true);
    assert.equal(matchesAny(defaultSettings.development, 'src/a.js'), false);
  });

  it('the nearest name is guessed, but not a far one', () => {
    assert.equal(guessedName('any-orign', ['any-origin', 'null-origin']), 'any-origin');
    assert.equal(guessedName('completely-else', ['any-origin', 'null-origin']), undefined);
    assert.equal(guessedName('x', []), undefined);
  });
});

describe('overrides', () => {
  const settings = mergeSettings(
    parseConfig(
      '{ "rules": { "any-origin": "error" }, "overrides": [' +
        '{ "files": ["public/**"], "rules": { "any-origin": "off", "any-method": "off" } },' +
        '{ "files": ["**/*.json"], "rules": { "any-origin": "warning" } }] }',
    ).settings,
  );
  it('hold for the files of their globs, later ones before earlier ones', () => {
    assert.deepEqual(overridden(settings, 'src/server.js').rules, { 'any-origin': 'error' });
    assert.deepEqual(overridden(settings, 'public/a.tf').rules, { 'any-origin': 'off', 'any-method': 'off' });
    assert.deepEqual(overridden(settings, 'public/cors.json').rules, { 'any-origin': 'warning', 'any-method': 'off' });
  });
  it('are one object for files of the same overrides', () => {
    assert.equal(overridden(settings, 'public/a.tf'), overridden(settings, 'public/b.tf'));
    assert.equal(overridden(settings, 'src/server.js'), settings);
  });
});

describe('settings in YAML', () => {
  const yaml = (text: string) => parseConfig(text, '/project/.cors-lint.yaml');
  it('say the same as in JSON', () => {
    assert.deepEqual(
      yaml(
        '# what we trust\ntrustedOrigins:\n  - https://a.example\nprofile: thorough\nrules:\n  any-origin: error\n  "*": off\n' +
          'exclude: [old/**]\noverrides:\n  - files: ["public/**"]\n    rules: { missing-vary: off }\nbaseline: known.json\n',
      ),
      parseConfig(
        '{ "trustedOrigins": ["https://a.example"], "profile": "thorough", ' +
          '"rules": { "any-origin": "error", "*": "off" }, ' +
          '"exclude": ["old/**"], ' +
          '"overrides": [{ "files": ["public/**"], "rules": { "missing-vary": "off" } }], "baseline": "known.json" }',
      ),
    );
    for (const empty of ['', '# nothing\n', '---\n', '{}']) assert.deepEqual(yaml(empty), { settings: {}, errors: [] });
  });
  for (const [text, start, message] of [
    ['- x\n', 0, /settings are an object/],
    ['rules:\n  any-orign: off\n', 9, /Did you mean "any-origin"/],
    ['rules:\n  any-origin: loud\n', 21, /severity is one of/],
    ['profile: strict\n', 9, /"profile" is/],
    ['profile: [\n', 11, /This is not YAML: flow sequence/],
    ['profile: default\nprofile: thorough\n', 17, /This is not YAML: map keys must be unique\.$/],
    ['a: &a x\nexclude: [*a]\n', 18, /write it out/],
    ['trustedOrigins: [https://a.example/]\n', 17, /Write "https:\/\/a\.example"/],
    ['1: x\n', 0, /There is no setting "1"/],
  ] as const)
    it(`a mistake is said with its place: ${JSON.stringify(text)}`, () => {
      const { errors } = yaml(text);
      assert.ok(
        errors.some((error) => error.start === start && message.test(error.message)),
        JSON.stringify(errors),
      );
    });
  it('half-typed text gives what is there', () => {
    assert.deepEqual(yaml('profile: thorough\nrules:\n').settings, { profile: 'thorough' });
    const whole = 'trustedOrigins:\n  - https://a.example\nrules:\n  any-origin: "off"\noverrides:\n  - files: [a]\n';
    for (let end = 0; end <= whole.length; end++) yaml(whole.slice(0, end));
  });
  it('nested without end is refused', () => {
    for (const text of ['['.repeat(100_000), `${'- '.repeat(20_000)}x`, `a: &a [${'*a,'.repeat(1000)}]`])
      assert.ok(yaml(text).errors.length > 0);
  });
  it('are told by the name', () => {
    assert.ok(isSettingsFile('/a/.cors-lint.yml') && isSettingsFile('file:///a/cors-lint.json'));
    assert.ok(!isSettingsFile('/a/my-cors-lint.json') && !isSettingsFile('/a/.cors-lint.yaml.txt'));
  });
});

describe("the settings' schema", () => {
  const schema = JSON.parse(readFileSync('server/schema/cors-lint.schema.json', 'utf8')) as object;
  const validate = new Ajv({ strict: true, strictTypes: false, allErrors: true }).compile(schema);
  it('takes what is right, and refuses what parseConfig refuses', () => {
    assert.ok(
      validate({
        $schema: 'https://json.schemastore.org/cors-lint.json',
        trustedOrigins: ['https://app.example.com'],
        rules: { 'any-origin': 'error', '*': 'off' },
        overrides: [{ files: ['public/**'], rules: { 'any-origin': 'off' } }],
        profile: 'thorough',
        exclude: ['vendor/**'],
        development: ['docker/**'],
        baseline: 'cors-lint-baseline.json',
      }),
      JSON.stringify(validate.errors),
    );
    for (const wrong of [
      { excluded: [] },
      { rules: { 'any-orign': 'off' } },
      { rules: { 'any-origin': 'loud' } },
      { trustedOrigins: ['https://a.example/'] },
      { overrides: [{ files: [] }] },
      { baseline: '' },
      { profile: 'strict' },
    ]) {
      assert.ok(!validate(wrong), JSON.stringify(wrong));
      assert.ok(parseConfig(JSON.stringify(wrong)).errors.length > 0, JSON.stringify(wrong));
    }
  });
  it('is in the form that SchemaStore wants: a draft, an address, and words for every setting', () => {
    const { $schema, $id, properties } = schema as {
      $schema: string;
      $id: string;
      properties: Record<string, { description?: string }>;
    };
    assert.equal($schema, 'http://json-schema.org/draft-07/schema#');
    assert.equal($id, 'https://json.schemastore.org/cors-lint.json');
    for (const [name, { description }] of Object.entries(properties)) assert.match(description ?? '', /\.$/, name);
  });
});
