import assert from 'node:assert';
import { readNginx } from '../../server/src/syntax/directives/nginx.ts';
import { beginnings, sampled } from '../seed.ts';

const shape = (text: string): unknown => {
  const list = (directives: ReturnType<typeof readNginx>['directives']): unknown[] =>
    directives.map((d) => [
      d.name,
      ...d.args.map((a) => a.text),
      ...(d.block ? [list(d.block)] : []),
      ...(d.complete ? [] : ['…']),
    ]);
  return list(readNginx('nginx.conf', text).directives);
};
const cases: readonly [string, string, unknown][] = [
  ['blocks', 'server { listen 80; }', [['server', [['listen', '80']]]]],
  ['quotes', 'a "x;{1,2}" \'y#\';', [['a', 'x;{1,2}', 'y#']]],
  ['escapes', 'a "\\"q\\"" ~\\.com$;', [['a', '"q"', '~\\.com$']]],
  [
    'comments and CRLF',
    'a 1; # no; {\r\nb 2;\r\n',
    [
      ['a', '1'],
      ['b', '2'],
    ],
  ],
  ['variables', 'a ${x}y$z;', [['a', '${x}y$z']]],
  [
    'templates',
    'a ${ENV}; b {{ .Values.x }};',
    [
      ['a', '${ENV}'],
      ['b', '{{ .Values.x }}'],
    ],
  ],
  [
    'map',
    'map $a $b { default ""; ~^x$ 1; }',
    [
      [
        'map',
        '$a',
        '$b',
        [
          ['default', ''],
          ['~^x$', '1'],
        ],
      ],
    ],
  ],
  ['lua', 'x_by_lua_block { a = "}" -- }\n b = {} } c;', [['x_by_lua_block', ' a = "}" -- }\n b = {} ', []], ['c']]],
  ['missing semicolon', 's { a 1 } b;', [['s', [['a', '1', '…']]], ['b']]],
  ['missing brace', 's { a 1;', [['s', [['a', '1']], '…']]],
  ['stray brace', '} a;', [['a']]],
];

describe('nginx reader', () => {
  for (const [name, text, expected] of cases) it(name, () => assert.deepStrictEqual(shape(text), expected));

  it('reads deep nesting and every prefix of a file', () => {
    assert.strictEqual(readNginx('a', 'a {'.repeat(50000)).directives.length, 1);
    const text = 'server { a "b\\" c" ${x} {{ y }}; x_by_lua_block { [[ } ]] } }';
    for (const end of sampled(beginnings(text), 50)) readNginx('a', text.slice(0, end));
  });

  it('gives ranges with and without quotes', () => {
    const arg = readNginx('a', 'n "v";').directives[0]!.args[0]!;
    assert.deepStrictEqual(
      [arg.range, arg.contentRange],
      [
        { start: 2, end: 5 },
        { start: 3, end: 4 },
      ],
    );
  });
});
