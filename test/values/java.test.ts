/** What Java expressions evaluate to, and what a check lets in. */
import assert from 'node:assert/strict';
import { answers, marked, open, show } from './harness.ts';

const imports =
  'package com.example;\n\nimport java.util.*;\nimport java.util.regex.Pattern;\nimport javax.servlet.http.*;\n' +
  'import org.springframework.beans.factory.annotation.Value;\nimport org.springframework.http.HttpHeaders;\n';
const inClass = (statements: string, members = ''): string =>
  `${imports}\nclass Program {\n${members}\n  void main() {\n${statements}\n  }\n}\n`;

/** The end of a method with one `mark(…)`, what its argument is, and what else the class holds. */
const values: readonly (readonly [string, string, string?])[] = [
  ['mark("a" + "b");', "'ab'"],
  ['String host = "example.com";\nmark("https://" + host);', "'https://example.com'"],
  ['mark(HOST);', "'a'", 'private static final String HOST = "a";'],
  ['mark(this.host);', "'a'", 'private final String host = "a";'],
  ['mark(host);', 'unknown', 'private String host;'],
  ['mark(List.of("a", "b"));', "['a', 'b']"],
  ['mark(Arrays.asList("a", HOST));', "['a', 'b']", 'static final String HOST = "b";'],
  ['mark(new String[] {"a", "b"});', "['a', 'b']"],
  ['String[] list = {"a"};\nmark(Arrays.asList(list));', "['a']"],
  ['List<String> list = new ArrayList<>();\nlist.add("a");\nlist.add("b");\nmark(list);', "['a', 'b', …]"],
  ['mark(new HashSet<>(List.of("a")));', "['a']"],
  ['mark(Map.of("a", true));', '{a: true}'],
  ['mark(Collections.emptyList());', '[]'],
  ['mark(System.getenv("X"));', 'env X'],
  ['mark(System.getProperty("x", "*"));', "env x or '*'"],
  ['mark(origins);', 'env app.origins', '@Value("${app.origins}") private String origins;'],
  ['mark(origins);', "env app.origins split or ['*']", '@Value("${app.origins:*}") private String[] origins;'],
  ['mark(origins);', "'a'", '@Value("a") String origins;'],
  ['mark("a,b".split(","));', "['a', 'b']"],
  ['mark(ORIGINS.split(",")[1]);', "'b'", 'static final String ORIGINS = "a,b";'],
  ['mark(HttpHeaders.VARY);', "'Vary'"],
  ['mark(60 * 60L);', '3600'],
  ['mark("""\n    a\n      b\n    """);', "'a\n  b\n'"],
  ['mark(of("a"));', "'https://a'", 'private static String of(String host) { return "https://" + host; }'],
  ['mark(DEBUG ? "a" : "b");', "'a'", 'static final boolean DEBUG = true;'],
  ['String s = "a";\nmark(switch (s) { case "a", "c" -> "x"; default -> "y"; });', "'x'"],
  ['String s = "b";\nmark(switch (s) { case "a" -> "x"; case "b" -> "y"; case "c" -> "z"; default -> "w"; });', "'y'"],
  ['mark(null);', 'nothing'],
  ['mark((String) "a");', "'a'"],
];

const origins = ['https://a.example.com', 'https://b.example.com', 'https://a.example.com.evil.test', 'null', null];

/** What a handler checks before it calls `mark()`, and which of the origins get there. */
const checks: readonly (readonly [string, string, string?])[] = [
  ['if (origin.equals("https://a.example.com")) mark();', '+----'],
  ['if ("https://a.example.com".equals(origin)) mark();', '+----'],
  ['if (origin != null && origin.equalsIgnoreCase("HTTPS://A.EXAMPLE.COM")) mark();', '+----'],
  [
    'if (ALLOWED.contains(origin)) { mark(); }',
    '+----',
    'static final Set<String> ALLOWED = Set.of("https://a.example.com");',
  ],
  [
    'if (allowed(origin)) { mark(); }',
    '++---',
    'boolean allowed(String o) { return o != null && o.endsWith(".example.com"); }',
  ],
  ['if (origin.matches("https://a\\\\.example\\\\.com")) mark();', '+----'],
  [
    'if (PATTERN.matcher(origin).find()) mark();',
    '+-+--',
    'static final Pattern PATTERN = Pattern.compile("^https://a\\\\.example\\\\.com");',
  ],
  [
    'if (PATTERN.matcher(origin).matches()) mark();',
    '+----',
    'static final Pattern PATTERN = Pattern.compile("https://a\\\\.example\\\\.com");',
  ],
  ['if (origin.startsWith("https://a.example.com")) mark();', '+-+--'],
  ['if (origin == null) return;\nmark();', '++++-'],
  [
    'for (String one : ALLOWED) { if (one.equals(origin)) { mark(); } }',
    '+----',
    'String[] ALLOWED = { "https://a.example.com" };',
  ],
  [
    'if (list.stream().anyMatch(o -> o.equals(origin))) mark();',
    '+----',
    'List<String> list = List.of("https://a.example.com");',
  ],
  ['switch (origin) { case "https://a.example.com": mark(); break; default: other(); }', '+----'],
];

describe('values of Java', () => {
  for (const [statements, expected, members] of values) {
    it(`${members ?? ''} ${statements} → ${expected}`.replaceAll('\n', ' '), async () => {
      const snippet = await open({ 'src/main/java/com/example/Program.java': inClass(statements, members) });
      assert.equal(show(snippet.evaluator.evaluate(marked(snippet))), expected);
    });
  }

  it('are read from other classes of the package, and from imported ones', async () => {
    const snippet = await open({
      'Program.java': inClass('mark(Origins.ALL);'),
      'Origins.java': 'package com.example;\nclass Origins { static final String ALL = "*"; }\n',
    });
    assert.equal(show(snippet.evaluator.evaluate(marked(snippet))), "'*'");
  });
});

describe('checks of Java', () => {
  for (const [statements, expected, members = ''] of checks) {
    it(`${members} ${statements} → ${expected}`.replaceAll('\n', ' '), async () => {
      const handler = `void handle(HttpServletRequest request) {\nString origin = request.getHeader("Origin");\n${statements}\n}`;
      const snippet = await open({ 'Program.java': inClass('', `${members}\n${handler}`) });
      assert.equal(answers(snippet.evaluator.guard(marked(snippet)), origins), expected);
    });
  }
});
