/** What Scala expressions evaluate to, and what a check lets in. */
import assert from 'node:assert/strict';
import { answers, marked, open, show } from './harness.ts';

/** The end of a method with one `mark(…)`, what its argument is, and what else the object holds. */
const values: readonly (readonly [string, string, string?])[] = [
  ['mark("a" + "b")', "'ab'"],
  ['val host = "example.com"\nmark(s"https://$host")', "'https://example.com'"],
  ['mark(s"https://${Hosts.app}:9000")', "'https://example.com:9000'", 'object Hosts { val app = "example.com" }'],
  ['mark(Host)', "'a'", 'private val Host: String = "a"'],
  ['mark(this.host)', "'a'", 'lazy val host = "a"'],
  ['mark(Seq("a", "b"))', "['a', 'b']"],
  ['mark(List("a") ++ Rest)', "['a', 'b']", 'val Rest = List("b")'],
  ['mark(Set(list: _*))', "['a']", 'val list = Seq("a")'],
  ['mark(Set("a").toSeq)', "['a']"],
  ['mark(Map("a" -> true, "b" -> "c"))', "{a: true, b: 'c'}"],
  ['mark(sys.env("X"))', 'env X'],
  ['mark(sys.env.getOrElse("X", "*"))', "env X or '*'"],
  ['mark(sys.env.get("X").getOrElse("*"))', "env X or '*'"],
  ['mark(Option(System.getenv("X")).getOrElse("*"))', "env X or '*'"],
  ['mark(scala.util.Properties.envOrElse("X", "*"))', "env X or '*'"],
  ['mark("a,b".split(","))', "['a', 'b']"],
  ['mark("a,b".split(",").toSet)', "['a', 'b']"],
  ['mark("A".toLowerCase)', "'a'"],
  ['mark("""a"b""")', `'a"b'`],
  ['mark("https://.*".r)', '/https://.*/'],
  ['mark(of("a"))', "'https://a'", 'def of(host: String): String = s"https://$host"'],
  ['mark(of("a"))', "'https://a'", 'def of(host: String): String = {\n  val scheme = "https://"\n  scheme + host\n}'],
  ['mark(allowed)', "['a']", 'def allowed = Seq("a")'],
  ['mark(if (Debug) "a" else "b")', "'a'", 'val Debug = true'],
  ['mark("b" match { case "a" | "c" => "x"; case "b" => "y"; case _ => "z" })', "'y'"],
  ['mark({ val x = "a"; x })', "'a'"],
  ['mark(Some("a"))', "'a'"],
  ['mark(null)', 'nothing'],
];

const origins = ['https://a.example.com', 'https://b.example.com', 'https://a.example.com.evil.test', 'null', null];
const allowed = 'val allowed = Set("https://a.example.com")';

/** What a handler checks before it calls `mark()`, and which of the origins get there. */
const checks: readonly (readonly [string, string, string?])[] = [
  ['if (origin == "https://a.example.com") mark()', '+----'],
  ['if (allowed.contains(origin)) mark()', '+----', allowed],
  ['if (allowed contains origin) mark()', '+----', allowed],
  ['if (allowed(origin)) mark()', '+----', allowed],
  ['if (!allowed.contains(origin)) other() else mark()', '+----', allowed],
  ['if (allowed.exists(_ == origin)) mark()', '+----', allowed],
  ['if (allowed.exists(origin.startsWith(_))) mark()', '+-+--', allowed],
  ['if (allowed.exists(one => origin.startsWith(one))) mark()', '+-+--', allowed],
  ['if (Seq(origin).exists(_.endsWith(".example.com"))) mark()', '++---'],
  ['if (origin.endsWith(".example.com")) mark()', '++---'],
  ['if (origin.contains("example.com")) mark()', '+++--'],
  ['if (origin.contains("https://a.example.com")) mark()', '????-'],
  ['if (origin.matches("https://.*\\\\.example\\\\.com")) mark()', '++--?'],
  ['if (pattern.findFirstIn(origin).isDefined) mark()', '+++--', 'val pattern = """https://.*\\.example\\.com""".r'],
  ['if (pattern.matches(origin)) mark()', '++---', 'val pattern = """https://.*\\.example\\.com""".r'],
  ['if (isAllowed(origin)) mark()', '++---', 'def isAllowed(one: String): Boolean = one.endsWith(".example.com")'],
  ['origin match {\n  case "https://a.example.com" => mark()\n  case _ => other()\n}', '+----'],
  ['origin match {\n  case one if allowed.contains(one) => mark()\n  case _ => other()\n}', '+----', allowed],
  [
    'request.headers.get("Origin") match {\n  case Some(one) if allowed.contains(one) => mark()\n  case _ => other()\n}',
    '+----',
    allowed,
  ],
  ['request.headers.get("Origin") match {\n  case Some(one) => mark()\n  case None => other()\n}', '++++-'],
  ['if (new java.net.URI(origin).getHost == "a.example.com") mark()', '?????'],
];

describe('values of Scala', () => {
  for (const [statements, expected, others] of values)
    it(`${others ?? ''} ${statements} → ${expected}`.replaceAll('\n', '; '), async () => {
      const inside = statements.replaceAll('\n', '\n    ');
      const text = `object Program {\n  ${others ?? ''}\n  def main() = {\n    ${inside}\n  }\n}\n`;
      const snippet = await open({ 'Program.scala': text });
      assert.equal(show(snippet.evaluator.evaluate(marked(snippet))), expected);
    });

  it('are read by indentation, too', async () => {
    const text =
      'object Program:\n  val host = "a"\n  def main() =\n    val scheme = "https://"\n    mark(scheme + host)\n';
    const snippet = await open({ 'Program.scala': text });
    assert.equal(show(snippet.evaluator.evaluate(marked(snippet))), "'https://a'");
  });

  it('are read from other files of the package', async () => {
    const snippet = await open({
      'Program.scala': 'package com.example\nobject Program { mark(Origins.all) }\n',
      'Origins.scala': 'package com.example\nobject Origins { val all = Seq("*") }\n',
    });
    assert.equal(show(snippet.evaluator.evaluate(marked(snippet))), "['*']");
  });
});

describe('checks of Scala', () => {
  for (const [statements, expected, others = ''] of checks)
    it(`${others} ${statements} → ${expected}`.replaceAll('\n', '; '), async () => {
      const inside = statements.replaceAll('\n', '\n      ');
      const action = `    val origin = request.headers.get("Origin").getOrElse("")\n      ${inside}\n`;
      const text = `class Api extends BaseController {\n  ${others}\n  def show = Action { request =>\n  ${action}  }\n}\n`;
      const snippet = await open({ 'app/Api.scala': text });
      assert.equal(answers(snippet.evaluator.guard(marked(snippet)), origins), expected);
    });
});
