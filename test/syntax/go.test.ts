/** The Go reader: what is read, and that half-typed text never breaks it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createGrammars } from '../../server/src/syntax/programs/grammar.ts';
import type { Expression, ObjectExpression, Program, Statement } from '../../server/src/syntax/programs/program.ts';
import { readProgram } from '../../server/src/syntax/programs/read-program.ts';
import { assertRangesInside } from './ask-everything.ts';

const folder = 'node_modules/@vscode/tree-sitter-wasm/wasm';
const grammars = createGrammars(async (name) =>
  readFileSync(`${folder}/${name === 'tree-sitter' ? name : `tree-sitter-${name}`}.wasm`),
);
const read = async (text: string): Promise<ReturnType<typeof readProgram>> =>
  readProgram({ path: 'main.go', text, grammar: await grammars.get('go') });
/** The text as the body of a function. */
const body = (text: string) => read(`package main\n\nfunc main() {\n${text}\n}\n`);

const sample = `package main // 😀

import (
	"net/http"
	c "github.com/rs/cors"
	. "fmt"
	_ "embed"
)

const a, b = 0x1F, "x\\u00e9"

var (
	list = []string{"https://a.example", \`raw\\d\`, a + "z"}
	m, ok = table["k"]
	t map[string]bool
)

type S struct { list []string; *http.Server }
type L []string

func (s *S) Allow(w http.ResponseWriter, r, q *http.Request, rest ...string) (bool, error) {
	x, err := f(r)
	if v, ok := m[x]; ok && !v { return true, nil } else if err != nil { x = 2 } else { x++ }
	switch o := r.Header.Get("Origin"); o {
	case "a", 'b':
		fallthrough
	default:
		return false, nil
	}
	switch { case x == 1: break }
	switch y := z.(type) { case string: _ = y }
L:
	for i, o := range s.list { if o == x { continue L } }
	for i := 0; i < len(list); i++ { go f() }
	for x { defer func() { recover() }() }
	o := &c.Options{AllowedOrigins: []string{"*"}, F: func(o string) bool { return true }}
	p, q := Point{1, 2}, map[string]struct{}{"a": {}, b: {}}
	w.Header()["A"] = []string(x[1:2])
	a, b = b, g[int](xs...)
	select { case u := <-ch: ch <- u }
	return
}
func G[T any](x T) (res string, err error) { return }
`;

const values = (program: Program): string[] =>
  program.body.flatMap((statement) => (statement.kind === 'declaration' ? [statement.value?.text ?? ''] : []));

/** Statements of the only function. */
function inside(program: Program): readonly Statement[] {
  const fn = program.exports.get('main');
  return fn?.kind === 'function' && fn.body?.kind === 'block' ? fn.body.statements : [];
}

/** What the name at its last use is bound to. */
const valueOf = (program: Program, name: string): Expression | undefined =>
  program.resolve(program.identifiers(name).at(-1)!)?.value;

describe('Go', () => {
  it('gives ranges inside the text for every prefix, whatever is asked', async function () {
    this.timeout(600_000);
    for (let length = 0; length <= sample.length; length++) {
      const text = sample.slice(0, length);
      const program = await read(text);
      const names = ['a', 'b', 'list', 'x', 'o', 'i', 'm', 'ok', 'c', 'http', 's', 'w', 'S', 'err', 'Printf'];
      assertRangesInside(program, names, text);
      program.dispose();
    }
  });

  it('lists imports with the names that they have here', async () => {
    const program = await read(
      'package main\nimport "os"\nimport (\n\t"net/http"\n\tx "a/b"\n\t. "fmt"\n\t_ "embed"\n' +
        '\t"github.com/labstack/echo/v4"\n\t"gopkg.in/yaml.v3"\n\t"github.com/mattn/go-sqlite3"\n)\n' +
        'var _ = http.Get(os.Args, x.Y, echo.New, yaml.Z, sqlite3.A, Sprint())\n',
    );
    assert.deepEqual(
      program.imports.map(({ module, local }) => [module, local]),
      [
        ['os', 'os'],
        ['net/http', 'http'],
        ['a/b', 'x'],
        ['fmt', undefined],
        ['embed', undefined],
        ['github.com/labstack/echo/v4', 'echo'],
        ['gopkg.in/yaml.v3', 'yaml'],
        ['github.com/mattn/go-sqlite3', 'gosqlite3'],
      ],
    );
    const module = (name: string) => {
      const found = program.resolve(program.identifiers(name)[0]!)?.import;
      return [found?.module, found?.imported];
    };
    assert.deepEqual(module('http'), ['net/http', '*']);
    assert.deepEqual(module('x'), ['a/b', '*']);
    assert.deepEqual(module('echo'), ['github.com/labstack/echo/v4', '*']);
    assert.deepEqual(module('yaml'), ['gopkg.in/yaml.v3', '*']);
    assert.deepEqual(module('sqlite3'), ['github.com/mattn/go-sqlite3', '*']);
    assert.deepEqual(module('Sprint'), ['fmt', 'Sprint']);
  });

  it('tells uses of a name from fields, keys, labels and declarations', async () => {
    const text =
      'package main\nfunc f(origin string) {\nT{origin: 1}\nmap[string]int{origin: 2}\n' +
      'http.Header{origin: x}\na.origin()\norigin.b()\norigin:\nfor { break origin }\n}\n';
    const program = await read(text);
    assert.deepEqual(
      program.identifiers('origin').map(({ range }) => text.slice(range.start - 1, range.end + 2)),
      ['{origin: ', '{origin: ', '\norigin.b'],
    );
  });

  it('keeps the parts of a literal apart', async () => {
    const program = await body("f(\"a\\x41\\101\\u00e9\\n\", `b\\d`, '\\'')");
    assert.deepEqual(
      program
        .strings(/./)
        .map(({ value, quote, contentRange }) => [
          value,
          quote,
          program.text.slice(contentRange.start, contentRange.end),
        ]),
      [
        ['aAAé\n', '"', 'a\\x41\\101\\u00e9\\n'],
        ['b\\d', '`', 'b\\d'],
        ["'", "'", "\\'"],
      ],
    );
  });

  it('gives a name its binding by scope, from the end of its declaration on', async () => {
    const program = await read(
      'package main\nvar x = 1\nfunc f() {\n\ta(x)\n\tx := x + 2\n\tif x := g(); x > 3 {\n\t\tb(x)\n\t}\n' +
        '\tc(x)\n}\nfunc h(x string) {\n\tx = "4"\n\td(x)\n}\n',
    );
    const bound = (callee: string) => {
      const call = program.identifiers(callee)[0]!.parent;
      const argument = call?.kind === 'call' ? call.arguments[0]!.value : undefined;
      return argument?.kind === 'identifier' ? program.resolve(argument) : undefined;
    };
    assert.equal(bound('a')?.value?.text, '1');
    assert.equal(bound('b')?.value?.text, 'g()');
    assert.equal(bound('c')?.value?.text, 'x + 2');
    assert.equal(bound('d')?.kind, 'parameter');
    assert.equal(bound('d')?.type?.text, 'string');
    assert.deepEqual(
      bound('d')?.assignments.map(({ text }) => text),
      ['x = "4"'],
    );
    const inner = bound('c')?.value;
    assert.equal(
      inner?.kind === 'binary' && inner.left.kind === 'identifier' && program.resolve(inner.left)?.value?.text,
      '1',
    );
  });

  it('gives each of several results its own', async () => {
    const program = await body(
      'a, b := 1, "two"\nc, err := f()\nd, ok := table["k"]\ne, fine := x.(T)\nb, err = g()\nuse(a, b, c, err, d, ok, e, fine)',
    );
    assert.equal(valueOf(program, 'a')?.text, '1');
    assert.equal(valueOf(program, 'b')?.text, '"two"');
    const results = program.resolve(program.identifiers('err').at(-1)!);
    assert.deepEqual([results?.value?.text, results?.path], ['f()', [1]]);
    const [assigned] = results!.assignments;
    assert.ok(assigned?.value.kind === 'index' && assigned.value.index.kind === 'number');
    assert.deepEqual([assigned.value.object.text, assigned.value.index.value], ['g()', 1]);
    assert.equal(valueOf(program, 'd')?.text, 'table["k"]');
    const asked = valueOf(program, 'ok');
    assert.deepEqual(asked?.kind === 'binary' && [asked.left.text, asked.operator, asked.right.text], [
      '"k"',
      'in',
      'table',
    ]);
    assert.equal(valueOf(program, 'e')?.text, 'x');
    assert.equal(valueOf(program, 'fine')?.kind, 'unknown');
  });

  it('writes again to a name that the block has already', async () => {
    const program = await body('x, err := f()\ny, err := g()\nuse(x, y, err)');
    const binding = program.resolve(program.identifiers('err').at(-1)!);
    assert.deepEqual([binding?.value?.text, binding?.assignments.length], ['f()', 1]);
  });

  it('reads composite literals by their types', async () => {
    const program = await read(
      `package main
type names []string
type point struct { X, Y int }
var (
	a = []string{"x", y}
	b = names{"x"}
	c = point{1, 2}
	d = &cors.Options{AllowedOrigins: list, Debug: true}
	e = map[string]bool{"k": true, key: false}
	f = http.Header{"Vary": {"Origin"}, name: {"x"}}
	g = map[string]struct{}{"a": {}}
	h = []point{{X: 1}, {2, 3}}
	i = other.Pair{1, 2}
	j = cors.Options{}
)
`,
    );
    const value = (name: string) => program.resolve(program.exports.get(name) as never)!.value!;
    const keys = (object: Expression) =>
      (object as ObjectExpression).entries.map(({ key, keyExpression }) => key ?? keyExpression?.text);
    assert.deepEqual(
      ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].map((name) => value(name).kind),
      ['list', 'list', 'object', 'object', 'object', 'object', 'object', 'list', 'unknown', 'object'],
    );
    assert.deepEqual(keys(value('c')), ['X', 'Y']);
    assert.deepEqual(keys(value('d')), ['AllowedOrigins', 'Debug']);
    assert.equal((value('d') as ObjectExpression).type?.text, 'cors.Options');
    assert.deepEqual(keys(value('e')), ['k', 'key']);
    assert.deepEqual(keys(value('f')), ['Vary', 'name']);
    const [vary] = (value('f') as ObjectExpression).entries;
    assert.equal(vary?.value.kind, 'list');
    assert.equal((value('g') as ObjectExpression).entries[0]?.value.kind, 'object');
    const points = value('h');
    assert.deepEqual(points.kind === 'list' && points.elements.map((point) => keys(point.value)), [['X'], ['X', 'Y']]);
  });

  it('runs one case of a switch, and the next where it says so', async () => {
    const program = await body(
      'switch x {\ncase "a", "b":\n\tf()\ncase "c":\n\tg()\n\tfallthrough\ndefault:\n\th()\n}\nswitch {\ncase ok:\n}',
    );
    const [first, second] = inside(program);
    assert.ok(first?.kind === 'switch' && second?.kind === 'switch');
    assert.deepEqual(
      first.cases.map(({ test, body: own }) => [
        test?.text,
        own.map(({ kind, text }) => (kind === 'jump' ? kind : text)),
      ]),
      [
        ['"a"', []],
        ['"b"', ['f()', 'jump']],
        ['"c"', ['g()']],
        [undefined, ['h()', 'jump']],
      ],
    );
    assert.ok(second.subject.kind === 'boolean' && second.subject.value);
    assert.equal(second.cases[0]?.test?.text, 'ok');
  });

  it('reads loops, conditions and what they begin with', async () => {
    const program = await body(
      'for i, o := range list {}\nfor _, o := range list {}\nfor k := range m {}\n' +
        'for i := 0; i < len(list); i++ {}\nfor ok {}\nif v, ok := m[k]; ok {\n} else if !ok {\n} else {\n}\n' +
        'out:\nfor {}',
    );
    const statements = inside(program);
    assert.deepEqual(
      statements.map((one) =>
        one.kind === 'loop'
          ? [one.key, one.item, one.over?.text, one.counter?.name, one.counter?.below.text, one.test?.text]
          : one.kind,
      ),
      [
        ['i', 'o', 'list', undefined, undefined, undefined],
        ['_', 'o', 'list', undefined, undefined, undefined],
        ['k', undefined, 'm', undefined, undefined, undefined],
        [undefined, undefined, undefined, 'i', 'len(list)', undefined],
        [undefined, undefined, undefined, undefined, undefined, 'ok'],
        'declaration',
        'if',
        [undefined, undefined, undefined, undefined, undefined, undefined],
      ],
    );
    const test = statements.find((one) => one.kind === 'if');
    assert.equal(test?.alternate?.kind === 'if' && test.alternate.alternate?.kind, 'block');
  });

  it('reads functions, methods with their receivers, and types with their fields and methods', async () => {
    const program = await read(
      'package main\ntype server struct {\n\torigins, methods []string\n}\n' +
        'func (s *server) allow(w http.ResponseWriter, origin string) bool { return s.origins[0] == origin ' +
        '}\nfunc pair(a, b string, rest ...int) (res string, err error) { return }\n',
    );
    const server = valueOf(program, 'server');
    assert.ok(server?.kind === 'class');
    assert.deepEqual(
      server.members.map(({ name, type, value }) => [name, type?.text, value?.kind]),
      [
        ['origins', '[]string', undefined],
        ['methods', '[]string', undefined],
        ['allow', undefined, 'function'],
      ],
    );
    const allow = server.members[2]?.value;
    assert.ok(allow?.kind === 'function');
    assert.deepEqual(
      allow.parameters.map(({ name, type, receiver }) => [name, type?.text, receiver]),
      [
        ['s', 'server', true],
        ['w', 'http.ResponseWriter', undefined],
        ['origin', 'string', undefined],
      ],
    );
    const pair = program.exports.get('pair');
    assert.ok(pair?.kind === 'function' && pair.body?.kind === 'block');
    assert.deepEqual(
      pair.parameters.map(({ name, rest }) => [name, rest]),
      [
        ['a', false],
        ['b', false],
        ['rest', true],
      ],
    );
    const [end] = pair.body.statements;
    assert.ok(end?.kind === 'return' && end.value?.kind === 'list');
    assert.deepEqual(
      end.value.elements.map(({ value }) => value.kind === 'identifier' && value.name),
      ['res', 'err'],
    );
  });

  it('sees through pointers, assertions and conversions', async () => {
    const program = await body(
      'a := &x\nb := (*y)\nc := z.(string)\nd := []byte(u)\ne := f[int](v)\ng := w[1:2]\nuse(a, b, c, d, e, g)',
    );
    assert.deepEqual(
      ['a', 'b', 'c', 'd'].map((name) => valueOf(program, name)?.text),
      ['x', 'y', 'z', 'u'],
    );
    const call = valueOf(program, 'e');
    assert.deepEqual(call?.kind === 'call' && [call.callee.text, call.arguments.map(({ value }) => value.text)], [
      'f',
      ['v'],
    ]);
    const cut = valueOf(program, 'g');
    assert.deepEqual(cut?.kind === 'slice' && [cut.object.text, cut.from?.text, cut.to?.text], ['w', '1', '2']);
  });

  it('lists what other files of the package see', async () => {
    const program = await read(
      'package main\nimport "os"\nconst A, b = 1, 2\nvar (\n\tc = func() { var inner = 1; _ = inner }\n' +
        '\t_ = 3\n)\ntype D struct{}\nfunc (D) method() {}\nfunc e() {}\n',
    );
    assert.deepEqual([...program.exports.keys()], ['A', 'b', 'c', 'D', 'e']);
    assert.equal(values(program)[0], 'const A, b = 1, 2'.slice(6));
  });
});
