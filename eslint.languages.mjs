/**
 * Only two places know a programming language: its folder in `syntax/programs/` and its file in `values/languages/`.
 * Everywhere else a comparison with a language's or grammar's name is an error, and so is the bare name.
 */
import fs from 'node:fs';
import path from 'node:path';

const programs = path.join(import.meta.dirname, 'server/src/syntax/programs');
const folders = fs.readdirSync(programs).filter((entry) => fs.existsSync(path.join(programs, entry, 'language.ts')));
const grammars = folders.flatMap((folder) =>
  [...fs.readFileSync(path.join(programs, folder, 'language.ts'), 'utf8').matchAll(/\bgrammar: \w+\('([\w-]+)'/g)].map(
    ([, name]) => name,
  ),
);
/** Names of languages and grammars, as they are now. */
export const languageNames = [...new Set([...folders, ...grammars])];

const message =
  'Only syntax/programs/<language>/ and values/languages/<language>.ts know a language. Ask its pack for what differs.';
const member = '/^(language|languageName|grammar|grammarName|ecosystem)$/';
const sides = [
  ['left', 'right'],
  ['right', 'left'],
];

/** `program.language === 'x'`, `language !== "x"`, `kind.language.name == 'x'`, either way round. */
const comparisons = sides.flatMap(([one, other]) =>
  [
    `[${one}.property.name=${member}]`,
    `[${one}.name=${member}]`,
    `[${one}.property.name="name"][${one}.object.name=${member}]`,
    `[${one}.property.name="name"][${one}.object.property.name=${member}]`,
  ].map((asked) => `BinaryExpression[operator=/^[!=]==?$/]${asked}[${other}.type="Literal"]`),
);
const others = [
  `SwitchStatement[discriminant.property.name=${member}]`,
  `SwitchStatement[discriminant.name=${member}]`,
  `CallExpression[callee.object.type=/^(ArrayExpression|Literal)$/][arguments.0.property.name=${member}]`,
  `CallExpression[callee.object.type=/^(ArrayExpression|Literal)$/][arguments.0.name=${member}]`,
];
/** A framework lists its languages, and a pattern has the dialect of one. */
const names = [
  `Literal[value=/^(${languageNames.join('|')})$/]`,
  ':not(Property[key.name="languages"] Literal)',
  ':not(Property[key.name="dialect"] > Literal)',
].join('');

const rule = (selectors) => ({
  'no-restricted-syntax': ['error', ...selectors.map((selector) => ({ selector, message }))],
});

/** In the room of patterns `javascript` is a dialect and no language. */
export const languageRules = [
  {
    files: ['server/src/**/*.ts'],
    ignores: [
      'server/src/values/languages/*.ts',
      ...folders.map((folder) => `server/src/syntax/programs/${folder}/**`),
    ],
    rules: rule([...comparisons, ...others, names]),
  },
  { files: ['server/src/policy/**/*.ts'], rules: rule([...comparisons, ...others]) },
];
