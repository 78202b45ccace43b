/** What Ruby expressions evaluate to, and what a check lets in. */
import assert from 'node:assert/strict';
import { answers, marked, open, show } from './harness.ts';

/** What stands in front of `mark(…)`, what its argument is, and what the program has besides. */
const values: readonly (readonly [string, string, string?])[] = [
  ['mark(\'a\' + "b")', "'ab'"],
  ['host = \'example.com\'\nmark("https://#{host}")', "'https://example.com'"],
  ['mark(HOST)', "'a'", "HOST = 'a'.freeze"],
  ['mark(ORIGINS)', "['a', 'b']", 'ORIGINS = %w[a b].freeze'],
  ["mark(['a', *REST])", "['a', 'b']", "REST = ['b']"],
  ['mark(allowed)', "['a']", "def allowed\n  ['a']\nend"],
  ['mark(of("a"))', "'https://a'", 'def of(host)\n  "https://#{host}"\nend'],
  ["mark(a: 1, 'b' => true)", '{a: 1, b: true}'],
  ["mark({ a: :any, 'b' => nil })", "{a: 'any', b: nothing}"],
  ["mark(ENV['X'])", 'env X'],
  ["mark(ENV.fetch('X', '*'))", "env X or '*'"],
  ["mark(ENV['X'] || '*')", "env X or '*'"],
  ["mark('a, b'.split(',').map(&:strip))", "['a', 'b']"],
  ["mark(x ? 'a' : 'b')", "'a'", 'x = true'],
  ["mark(if true then 'a' else 'b' end)", "'a'"],
  ["s = 'a'\nmark(case s when 'a', 'c' then 'x' else 'y' end)", "'x'"],
  ['mark(/\\Aa\\z/i)', '/\\Aa\\z/i'],
  ['mark(%r{\\Ahttps://a\\z})', '/\\Ahttps://a\\z/'],
  ['mark(/\\h+/)', 'unknown'],
  ['mark(Origins::ALL)', "'*'", "module Origins\n  ALL = '*'\nend"],
  ['mark(JSON.parse(\'["a"]\'))', "['a']"],
  ['mark(nil)', 'nothing'],
  ['mark(<<~TEXT)\n  a\nTEXT', 'unknown'],
];

const origins = ['https://a.example.com', 'https://b.example.com', 'https://a.example.com.evil.test', 'null', null];

/** What a method checks before it calls `mark`, and which of the origins get there. */
const checks: readonly (readonly [string, string, string?])[] = [
  ["mark(1) if origin == 'https://a.example.com'", '+----'],
  ["return unless origin == 'https://a.example.com'\nmark(1)", '+----'],
  ['mark(1) if ALLOWED.include?(origin)', '+----', 'ALLOWED = %w[https://a.example.com].freeze'],
  ['if allowed?(origin)\n  mark(1)\nend', '++---', "def allowed?(one)\n  one && one.end_with?('.example.com')\nend"],
  ['mark(1) if origin =~ /\\Ahttps:\\/\\/a\\.example\\.com/', '+-+--'],
  ['mark(1) if origin.match?(/\\Ahttps:\\/\\/a\\.example\\.com\\z/)', '+----'],
  ["mark(1) if origin&.start_with?('https://a.example.com')", '+-+--'],
  ["mark(1) if URI.parse(origin).host == 'a.example.com'", '+--??'],
  ["mark(1) if URI.parse(origin).host.end_with?('example.com') rescue nil", '++-??'],
  ['return if origin.nil?\nmark(1)', '++++-'],
  ['return if origin.blank?\nmark(1)', '++++-'],
  ['mark(1) if ALLOWED.any? { |one| origin == one }', '+----', "ALLOWED = ['https://a.example.com']"],
  ['ALLOWED.each do |one|\n  mark(1) if one == origin\nend', '+----', "ALLOWED = ['https://a.example.com']"],
  ["case origin\nwhen 'https://a.example.com', /\\Ahttps:\\/\\/b\\.example\\.com\\z/ then mark(1)\nend", '++---'],
  ['case origin\nwhen *ALLOWED\n  mark(1)\nelse\n  other\nend', '+----', "ALLOWED = ['https://a.example.com']"],
  [
    'unless ALLOWED.include?(origin)\n  head :forbidden\n  return\nend\nmark(1)',
    '+----',
    "ALLOWED = ['https://a.example.com']",
  ],
  ["raise 'no' unless origin == 'https://a.example.com'\nmark(1)", '+----'],
  ["return unless origin == 'https://a.example.com'\nmark(1)\nrescue StandardError => e\nother(e)", '+----'],
  ['begin\n  return unless origin\n  mark(1)\nensure\n  done(1)\nend', '++++-'],
  ['return 1\nrescue StandardError\n  mark(1)', '+++++'],
  ["halt 403 unless origin == 'https://a.example.com'\nmark(1)", '+----'],
];

describe('values of Ruby', () => {
  for (const [statements, expected, others] of values)
    it(`${others ?? ''} ${statements} → ${expected}`.replaceAll('\n', '; '), async () => {
      const snippet = await open({ 'app.rb': `${others ?? ''}\n${statements}\n` });
      assert.equal(show(snippet.evaluator.evaluate(marked(snippet))), expected);
    });

  it('are read from files that are required', async () => {
    const snippet = await open({
      'app.rb': "require_relative 'origins'\nmark(ALL)\n",
      'origins.rb': "ALL = '*'\n",
    });
    assert.equal(show(snippet.evaluator.evaluate(marked(snippet))), "'*'");
  });
});

describe('checks of Ruby', () => {
  for (const [statements, expected, others = ''] of checks)
    it(`${others} ${statements} → ${expected}`.replaceAll('\n', '; '), async () => {
      const inside = statements.replaceAll('\n', '\n    ');
      const action = `    origin = request.headers['Origin']\n    ${inside}\n`;
      const text = `class Api < ApplicationController\n  def show\n${action}  end\n\n${others}\nend\n`;
      const snippet = await open({ 'app.rb': text });
      assert.equal(answers(snippet.evaluator.guard(marked(snippet)), origins), expected);
    });
});
