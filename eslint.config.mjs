import tseslint from 'typescript-eslint';
import { languageRules } from './eslint.languages.mjs';

const nodeModules = [
  'fs',
  'path',
  'os',
  'child_process',
  'crypto',
  'http',
  'https',
  'net',
  'url',
  'util',
  'worker_threads',
  'process',
  'perf_hooks',
];
/** Folder → folders to its right in the way of the data: importing from them would be a way back. */
const forbidden = {
  syntax: ['values', 'frameworks', 'policy', 'browser', 'rules', 'service', 'lsp', 'cli', 'node'],
  values: ['frameworks', 'browser', 'rules', 'service', 'lsp', 'cli', 'node'],
  policy: ['frameworks', 'rules', 'service', 'lsp', 'cli', 'node'],
  frameworks: ['browser', 'rules', 'service', 'lsp', 'cli', 'node'],
  browser: ['frameworks', 'rules', 'service', 'lsp', 'cli', 'node'],
  rules: ['values', 'frameworks', 'service', 'lsp', 'cli', 'node'],
  service: ['lsp', 'cli', 'node'],
};
const pure = Object.entries(forbidden).map(([folder, later]) => ({
  files: [`server/src/${folder}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        paths: nodeModules.map((name) => ({
          name,
          message: 'This folder is pure: it runs in a web worker and reads nothing by itself.',
        })),
        patterns: [
          {
            group: ['node:*', 'vscode', 'vscode-languageserver*'],
            message: 'This folder is pure: it runs in a web worker and reads nothing by itself.',
          },
          {
            group: later.map((name) => `**/${name}/**`),
            message:
              'The data goes one way: syntax → values → frameworks → policy → browser → rules → service → lsp and cli.',
          },
        ],
      },
    ],
    'no-restricted-globals': ['error', 'process', 'Buffer', 'require', '__dirname', 'fetch', 'setTimeout'],
    'no-restricted-properties': [
      'error',
      { object: 'Date', property: 'now', message: 'The linter has no clock.' },
      { object: 'Math', property: 'random', message: 'The same text gives the same findings.' },
    ],
  },
}));

export default [
  {
    ignores: [
      'dist/**',
      'node_modules/**',
      'test/fixtures/**',
      'test/lab/**',
      'examples/**',
      'test/vscode/hosts/**',
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
  ...pure,
  ...languageRules,
];
