/** Languages in which a block is a value, or ends with a word or an indentation. */
import { double, single, star } from './program-forms.ts';
import type { Forms } from './program-forms.ts';

const scalaShop =
  'package controllers\nimport play.api.mvc._\n' +
  'class Shop(val controllerComponents: ControllerComponents) extends BaseController {\n';
const scalaWrite = (value = 'o'): string => `Ok("a").withHeaders("${star}" -> ${value})`;
const scala: Forms = {
  language: 'Scala',
  file: 'Shop.scala',
  handler: (body, beside = '') => `package controllers
import play.api.mvc._
class Shop(val controllerComponents: ControllerComponents) extends BaseController {
${beside}
  def list = Action { request =>
    val o = request.headers.get("Origin").getOrElse("")
    ${body}
  }
}
`,
  write: scalaWrite,
  quoted: double,
  branches: (conditions) =>
    `${conditions.map((one) => `if (${one}) {\n${scalaWrite()}\n} else `).join('')}{\nOk("b")\n}`,
  nested: (conditions) =>
    `${conditions.map((one) => `if (${one}) {\n`).join('')}${scalaWrite()}\n${'} else { Ok("b") }\n'.repeat(conditions.length)}`,
  cases: (texts) =>
    `o match {\n${texts.map((text) => `case ${text} => ${scalaWrite()}\n`).join('')}case _ => Ok("b")\n}`,
  equals: (text) => `o == ${text}`,
  listed: (texts) => `Set(${texts.join(', ')}).contains(o)`,
  constants: (names) => ({
    beside: names.map((name, at) => `val ${name} = ${at === 0 ? '"https://a.example"' : names[at - 1]}\n`).join(''),
    last: names.at(-1)!,
  }),
  handlers: (names) =>
    `${scalaShop}${names.map((name) => `  def ${name} = Action { request => ${scalaWrite('"*"')} }\n`).join('')}}\n`,
  chain: (names) =>
    `${scalaShop}  def list = Action { request => Ok("a")${names.map((name) => `.withHeaders("X-${name}" -> "1")`).join('')}` +
    `.withHeaders("${star}" -> "*") }\n}\n`,
};

const elixirWrite = (value = 'o'): string => `put_resp_header(conn, "access-control-allow-origin", ${value})`;
const elixir: Forms = {
  language: 'Elixir',
  file: 'plug.ex',
  handler: (body, beside = '') => `defmodule Shop.Plug do
  import Plug.Conn
${beside}
  def init(opts), do: opts
  def call(conn, _opts) do
    [o] = get_req_header(conn, "origin")
    ${body}
  end
end
`,
  write: elixirWrite,
  quoted: double,
  // Elixir has no `else if`: `cond` it is.
  branches: (conditions) =>
    `cond do\n${conditions.map((one) => `${one} -> ${elixirWrite()}\n`).join('')}true -> conn\nend`,
  nested: (conditions) =>
    `${conditions.map((one) => `if ${one} do\n`).join('')}${elixirWrite()}\n${'else\nconn\nend\n'.repeat(conditions.length)}`,
  cases: (texts) => `case o do\n${texts.map((text) => `${text} -> ${elixirWrite()}\n`).join('')}_ -> conn\nend`,
  equals: (text) => `o == ${text}`,
  listed: (texts) => `o in [${texts.join(', ')}]`,
  constants: (names) => ({
    beside: names.map((name, at) => `  @${name} ${at === 0 ? '"https://a.example"' : `@${names[at - 1]}`}\n`).join(''),
    last: `@${names.at(-1)}`,
  }),
  handlers: (names) =>
    `defmodule Shop.Router do\n  use Plug.Router\n${names
      .map(
        (name) =>
          `  get "/${name}" do\n    conn |> put_resp_header("access-control-allow-origin", "*") |> send_resp(200, "")\n  end\n`,
      )
      .join('')}end\n`,
  chain: (names) =>
    `defmodule Shop.Plug do\n  import Plug.Conn\n  def init(opts), do: opts\n  def call(conn, _opts) do\n    conn\n` +
    `${names.map((name) => `    |> put_resp_header("x-${name}", "1")\n`).join('')}    |> ` +
    `put_resp_header("access-control-allow-origin", "*")\n  end\nend\n`,
};

const rubyWrite = (value = 'o'): string => `headers['${star}'] = ${value}`;
const ruby: Forms = {
  language: 'Ruby',
  file: 'app/controllers/api_controller.rb',
  handler: (body, beside = '') => `class ApiController < ApplicationController
${beside}
  before_action :allow_cors
  def allow_cors
    o = request.headers['Origin']
    ${body}
  end
end
`,
  write: rubyWrite,
  quoted: single,
  branches: (conditions) =>
    `${conditions.map((one, at) => `${at === 0 ? 'if' : 'elsif'} ${one}\n${rubyWrite()}\n`).join('')}end`,
  nested: (conditions) =>
    `${conditions.map((one) => `if ${one}\n`).join('')}${rubyWrite()}\n${'end\n'.repeat(conditions.length)}`,
  cases: (texts) => `case o\n${texts.map((text) => `when ${text} then ${rubyWrite()}\n`).join('')}end`,
  equals: (text) => `o == ${text}`,
  listed: (texts) => `[${texts.join(', ')}].include?(o)`,
  constants: (names) => ({
    beside: names.map((name, at) => `  ${name} = ${at === 0 ? "'https://a.example'" : names[at - 1]}\n`).join(''),
    last: names.at(-1)!,
  }),
  handlers: (names) =>
    `class ApiController < ApplicationController\n${names
      .map((name) => `  def ${name}\n    ${rubyWrite("'*'")}\n    render json: {}\n  end\n`)
      .join('')}end\n`,
  chain: (names) =>
    `Rails.application.config.middleware.insert_before 0, Rack::Cors do\n  allow do\n    origins '*'\n` +
    `${names.map((name) => `    resource '/${name}', headers: :any\n`).join('')}  end\nend\n`,
};

const pythonWrite = (value = 'o'): string => `response.headers['${star}'] = ${value}`;
const indented = (lines: string, depth: number): string => `${'    '.repeat(depth)}${lines}`;
const python: Forms = {
  language: 'Python',
  file: 'app.py',
  handler: (body, beside = '') =>
    `from flask import Flask, request\napp = Flask(__name__)\n${beside}\n@app.after_request\ndef cors(response):\n` +
    `    o = request.headers.get('Origin')\n${body.replaceAll(/^/gm, '    ')}\n    return response\n`,
  write: pythonWrite,
  quoted: single,
  branches: (conditions) =>
    conditions.map((one, at) => `${at === 0 ? 'if' : 'elif'} ${one}:\n    ${pythonWrite()}`).join('\n'),
  nested: (conditions) =>
    [...conditions.map((one, at) => indented(`if ${one}:`, at)), indented(pythonWrite(), conditions.length)].join('\n'),
  cases: (texts) => `match o:\n${texts.map((text) => `    case ${text}:\n        ${pythonWrite()}`).join('\n')}`,
  equals: (text) => `o == ${text}`,
  listed: (texts) => `o in [${texts.join(', ')}]`,
  constants: (names) => ({
    beside: names.map((name, at) => `${name} = ${at === 0 ? "'https://a.example'" : names[at - 1]}\n`).join(''),
    last: names.at(-1)!,
  }),
  handlers: (names) =>
    `from flask import Flask, make_response\napp = Flask(__name__)\n${names
      .map(
        (name) =>
          `@app.route('/${name}')\ndef ${name}():\n    response = make_response('a')\n    ${pythonWrite("'*'")}\n    return response\n`,
      )
      .join('')}`,
  chain: (names) =>
    `from flask import Flask\nfrom flask_cors import CORS\napp = Flask(__name__)\nCORS(app, resources={` +
    `${names.map((name) => `'/${name}': {'origins': '*'}`).join(', ')}})\n`,
};

export const formsOfValues: readonly Forms[] = [scala, elixir, ruby, python];
