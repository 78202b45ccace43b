import assert from 'node:assert';
import { readFileSync } from 'node:fs';
import { createGrammars } from '../../server/src/syntax/programs/grammar.ts';
import { readProgram } from '../../server/src/syntax/programs/read-program.ts';
import { beginnings, sampled } from '../seed.ts';

const folder = 'node_modules/@vscode/tree-sitter-wasm/wasm';
const grammars = createGrammars(async (name) =>
  readFileSync(`${folder}/${name === 'tree-sitter' ? name : `tree-sitter-${name}`}.wasm`),
);

const sample =
  "\uFEFFconst cors = require('cors');\r\n// 😀\r\nconst { a: { b = 1 } } = x;\r\n" +
  "function f(p, ...q) { for (const o of list) p(o, cors({ origin: '😀', ...b })); }\r\n" +
  'module.exports = { f };\r\n';

describe('JavaScript while it is typed', () => {
  it('gives ranges inside the text for every prefix, whatever is asked', async () => {
    const grammar = await grammars.get('javascript');
    for (const length of sampled(beginnings(sample), 50)) {
      const text = sample.slice(0, length);
      const program = readProgram({ path: 'app.js', text, grammar });
      const identifiers = ['cors', 'b', 'f', 'p', 'o', 'list'].flatMap((name) => program.identifiers(name));
      for (const identifier of identifiers) program.resolve(identifier);
      const found = [
        ...identifiers,
        ...program.strings(/./),
        ...program.comments,
        ...program.imports,
        ...program.body,
        ...program.exports.values(),
      ];
      for (const { range } of found)
        assert.ok(range.start >= 0 && range.start <= range.end && range.end <= length, JSON.stringify({ text, range }));
      program.dispose();
    }
  });

  it('counts offsets in UTF-16 units after a byte order mark and astral characters', async () => {
    const program = readProgram({ path: 'app.js', text: sample, grammar: await grammars.get('javascript') });
    const uses = program.identifiers('cors');
    assert.deepStrictEqual(
      uses.map(({ range }) => sample.slice(range.start, range.end)),
      ['cors'],
    );
    assert.strictEqual(program.resolve(uses[0]!)?.import?.module, 'cors');
    const astral = program.strings(/😀/)[0]!;
    assert.strictEqual(sample.slice(astral.contentRange.start, astral.contentRange.end), '😀');
    program.dispose();
  });
});
