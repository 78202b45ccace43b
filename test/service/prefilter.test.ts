import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { frameworks } from '../../server/src/frameworks/index.ts';
import { sourceKind } from '../../server/src/service/language.ts';
import { fixturesOf } from '../frameworks/rooms.ts';
import { frameworksFor, mentionsCors, mentionsIn } from '../../server/src/service/prefilter.ts';
import { runs } from '../seed.ts';

/** A line that says what is found in the line above it. */
const marker = /^\s*(?:\/\/|[#;]|<!--)\s*(?:\^+|!)\s+[a-z][a-z0-9-, ]*(?:-->\s*)?$/m;

describe('prefilter', () => {
  for (const framework of frameworks) {
    it(`lets every fixture of ${framework.id} with a finding pass, as bytes too`, function () {
      const folder = fixturesOf(framework.id);
      if (!fs.existsSync(folder)) {
        console.error(`SKIPPED: there is no fixture of ${framework.id}; its findings are tested elsewhere.`);
        this.skip();
      }
      let passed = 0;
      for (const name of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        const file = path.join(folder, name);
        if (!fs.statSync(file).isFile()) continue;
        const bytes = fs.readFileSync(file);
        const text = bytes.toString('utf8').replaceAll(new RegExp(marker, 'gm'), '');
        if (!marker.test(bytes.toString('utf8'))) continue;
        const kind = sourceKind(file, undefined, text);
        assert.ok(kind, `${name}: the kind of file is not recognised`);
        // A tree may carry the text that the framework reads.
        const isAsked = kind.shape === 'tree' || frameworksFor(kind).includes(framework);
        assert.ok(isAsked, `${name}: ${framework.id} is not asked`);
        assert.ok(mentionsCors(kind, text), name);
        assert.ok(
          framework.mentions.some((word) => text.toLowerCase().includes(word)),
          `${name} holds none of the words of ${framework.id}`,
        );
        const latin = Buffer.from(text).toString('latin1');
        assert.deepEqual(sourceKind(file, undefined, latin), kind);
        assert.ok(mentionsCors(kind, latin), `${name} as bytes`);
        passed++;
      }
      assert.ok(passed > 0, 'no fixture with a marker');
    });
    it(`${framework.id}: its words are lower-case ASCII, and not so short that everything passes`, () => {
      for (const word of framework.mentions) assert.match(word, /^[\x21-\x7e ]{3,}$/);
      assert.deepEqual(
        framework.mentions.map((word) => word.toLowerCase()),
        framework.mentions,
      );
    });
  }
  it('stops a text without any of the words', () => {
    for (const file of [
      'a.js',
      'a.py',
      'a.json',
      'nginx.conf',
      '.htaccess',
      'a.yaml',
      'a.toml',
      'a.properties',
      '.env',
      '.env.production',
      'app.env',
      'Dockerfile',
      'Dockerfile.api',
      'local.ini',
      'public/_headers',
    ]) {
      const kind = sourceKind(file, undefined, 'nothing of interest');
      assert.ok(kind, file);
      assert.equal(mentionsCors(kind, 'nothing of interest'), false, file);
    }
  });
  it('knows after an edit what a look at the whole text would say', () => {
    const kind = sourceKind('a.js', undefined, '')!;
    const words = frameworksFor(kind).flatMap(({ mentions }) => mentions);
    const text = fc
      .array(
        fc.oneof(
          fc.constantFrom(...words),
          fc.constantFrom(...words.map((word) => word.toUpperCase().slice(0, -2))),
          fc.string({ maxLength: 6 }),
        ),
        { maxLength: 8 },
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, text, text, (start, old, replacement, end) => {
        const after = start + replacement + end;
        const known = mentionsIn(kind, after, mentionsIn(kind, start + old + end));
        assert.deepEqual(known.frameworks, mentionsIn(kind, after).frameworks);
      }),
      { numRuns: runs(2000) },
    );
  });
  it('takes the path where editors give one id to files of many kinds', () => {
    assert.deepEqual(sourceKind('application.properties', 'properties', ''), { shape: 'tree', format: 'properties' });
    assert.deepEqual(sourceKind('etc/nginx/nginx.conf', 'properties', ''), { shape: 'directives', format: 'nginx' });
    assert.equal(sourceKind('.gitconfig', 'properties', ''), undefined);
  });
});
