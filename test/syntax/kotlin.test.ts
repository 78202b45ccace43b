/** The Kotlin reader: what is read, and that half-typed text never breaks it. */
import assert from 'node:assert/strict';
import type { Expression, Node, Program, Statement } from '../../server/src/syntax/programs/program.ts';
import { read as readAt } from '../values/harness.ts';
import { assertRangesInside } from './ask-everything.ts';

const read = (text: string): Promise<Program> => readAt(text, 'Main.kt');
const body = (text: string): Promise<Program> => read(`package a\n\nfun main() {\n${text}\n}\n`);

const sample = `@file:JvmName("x")
package com.example // 😀
import a.b.*
import c.D as E
const val A = 0x1F + 1_000L - 3.5f
val lazyOne by lazy { "x\\u00e9$a \${b.c}" }
@CrossOrigin(origins = ["a"], maxAge = 1)
class Config(@Value("\\\${x:*}") private val list: List<String>?, var n: Int = 2) : Base<X>(1), I by e {
    companion object { const val B = 'b' }
    init { n = 3 }
    val got: String get() = """raw $a"""
    constructor(x: String) : super(x) { y = x }
    override suspend fun <T> f(vararg o: String, p: (String) -> Boolean = { it == "x" }): List<T> = when (val s = o[0]) {
        "a", in list, !in m -> listOf<String>("y")
        is String -> throw X() else -> emptyList()
    }
    fun g() {
        val (x, y) = mapOf("a" to 1); val z = x ?: return
        if (!o.isBlank() && a in b) c() else if (d) { e() } else { x!!.y = z as? String }
        for ((i, v) in list.withIndex()) { if (v is T) continue else break }
        while (true) { n++ }
        do { -n } while (x !== y)
        install(CORS) { anyHost(); allowHost("x", schemes = listOf("https")); allowCredentials = true }
        o?.let { (p, q) -> h(it) }
        with(x) { list.forEach { l -> m[l] = ::g } }
        val t = try { URI(o) } catch (e: Exception) { null } finally { u() }
        val w = object : F { override fun f() {} }
        val k = fun(x: Int): Int { return@forEach if (x > 1) 1 else 2 }
    }
}
enum class Z(val x: String) { P("1"); fun q() = 1 }
object O
`;

/** What the name at its last use is bound to. */
const valueOf = (program: Program, name: string): Expression | undefined =>
  program.resolve(program.identifiers(name).at(-1)!)?.value;

/** The statements of the only function. */
function statements(program: Program): readonly Statement[] {
  const fn = [...program.exports.values()][0];
  return fn?.kind === 'function' && fn.body?.kind === 'block' ? fn.body.statements : [];
}

function above(node: Node | undefined): string[] {
  const kinds: string[] = [];
  for (let current = node; current; current = current.parent) kinds.push(current.kind);
  return kinds;
}

describe('Kotlin', () => {
  it('gives ranges inside the text for every prefix, whatever is asked', async function () {
    this.timeout(600_000);
    for (let length = 0; length <= sample.length; length++) {
      const text = sample.slice(0, length);
      const program = await read(text);
      const names = ['a', 'A', 'B', 'list', 'n', 'o', 'p', 'it', 'x', 'z', 'v', 'i', 'q', 'E', 'O', 't', 'this', 's'];
      assertRangesInside(program, names, text);
    }
  });

  it('lists imports with the names that they have here', async () => {
    const program = await read('package a\nimport a.b.C\nimport a.b.*\nimport a.b.C.D\nimport a.b.E as F\n');
    assert.deepEqual(
      program.imports.map(({ module, imported, local }) => [module, imported, local]),
      [
        ['a.b', 'C', 'C'],
        ['a.b', '*', undefined],
        ['a.b.C', 'D', 'D'],
        ['a.b', 'E', 'F'],
      ],
    );
  });

  it('lists what other files of the package see', async () => {
    const program = await read('package a\nval a = 1\nfun b() = 2\nclass C { val d = 3 }\nobject E\n');
    assert.deepEqual([...program.exports.keys()], ['a', 'b', 'C', 'E']);
  });

  it('hands a block to its call as the last argument', async () => {
    const program = await body('install(CORS) { anyHost() }\nfoo { it }\nbar(x = { y })');
    const calls = statements(program).map((one) => (one.kind === 'expression-statement' ? one.expression : undefined));
    assert.deepEqual(
      calls.map((call) => call?.kind === 'call' && call.arguments.map(({ value, name }) => [value.kind, name])),
      [
        [
          ['identifier', undefined],
          ['function', undefined],
        ],
        [['function', undefined]],
        [['function', 'x']],
      ],
    );
  });

  it('reads the sign of a negation as one of the whole chain', async () => {
    const program = await body('foo(!a.b(c).d, !e(f))');
    const [statement] = statements(program);
    const call = statement?.kind === 'expression-statement' ? statement.expression : undefined;
    const given = call?.kind === 'call' ? call.arguments.map(({ value }) => value) : [];
    assert.deepEqual(
      given.map((one) => one.kind === 'unary' && [one.operator, one.operand.kind, one.operand.text]),
      [
        ['!', 'member', 'a.b(c).d'],
        ['!', 'call', 'e(f)'],
      ],
    );
  });

  it('reads what leaves behind ?: as a condition in front', async () => {
    const program = await body('val a = b ?: return\nc ?: throw X()\nd');
    assert.deepEqual(
      statements(program).map(({ kind }) => kind),
      ['if', 'declaration', 'if', 'expression-statement', 'expression-statement'],
    );
    assert.equal(valueOf(await body('val a = b ?: return\na'), 'a')?.text, 'b');
  });

  it('reads when as a chain, and blocks of let as conditions', async () => {
    const program = await body('when (a) { "x" -> b()\n in c -> d()\n else -> e() }\nf?.let { g(it) }');
    assert.deepEqual(above(program.identifiers('e')[0]), [
      'identifier',
      'call',
      'expression-statement',
      'if',
      'if',
      'block',
      'function',
    ]);
    assert.deepEqual(above(program.identifiers('g')[0]), [
      'identifier',
      'call',
      'expression-statement',
      'block',
      'if',
      'block',
      'function',
    ]);
    assert.equal(valueOf(program, 'it')?.text, 'f');
  });

  it('resolves names to where they are declared', async () => {
    const program = await read(
      'class A(val p: Int) {\n  val q = 1\n  companion object { const val r = 2 }\n  fun f(s: Int) {\n    val t = 3\n' +
        '    for (u in x) { list.map { v -> v; it }.map { it } }\n    p; q; r; s; t; u\n  }\n}\n',
    );
    const kinds = ['p', 'q', 'r', 's', 't', 'v'].map(
      (name) => program.resolve(program.identifiers(name).at(-1)!)?.kind,
    );
    assert.deepEqual(kinds, ['const', 'const', 'const', 'parameter', 'const', 'parameter']);
    const [outer, inner] = program.identifiers('it').map((one) => program.resolve(one));
    assert.equal(outer, undefined);
    assert.equal(inner?.kind, 'parameter');
  });
});
