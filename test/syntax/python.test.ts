/** The Python reader: what is read, and that half-typed text never breaks it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createGrammars } from '../../server/src/syntax/programs/grammar.ts';
import { readProgram } from '../../server/src/syntax/programs/read-program.ts';
import { beginnings, sampled } from '../seed.ts';
import { assertRangesInside } from './ask-everything.ts';

const folder = 'node_modules/@vscode/tree-sitter-wasm/wasm';
const grammars = createGrammars(async (name) =>
  readFileSync(`${folder}/${name === 'tree-sitter' ? name : `tree-sitter-${name}`}.wasm`),
);
const read = async (text: string): Promise<ReturnType<typeof readProgram>> =>
  readProgram({ path: 'app.py', text, grammar: await grammars.get('python') });

const sample = `\uFEFFfrom fastapi import FastAPI as F
from ..core import (a, b)  # 😀
import os.path, re as r\r
class S(Base):
    origins: list[str] = [f"https://{h}.x" "y" for h in ("a", *b) if h not in a]
    @property
    def all(self, *rest, k=1, **more): return self.origins
x = y = {"k": -1, **a}
for i, j in x:
    if 1 < i <= 2: continue
    elif (n := r.match(r"^\\d", j, flags=r.I)): pass
    else: x += [lambda q: q]
try:
    with open('😀') as fh: fh.read()
except (A, B) as e: raise
except C: del x
else: print(e)
finally: assert x, "m"
match x:
    case "a" | 'b': y
    case _ if y: z
`;

describe('Python', () => {
  it('gives ranges inside the text for every prefix, whatever is asked', async function () {
    for (const length of sampled(beginnings(sample), 50)) {
      const text = sample.slice(0, length);
      const program = await read(text);
      assertRangesInside(program, ['F', 'a', 'h', 'x', 'r', 'i', 'e', 'self'], text);
      program.dispose();
    }
  });

  it('lists imports as they are written', async () => {
    const { imports } = await read(
      'import os.path\nimport a.b as c\nfrom fastapi.middleware.cors import CORSMiddleware as M, x\nfrom ' +
        '..core import (\n    d,  # why\n)\nfrom . import e\nx.from_(1)',
    );
    assert.deepEqual(
      imports.map(({ module, imported, local }) => [module, imported, local]),
      [
        ['os', '*', 'os'],
        ['os.path', '*', undefined],
        ['a.b', '*', 'c'],
        ['fastapi.middleware.cors', 'CORSMiddleware', 'M'],
        ['fastapi.middleware.cors', 'x', 'x'],
        ['..core', 'd', 'd'],
        ['.', 'e', 'e'],
      ],
    );
  });

  it('reads what is taken away as an operation on it', async () => {
    const program = await read('def f(answer):\n    del answer["name"]\n    return answer\n');
    const [name] = program.strings(/^name$/);
    const index = name?.parent;
    assert.ok(index?.kind === 'index' && index.parent?.kind === 'unary');
    assert.deepEqual([index.parent.operator, index.parent.text], ['delete', 'del answer["name"]']);
    const block = index.parent.parent;
    assert.ok(block?.kind === 'block');
    assert.deepEqual(
      block.statements.map(({ kind }) => kind),
      ['expression-statement', 'return'],
    );
  });

  it('tells uses of a name from attributes, keywords and declarations', async () => {
    const text = 'origin = 1\nf(origin=2, x=origin)\na.origin\norigin.b\ndef g(origin): return origin\nglobal origin\n';
    const program = await read(text);
    assert.deepEqual(
      program.identifiers('origin').map(({ range }) => range.start),
      [text.indexOf('origin)'), text.indexOf('origin.b'), text.indexOf('origin\nglobal')],
    );
  });

  it('keeps the parts of a literal apart', async () => {
    const program = await read('a = rb"x\\d"\nb = """y"""\nc = ("https://"\n     "a.example")\n');
    const literals = program.strings(/./);
    assert.deepEqual(
      literals.map(({ value, quote, contentRange }) => [
        value,
        quote,
        program.text.slice(contentRange.start, contentRange.end),
      ]),
      [
        ['x\\d', 'rb"', 'x\\d'],
        ['y', '"""', 'y'],
        ['https://a.example', '"', 'https://"\n     "a.example'],
      ],
    );
  });

  it('gives a name its binding by scope', async () => {
    const text =
      'x = 1\nclass A:\n    x = 2\n    def f(self): return x  # outer\ndef g():\n    x = 3\n    return [x ' +
      'for x in y]  # inner\ndef h():\n    global x\n    x = 4\n';
    const program = await read(text);
    const at = (marker: string) =>
      program.resolve(
        program
          .identifiers('x')
          .filter(({ range }) => range.start < text.indexOf(marker))
          .at(-1)!,
      );
    assert.equal(at('# outer')?.value?.text, '1');
    assert.equal(at('# outer')?.assignments.length, 1);
    assert.equal(
      program.resolve(program.identifiers('x').find(({ range }) => range.start > text.indexOf('[x'))!)?.kind,
      'parameter',
    );
  });

  // Python takes any expression behind `as`, and people type half of them.
  for (const text of [
    "x = [a as Middleware(CORSMiddleware, allow_origins=['*'])\n",
    "with f() as Middleware(CORSMiddleware, allow_origins=['*']):\n    pass\n",
    'with f() as (a, g(b)):\n    pass\n',
    'with f() as a[g(b)], h(c) as d.e:\n    pass\n',
    'match f(a as b, g(c)):\n    case X(y=g()) as z: h(z)\n',
    'try:\n    f()\nexcept E as g(b):\n    h(b)\n',
  ]) {
    it(`nothing stands above itself in ${JSON.stringify(text.slice(0, 30))}`, async () => {
      const program = await read(text);
      for (let at = 0; at < text.length; at++) {
        const above = new Set<unknown>();
        for (let node: { readonly parent?: unknown } | undefined = program.expressionAt(at); node;) {
          assert.ok(!above.has(node), `${at}: ${text.slice(at, at + 10)}`);
          above.add(node);
          node = node.parent as typeof node;
        }
      }
      program.dispose();
    });
  }
});
