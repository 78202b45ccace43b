/** What Elixir expressions evaluate to, and what a check lets in. */
import assert from 'node:assert/strict';
import { answers, marked, open, show } from './harness.ts';

/** What calls `mark(…)`, what its argument is, and what the module has besides. */
const values: readonly (readonly [string, string, string?])[] = [
  ['mark("a" <> "b")', "'ab'"],
  ['host = "example.com"\nmark("https://#{host}")', "'https://example.com'"],
  ['mark(@host)', "'a'", '@host "a"'],
  ['mark(@origins)', "['a', 'b']", '@origins ~w(a b)'],
  ['mark(["a" | @rest])', "['a', 'b']", '@rest ["b"]'],
  ['mark(["a"] ++ @rest)', "['a', 'b']", '@rest ["b"]'],
  ['mark(allowed())', "['a']", 'defp allowed, do: ["a"]'],
  ['mark(of("a"))', "'https://a'", 'defp of(host) do\n  "https://#{host}"\nend'],
  ['mark(of(:dev))', "'a'", 'defp of(:dev), do: "a"\ndefp of(_), do: "b"'],
  ['mark("a" |> of())', "'https://a'", 'defp of(host), do: "https://" <> host'],
  ['mark([a: 1, b: true])', '{a: 1, b: true}'],
  ['mark(%{"a" => :any, b: nil})', "{a: 'any', b: nothing}"],
  ['mark(System.get_env("X"))', 'env X'],
  ['mark(System.get_env("X", "*"))', "env X or '*'"],
  ['mark(System.get_env("X") || "*")', "env X or '*'"],
  ['mark("X" |> System.get_env("a,b") |> String.split(","))', "env X split or ['a', 'b']"],
  ['mark(Application.get_env(:shop, :origins, "*"))', "env shop.origins or '*'"],
  ['mark(Application.compile_env(:shop, :origins))', 'env shop.origins'],
  ['mark("a, b" |> String.split(",") |> Enum.map(&String.trim/1))', "['a', 'b']"],
  ['mark(Enum.map(["a"], &("https://" <> &1)))', "['https://a']"],
  ['mark(Enum.map(["a"], fn host -> "https://#{host}" end))', "['https://a']"],
  ['mark(for host <- ["a"], do: "https://#{host}")', "['https://a']"],
  ['mark(if true, do: "a", else: "b")', "'a'"],
  ['s = "a"\nvalue =\n  case s do\n    "c" -> "y"\n    "a" -> "x"\n  end\nmark(value)', "'x'"],
  ['{_, value} = {:ok, "a"}\nmark(value)', "'a'"],
  ['mark(~r/^a$/i)', '/^a$/i'],
  ['mark(~r{^https://a$})', '/^https://a$/'],
  ['mark(~r/a\\/b/)', '/a/b/'],
  ['mark(~r/#{host}/)', 'unknown'],
  ['mark(Keyword.get([a: "b"], :a))', "'b'"],
  ['mark(hd(["a", "b"]))', "'a'"],
  ['mark(~s(a))', "'a'"],
  ['mark("""\na\n""")', "'a\n'"],
  ['mark(nil)', 'nothing'],
];

const origins = ['https://a.example.com', 'https://b.example.com', 'https://a.example.com.evil.test', 'null', null];

/** What a plug checks before it calls `mark`, and which of the origins get there. */
const checks: readonly (readonly [string, string, string?])[] = [
  ['if origin == "https://a.example.com", do: mark(1)', '+----'],
  ['unless origin != "https://a.example.com" do\n  mark(1)\nend', '+----'],
  ['if origin in @allowed do\n  mark(1)\nelse\n  conn\nend', '+----', '@allowed ["https://a.example.com"]'],
  ['if origin not in @allowed, do: conn, else: mark(1)', '+----', '@allowed ["https://a.example.com"]'],
  ['if Enum.member?(@allowed, origin), do: mark(1)', '+----', '@allowed ~w(https://a.example.com)'],
  [
    'if allowed?(origin), do: mark(1)',
    '++---',
    'defp allowed?(one), do: one && String.ends_with?(one, ".example.com")',
  ],
  [
    'if allowed?(origin), do: mark(1)',
    '+----',
    'defp allowed?("https://a.example.com"), do: true\ndefp allowed?(_), do: false',
  ],
  [
    'if allowed?(origin), do: mark(1)',
    '++---',
    'defp allowed?("https://a.example.com"), do: true\ndefp allowed?("https://b." <> _), do: true\ndefp allowed?(_), do: false',
  ],
  [
    'if allowed?(origin), do: mark(1)',
    '+-+--',
    'defp allowed?("https://a." <> _), do: true\ndefp allowed?(_), do: false',
  ],
  [
    'if allowed?(origin), do: mark(1)',
    '+----',
    'defp allowed?(one) when one in ["https://a.example.com"], do: true\ndefp allowed?(_one), do: false',
  ],
  ['if origin =~ ~r/^https:\\/\\/a\\.example\\.com/, do: mark(1)', '+-+--'],
  ['if Regex.match?(~r{^https://a\\.example\\.com$}, origin), do: mark(1)', '+----'],
  ['if origin && String.starts_with?(origin, ["https://a.example.com"]), do: mark(1)', '+-+--'],
  ['if URI.parse(origin).host == "a.example.com", do: mark(1)', '+--??'],
  ['%URI{host: host} = URI.parse(origin)\nif host == "a.example.com", do: mark(1)', '+--??'],
  ['if is_nil(origin), do: conn, else: mark(1)', '++++-'],
  ['if Enum.any?(@allowed, &(&1 == origin)), do: mark(1)', '+----', '@allowed ["https://a.example.com"]'],
  ['if Enum.any?(@allowed, fn one -> one == origin end), do: mark(1)', '+----', '@allowed ["https://a.example.com"]'],
  ['if origin in @allowed do\n  other(conn)\nelse\n  mark(1)\nend', '-++++', '@allowed ["https://a.example.com"]'],
  [
    'unless origin in @allowed do\n  other(conn)\nelse\n  other(1)\n  mark(1)\nend',
    '+----',
    '@allowed ["https://a.example.com"]',
  ],
  ['case origin do\n  "https://a.example.com" -> mark(1)\n  _ -> conn\nend', '+----'],
  [
    'case get_req_header(conn, "origin") do\n  [one] when one in @allowed -> mark(1)\n  _ -> conn\nend',
    '+----',
    '@allowed ["https://a.example.com"]',
  ],
  ['case get_req_header(conn, "origin") do\n  [] -> conn\n  [one | _] -> mark(one)\nend', '++++-'],
  ['case get_req_header(conn, "origin") do\n  ["https://a.example.com"] -> mark(1)\n  _ -> conn\nend', '+----'],
  [
    'conn |> get_req_header("origin") |> case do\n  [one] when one == "https://a.example.com" -> mark(1)\n  _ -> conn\nend',
    '+----',
  ],
  ['cond do\n  is_nil(origin) -> conn\n  origin == "https://a.example.com" -> mark(1)\n  true -> conn\nend', '+----'],
  [
    'with [one] <- get_req_header(conn, "origin"), true <- one in @allowed do\n  mark(1)\nelse\n  _ -> conn\nend',
    '+----',
    '@allowed ["https://a.example.com"]',
  ],
  [
    'with [one | _] <- get_req_header(conn, "origin") do\n  if one == "https://a.example.com", do: conn, else: mark(1)\nend',
    '-+++-',
  ],
  ['if get_req_header(conn, "origin") == [], do: conn, else: mark(1)', '++++-'],
  [
    'conn =\n  if origin == "https://a.example.com" do\n    conn = other(conn)\n    mark(1)\n  else\n    conn\n  end\nconn',
    '+----',
  ],
  [
    'handle(conn, get_req_header(conn, "origin"))',
    '+----',
    'defp handle(conn, ["https://a.example.com"]), do: mark(1)\ndefp handle(conn, [_origin]), do: conn',
  ],
  ['raise "no"\nmark(1)', '-----'],
];

const methods: readonly (readonly [string, string, string])[] = [
  ['def call(%{method: "OPTIONS"} = conn, _), do: mark(1)\ndef call(conn, _), do: conn', 'OPTIONS', '+'],
  ['def call(%{method: "OPTIONS"} = conn, _), do: conn\ndef call(conn, _), do: mark(1)', 'OPTIONS', '-'],
  ['def call(%Plug.Conn{method: "OPTIONS"}, _), do: mark(1)\ndef call(conn, _), do: conn', 'GET', '-'],
  ['def call(conn, _) do\n  if conn.method == "OPTIONS", do: conn, else: mark(1)\nend', 'OPTIONS', '-'],
];

describe('values of Elixir', () => {
  for (const [statements, expected, others] of values)
    it(`${others ?? ''} ${statements} → ${expected}`.replaceAll('\n', '; '), async () => {
      const text = `defmodule A do\n${others ?? ''}\ndef run do\n${statements}\nend\nend\n`;
      const snippet = await open({ 'lib/app.ex': text });
      assert.equal(show(snippet.evaluator.evaluate(marked(snippet))), expected);
    });

  it('are read from modules beside the file and from the configuration', async () => {
    const snippet = await open({
      'lib/shop/cors.ex':
        'defmodule Shop.Cors do\n  alias Shop.Origins\n  def run, do: mark([Origins.all(), Shop.Origins.one()])\nend\n',
      'lib/shop/origins.ex':
        'defmodule Shop.Origins do\n  def all, do: "*"\n  def one, do: Application.get_env(:shop, :one)\nend\n',
      'config/config.exs': 'import Config\nconfig :shop, one: "a"\n',
    });
    assert.equal(show(snippet.evaluator.evaluate(marked(snippet))), "['*', 'a']");
  });
});

describe('checks of Elixir', () => {
  for (const [statements, expected, others = ''] of checks)
    it(`${others} ${statements} → ${expected}`.replaceAll('\n', '; '), async () => {
      const asked = 'origin = conn |> get_req_header("origin") |> List.first()';
      const text = `defmodule A do\n${others}\ndef call(conn, _opts) do\n${asked}\n${statements}\nend\nend\n`;
      const snippet = await open({ 'lib/app.ex': text });
      const place = marked(snippet);
      const { evaluator } = snippet;
      assert.equal(
        answers({ kind: 'all', tests: [evaluator.guard(place), evaluator.calledWhen(place)] }, origins),
        expected,
      );
    });

  for (const [functions, method, expected] of methods)
    it(`${functions} by ${method} → ${expected}`.replaceAll('\n', '; '), async () => {
      const snippet = await open({ 'lib/app.ex': `defmodule A do\n${functions}\nend\n` });
      assert.equal(answers(snippet.evaluator.guard(marked(snippet)), ['https://a.example.com'], method), expected);
    });
});
