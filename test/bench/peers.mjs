/** What the rows compare with, from a folder of its own that is installed when it is missing. */
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { installPackages } from '../lab/launchers/packages.mjs';

const folder = path.resolve('test/bench/packages');
const requireThere = createRequire(path.join(folder, 'index.js'));
const plugin = path.join(folder, 'node_modules/eslint-plugin-sonarjs');

const configOf = (sonarjs) => [
  {
    files: ['**/*.js'],
    plugins: { sonarjs },
    rules: { 'sonarjs/cors': 'error' },
    languageOptions: { sourceType: 'commonjs' },
  },
];

/** ESLint with the one published rule about CORS. */
export function eslint() {
  installPackages(folder);
  return { ...requireThere('eslint'), config: configOf(requireThere('eslint-plugin-sonarjs')) };
}

/** The call of ESLint with that rule over a folder, whose settings it writes there. */
export function eslintCall(target) {
  installPackages(folder);
  const settings = path.join(target, 'eslint.config.cjs');
  const [{ plugins: _, ...rest }] = configOf();
  fs.writeFileSync(
    settings,
    `module.exports = [{ ...${JSON.stringify(rest)}, plugins: { sonarjs: require(${JSON.stringify(plugin)}) } }];`,
  );
  const bin = path.join(folder, 'node_modules/eslint/bin/eslint.js');
  // Comments of the files speak of rules that nobody has installed here.
  return ['node', [bin, '--config', settings, '--no-inline-config', '--format', 'json', target]];
}

/** The call of oxlint with the same rule. */
export function oxlintCall(target) {
  installPackages(folder);
  const settings = path.join(target, 'oxlint.json');
  const rules = { 'sonarjs/cors': 'error' };
  fs.writeFileSync(settings, JSON.stringify({ jsPlugins: [plugin], categories: { correctness: 'off' }, rules }));
  const bin = path.join(folder, 'node_modules/oxlint/bin/oxlint');
  return ['node', [bin, '--config', settings, '--format', 'json', target]];
}

/** The call of ripgrep with the words that a file of ours is first looked through for. */
export async function ripgrepCall(target) {
  installPackages(folder);
  const { rgPath } = await import(requireThere.resolve('@vscode/ripgrep'));
  return [rgPath, ['--files-with-matches', '--ignore-case', 'cors|access-control-', target]];
}
