/** Chains of calls on one receiver, in whatever way they are written. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createGrammars } from '../../server/src/syntax/programs/grammar.ts';
import type { Program } from '../../server/src/syntax/programs/program.ts';
import { readProgram } from '../../server/src/syntax/programs/read-program.ts';
import type { Step } from '../../server/src/syntax/programs/steps.ts';
import { chainFrom, chainOf, stepsIn, stepsOn } from '../../server/src/syntax/programs/steps.ts';

const folder = 'node_modules/@vscode/tree-sitter-wasm/wasm';
const grammars = createGrammars(async (name) =>
  readFileSync(`${folder}/${name === 'tree-sitter' ? name : `tree-sitter-${name}`}.wasm`),
);
const read = async (text: string): Promise<Program> =>
  readProgram({ path: 'app.js', text, grammar: await grammars.get('javascript') });
const words = (steps: readonly Step[]) =>
  steps.map(({ name, call }) =>
    call ? `${name}(${call.arguments.map(({ range, value }) => range && value.text).join(', ')})` : name,
  );

describe('Steps on one receiver', () => {
  it('reads a chain from its end and from its start', async () => {
    const program = await read('const a = cors.builder().origin("x").with.headers(y, z);');
    const chain = chainOf(
      program.resolve(program.identifiers('a')[0] ?? ({ name: 'a', range: { start: 6, end: 7 } } as never))!.value!,
    );
    assert.equal(chain.receiver.text, 'cors');
    assert.deepEqual(words(chain.steps), ['builder()', 'origin("x")', 'with', 'headers(y, z)']);
    const from = chainFrom(program.identifiers('cors')[0]!);
    assert.deepEqual(words(from.steps), words(chain.steps));
    assert.deepEqual(words(chainFrom(program.identifiers('y')[0]!).steps), []);
  });

  it('reads statements on a variable and what is assigned to it again', async () => {
    const program = await read(
      'let b = make().first();\nb.second(1).third();\nif (ok) b = b.fourth();\nother(b);\nconst c = b;\nuse(c);',
    );
    const steps = stepsOn(program, program.resolve(program.identifiers('b')[0]!)!);
    assert.equal(steps?.receiver.text, 'make()');
    assert.deepEqual(words(steps!.steps), ['first()', 'second(1)', 'third()', 'fourth()']);
  });

  it('reads bare calls of a block, conditions included, and not those of blocks inside', async () => {
    const program = await read(
      'install(CORS, () => { allow("x"); if (dev) { any(); } else none(); each(() => { inner(); }); this.y(); });',
    );
    const call = program.identifiers('install')[0]!.parent;
    const block = call?.kind === 'call' ? call.arguments[1]!.value : undefined;
    assert.ok(block?.kind === 'function');
    assert.deepEqual(
      words(stepsIn(block)).map((word) => word.slice(0, 6)),
      ['allow(', 'any()', 'none()', 'each(('],
    );
  });
});
