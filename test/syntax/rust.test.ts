/** The Rust reader: what is read, and that half-typed text never breaks it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createGrammars } from '../../server/src/syntax/programs/grammar.ts';
import type { Program, Statement } from '../../server/src/syntax/programs/program.ts';
import { readProgram } from '../../server/src/syntax/programs/read-program.ts';
import { assertRangesInside } from './ask-everything.ts';

const folder = 'node_modules/@vscode/tree-sitter-wasm/wasm';
const grammars = createGrammars(async (name) =>
  readFileSync(`${folder}/${name === 'tree-sitter' ? name : `tree-sitter-${name}`}.wasm`),
);
const read = async (text: string, before?: Program): Promise<ReturnType<typeof readProgram>> =>
  readProgram({ path: 'src/main.rs', text, grammar: await grammars.get('rust') }, before);

const sample = `use std::env;
use axum::{routing::{get, post as p}, http::{self, HeaderValue, Method}, Router};
use tower_http::cors::*;
mod config;
mod inner { pub const X: &str = "a"; }
const ALLOWED: [&str; 2] = ["https://a.com", r#"b"#];
static S: Lazy<Vec<String>> = Lazy::new(|| vec!["a".to_string()]);
#[derive(Clone)]
pub struct Config { pub origins: Vec<String>, port: u16 }
enum E { A, B(u8) }
impl Config {
    pub const D: bool = true;
    pub fn from_env() -> Self { Self { origins: vec![], port } }
    fn cors(&self, x: &HeaderValue) -> CorsLayer { CorsLayer::new().allow_origin(Any) }
}
impl Fairing for CORS {
    async fn on_response<'r>(&self, _request: &'r Request<'_>, response: &mut Response<'r>) {
        response.set_header(Header::new("A", "*"));
    }
}
#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let origin: HeaderValue = env::var("X").unwrap_or("*".into()).parse::<HeaderValue>()?;
    #[cfg(debug_assertions)]
    let cors = tower_http::cors::CorsLayer::permissive();
    let cors = if cfg!(debug_assertions) { cors } else { let y = 1; cors.allow_credentials(true) };
    let mut v: Vec<&str> = Vec::new();
    v.push("x"); x += 1;
    let Some(o) = h.get("origin") else { return Ok(()); };
    if let Some(o) = h.get("origin") && ok(o) { a(); } else if b { c() } else { d }
    match req.method() {
        &Method::OPTIONS | Method::GET => { r.status() }
        Some(o) if ALLOWED.contains(&o) => x,
        "a" => 1,
        Foo { a, b: c, .. } => 2,
        n @ 1..=5 => return 3,
        _ => panic!("no {}", x),
    }
    for (i, o) in list.iter().enumerate() { break; }
    for o in &list { continue 'a; }
    while let Some(x) = it.next() { }
    loop { }
    let t = (a, b.0, c[1], &c[1..], -1, !a, *a, a as u8, 1..2);
    let f = move |o: &str, (a, b)| -> bool { o == "x" };
    let g = async move { 1 };
    unsafe { x() };
    let z = match x { Some(v) => v, None => "n" };
    let s = Foo { a: 1, b, ..Default::default() };
    let aa = [0; 4];
    matches!(o, "a" | "b"); format!("x {} {y}", o.a, y = 1);
    let k = vec![ "a".parse().unwrap(), Method::GET ];
    let c = b'a' ; let d = b"abc"; let e = 'x'; let n = 1_000u64; let fl = 1.5;
    if x { a } else { b }
}
#[cfg(test)]
mod tests { use super::*; #[test] fn t() {} }
`;

/** Statements of the function `main`. */
function inside(program: Program): readonly Statement[] {
  const fn = program.exports.get('main');
  return fn?.kind === 'function' && fn.body?.kind === 'block' ? fn.body.statements : [];
}

const names = ['a', 'b', 'o', 'x', 'v', 'cors', 'env', 'http', 'Config', 'self', 'i', 'f', 'E', 'ALLOWED', 'Method'];

describe('Rust', () => {
  it('gives ranges inside the text for every prefix, whatever is asked', async function () {
    this.timeout(600_000);
    for (let length = 0; length <= sample.length; length++) {
      const text = sample.slice(0, length);
      const program = await read(text);
      assertRangesInside(program, names, text);
      program.dispose();
    }
  });

  it('lists imports with the names that they have here', async () => {
    const program = await read(
      'use axum::{http::{self, header::{ORIGIN, VARY as V}, HeaderValue}, Router};\nuse std::env;\n' +
        'use tower_http::cors::*;\nmod config;\nfn f() { (http, ORIGIN, V, env, config); }\n',
    );
    assert.deepEqual(
      program.imports.map(({ module, imported, local }) => [module, imported, local]),
      [
        ['axum', 'http', 'http'],
        ['axum::http::header', 'ORIGIN', 'ORIGIN'],
        ['axum::http::header', 'VARY', 'V'],
        ['axum::http', 'HeaderValue', 'HeaderValue'],
        ['axum', 'Router', 'Router'],
        ['std', 'env', 'env'],
        ['tower_http::cors', '*', undefined],
        ['self::config', '*', 'config'],
      ],
    );
    for (const name of ['http', 'ORIGIN', 'V', 'env', 'config'])
      assert.equal(program.resolve(program.identifiers(name)[0]!)?.import?.local, name);
  });

  it('tells statements from what gives a value', async () => {
    const program = await read(
      'fn main() -> u8 {\n  if a { return 1; } else { b() }\n  let x = if a { 1 } else { 2 };\n' +
        '  match x { 1 => f(), _ => {} }\n  #[cfg(debug_assertions)]\n  g();\n' +
        '  let Some(y) = z else { return 2; };\n  y\n}\n',
    );
    assert.deepEqual(
      inside(program).map(({ kind }) => kind),
      ['if', 'declaration', 'if', 'if', 'if', 'declaration', 'return'],
    );
  });

  it('gives each `let` a name of its own', async () => {
    const program = await read('fn main() {\n  let a = 1;\n  f(a);\n  let a = a + 1;\n  g(a);\n}\n');
    const [first, second, third] = program.identifiers('a').map((use) => program.resolve(use)!);
    assert.equal(first!.value?.text, '1');
    assert.equal(second!.value?.text, '1');
    assert.equal(third!.value?.text, 'a + 1');
    assert.equal(program.references(first!).length, 2);
    assert.equal(program.references(third!).length, 1);
  });

  it('does not look at tests', async () => {
    const program = await read(
      'fn a() { "x"; }\n#[cfg(test)]\nmod tests {\n  fn b() { "x"; }\n}\n' +
        '#[tokio::test]\nasync fn c() {\n  "x";\n}\nfn d() { "x"; }\n',
    );
    assert.deepEqual(
      program.strings(/^x$/).map(({ range }) => range.start),
      [9, 109],
    );
    assert.deepEqual([...program.exports.keys()], ['a', 'd']);
  });

  it('reads a changed text as a new one, also where it begins or ends a test or a list', async () => {
    const texts = [
      'fn f() { g(vec["a", "b"]); }\nmod t {\n  fn h() { "c"; }\n}\n',
      'fn f() { g(vec!["a", "b"]); }\nmod t {\n  fn h() { "c"; }\n}\n',
      'fn f() { g(vec!["a", "b"]); }\n#[cfg(test)]\nmod t {\n  fn h() { "c"; }\n}\n',
      'fn f() { g(vec!["a", "bc"]); }\n#[cfg(test)]\nmod t {\n  fn h() { "c"; }\n}\n',
      'fn f() { g(vec!["a", "bc"]); }\n#[cfg(te)]\nmod t {\n  fn h() { "c"; }\n}\n',
    ];
    const shown = (program: Program) => [
      ...program.strings(/./).map(({ value, range, parent }) => [value, range.start, parent?.kind]),
      ...program.exports.keys(),
    ];
    let before: Program | undefined;
    for (const text of texts) {
      const again = await read(text, before);
      assert.deepEqual(shown(again), shown(await read(text)));
      before = again;
    }
  });
});
