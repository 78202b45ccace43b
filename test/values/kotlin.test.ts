/** What Kotlin expressions evaluate to, and what a check lets in. */
import assert from 'node:assert/strict';
import { answers, marked, open, show } from './harness.ts';

const imports =
  'package com.example\n\nimport io.ktor.http.*\nimport io.ktor.server.application.*\n' +
  'import org.springframework.beans.factory.annotation.Value\n';
const inClass = (statements: string, members = ''): string =>
  `${imports}\nclass Program {\n${members}\n  fun main() {\n${statements}\n  }\n}\n`;

/** The end of a function with one `mark(…)`, what its argument is, and what else the class holds. */
const values: readonly (readonly [string, string, string?])[] = [
  ['mark("a" + "b")', "'ab'"],
  ['val host = "example.com"\nmark("https://$host")', "'https://example.com'"],
  ['val host = "example.com"\nmark("https://${host}:8080/")', "'https://example.com:8080/'"],
  ['mark("\\$host")', "'$host'"],
  ['mark(HOST)', "'a'", 'companion object { const val HOST = "a" }'],
  ['mark(Program.HOST)', "'a'", 'companion object { const val HOST = "a" }'],
  ['mark(this.host)', "'a'", 'private val host = "a"'],
  ['mark(host)', "'a'", 'private val host: String get() = "a"'],
  ['mark(host)', "'a'", 'private val host by lazy { "a" }'],
  ['mark(host)', 'unknown', 'lateinit var host: String'],
  ['mark(listOf("a", "b"))', "['a', 'b']"],
  ['mark(setOf<String>("a"))', "['a']"],
  ['val list = arrayOf("a")\nmark(listOf("b", *list))', "['b', 'a']"],
  ['val list = mutableListOf<String>()\nlist.add("a")\nlist += "b"\nmark(list)', "['a', …]"],
  ['mark(mapOf("a" to true))', '{a: true}'],
  ['mark(emptyList<String>())', '[]'],
  ['mark(System.getenv("X"))', 'env X'],
  ['mark(System.getenv("X") ?: "*")', "env X or '*'"],
  ['mark((System.getenv("X") ?: "*").split(",").map { it.trim() })', "env X split or ['*']"],
  ['mark(environment.config.property("cors.hosts").getString())', 'env cors.hosts'],
  ['mark(environment.config.propertyOrNull("cors.hosts")?.getString() ?: "*")', "env cors.hosts or '*'"],
  ['mark(origins)', 'env app.origins', '@Value("\\${app.origins}") private lateinit var origins: String'],
  ['mark(origins)', "env app.origins or '*'", '@Value("\\${app.origins:*}") val origins: List<String> = emptyList()'],
  ['mark("a,b".split(","))', "['a', 'b']"],
  ['mark("a, b".split(",").map(String::trim))', "['a', 'b']"],
  ['mark(HttpHeaders.Vary)', "'Vary'"],
  ['mark(HttpHeaders.AccessControlAllowOrigin)', "'Access-Control-Allow-Origin'"],
  ['mark(60 * 60L)', '3600'],
  ['mark("""a\n b$""")', "'a\n b$'"],
  ['mark(of("a"))', "'https://a'", 'private fun of(host: String) = "https://$host"'],
  ['mark(of("a"))', "'https://a'", 'private fun of(host: String): String { return "https://$host" }'],
  ['val debug = true\nmark(if (debug) "a" else "b")', "'a'"],
  ['val s = "a"\nmark(when (s) { "a", "c" -> "x"; else -> "y" })', "'x'"],
  ['val s = "b"\nmark(when { s == "a" -> "x"\n s == "b" -> "y"\n else -> "z" })', "'y'"],
  ['mark(listOf("a").map { host -> "https://$host" })', "['https://a']"],
  ['mark(null)', 'nothing'],
  ['mark("a" as String)', "'a'"],
  ['mark(Config.origins)', "['a']", 'object Config { val origins = listOf("a") }'],
];

const origins = ['https://a.example.com', 'https://b.example.com', 'https://a.example.com.evil.test', 'null', null];

/** What a handler checks before it calls `mark()`, and which of the origins get there. */
const checks: readonly (readonly [string, string, string?])[] = [
  ['if (origin == "https://a.example.com") mark()', '+----'],
  ['if (origin.equals("HTTPS://A.EXAMPLE.COM", ignoreCase = true)) mark()', '+----'],
  ['if (origin in ALLOWED) { mark() }', '+----', 'val ALLOWED = setOf("https://a.example.com")'],
  ['if (origin !in ALLOWED) return\nmark()', '+----', 'val ALLOWED = setOf("https://a.example.com")'],
  ['if (allowed(origin)) { mark() }', '++---', 'fun allowed(o: String?) = o != null && o.endsWith(".example.com")'],
  ['if (origin?.endsWith(".example.com") == true) mark()', '++---'],
  ['if (Regex("https://a\\\\.example\\\\.com").matches(origin)) mark()', '+----'],
  ['if (origin matches Regex("https://a\\\\.example\\\\.com")) mark()', '+----'],
  ['if (PATTERN.containsMatchIn(origin)) mark()', '+-+--', 'val PATTERN = """^https://a\\.example\\.com""".toRegex()'],
  ['if (PATTERN.matchEntire(origin) != null) mark()', '+----', 'val PATTERN = Regex("https://a\\\\.example\\\\.com")'],
  ['if (origin == null) return\nmark()', '++++-'],
  ['origin ?: return\nmark()', '++++-'],
  ['val sent = origin ?: return\nif (sent.startsWith("https://b")) mark()', '-+---'],
  ['origin?.let { if (it in ALLOWED) mark() }', '+----', 'val ALLOWED = listOf("https://a.example.com")'],
  ['origin?.let { sent -> if (sent in ALLOWED) mark() }', '+----', 'val ALLOWED = listOf("https://a.example.com")'],
  ['origin?.takeIf { it in ALLOWED }?.let { mark() }', '+----', 'val ALLOWED = listOf("https://a.example.com")'],
  ['if (ALLOWED.any { it == origin }) mark()', '+----', 'val ALLOWED = listOf("https://a.example.com")'],
  ['if (ALLOWED.none { it == origin }) return\nmark()', '+----', 'val ALLOWED = listOf("https://a.example.com")'],
  ['for (one in ALLOWED) { if (one == origin) { mark() } }', '+----', 'val ALLOWED = listOf("https://a.example.com")'],
  ['when (origin) { "https://a.example.com" -> mark()\n else -> other() }', '+----'],
  ['when (origin) { in ALLOWED -> mark()\n else -> other() }', '+----', 'val ALLOWED = setOf("https://a.example.com")'],
  ['when { origin == null -> return\n origin.startsWith("https://a.") -> other()\n else -> mark() }', '-+-+-'],
  ['if (URI(origin).host == "a.example.com") mark()', '+--??'],
  ['val host = try { URI(origin).host } catch (e: Exception) { null }\nif (host == "a.example.com") mark()', '+--??'],
  ['if (!origin.isNullOrBlank() && origin.startsWith("https://b")) mark()', '-+---'],
];

describe('values of Kotlin', () => {
  for (const [statements, expected, members] of values) {
    it(`${members ?? ''} ${statements} → ${expected}`.replaceAll('\n', ' '), async () => {
      const snippet = await open({ 'src/main/kotlin/com/example/Program.kt': inClass(statements, members) });
      assert.equal(show(snippet.evaluator.evaluate(marked(snippet))), expected);
    });
  }

  it('are read from other files of the package, and from imported ones', async () => {
    const snippet = await open({
      'Program.kt': inClass('mark(ALL + Origins.SECOND)'),
      'Origins.kt': 'package com.example\nconst val ALL = "*"\nobject Origins { const val SECOND = "b" }\n',
    });
    assert.equal(show(snippet.evaluator.evaluate(marked(snippet))), "'*b'");
  });
});

describe('checks of Kotlin', () => {
  for (const [statements, expected, members = ''] of checks) {
    it(`${members} ${statements} → ${expected}`.replaceAll('\n', ' '), async () => {
      const handler = `fun handle(call: ApplicationCall) {\nval origin = call.request.headers["Origin"]\n${statements}\n}`;
      const snippet = await open({ 'Program.kt': inClass('', `${members}\n${handler}`) });
      assert.equal(answers(snippet.evaluator.guard(marked(snippet)), origins), expected);
    });
  }

  it('are read from what servlets, Spring and http4k call the Origin', async () => {
    for (const read of [
      'fun handle(request: HttpServletRequest) { val origin = request.getHeader("Origin")',
      'fun handle(call: ApplicationCall) { val origin = call.request.header(HttpHeaders.Origin)',
      'fun handle(exchange: ServerWebExchange) { val origin = exchange.request.headers.origin',
      'fun handle(request: Request) { val origin = request.header("origin")',
      'fun handle(ctx: Context) { val origin = ctx.header("Origin")',
    ]) {
      const snippet = await open({
        'Program.kt': inClass('', `${read}\nif (origin == "https://a.example.com") mark() }`),
      });
      assert.equal(answers(snippet.evaluator.guard(marked(snippet)), origins), '+----', read);
    }
  });
});
