/** The C# reader: what is read, and that half-typed text never breaks it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createGrammars } from '../../server/src/syntax/programs/grammar.ts';
import type { Expression, Program } from '../../server/src/syntax/programs/program.ts';
import { readProgram } from '../../server/src/syntax/programs/read-program.ts';
import { assertRangesInside } from './ask-everything.ts';

const folder = 'node_modules/@vscode/tree-sitter-wasm/wasm';
const grammars = createGrammars(async (name) =>
  readFileSync(`${folder}/${name === 'tree-sitter' ? name : `tree-sitter-${name}`}.wasm`),
);
const read = async (text: string): Promise<ReturnType<typeof readProgram>> =>
  readProgram({ path: 'Program.cs', text, grammar: await grammars.get('c-sharp') });

const sample =
  'using Microsoft.AspNetCore.Cors; // 😀\nusing H = Microsoft.Net.Http.Headers.HeaderNames;\n#if DEBUG\nusing X.Y;\n#endif\nconst string Name = "a";\nstring[] o = ["a", ..rest, "b\\u0041"];\nvar d = new Dictionary<string, bool> { ["a"] = true, { "b", false } };\nList<string> l = new(x) { "a" };\nvar s = $"https://{Name:N2}.x{{1}}" + @"a\\b""c" + $@"a{Name}" + """raw "x" """ + $"""a{Name}b""";\nvar m = x?.Y?.Z("q") ?? throw new Exception();\nvar sw = s switch { "a" or "b" => 1, "c" when z => 2, not null and { Length: > 0 } => 3, _ => 4 };\nif (x is { } y && u is "a" or "b" && q is not null) { } else if (w is string t) { }\napp.MapGet("/", async (HttpContext c, int n = 1) => { c.Response.Headers["A"] = $"{n}"; }).RequireCors("p");\nswitch (s) { case "a": case "b": f(); break; case var k when k == "x": return; default: throw new E(); }\nforeach (var item in list) { if (item == "a") continue; }\nfor (int i = 0; i < list.Length; i++) { using var ff = new F(); }\ntry { a(out var v); } catch (Exception e) when (e.X) { b(); } finally { lock (x) { c(); } }\nvar (cc, dd) = (list[^1], list[1..3]); x ??= default; cc = (string)dd!; P p = new() { A = { "b" } };\nbool Local(string o, params string[] more) => o == nameof(A.B);\nnamespace N {\n[ApiController, EnableCors(origins: "*", SupportsCredentials = true)]\npublic class C(string name) : ControllerBase {\n    private readonly string _a = "x", _b;\n    public string Q => "w";\n    public string R { get { return "z"; } init; } = "v";\n    public C(string a, [FromServices] X x = null) : base(a) { _b = a; this._a = a; }\n    public override void On(Ctx c) => c.Add("A", \'*\');\n    enum E { A = 1, B }\n#if DEBUG\n    void M<T>() { do { } while (true); }\n#endif\n}\nrecord Rec(string A) { }\n}\n';

/** What the name at its last use is bound to. */
const valueOf = (program: Program, name: string): Expression | undefined =>
  program.resolve(program.identifiers(name).at(-1)!)?.value;

describe('C#', () => {
  it('gives ranges inside the text for every third prefix, whatever is asked', async function () {
    this.timeout(600_000);
    for (let length = 0; length <= sample.length; length += 3) {
      const text = sample.slice(0, length);
      const program = await read(text);
      const names = ['o', 'd', 'x', 's', 'c', 'k', 'item', 'i', 'e', 'v', 'cc', 'more', 'name', '_a', 'Q', 'R', 'H'];
      assertRangesInside(program, names, text);
      program.dispose();
    }
  });

  it('lists namespaces and aliases', async () => {
    const program = await read('using A.B;\nglobal using C;\nusing static D.E;\nusing H = A.B.Names;\nvar x = H.Y;\n');
    assert.deepEqual(
      program.imports.map(({ module, imported, local }) => [module, imported, local]),
      [
        ['A.B', '*', undefined],
        ['C', '*', undefined],
        ['D.E', '*', undefined],
        ['A.B', 'Names', 'H'],
      ],
    );
    assert.equal(program.resolve(program.identifiers('H')[0]!)?.import?.module, 'A.B');
  });

  it('exports the types of the file and of its namespaces', async () => {
    const program = await read('namespace N { class A { class B { } } record C(int X); }\nstruct D { }\n');
    assert.deepEqual([...program.exports.keys()], ['A', 'C', 'D']);
  });

  it('reads attributes as decorators, with what is set by name', async () => {
    const program = await read(
      '[EnableCors("p"), Route]\nclass A { [EnableCors(origins: "*", X = true)] void M() { } }\n',
    );
    const type = program.exports.get('A');
    assert.ok(type?.kind === 'class');
    assert.deepEqual(
      type.decorators.map(({ kind, text }) => [kind, text]),
      [
        ['call', 'EnableCors("p")'],
        ['identifier', 'Route'],
      ],
    );
    const method = type.members[0]?.value;
    const [attribute] = method?.kind === 'function' ? method.decorators : [];
    assert.ok(attribute?.kind === 'call');
    assert.deepEqual(
      attribute.arguments.map(({ name, value }) => [name, value.text]),
      [
        ['origins', '"*"'],
        ['X', 'true'],
      ],
    );
  });

  it('names of members, arguments and initializers are no uses', async () => {
    const program = await read('var a = 1;\nf(a: 2).a = new X { a = 3 };\nx?.a(a);\n');
    assert.equal(program.identifiers('a').length, 1);
  });

  it('sees variables from their end on, and fields in all of their class', async () => {
    const program = await read(
      'class A { void M() { var x = 1; { f(x); } } void N() { f(y); } readonly int y = 2; int P => y; }\n',
    );
    assert.equal(valueOf(program, 'x')?.text, '1');
    assert.equal(valueOf(program, 'y')?.text, '2');
  });

  it('follows what a method writes into a variable', async () => {
    const program = await read('if (headers.TryGetValue("Origin", out var origin)) f(origin);\n');
    const value = valueOf(program, 'origin');
    assert.equal(value?.kind === 'index' && value.object.text, 'headers');
  });
});
