/** What C# expressions evaluate to, and what a check lets in. */
import assert from 'node:assert/strict';
import { inPhase } from '../../server/src/policy/circumstances.ts';
import { answers, marked, open, show } from './harness.ts';

const usings = 'using System;\nusing System.Text.RegularExpressions;\nusing Microsoft.Net.Http.Headers;\n';
const inClass = (statements: string, members = ''): string =>
  `${usings}\nnamespace Shop;\n\nclass Program\n{\n${members}\n  void Main()\n  {\n${statements}\n  }\n}\n`;

/** The end of a method with one `mark(…)`, what its argument is, and what else the class holds. */
const values: readonly (readonly [string, string, string?])[] = [
  ['mark("a" + "b");', "'ab'"],
  ['var host = "example.com";\nmark($"https://{host}:{8080}");', "'https://example.com:8080'"],
  ['mark($"a{{b}}");', "'a{b}'"],
  ['mark(Host);', "'a'", 'private const string Host = "a";'],
  ['mark(this._host);', "'a'", 'private readonly string _host = "a";'],
  ['mark(_host);', 'unknown', 'private string _host;'],
  ['mark(Host);', "'a'", 'public static string Host => "a";'],
  ['mark(Host);', "'a'", 'public static string Host { get; } = "a";'],
  ['mark(new[] { "a", "b" });', "['a', 'b']"],
  ['mark(new string[] { "a", Host });', "['a', 'b']", 'const string Host = "b";'],
  ['string[] list = { "a" };\nmark(list);', "['a']"],
  ['string[] more = ["b", "c"];\nmark(["a", .. more]);', "['a', 'b', 'c']"],
  ['string[] none = [];\nmark(none);', '[]'],
  ['mark(Array.Empty<string>());', '[]'],
  ['mark(new string[0]);', '[]'],
  ['var list = new List<string>();\nlist.Add("a");\nlist.Add("b");\nmark(list);', "['a', 'b', …]"],
  ['var list = new List<string> { "a", "b" };\nmark(list.ToArray());', "['a', 'b']"],
  ['mark(_set);', "['a']", 'static readonly HashSet<string> _set = new(StringComparer.OrdinalIgnoreCase) { "a" };'],
  ['mark(new HashSet<string>(_list, StringComparer.Ordinal));', "['a']", 'static readonly string[] _list = { "a" };'],
  ['var map = new Dictionary<string, string> { ["a"] = "b", { "c", "d" } };\nmark(map);', "{a: 'b', c: 'd'}"],
  ['mark(Environment.GetEnvironmentVariable("X"));', 'env X'],
  ['mark(Environment.GetEnvironmentVariable("X") ?? "*");', "env X or '*'"],
  ['mark(Environment.GetEnvironmentVariable("X") ?? throw new Exception());', 'env X'],
  ['mark(_configuration["Cors:Origin"]);', 'env Cors:Origin', 'private readonly IConfiguration _configuration;'],
  ['mark("a,b".Split(","));', "['a', 'b']"],
  ['mark("a, b".Split(new[] { \',\' }, StringSplitOptions.RemoveEmptyEntries)[0]);', "'a'"],
  ['mark("a/,b".Split(",").Select(o => o.RemovePostFix("/")).ToArray());', "['a', 'b']"],
  ['mark(HeaderNames.Vary);', "'Vary'"],
  ['mark(60 * 60);', '3600'],
  ['mark(TimeSpan.FromMinutes(10));', '600'],
  ['mark(new TimeSpan(1, 0, 0));', '3600'],
  ['mark(@"a\\b""c");', `'a\\b"c'`],
  ['mark("a\\u0041\\x42");', "'aAB'"],
  ['mark("""\n      a\n        b\n      """);', "'a\n  b'"],
  ['mark("""a "b" c""");', `'a "b" c'`],
  ['mark(Of("a"));', "'https://a'", 'private static string Of(string host) => "https://" + host;'],
  ['mark(Of(host: "a"));', "'https://a'", 'static string Of(string host) { return $"https://{host}"; }'],
  ['string Of(string host) => $"https://{host}";\nmark(Of("a"));', "'https://a'"],
  ['mark(Debug ? "a" : "b");', "'a'", 'const bool Debug = true;'],
  ['var s = "a";\nmark(s switch { "a" or "c" => "x", _ => "y" });', "'x'"],
  ['var s = "c";\nmark(s switch { "a" => "x", "b" => "y", "c" when s != "d" => "z", _ => "w" });', "'z'"],
  ['mark(null);', 'nothing'],
  ['mark((string)"a");', "'a'"],
  ['mark("a" as string);', "'a'"],
  ['mark(true.ToString());', "'True'"],
  ['mark(true.ToString().ToLower());', "'true'"],
  ['mark(nameof(Shop.Program));', "'Program'"],
  ['mark(string.Format("https://{0}", "a"));', "'https://a'"],
  ['mark(string.Join(",", new[] { "a", "b" }));', "'a,b'"],
  ['mark(new List<string> { "a", "b" }.Select(one => "https://" + one).ToArray());', "['https://a', 'https://b']"],
  ['mark(list[^1]);', "'b'", 'string[] list = { "a", "b" };'],
  [
    'var pattern = new Regex(@"^https://a\\.b$", RegexOptions.IgnoreCase | RegexOptions.Compiled);\nmark(pattern);',
    '/^https://a\\.b$/i',
  ],
  [
    'mark(new CorsPolicy { SupportsCredentials = true, Origins = { "a" } });',
    "{SupportsCredentials: true, Origins: ['a']}",
  ],
  ['if (x is { } text) { }\nmark(text);', "'a'", 'const string x = "a";'],
];

const origins = ['https://a.example.com', 'https://b.example.com', 'https://a.example.com.evil.test', 'null', null];

/** What a handler checks before it calls `mark()`, and which of the origins get there. */
const checks: readonly (readonly [string, string, string?])[] = [
  ['if (origin == "https://a.example.com") mark();', '+----'],
  ['if (origin is "https://a.example.com") mark();', '+----'],
  ['if (origin is "https://a.example.com" or "https://b.example.com") mark();', '++---'],
  ['if (origin is "https://a.example.com" && Ready) mark();', '+----', 'const bool Ready = true;'],
  ['if (string.Equals(origin, "HTTPS://A.example.com", StringComparison.OrdinalIgnoreCase)) mark();', '+----'],
  ['if (origin.Equals("https://a.example.com")) mark();', '+----'],
  ['if (origin?.EndsWith(".example.com", StringComparison.OrdinalIgnoreCase) == true) mark();', '++---'],
  ['if (origin.StartsWith("https://a.example.com")) mark();', '+-+--'],
  ['if (origin.Contains("example.com")) mark();', '+++--'],
  [
    'if (Allowed.Contains(origin)) { mark(); }',
    '+----',
    'private static readonly HashSet<string> Allowed = new(StringComparer.OrdinalIgnoreCase) { "https://a.example.com" };',
  ],
  [
    'if (Allowed.Contains(origin, StringComparer.OrdinalIgnoreCase)) { mark(); }',
    '+----',
    'private static readonly string[] Allowed = ["https://a.example.com"];',
  ],
  [
    'if (IsAllowed(origin)) mark();',
    '++---',
    'bool IsAllowed(string o) { return o != null && o.EndsWith(".example.com"); }',
  ],
  [
    'if (IsAllowed(origin)) mark();',
    '++---',
    'static bool IsAllowed(string o) => o?.EndsWith(".example.com") ?? false;',
  ],
  ['if (Regex.IsMatch(origin, @"^https://a\\.example\\.com$")) mark();', '+----'],
  ['if (Regex.IsMatch(origin, "^HTTPS://A\\\\.example\\\\.com", RegexOptions.IgnoreCase)) mark();', '+-+--'],
  [
    'if (Pattern.IsMatch(origin)) mark();',
    '++---',
    'static readonly Regex Pattern = new(@"^https://\\w+\\.example\\.com$");',
  ],
  [
    'if (Pattern.Match(origin).Success) mark();',
    '++---',
    'static readonly Regex Pattern = new Regex(@"^https://\\w+\\.example\\.com$");',
  ],
  ['if (new Uri(origin).Host == "a.example.com") mark();', '+--??'],
  ['if (new Uri(origin).Host.EndsWith("example.com")) mark();', '++-??'],
  ['if (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Host == "a.example.com") mark();', '+----'],
  ['if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri)) return;\nif (uri.Scheme == "https") mark();', '+++--'],
  ['if (origin == null) return;\nmark();', '++++-'],
  ['if (string.IsNullOrEmpty(origin)) { return; }\nmark();', '++++-'],
  ['if (origin is not null) mark();', '++++-'],
  ['if (origin is not null and not "null") mark();', '+++--'],
  [
    'foreach (var one in Allowed) { if (one == origin) { mark(); break; } }',
    '+----',
    'string[] Allowed = { "https://a.example.com" };',
  ],
  ['if (Allowed.Any(one => one.Equals(origin))) mark();', '+----', 'string[] Allowed = { "https://a.example.com" };'],
  [
    'if (Array.Exists(Allowed, one => one == origin)) mark();',
    '+----',
    'string[] Allowed = { "https://a.example.com" };',
  ],
  ['if (Array.IndexOf(Allowed, origin) >= 0) mark();', '+----', 'string[] Allowed = { "https://a.example.com" };'],
  ['switch (origin) { case "https://a.example.com": mark(); break; default: Other(); break; }', '+----'],
  ['if (origin switch { "https://a.example.com" => true, _ => false }) mark();', '+----'],
];

/** How a handler finds the origin. */
const readings = [
  'context.Request.Headers["Origin"].ToString()',
  'context.Request.Headers[HeaderNames.Origin].FirstOrDefault()',
  'context.Request.Headers.Origin',
  '(string)context.Request.Headers["Origin"]',
  'context.Request.Headers.Get("Origin")',
  'HttpContext.Request.Headers["Origin"]',
  'Request.Headers["origin"]',
  'HttpContext.Current.Request.Headers["Origin"]',
  'context.Request.Headers.GetValues("Origin").First()',
];

describe('values of C#', () => {
  for (const [statements, expected, members] of values) {
    it(`${members ?? ''} ${statements} → ${expected}`.replaceAll('\n', ' '), async () => {
      const snippet = await open({ 'Program.cs': inClass(statements, members) });
      assert.equal(show(snippet.evaluator.evaluate(marked(snippet))), expected);
    });
  }

  it('are read at the top of a file, too', async () => {
    const snippet = await open({ 'Program.cs': 'var builder = X();\nconst string A = "a";\nmark(A);\nclass B { }\n' });
    assert.equal(show(snippet.evaluator.evaluate(marked(snippet))), "'a'");
  });

  it('are read from other classes of the folder', async () => {
    const snippet = await open({
      'Program.cs': inClass('mark(Origins.All);'),
      'Origins.cs': 'namespace Shop { static class Origins { public const string All = "*"; } }\n',
    });
    assert.equal(show(snippet.evaluator.evaluate(marked(snippet))), "'*'");
  });
});

describe('the configuration of C#', () => {
  const settings = '{ "Cors": { "Origins": ["https://a.example"], "Main": "https://b.example" } }';
  const asked: readonly (readonly [string, string])[] = [
    ['builder.Configuration["Cors:Main"]', "'https://b.example'"],
    ['builder.Configuration.GetSection("Cors:Origins").Get<string[]>()', "['https://a.example']"],
    ['builder.Configuration.GetSection("Cors").GetSection("Origins").Get<List<string>>()', "['https://a.example']"],
    ['builder.Configuration.GetValue<string>("Cors:Main")', "'https://b.example'"],
    ['builder.Configuration.GetValue<string>("Cors:Other", "*")', "env Cors:Other or '*'"],
    ['builder.Configuration.GetSection("Cors:Other").Get<string[]>() ?? ["*"]', "env Cors:Other or ['*']"],
    ['builder.Configuration["Cors:Main"].Split(",")', "['https://b.example']"],
    ['builder.Configuration.GetSection("Cors:Main").Value', "'https://b.example'"],
  ];
  for (const [expression, expected] of asked) {
    it(`${expression} → ${expected}`, async () => {
      const snippet = await open(
        { 'Program.cs': `var builder = WebApplication.CreateBuilder(args);\nmark(${expression});\n` },
        { 'appsettings.json': settings },
      );
      assert.equal(show(snippet.evaluator.evaluate(marked(snippet))), expected);
    });
  }
});

describe('checks of C#', () => {
  for (const [statements, expected, members = ''] of checks) {
    it(`${members} ${statements} → ${expected}`.replaceAll('\n', ' '), async () => {
      const handler = `void Handle(HttpContext context) {\nvar origin = context.Request.Headers["Origin"].ToString();\n${statements}\n}`;
      const snippet = await open({ 'Program.cs': inClass('', `${members}\n${handler}`) });
      assert.equal(answers(snippet.evaluator.guard(marked(snippet)), origins), expected);
    });
  }

  for (const reading of readings) {
    it(`reads the origin: ${reading}`, async () => {
      const handler = `void Handle(HttpContext context) {\nvar origin = ${reading};\nif (origin == "https://a.example.com") mark();\n}`;
      const snippet = await open({ 'Program.cs': inClass('', handler) });
      assert.equal(answers(snippet.evaluator.guard(marked(snippet)), origins), '+----');
    });
  }

  it('reads the origin that a method writes out', async () => {
    const handler =
      'void Handle(HttpContext context) {\nif (context.Request.Headers.TryGetValue("Origin", out var origin) && origin == "https://a.example.com") mark();\n}';
    const snippet = await open({ 'Program.cs': inClass('', handler) });
    assert.equal(answers(snippet.evaluator.guard(marked(snippet)), origins), '+----');
  });

  for (const [guard, phase] of [
    ['#if DEBUG\nmark();\n#endif', 'development'],
    ['#if DEBUG\nmark();\n#else\nOther();\n#endif', 'development'],
    ['#if !RELEASE\nmark();\n#endif', 'development'],
    ['if (app.Environment.IsDevelopment()) { mark(); }', 'development'],
    ['if (!env.IsProduction()) mark();', 'development'],
  ] as const)
    it(`knows ${guard.replaceAll('\n', ' ')} as ${phase}`, async () => {
      const snippet = await open({ 'Program.cs': `${guard}\n` });
      const when = snippet.evaluator.guard(marked(snippet));
      const other = phase === 'development' ? 'production' : 'development';
      assert.equal(inPhase(when, other).kind, 'never');
      assert.notEqual(inPhase(when, phase).kind, 'never');
    });
});
