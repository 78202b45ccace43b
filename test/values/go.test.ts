/** What Go expressions evaluate to, and what a check lets in. */
import assert from 'node:assert/strict';
import { answers, marked, open, show } from './harness.ts';

const imports =
  'import (\n\t"fmt"\n\t"net/http"\n\t"net/url"\n\t"os"\n\t"regexp"\n\t"slices"\n\t"strings"\n\n\t"github.com/rs/cors"\n)\n';
/** The end of `main` with one `mark(…)`, what its argument is, and what stands outside. */
const values: readonly (readonly [string, string, string?])[] = [
  ['mark("a" + `b`)', "'ab'"],
  ['host := "example.com"\nmark("https://" + host)', "'https://example.com'"],
  ['mark(fmt.Sprintf("https://%s:%d/%%", host, 8443))', "'https://a:8443/%'", 'const host = "a"'],
  ['mark(fmt.Sprintf("%05d", 1))', 'unknown'],
  ['mark([]string{"a", "b"})', "['a', 'b']"],
  ['mark(append([]string{"a"}, "b", "c"))', "['a', 'b', 'c']"],
  ['mark(append(list, more...))', "['a', 'b']", 'var list, more = []string{"a"}, []string{"b"}'],
  ['list := []string{"a"}\nlist = append(list, "b")\nmark(list)', "['a', 'b']"],
  ['list := []string{"a"}\nif debug() {\n\tlist = append(list, "b")\n}\nmark(list)', "(['a', 'b'] | ['a'])"],
  ['list := make([]string, 0, 2)\nmark(list)', '[]'],
  ['mark(map[string]bool{"a": true, "b": false})', '{a: true, b: false}'],
  ['m := map[string]bool{}\nm["a"] = true\nmark(m)', '{a: true}'],
  ['m := map[string]bool{}\nm[key()] = true\nmark(m)', '{, …}'],
  ['mark(cors.Options{MaxAge: 2 * 60})', '{MaxAge: 120}'],
  ['options := cors.Options{}\noptions.Debug = true\nmark(options)', '{Debug: true}'],
  ['mark(options)\noptions.Debug = true', '{}', 'var options cors.Options'],
  ['options.Debug = true\nmark(options)', '{Debug: true}', 'var options cors.Options'],
  ['if debug() {\n\toptions.Debug = true\n}\nmark(options)', '{Debug: (true | nothing)}', 'var options cors.Options'],
  ['mark(options)', '{Debug: unknown}', 'var options cors.Options\nfunc other() { options.Debug = true }'],
  ['var list []string\nmark(list)', '[]'],
  ['var text string\nmark(text)', "''"],
  ['mark(nil)', 'nothing'],
  ['a, b := pair()\nuse(a)\nmark(b)', "'y'", 'func pair() (string, string) { return "x", "y" }'],
  ['a, b := "x", "y"\nuse(b)\nmark(a)', "'x'"],
  ['mark(of("a"))', "'https://a'", 'func of(host string) string { return "https://" + host }'],
  ['mark(named())', "'x'", 'func named() (text string) { text = "x"; return }'],
  ['mark(strings.Split("a,b", ","))', "['a', 'b']"],
  ['mark(strings.Split(os.Getenv("ORIGINS"), ","))', 'env ORIGINS split'],
  ['mark(strings.TrimSuffix(strings.ToLower(" A/ "), "/"))', "' a/ '"],
  ['mark(strings.TrimRight("https://a//", "/"))', "'https://a'"],
  ['mark(strings.Join([]string{"a", "b"}, ", "))', "'a, b'"],
  ['before, after, found := strings.Cut("a://b", "://")\nuse(before, found)\nmark(after)', "'b'"],
  ['mark(os.Getenv("X"))', 'env X'],
  ['value, ok := os.LookupEnv("X")\nuse(ok)\nmark(value)', 'env X'],
  [
    'mark(origin())',
    "(env X | 'a')",
    'func origin() string {\n\tif v := os.Getenv("X"); v != "" {\n\t\treturn v\n\t}\n\treturn "a"\n}',
  ],
  ['mark(regexp.MustCompile(`^https://a\\.b$`))', '/^https://a\\.b$/'],
  ['mark(http.MethodOptions)', "'OPTIONS'"],
  ['mark(len([]string{"a"}))', '1'],
  [
    's := &server{list: []string{"a"}}\nmark(s.all())',
    "['a']",
    'type server struct{ list []string }\nfunc (s *server) all() []string { return s.list }',
  ],
  ['s := server{}\nmark(s.name)', "''", 'type server struct{ name string }'],
  ['o := "x"\nfor _, o := range []string{"a"} {\n\to := o\n\tuse(o)\n}\nmark(o)', "'x'"],
];

const origins = ['https://a.example.com', 'https://b.example.com', 'https://a.example.com.evil.test', 'null', null];
const outside = `var list = []string{"https://a.example.com", "https://b.example.com"}
var table = map[string]bool{"https://a.example.com": true, "https://b.example.com": false}
var set = map[string]struct{}{"https://a.example.com": {}}
var pattern = regexp.MustCompile(\`^https://[a-z]\\.example\\.com\`)

type server struct{ origins []string }

func (s *server) trusts(origin string) bool {
	for i := 0; i < len(s.origins); i++ {
		if s.origins[i] == origin {
			return true
		}
	}
	return false
}

func among(origin string) bool {
	for _, one := range list {
		if one == origin {
			return true
		}
	}
	return false
}

func byHost(origin string) bool {
	u, err := url.Parse(origin)
	if err != nil || u.Scheme != "https" {
		return false
	}
	return u.Hostname() == "a.example.com"
}

func bySwitch(origin string) bool {
	switch origin {
	case "https://a.example.com", "https://b.example.com":
		return true
	}
	return false
}
`;

/** The end of a handler with one `mark(test)`, and whether the test holds for each of `origins`. */
const tests: readonly (readonly [string, string])[] = [
  ['mark(origin == "https://a.example.com")', '+----'],
  ['mark(origin != "")', '++++-'],
  ['mark(origin == "" || origin == list[1])', '-+--+'],
  ['mark(slices.Contains(list, origin))', '++---'],
  ['mark(slices.Index(list, origin) >= 0)', '++---'],
  ['mark(slices.ContainsFunc(list, func(one string) bool { return strings.HasPrefix(origin, one) }))', '+++--'],
  ['mark(table[origin])', '+----'],
  ['_, ok := set[origin]\nmark(ok)', '+----'],
  ['_, ok := set[origin]\nmark(!ok)', '-++++'],
  ['mark(strings.HasPrefix(origin, "https://a.example.com"))', '+-+--'],
  ['mark(strings.HasSuffix(origin, ".example.com"))', '++---'],
  ['mark(strings.Contains(origin, "example.com"))', '+++--'],
  ['mark(strings.EqualFold(origin, "HTTPS://A.example.com"))', '+----'],
  ['mark(strings.ToLower(origin) == "https://a.example.com")', '+----'],
  ['mark(strings.TrimPrefix(origin, "https://") == "b.example.com")', '-+---'],
  ['mark(strings.Index(origin, "example.com") > 0)', '+++--'],
  ['mark(pattern.MatchString(origin))', '+++--'],
  ['ok, err := regexp.MatchString("^https://a", origin)\nuse(err)\nmark(ok)', '+-+--'],
  ['u, _ := url.Parse(origin)\nmark(u.Host == "a.example.com")', '+----'],
  ['_, host, ok := strings.Cut(origin, "://")\nmark(ok && host == "a.example.com")', '+----'],
  ['mark(among(origin))', '++---'],
  ['mark(byHost(origin))', '+----'],
  ['mark(bySwitch(origin))', '++---'],
  ['s := &server{origins: list}\nmark(s.trusts(origin))', '++---'],
  ['mark(r.Header.Get("Origin") == list[0])', '+----'],
  ['mark(r.Header.Get("ORIGIN") == list[0])', '+----'],
  ['mark(unknownCheck(origin))', '?????'],
  ['mark(r.Method == http.MethodOptions)', '-----'],
];

/** Under which origins `here` is reached. */
const guards: readonly (readonly [string, string])[] = [
  ['if among(origin) {\n\there()\n}', '++---'],
  ['if !among(origin) {\n\thttp.Error(w, "no", 403)\n\treturn\n}\nhere()', '++---'],
  ['if o := r.Header.Get("Origin"); o == list[0] {\n} else if o == list[1] {\n\there()\n}', '-+---'],
  [
    'switch {\ncase origin == list[0]:\n\treturn\ncase origin == list[1]:\n\tfallthrough\ncase origin == "null":\n\there()\n}',
    '-+-+-',
  ],
  ['for _, one := range list {\n\tif one == origin {\n\t\there()\n\t\tbreak\n\t}\n}', '++---'],
  ['for one, ok := range table {\n\tif ok && one == origin {\n\t\there()\n\t}\n}', '+----'],
  ['if origin == "" {\n\tlog.Fatal("x")\n}\nhere()', '++++-'],
];

const inHandler = (code: string): string =>
  `package main\n${imports}${outside}\nfunc handler(w http.ResponseWriter, r *http.Request) {\n` +
  `origin := r.Header.Get("Origin")\n${code}\n}\n`;

describe('values of Go', () => {
  for (const [code, expected, around = ''] of values) {
    it(code, async () => {
      const snippet = await open({ 'main.go': `package main\n${imports}${around}\nfunc main() {\n${code}\n}\n` });
      assert.equal(show(snippet.evaluator.evaluate(marked(snippet))), expected);
    });
  }

  it('sees the names of the other files of the package', async () => {
    const snippet = await open({
      'main.go': 'package main\nfunc main() { mark(origins(scheme)) }\n',
      'origins.go':
        'package main\nimport "os"\nconst scheme = "https://"\nfunc origins(with string) []string { return []string{with + "a"} }\n',
      'main_test.go': 'package main\nconst scheme = "http://"\n',
    });
    assert.equal(show(snippet.evaluator.evaluate(marked(snippet))), "['https://a']");
  });
});

describe('conditions on the origin in Go', () => {
  for (const [code, expected] of tests) {
    it(code, async () => {
      const snippet = await open({ 'main.go': inHandler(code) });
      assert.equal(answers(snippet.evaluator.test(marked(snippet)), origins), expected);
    });
  }
  for (const [code, expected] of guards) {
    it(code, async () => {
      const snippet = await open({ 'main.go': inHandler(code) });
      assert.equal(answers(snippet.evaluator.guard(marked(snippet, 'here')), origins), expected);
    });
  }
});
