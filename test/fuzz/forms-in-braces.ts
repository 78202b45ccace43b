/** Languages whose statements stand in braces. */
import { double, single, star } from './program-forms.ts';
import type { Forms } from './program-forms.ts';

/** `if (a) { … } else if (b) { … }`, where all is in braces. */
function braces(
  write: string,
  condition: (text: string) => string = (text) => `(${text})`,
): Pick<Forms, 'branches' | 'nested'> {
  return {
    branches: (conditions) => conditions.map((one) => `if ${condition(one)} {\n${write}\n}`).join(' else '),
    nested: (conditions) =>
      `${conditions.map((one) => `if ${condition(one)} {\n`).join('')}${write}\n${'}\n'.repeat(conditions.length)}`,
  };
}

const javaWrite = (value = 'o'): string => `response.setHeader("${star}", ${value});`;
const javaFilter = (body: string, beside = ''): string => `package com.acme;
import java.util.*;
import javax.servlet.*;
import javax.servlet.http.*;
public class CorsFilter implements Filter {
${beside}
  public void doFilter(ServletRequest req, ServletResponse res, FilterChain chain) {
    HttpServletRequest request = (HttpServletRequest) req;
    HttpServletResponse response = (HttpServletResponse) res;
    String o = request.getHeader("Origin");
    ${body}
    chain.doFilter(req, res);
  }
}
`;
const java: Forms = {
  language: 'Java',
  file: 'CorsFilter.java',
  handler: javaFilter,
  write: javaWrite,
  quoted: double,
  ...braces(javaWrite()),
  cases: (texts) => `switch (o) {\n${texts.map((text) => `case ${text}:\n${javaWrite()}\nbreak;\n`).join('')}}`,
  equals: (text) => `${text}.equals(o)`,
  listed: (texts) => `Arrays.asList(${texts.join(', ')}).contains(o)`,
  constants: (names) => ({
    beside: names
      .map((name, at) => `private static final String ${name} = ${at === 0 ? '"https://a.example"' : names[at - 1]};\n`)
      .join(''),
    last: names.at(-1)!,
  }),
  handlers: (names) =>
    `package com.acme;\nimport org.springframework.web.bind.annotation.*;\nclass Shop {\n${names
      .map((name) => `@CrossOrigin("*")\n@GetMapping("/${name}")\npublic String ${name}() { return "ok"; }\n`)
      .join('')}}\n`,
  chain: (names) =>
    `package com.acme;\nimport org.springframework.http.ResponseEntity;\nclass Shop {\n  ResponseEntity<String> all() {\n    return ` +
    `ResponseEntity.ok()${names.map((name) => `.header("X-${name}", "1")`).join('')}.header("${star}", "*").build();\n  }\n}\n`,
};

const kotlinWrite = (value = 'o'): string => `call.response.header("${star}", ${value})`;
const kotlin: Forms = {
  language: 'Kotlin',
  file: 'App.kt',
  handler: (body, beside = '') => `import io.ktor.http.*
import io.ktor.server.application.*
import io.ktor.server.request.*
${beside}
fun Application.cors() {
  intercept(ApplicationCallPipeline.Plugins) {
    val o = call.request.headers[HttpHeaders.Origin] ?: return@intercept
    ${body}
  }
}
`,
  write: kotlinWrite,
  quoted: double,
  ...braces(kotlinWrite()),
  cases: (texts) => `when (o) {\n${texts.map((text) => `${text} -> ${kotlinWrite()}\n`).join('')}}`,
  equals: (text) => `o == ${text}`,
  listed: (texts) => `o in listOf(${texts.join(', ')})`,
  constants: (names) => ({
    beside: names.map((name, at) => `val ${name} = ${at === 0 ? '"https://a.example"' : names[at - 1]}\n`).join(''),
    last: names.at(-1)!,
  }),
  handlers: (names) =>
    `import io.ktor.server.application.*\nimport io.ktor.server.routing.*\n${names
      .map(
        (name) =>
          `fun Route.${name}() {\n  get("/${name}") {\n    ${kotlinWrite('"*"')}\n    call.respondText("[]")\n  }\n}\n`,
      )
      .join('')}`,
  chain: (names) =>
    `import org.springframework.http.ResponseEntity\nfun all(): ResponseEntity<String> = ` +
    `ResponseEntity.ok()${names.map((name) => `.header("X-${name}", "1")`).join('')}.header("${star}", "*").build()\n`,
};

const csharpWrite = (value = 'o'): string => `context.Response.Headers["${star}"] = ${value};`;
const csharp: Forms = {
  language: 'C#',
  file: 'Program.cs',
  handler: (body, beside = '') => `${beside}
app.Use(async (context, next) =>
{
    var o = context.Request.Headers["Origin"].ToString();
    ${body}
    await next();
});
`,
  write: csharpWrite,
  quoted: double,
  ...braces(csharpWrite()),
  cases: (texts) => `switch (o) {\n${texts.map((text) => `case ${text}:\n${csharpWrite()}\nbreak;\n`).join('')}}`,
  equals: (text) => `o == ${text}`,
  listed: (texts) => `new[] { ${texts.join(', ')} }.Contains(o)`,
  constants: (names) => ({
    beside: names.map((name, at) => `var ${name} = ${at === 0 ? '"https://a.example"' : names[at - 1]};\n`).join(''),
    last: names.at(-1)!,
  }),
  handlers: (names) =>
    `builder.Services.AddCors(options =>\n{\n${names
      .map((name) => `options.AddPolicy("${name}", policy => policy.AllowAnyOrigin().AllowAnyMethod());\n`)
      .join('')}});\n${names.map((name) => `app.MapGet("/${name}", () => 1).RequireCors("${name}");\n`).join('')}`,
  chain: (names) =>
    `builder.Services.AddCors(options => options.AddPolicy("a", policy => policy.AllowAnyOrigin()` +
    `${names.map((name) => `.WithHeaders("X-${name}")`).join('')}));\napp.UseCors("a");\n`,
};

const rustWrite = (value = 'o'): string => `headers.insert("access-control-allow-origin", ${value}.clone());`;
const rust: Forms = {
  language: 'Rust',
  file: 'main.rs',
  handler: (body, beside = '') => `use axum::extract::Request;
use axum::http::{header, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
${beside}
pub async fn cors(request: Request, next: Next) -> Response {
    let o = request.headers().get(header::ORIGIN).cloned().unwrap();
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    ${body}
    response
}
`,
  write: rustWrite,
  quoted: double,
  ...braces(rustWrite(), (text) => text),
  cases: (texts) =>
    `match o.to_str().unwrap() {\n${texts.map((text) => `${text} => { ${rustWrite()} }\n`).join('')}_ => {}\n}`,
  equals: (text) => `o == ${text}`,
  listed: (texts) => `[${texts.join(', ')}].contains(&o.to_str().unwrap())`,
  constants: (names) => ({
    beside: names
      .map((name, at) => `const ${name}: &str = ${at === 0 ? '"https://a.example"' : names[at - 1]};\n`)
      .join(''),
    last: `HeaderValue::from_static(${names.at(-1)})`,
  }),
  handlers: (names) =>
    `use axum::http::HeaderMap;\n${names
      .map(
        (name) =>
          `pub fn ${name}(headers: &mut HeaderMap) {\n    headers.insert("access-control-allow-origin", "*".parse().unwrap());\n}\n`,
      )
      .join('')}`,
  chain: (names) =>
    `use tower_http::cors::{Any, CorsLayer};\nfn app() -> Router {\n    Router::new()` +
    `${names.map((name) => `.route("/${name}", get(one))`).join('')}.layer(CorsLayer::new().allow_origin(Any))\n}\n`,
};

const phpWrite = (value = '$o'): string => `header('${star}: ' . ${value});`;
const php: Forms = {
  language: 'PHP',
  file: 'index.php',
  handler: (body, beside = '') => `<?php\n${beside}\n$o = $_SERVER['HTTP_ORIGIN'] ?? '';\n${body}\n`,
  write: phpWrite,
  quoted: single,
  ...braces(phpWrite()),
  cases: (texts) => `switch ($o) {\n${texts.map((text) => `case ${text}:\n${phpWrite()}\nbreak;\n`).join('')}}`,
  equals: (text) => `$o === ${text}`,
  listed: (texts) => `in_array($o, [${texts.join(', ')}], true)`,
  constants: (names) => ({
    beside: names.map((name, at) => `const ${name} = ${at === 0 ? "'https://a.example'" : names[at - 1]};\n`).join(''),
    last: names.at(-1)!,
  }),
  handlers: (names) => `<?php\n${names.map((name) => `function ${name}() {\n  header('${star}: *');\n}\n`).join('')}`,
  chain: (names) =>
    `<?php\nreturn response('a')${names.map((name) => `->header('X-${name}', '1')`).join('')}->header('${star}', '*');\n`,
};

const goWrite = (value = 'o'): string => `w.Header().Set("${star}", ${value})`;
const go: Forms = {
  language: 'Go',
  file: 'main.go',
  handler: (body, beside = '') => `package api
import "net/http"
${beside}
func handle(w http.ResponseWriter, r *http.Request) {
	o := r.Header.Get("Origin")
	${body}
	w.Write([]byte("a"))
}
`,
  write: goWrite,
  quoted: double,
  ...braces(goWrite(), (text) => text),
  cases: (texts) => `switch o {\n${texts.map((text) => `case ${text}:\n${goWrite()}\n`).join('')}}`,
  equals: (text) => `o == ${text}`,
  listed: (texts) => `slices.Contains([]string{${texts.join(', ')}}, o)`,
  constants: (names) => ({
    beside: names.map((name, at) => `const ${name} = ${at === 0 ? '"https://a.example"' : names[at - 1]}\n`).join(''),
    last: names.at(-1)!,
  }),
  handlers: (names) =>
    `package api\nimport "net/http"\n${names
      .map(
        (name) =>
          `func ${name}(w http.ResponseWriter, r *http.Request) {\n\t${goWrite('"*"')}\n\tw.Write([]byte("a"))\n}\n`,
      )
      .join('')}`,
  chain: (names) =>
    `package api\nimport "github.com/gin-gonic/gin"\nfunc main() {\n\tr := gin.Default()\n\tr.Use(func(c *gin.Context) {\n` +
    `${names.map((name) => `\t\tc.Header("X-${name}", "1")\n`).join('')}\t\tc.Header("${star}", "*")\n\t})\n}\n`,
};

export const formsInBraces: readonly Forms[] = [java, kotlin, csharp, rust, php, go];
