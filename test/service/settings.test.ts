import assert from 'node:assert/strict';
import { mergeSettings, parseConfig } from '../../server/src/service/config.ts';
import { matchesAny } from '../../server/src/service/globs.ts';
import { nearestName } from '../../server/src/service/nearest-name.ts';
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
    assert.equal(nearestName('any-orign', ['any-origin', 'null-origin']), 'any-origin');
    assert.equal(nearestName('completely-else', ['any-origin', 'null-origin']), undefined);
    assert.equal(nearestName('x', []), undefined);
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
