/** The Elixir reader: that half-typed text never breaks it, and which nodes its own forms become. */
import assert from 'node:assert/strict';
import type { Expression, Node, Program, Statement } from '../../server/src/syntax/programs/program.ts';
import { read as readText } from '../values/harness.ts';

const read = (text: string): Promise<Program> => readText(text, 'lib/shop.ex');

const sample = `defmodule Shop.Cors do # 😀
  @moduledoc """
  Text
  """
  import Plug.Conn
  alias Shop.{Origins, Rules}
  alias Shop.Settings, as: S
  use Corsica.Router, origins: ["https://a.example" | @rest], max_age: 1_000
  @origins ~w(a b)a ++ [~r/x\\.y$/i, "z"]
  plug :cors when action in [:index]
  resource "/*"
  def init(opts \\\\ []), do: opts
  def call(%Plug.Conn{method: "OPTIONS"} = conn, _opts), do: conn |> cors() |> send_resp(204, "")
  def call(conn, %{a: [x | _], "b" => {:ok, y}}) when x in @origins and not is_nil(y) do
    conn = conn |> put_resp_header("vary", "Origin#{x}") |> then(& &1)
    case get_req_header(conn, "origin") do
      [origin] when origin in @origins -> origin
      ["https://" <> host] -> host
      [] -> nil
      _ -> conn
    end
    cond do
      x == 1 -> 2
      true -> 3
    end
    with [one] <- f(conn), two = g(one), true <- two do
      one
    else
      {:error, e} -> e
      _ -> nil
    end
    try do
      h()
    rescue
      e in RuntimeError -> raise e
    after
      i()
    end
    unless x, do: 1, else: 2
    for o <- S.all(), o != "", do: o
    fun = fn a, ^x -> a; _, b -> b end
    fun.(1, Enum.map([1], &(&1 + 1)), &String.trim/1, &cors/1)
    %{conn | status: 200}[:a].b
  end
  defp cors(conn), do: conn
end
`;

describe('Elixir', () => {
  it('reads text that ends anywhere', async () => {
    for (let end = 0; end <= sample.length; end += 1) {
      const program = await read(sample.slice(0, end));
      assert.doesNotThrow(() => look(program), `at ${end}: …${sample.slice(Math.max(0, end - 30), end)}`);
      program.text.slice(0, 1);
    }
  });

  it('has the clauses of a function as one', async () => {
    const program = await read(
      'defmodule A do\n  def f("a"), do: 1\n  def f(x) when x > 1, do: 2\n  def g, do: 3\nend\n',
    );
    assert.deepEqual([...program.exports.keys()], ['f', 'g']);
    const [module] = program.body;
    assert.ok(module?.kind === 'declaration' && module.value?.kind === 'class');
    assert.deepEqual(
      module.value.members.map(({ name }) => name),
      ['f', 'g'],
    );
    const f = module.value.members[0]?.value;
    assert.ok(f?.kind === 'function' && f.body?.kind === 'block');
    const [first] = f.body.statements;
    assert.ok(first?.kind === 'if' && first.alternate?.kind === 'if');
    assert.equal(first.alternate.alternate, undefined);
  });

  it('has an end above each node, also where the text is broken', async () => {
    const program = await read(
      [
        'defmodule Shop.Endpoint do\f',
        '  import Plug.Conn\f\n\f\n\f\n\f',
        '  def call(conn, _opts) do\f',
        '    conn = put_resp_header(conn, "vary", "Origin")\f\n\f',
        '    conn =\f',
        '      case get_req_header(conn, "origin") do\f',
        '        [origin] -> put_resp_header(conn, "access-control-allow-origin", origin)\f',
        '        _ -> conn\f',
        '      end\f\n\f',
        '  end\f',
        'end\f\n',
      ].join('\n'),
    );
    for (let offset = 0; offset < program.text.length; offset += 1) {
      const above = new Set<unknown>();
      for (let node: Node | undefined = program.expressionAt(offset); node; node = node.parent) {
        assert.ok(!above.has(node), `the node at ${offset} stands above itself`);
        above.add(node);
      }
    }
  });

  it('hands what stands before a pipe over first', async () => {
    const program = await read('a |> f(b) |> g\n');
    const [statement] = program.body;
    assert.ok(statement?.kind === 'expression-statement' && statement.expression.kind === 'call');
    const [inner] = statement.expression.arguments;
    assert.ok(inner?.value.kind === 'call');
    assert.deepEqual(
      inner.value.arguments.map(({ value }) => value.text),
      ['a', 'b'],
    );
  });
});

/** Looks at every node that can be reached, and at what every name is bound to. */
function look(program: Program): void {
  const seen = new Set<unknown>();
  const visit = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || seen.has(value) || depth > 60) return;
    seen.add(value);
    const node = value as Expression | Statement;
    if ('kind' in node && node.kind === 'identifier') program.resolve(node)?.value?.kind.toString();
    for (const key in value)
      if (key !== 'parent' && key !== 'text') visit((value as Record<string, unknown>)[key], depth + 1);
    if (Array.isArray(value)) for (const one of value) visit(one, depth + 1);
  };
  visit(program.body, 0);
  visit(program.imports, 0);
  visit([...program.exports.values()], 0);
  program.comments.forEach(({ text }) => text.length);
}
