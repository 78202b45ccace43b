/** What Rust expressions evaluate to, and what a check lets in. */
import assert from 'node:assert/strict';
import { answers, marked, open, show } from './harness.ts';

/** What stands in front of `mark(…)`, what its argument is, and what the program has besides. */
const values: readonly (readonly [string, string, string?])[] = [
  ['mark("a");', "'a'"],
  ['mark(r#"a"b\\"#);', "'a\"b\\'"],
  ['mark("a\\u{e9}\\x41\\n");', "'aéA\n'"],
  ['mark(String::from("a").as_str());', "'a'"],
  ['mark(&HOST.to_string());', "'a'", 'const HOST: &str = "a";'],
  ['mark("a".parse::<HeaderValue>().unwrap());', "'a'"],
  ['mark(HeaderValue::from_static("a"));', "'a'"],
  ['mark(HeaderValue::from_str(&x)?);', "'a'", 'const x: &str = "a";'],
  ['mark(http::HeaderValue::from_static("a"));', "'a'"],
  ['let host = "example.com";\nmark(format!("https://{}", host));', "'https://example.com'"],
  ['let host = "example.com";\nmark(format!("https://{host}:{{{}", 1));', "'https://example.com:{1'"],
  ['mark(["a", "b"]);', "['a', 'b']"],
  ['mark(vec!["a".parse::<HeaderValue>().unwrap(), HeaderValue::from_static("b")]);', "['a', 'b']"],
  [
    'mark(ORIGINS.iter().map(|o| o.parse().unwrap()).collect::<Vec<_>>());',
    "['a', 'b']",
    'static ORIGINS: [&str; 2] = ["a", "b"];',
  ],
  ['mark(["a", "b"].iter().map(ToString::to_string).collect::<Vec<String>>());', "['a', 'b']"],
  ['mark(["a"].into_iter().map(String::from).collect::<HashSet<_>>());', "['a']"],
  ['mark(ORIGINS.clone());', "['a']", 'static ORIGINS: Lazy<Vec<String>> = Lazy::new(|| vec!["a".to_string()]);'],
  ['let mut v = Vec::new();\nv.push("a");\nmark(v);', "['a', …]"],
  ['mark(allowed());', "['a']", 'fn allowed() -> Vec<&\'static str> {\n    vec!["a"]\n}'],
  ['mark(of("a"));', "'https://a'", 'fn of(host: &str) -> String {\n    format!("https://{}", host)\n}'],
  ['mark(of("a"));', "'b'", 'fn of(x: &str) -> &str {\n    if x == "a" { "b" } else { "c" }\n}'],
  [
    'mark(of("a"));',
    "'b'",
    'fn of(x: &str) -> &str {\n    match x {\n        "c" | "a" => "b",\n        _ => { "d" }\n    }\n}',
  ],
  ['mark(if true { "a" } else { "b" });', "'a'"],
  ['let x = { let y = "a"; y };\nmark(x);', "'a'"],
  ['let x = "a";\nlet x = format!("{x}b");\nmark(x);', "'ab'"],
  ['let (a, b) = ("x", "y");\nmark(b);', "'y'"],
  ['let Config { origin: o, .. } = Config { origin: "a" };\nmark(o);', "'a'"],
  [
    'let c = Config::new();\nmark(c.origin);',
    "'a'",
    'struct Config { origin: &\'static str }\nimpl Config {\n    fn new() -> Self { Self { origin: "a" } }\n}',
  ],
  [
    'mark(Config::new().full());',
    "'https://a'",
    'struct Config { origin: &\'static str }\nimpl Config {\n    fn new() -> Self { Config { origin: "a" } }\n    fn full(&self) -> String { format!("https://{}", self.origin) }\n}',
  ],
  ['mark(Config::ORIGIN);', "'a'", 'struct Config;\nimpl Config {\n    const ORIGIN: &\'static str = "a";\n}'],
  ['mark(config::ORIGIN);', "'a'", 'mod config {\n    pub const ORIGIN: &str = "a";\n}'],
  ['mark(env::var("X").unwrap());', 'env X', 'use std::env;'],
  ['mark(std::env::var("X").unwrap_or("*".into()));', "env X or '*'"],
  ['mark(std::env::var("X").unwrap_or_else(|_| "*".to_string()));', "env X or '*'"],
  ['mark(var("X").unwrap_or_default());', "env X or ''", 'use std::env::var;'],
  [
    'mark(std::env::var("X").unwrap_or("a,b".into()).split(\',\').map(|s| s.trim().parse().unwrap()).collect());',
    "env X split or ['a', 'b']",
  ],
  ['mark(match std::env::var("X") { Ok(v) => v, Err(_) => "*".to_string() });', "(env X | '*')"],
  ['mark(header::ACCESS_CONTROL_ALLOW_ORIGIN);', "'access-control-allow-origin'", 'use axum::http::header;'],
  [
    'mark(ACCESS_CONTROL_ALLOW_ORIGIN);',
    "'access-control-allow-origin'",
    'use hyper::header::ACCESS_CONTROL_ALLOW_ORIGIN;',
  ],
  ['mark(axum::http::header::VARY);', "'vary'"],
  ['mark([Method::GET, Method::POST]);', "['GET', 'POST']", 'use http::{self, Method};'],
  ['mark(Duration::from_secs(60) * 60);', '3600'],
  ['mark(60 * 60);', '3600'],
  ['mark(Some(true));', 'true'],
  ['mark(None);', 'nothing'],
];

const origins = ['https://a.example.com', 'https://b.example.com', 'https://a.example.com.evil.test', 'null', null];

/** What a handler checks before it calls `mark`, and which of the origins get there. */
const checks: readonly (readonly [string, string, string?])[] = [
  ['if origin == "https://a.example.com" { mark(1); }', '+----'],
  ['if origin != "https://a.example.com" { return; }\nmark(1);', '+----'],
  ['if ALLOWED.contains(&origin) { mark(1); }', '+----', 'const ALLOWED: [&str; 1] = ["https://a.example.com"];'],
  ['if allowed(origin) { mark(1); }', '++---', 'fn allowed(one: &str) -> bool { one.ends_with(".example.com") }'],
  [
    'if allowed(origin) { mark(1); }',
    '+----',
    'fn allowed(one: &str) -> bool {\n    matches!(one, "https://a.example.com")\n}',
  ],
  [
    'if allowed(origin) { mark(1); }',
    '+----',
    'fn allowed(one: &str) -> bool {\n    match one {\n        "https://a.example.com" => true,\n        _ => false,\n    }\n}',
  ],
  ['if origin.starts_with("https://a.example.com") { mark(1); }', '+-+--'],
  ['if Regex::new(r"^https://a\\.example\\.com").unwrap().is_match(origin) { mark(1); }', '+-+--'],
  ['if Regex::new(r"^https://a\\.example\\.com$").unwrap().is_match(origin) { mark(1); }', '+----'],
  [
    'if ALLOWED.iter().any(|one| *one == origin) { mark(1); }',
    '+----',
    'const ALLOWED: &[&str] = &["https://a.example.com"];',
  ],
  [
    'for one in ALLOWED { if one == &origin { mark(1); } }',
    '+----',
    'const ALLOWED: &[&str] = &["https://a.example.com"];',
  ],
  ['match origin {\n    "https://a.example.com" | "https://b.example.com" => { mark(1); }\n    _ => {}\n}', '++---'],
  ['match origin {\n    "https://a.example.com" => other(),\n    _ => mark(1),\n}', '-++++'],
];

/** The same with a request, whose header may be missing. */
const asked: readonly (readonly [string, string, string?])[] = [
  ['if let Some(origin) = req.headers().get("origin") { mark(1); }', '++++-'],
  [
    'if let Some(o) = req.headers().get(header::ORIGIN) { if o == "https://a.example.com" { mark(1); } }',
    '+----',
    'use http::header;',
  ],
  [
    'let Some(o) = req.headers().get("Origin") else { return; };\nif ALLOWED.contains(&o.to_str().unwrap()) { mark(1); }',
    '+----',
    'static ALLOWED: [&str; 1] = ["https://a.example.com"];',
  ],
  [
    'let o = req.headers().get("Origin").and_then(|h| h.to_str().ok()).unwrap_or("");\nif o.ends_with(".example.com") { mark(1); }',
    '++---',
  ],
  [
    'let o = req.headers().get("Origin").and_then(|h| h.to_str().ok());\nif o.map_or(false, |o| o.ends_with("example.com")) { mark(1); }',
    '++---',
  ],
  [
    'let o = req.headers().get("Origin").and_then(|h| h.to_str().ok());\nif o.is_some_and(|o| o.ends_with(".example.com")) { mark(1); }',
    '++---',
  ],
  [
    'match req.headers().get("origin") {\n    Some(o) if o == "https://a.example.com" => { mark(1); }\n    _ => {}\n}',
    '+----',
  ],
  ['match req.headers().get("origin") {\n    None => {}\n    Some(o) => mark(1),\n}', '++++-'],
  ['if req.headers().get("origin").is_none() { return; }\nmark(1);', '++++-'],
  ['if let Some(o) = req.headers().get("origin") && o == "https://a.example.com" { mark(1); }', '+----'],
  ['#[cfg(debug_assertions)]\nmark(1);', '?????'],
];

describe('values of Rust', () => {
  for (const [text, expected, beside = ''] of values) {
    it(`${text} ${beside}`, async () => {
      const snippet = await open({ 'src/main.rs': `${beside}\n\nfn run() {\n${text}\n}\n` });
      assert.equal(show(snippet.evaluator.evaluate(marked(snippet))), expected);
    });
  }

  it('reads names of other modules of the crate', async () => {
    const snippet = await open({
      'src/main.rs':
        'mod config;\nuse crate::net::origins::{ALL, self};\nfn f() { mark([config::A, ALL[0], origins::B]); }\n',
      'src/config.rs': 'pub const A: &str = "a";\n',
      'src/net/origins.rs': 'pub const ALL: [&str; 1] = ["b"];\npub const B: &str = super::C;\n',
      'src/net/mod.rs': 'pub mod origins;\npub const C: &str = "c";\n',
    });
    assert.equal(show(snippet.evaluator.evaluate(marked(snippet))), "['a', 'b', unknown]");
  });
});

describe('checks of Rust', () => {
  const head = 'let origin = req.headers().get("origin").unwrap().to_str().unwrap();';
  for (const [text, expected, beside = ''] of checks) {
    it(`${text} ${beside}`, async () => {
      const handler = `fn handle(req: HttpRequest) {\n${head}\n${text}\n}\n`;
      const snippet = await open({ 'src/main.rs': `${beside}\n\n${handler}` });
      assert.equal(answers(snippet.evaluator.guard(marked(snippet)), origins), expected);
    });
  }
  for (const [text, expected, beside = ''] of asked) {
    it(`${text} ${beside}`, async () => {
      const snippet = await open({ 'src/main.rs': `${beside}\n\nfn handle(req: HttpRequest) {\n${text}\n}\n` });
      assert.equal(answers(snippet.evaluator.guard(marked(snippet)), origins), expected);
    });
  }
});
