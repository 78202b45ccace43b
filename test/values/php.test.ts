/** What PHP expressions evaluate to, and what a check lets in. */
import assert from 'node:assert/strict';
import { answers, marked, open, show } from './harness.ts';

/** The end of a file with one `mark(…)`, and what its argument is. */
const values: readonly (readonly [string, string])[] = [
  ['mark(\'a\' . "b");', "'ab'"],
  ['$host = \'example.com\'; mark("https://$host");', "'https://example.com'"],
  ['$host = \'example.com\'; mark("https://{$host}:443\\n");', "'https://example.com:443\n'"],
  ["mark('it\\'s \\n');", "'it's \\n'"],
  ['mark("\\x41\\u{42}\\$c");', "'AB$c'"],
  ["const HOST = 'a'; mark(HOST);", "'a'"],
  ["define('HOST', 'a'); mark(HOST);", "'a'"],
  ["mark(['a', 'b']);", "['a', 'b']"],
  ["mark(array('a', 'k' => 'b'));", "{0: 'a', k: 'b'}"],
  ["$l = ['a']; $l[] = 'b'; mark($l);", "['a', 'b', …]"],
  ["$l = ['a']; array_push($l, 'b'); mark($l);", "['a', 'b', …]"],
  ["$l = []; $l['k'] = 'b'; mark($l['k']);", "'b'"],
  ["$l = ['a', ...['b', 'c']]; mark($l[2]);", "'c'"],
  ["$x = 'a'; $x .= 'b'; mark($x);", "'ab'"],
  ["if (PHP_SAPI) { $x = 'a'; } else { $x = 'b'; } mark($x);", "('b' | 'a' | nothing)"],
  ["if (foo()) $x = 'a'; mark($x);", "('a' | nothing)"],
  ["mark(getenv('X'));", 'env X'],
  ["mark(getenv('X') ?: '*');", "env X or '*'"],
  ["mark($_ENV['X'] ?? '*');", "env X or '*'"],
  ["mark(env('X', '*'));", "env X or '*'"],
  ["mark($_SERVER['APP_ENV']);", 'env APP_ENV'],
  ["mark($_SERVER['HTTP_ORIGIN']);", 'origin'],
  ["mark($_SERVER['REQUEST_METHOD']);", 'method'],
  ["mark($_SERVER['HTTP_ORIGIN'] ?? '');", "(origin | '')"],
  ['mark("$_SERVER[HTTP_ORIGIN]");', 'origin'],
  ["mark(apache_request_headers()['Origin']);", 'origin'],
  ["$headers = getallheaders(); mark($headers['Origin']);", 'origin'],
  ["mark(filter_input(INPUT_SERVER, 'HTTP_ORIGIN', FILTER_SANITIZE_URL));", 'origin'],
  ["mark($_GET['origin']);", 'other:origin'],
  ["mark(request()->header('Origin'));", 'origin'],
  ["mark(explode(',', 'a,b'));", "['a', 'b']"],
  ["mark(array_map('trim', explode(',', 'a, b')));", "['a', 'b']"],
  ["mark(array_filter(array_map('trim', explode(',', getenv('X') ?: ''))));", 'env X split or []'],
  ["mark(implode(', ', ['a', 'b']));", "'a, b'"],
  ["mark(sprintf('https://%s:%d', 'a', 80));", "'https://a:80'"],
  ["mark(rtrim('https://a/', '/'));", "'https://a'"],
  ["mark(array_merge(['a'], ['b']));", "['a', 'b']"],
  ["function of($host = 'x') { return 'https://' . $host; } mark(of('a'));", "'https://a'"],
  [
    "class C { const A = 'a'; private static $b = ['b']; static function f() { return self::A . static::$b[0]; } } mark(C::f());",
    "'ab'",
  ],
  ["class C { private $a = 'a'; function f() { mark($this->a); } }", "'a'"],
  ["class C { function __construct(array $o = []) { $this->a = ['x']; } function f() { mark($this->a); } }", "['x']"],
  ["class C { private $a = 'a'; function set($a) { $this->a = $a; } function f() { mark($this->a); } }", 'unknown'],
  [
    "class C { private $a = '*'; function set($a) { $this->a = $a; } function f() { mark($this->a); } }",
    "(unknown | '*')",
  ],
  [
    "class C { private $a = '*'; function __construct($o) { $this->a = $o['a']; } function f() { mark($this->a); } }",
    'unknown',
  ],
  [
    "class C { private array $a; function __construct() { $this->a = ['x']; } function f() { mark($this->a); } }",
    "['x']",
  ],
  ["enum E: string { case A = 'a'; } mark(E::A);", "'a'"],
  ["$s = 'a'; mark(match ($s) { 'a', 'c' => 'x', default => 'y' });", "'x'"],
  ["mark(null ?? 'a');", "'a'"],
  ['mark((bool) 1);', 'true'],
  ["[$a, $b] = ['x', 'y']; mark($b);", "'y'"],
  ["$x = 'a'; function f() { mark($x); }", 'unknown'],
  ["$x = 'a'; function f() { global $x; mark($x); }", "'a'"],
  ["$x = 'a'; $f = function () use ($x) { mark($x); };", "'a'"],
  ["$x = 'a'; $f = fn() => mark($x);", "'a'"],
  ['mark(<<<EOT\n    a\n      b\n    EOT);', "'a\n  b'"],
  ["mark(<<<'EOT'\na $b\nEOT);", "'a $b'"],
  ['mark(60 * 60);', '3600'],
];

const origins = ['https://a.example.com', 'https://b.example.com', 'https://a.example.com.evil.test', 'null', null];

/** What a script checks before it calls `mark()`, and which of the origins get there. */
const checks: readonly (readonly [string, string])[] = [
  ["if ($o === 'https://a.example.com') mark();", '+----'],
  ["if ('https://a.example.com' == $o) { mark(); }", '+----'],
  ["if (in_array($o, ['https://a.example.com'], true)) mark();", '+----'],
  ["$l = array('https://a.example.com'); if (in_array($o, $l)): mark(); endif;", '+----'],
  ["$l = ['https://a.example.com' => true]; if (isset($l[$o])) mark();", '+----'],
  ["$l = ['https://a.example.com' => 1]; if (array_key_exists($o, $l)) mark();", '+----'],
  ["if (isset($_SERVER['HTTP_ORIGIN'])) mark();", '++++-'],
  ["if (array_key_exists('HTTP_ORIGIN', $_SERVER)) mark();", '++++-'],
  ['if (!empty($o)) mark();', '++++-'],
  ['if (!$o) exit; mark();', '++++-'],
  ["if ($o != 'https://a.example.com') { http_response_code(403); die(); } mark();", '+----'],
  ["if (str_ends_with($o, '.example.com')) mark();", '++---'],
  ["if (str_starts_with($o, 'https://a.example.com')) mark();", '+-+--'],
  ["if (str_contains($o, 'a.example.com')) mark();", '+-+--'],
  ["if (strpos($o, 'https://a.example.com') === 0) mark();", '+-+--'],
  ["if (strpos($o, 'a.example.com') !== false) mark();", '+-+--'],
  ["if (strpos($o, 'a.example.com') === false) { return; } mark();", '+-+--'],
  ["if (strpos($o, 'https://a.example.com')) mark();", '-----'],
  ["if (strpos($o, 'example.com')) mark();", '+++--'],
  ["if (strpos($o, 'https://a') == 0) mark();", '+++++'],
  ["if (strpos($o, 'https://a') >= 0) mark();", '+++++'],
  ["if (strpos($o, 'example.com') > -1) mark();", '+++--'],
  ["if (stripos($o, 'A.EXAMPLE.COM') !== false) mark();", '+-+--'],
  ["if (strstr($o, 'a.example.com')) mark();", '+-+--'],
  ["if (substr($o, -12) === '.example.com') mark();", '++---'],
  ["$d = '.example.com'; if (substr($o, -strlen($d)) === $d) mark();", '++---'],
  ["if (substr($o, 0, 9) === 'https://a') mark();", '+-+--'],
  ["if (strcasecmp($o, 'HTTPS://A.EXAMPLE.COM') === 0) mark();", '+----'],
  ["if (!strcmp($o, 'https://a.example.com')) mark();", '+----'],
  ["if (strncmp($o, 'https://a', 9) === 0) mark();", '+-+--'],
  ["if (preg_match('/^https:\\/\\/[a-z]+\\.example\\.com$/', $o)) mark();", '++---'],
  ["if (preg_match('#^https://a\\.example\\.com#i', $o) === 1) mark();", '+-+--'],
  ["if (preg_match('~A\\.EXAMPLE\\.COM$~i', $o) > 0) mark();", '+----'],
  ["if (1 === preg_match('{example\\.com}', $o)) mark();", '+++--'],
  ["$d = 'a.example.com'; if (preg_match('/^https:\\/\\/' . preg_quote($d, '/') . '$/', $o)) mark();", '+----'],
  ["if (parse_url($o, PHP_URL_HOST) === 'a.example.com') mark();", '+--?-'],
  ["$u = parse_url($o); if ($u['host'] === 'a.example.com') mark();", '+--?-'],
  ["$h = parse_url($o, PHP_URL_HOST); if (in_array($h, ['a.example.com'])) mark();", '+--?-'],
  ["foreach (['https://a.example.com'] as $one) { if ($o === $one) { mark(); } }", '+----'],
  ["foreach (['a' => 'https://a.example.com'] as $k => $one) if ($one === $o) mark();", '+----'],
  [
    "switch ($o) { case 'https://a.example.com': case 'https://b.example.com': mark(); break; default: other(); }",
    '++---',
  ],
  ["$ok = match (true) { $o === 'https://a.example.com' => true, default => false }; if ($ok) mark();", '+----'],
  ["function allowed($o) { return preg_match('/\\.example\\.com$/', $o) === 1; } if (allowed($o)) mark();", '++---'],
  ["$allowed = false; if ($o === 'https://a.example.com') { $allowed = true; } if ($allowed) mark();", '+----'],
  ["$l = ['https://a.example.com']; $f = fn($x) => in_array($x, $l, true); if ($f($o)) mark();", '+----'],
  [
    "$l = ['https://a.example.com']; $f = function ($x) use ($l) { return in_array($x, $l); }; if ($f($o)) mark();",
    '+----',
  ],
  ["if ($o and $o !== 'null') mark();", '+++--'],
  ["if (strtolower($o) === 'https://a.example.com') mark();", '+----'],
  ["if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') { exit(0); } mark();", '+++++'],
];

describe('values of PHP', () => {
  for (const [text, expected] of values) {
    it(`${text} → ${expected}`.replaceAll('\n', ' '), async () => {
      const snippet = await open({ 'index.php': `<html>\n<?php\n${text}\n?>\n</html>\n` });
      assert.equal(show(snippet.evaluator.evaluate(marked(snippet))), expected);
    });
  }

  it('are read from files that are required, and from classes of the namespace', async () => {
    const required = await open({
      'public/index.php': "<?php\nrequire_once __DIR__ . '/../config.php';\nmark($allowed . HOST . of());\n",
      'config.php': "<?php\n$allowed = 'a';\ndefine('HOST', 'b');\nfunction of() { return 'c'; }\n",
    });
    assert.equal(show(required.evaluator.evaluate(marked(required))), "'abc'");
    const returned = await open({
      'index.php': "<?php\n$config = require 'config.php';\nmark($config['origins']);\n",
      'config.php': "<?php\nreturn ['origins' => ['a']];\n",
    });
    assert.equal(show(returned.evaluator.evaluate(marked(returned))), "['a']");
    const imported = await open({
      'app/Http/Middleware/Cors.php':
        '<?php\nnamespace App\\Http\\Middleware;\nuse App\\Support\\Origins;\nclass Cors { function f() { mark(Origins::ALL); } }\n',
      'app/Support/Origins.php': "<?php\nnamespace App\\Support;\nclass Origins { const ALL = ['a']; }\n",
    });
    assert.equal(show(imported.evaluator.evaluate(marked(imported))), "['a']");
  });

  it('of requests are those that a framework hands over', async () => {
    for (const read of [
      "$request->headers->get('Origin')",
      "$request->header('Origin')",
      "$request->getHeaderLine('Origin')",
      "$request->server('HTTP_ORIGIN')",
      "$request->server->get('HTTP_ORIGIN')",
      "$this->request->getHeaderLine('Origin')",
      "$request->getHeader('Origin')[0]",
      "$event->getRequest()->headers->get('Origin')",
      "Yii::$app->request->headers->get('Origin')",
      "$request->getServerParams()['HTTP_ORIGIN']",
    ]) {
      const snippet = await open({
        'index.php': `<?php\nclass C { function f(Request $request, $event) { mark(${read}); } }\n`,
      });
      assert.equal(show(snippet.evaluator.evaluate(marked(snippet))), 'origin', read);
    }
  });
});

describe('checks of PHP', () => {
  for (const [statements, expected] of checks) {
    it(`${statements} → ${expected}`.replaceAll('\n', ' '), async () => {
      const snippet = await open({ 'index.php': `<?php\n$o = $_SERVER['HTTP_ORIGIN'] ?? '';\n${statements}\n` });
      assert.equal(answers(snippet.evaluator.guard(marked(snippet)), origins), expected);
    });
  }
});
