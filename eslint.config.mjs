import tseslint from 'typescript-eslint';
import { languageRules } from './eslint.languages.mjs';

/** What runs in a web worker and reads nothing by itself; `.dependency-cruiser.mjs` says what it may import. */
const pure = {
  files: ['server/src/**/*.ts'],
  ignores: ['server/src/{lsp,cli,node,browser-worker}/**'],
  rules: {
    'no-restricted-globals': ['error', 'process', 'Buffer', 'require', '__dirname', 'fetch', 'setTimeout'],
    'no-restricted-properties': [
      'error',
      { object: 'Date', property: 'now', message: 'The linter has no clock.' },
      { object: 'Math', property: 'random', message: 'The same text gives the same findings.' },
    ],
  },
};

/** A function is read in one look. The formatter breaks lines, but not texts and comments. */
const lineLength = ['error', { code: 140, ignoreUrls: true }];
const size = [
  {
    files: ['{server,client}/src/**/*.ts'],
    rules: {
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      'max-lines': ['error', 400],
      'max-depth': ['error', 4],
    },
  },
  // Two lines for each framework.
  { files: ['server/src/frameworks/index.ts'], rules: { 'max-lines': 'off' } },
  { files: ['**/*.{ts,mjs,js}'], rules: { 'max-len': lineLength } },
];

export default [
  {
    ignores: [
      'dist/**',
      'node_modules/**',
      'test/fixtures/**',
      'test/lab/**/{programs*,callable,node_modules,.*}/**',
      'examples/**',
      'test/vscode/{hosts,shop,pictures/orders}/**',
      'test/vscode/out/**',
      'coverage/**',
    ],
  },
  ...tseslint.configs.recommended.map((config) => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  { files: ['server/src/{cli,node}/**/*.ts', 'test/**/*.ts'], rules: { 'no-console': 'off' } },
  pure,
  ...size,
  ...languageRules,
];
