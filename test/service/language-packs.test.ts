import assert from 'node:assert/strict';
import { ecosystems } from '../../server/src/service/packages/index.ts';
import { grammarSources, languageOfEnding, languageOfId } from '../../server/src/service/languages.ts';
import { nodeHost } from '../../server/src/node/host.ts';
import { programLanguages } from '../../server/src/syntax/programs/index.ts';
import type { ProgramLanguage } from '../../server/src/syntax/programs/program-language.ts';
import { valueLanguages } from '../../server/src/values/languages/index.ts';

describe('Every programming language', () => {
  for (const language of programLanguages as readonly ProgramLanguage[]) {
    describe(language.name, () => {
      it('has an adapter of the same name', () => assert.equal(language.adapter.language, language.name));

      it('says what its values mean', () =>
        assert.equal(valueLanguages.filter(({ name }) => name === language.name).length, 1));

      it('has an ecosystem that is read', () => assert.ok(ecosystems.some(({ name }) => name === language.ecosystem)));

      it('is found by its endings and ids alone', () => {
        for (const { ids, endings, grammar } of language.dialects) {
          const kind = { shape: 'program', language: language.name, grammar: grammar.name };
          for (const id of ids) assert.deepEqual(languageOfId(id)?.kind, kind);
          for (const ending of endings) assert.deepEqual(languageOfEnding(ending)?.kind, kind);
        }
      });
    });
  }

  it('has no values without a reader', () => {
    const names: readonly string[] = programLanguages.map(({ name }) => name);
    assert.deepEqual(
      valueLanguages.filter(({ name }) => !names.includes(name)),
      [],
    );
  });

  it('ships its grammars', async () => {
    for (const { name } of grammarSources) {
      const bytes = await nodeHost().loadGrammar(name);
      assert.deepEqual([...bytes.subarray(0, 4)], [0x00, 0x61, 0x73, 0x6d], `${name} is WebAssembly`);
    }
  });
});
