/** The lint rule that lets only a language's own two places know it finds what it should, and nothing else. */
import assert from 'node:assert/strict';
import { Linter } from 'eslint';
import tseslint from 'typescript-eslint';
// @ts-expect-error The configuration of the linter has no types.
import { languageRules } from '../../eslint.languages.mjs';

const linter = new Linter();

/** How often the rule speaks in a file at this path. */
function found(code: string, path = 'server/src/values/some-file.ts'): number {
  const configs = [{ files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } }, ...languageRules];
  const messages = linter.verify(code, configs as Linter.Config[], path);
  assert.ok(
    messages.every(({ ruleId }) => ruleId === 'no-restricted-syntax'),
    JSON.stringify(messages),
  );
  return messages.length;
}

describe('The lint rule about names of languages', () => {
  const bad = [
    "if (place.program.language === 'cobol') stop();",
    "if ('cobol' !== language) stop();",
    "if (kind.grammar == 'cobol') stop();",
    "if (languageOf(program).name === 'python') stop();",
    "if (kind.language.name === 'cobol') stop();",
    "switch (program.language) { case 'cobol': stop(); }",
    "if (['cobol', 'fortran'].includes(program.language)) stop();",
    'if (/^cobol$/.test(program.language)) stop();',
    "truth(value, 'javascript');",
    "type Language = 'python';",
  ];
  for (const code of bad) it(`forbids ${code}`, () => assert.ok(found(code) > 0));

  const good = [
    'if (one.language === other.language) same();',
    "defineFramework({ languages: ['javascript', 'python'] });",
    "const pattern = { source, dialect: 'python' };",
    "if (framework.id === 'cobol') same();",
    'framework.languages.includes(program.language);',
  ];
  for (const code of good) it(`allows ${code}`, () => assert.equal(found(code), 0));

  it('allows everything in the two places', () => {
    for (const path of ['server/src/values/languages/python.ts', 'server/src/syntax/programs/python/python.ts'])
      assert.equal(found("if (program.language === 'python') here();", path), 0);
  });

  it('knows dialects of patterns from languages', () => {
    const path = 'server/src/policy/patterns/pattern-reader.ts';
    assert.equal(found("if (pattern.dialect === 'python') here();", path), 0);
    assert.equal(found("if (program.language === 'python') here();", path), 1);
  });
});
