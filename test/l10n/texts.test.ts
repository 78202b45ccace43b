/** Texts in other languages: whole, with the same places to fill in, and none left over. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { englishWords } from '../../client/src/policy-page/messages.ts';
import { createTranslator } from '../../server/src/lsp/translation.ts';
import { german, notYet } from './german.ts';

const read = (file: string): string => fs.readFileSync(file, 'utf8');
const sourcesOf = (folder: string): string =>
  fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => read(path.join(folder, name)))
    .join('\n');
const isWord = (text: string): boolean => /^[A-Za-z]{4,}$/.test(text);
const places = (text: string): string[] => (text.match(/\{\d\}|command:\w+\.\w+|`[^`]+`/g) ?? []).sort();

describe('texts in German', () => {
  it('are there for every text of the client and of the page of policies', () => {
    const said = [...sourcesOf('client/src').matchAll(/l10n\.t\(\s*'((?:[^'\\]|\\.)*)'/g)].map(([, text]) => text!);
    assert.ok(said.length > 20);
    const missing = [...said, ...Object.values(englishWords)].filter((text) => !(text in german));
    assert.deepEqual(missing, []);
  });

  it('have the same places to fill in', () => {
    for (const [english, text] of Object.entries(german))
      assert.deepEqual(places(text), places(english), `${english}\n${text}`);
  });

  it('are of texts that the product says', () => {
    const sources = `${sourcesOf('client/src')}\n${sourcesOf('server/src')}`.replaceAll(/' \+\s*['`]|` \+\s*['`]/g, '');
    // Two words of it, one after the other: what is put together from pieces stands nowhere as a whole.
    const gone = Object.keys(german).filter((text) => {
      const words = text
        .replaceAll(/\{\d\}|[".:;,`(){}]/g, ' ')
        .split(/\s+/)
        .filter((word) => word !== '');
      const runs = words.slice(1).map((_, at) => words.slice(at, at + 2).join(' '));
      return words.filter(isWord).length > 2 && !runs.some((run) => sources.includes(run));
    });
    assert.deepEqual(gone, []);
  });

  it('of the manifest are those of the English one, with the same links', () => {
    const [english, others] = ['package.nls.json', 'package.nls.de.json'].map(
      (file) => JSON.parse(read(file)) as Record<string, string>,
    );
    assert.deepEqual(Object.keys(others!), Object.keys(english!));
    for (const [key, text] of Object.entries(english!)) {
      assert.deepEqual(places(others![key]!), places(text), key);
      assert.notEqual(others![key], text, key);
    }
  });

  it('leave nothing untranslated', () => {
    assert.deepEqual(notYet, [], 'somebody who speaks German is wanted');
  });
});

describe('a translator', () => {
  const texts = {
    'No page has the origin "{0}".': 'Keine Seite hat die Origin „{0}“.',
    '{0}, so the site is locked out.': '{0}; deshalb ist die Site ausgesperrt.',
    'It ends with a slash': 'Sie endet mit einem Schrägstrich',
    '{0} and {1}': '{0} und {1}',
    'Write "{0}".': 'Schreiben Sie „{0}“.',
    nobody: 'niemand',
    'with cookies': 'mit Cookies',
  };
  const { say, sayList } = ((translator) => ({
    say: (text: string) => translator.say(text),
    sayList: (text: string) => translator.sayList(text),
  }))(createTranslator(texts));

  it('fills in what was filled in, and looks phrases up in their turn', () => {
    assert.equal(
      say('No page has the origin "https://a.example/".'),
      'Keine Seite hat die Origin „https://a.example/“.',
    );
    assert.equal(
      say('It ends with a slash, so the site is locked out.'),
      'Sie endet mit einem Schrägstrich; deshalb ist die Site ausgesperrt.',
    );
  });

  it('leaves names of the file as they are, though they are words', () => {
    assert.equal(say('Write "this and that".'), 'Schreiben Sie „this and that“.');
    assert.equal(say('Write "nobody".'), 'Schreiben Sie „nobody“.');
  });

  it('says sentence by sentence what it does not know as a whole', () => {
    assert.equal(
      say('Write "a". Something that nobody knows. Write "b".'),
      'Schreiben Sie „a“. Something that nobody knows. Schreiben Sie „b“.',
    );
  });

  it('does not put single words into a sentence that it does not know', () => {
    assert.equal(say('Ships and cranes.'), 'Ships and cranes.');
  });

  it('says the words of a list, and nothing within code', () => {
    assert.equal(
      sayList('nobody, with cookies; `nobody, with cookies`'),
      'niemand, mit Cookies; `nobody, with cookies`',
    );
  });

  it('is English without a bundle, and with what is none', () => {
    for (const bundle of [undefined, null, 'de', 3, {}, { a: 1 }])
      assert.equal(createTranslator(bundle).say('Write "a".'), 'Write "a".');
  });

  it('takes texts with signs of patterns in them as they are', () => {
    const translator = createTranslator({ 'a (b) [c] {0}*': 'd {0}' });
    assert.equal(translator.say('a (b) [c] x*'), 'd x');
    assert.equal(translator.say('a b c x'), 'a b c x');
  });
});
