/**
 * `npm test`: everything that needs only npm. It tries cases that a seed chooses, and says the seed; `CORS_LINT_TESTS=whole npm test`
 * tries all of them, as `.ci/run` does, which adds real servers, real VS Code and a real browser.
 */
import { installDependencies } from './install.mjs';
import { runParts } from './parts.mjs';

installDependencies();
const whole = process.env.CORS_LINT_TESTS === 'whole';
// A whole run tries the same in each, see `test/seed.ts`: what decides whether a change may land is not left to chance.
const ofThisRun = whole ? '1' : String(Date.now() % 2_147_483_647);
const SEED = /^\d+$/.test(process.env.SEED ?? '') ? process.env.SEED : ofThisRun;
console.log(`${whole ? 'All cases' : 'Cases of this run'}: SEED=${SEED} npm test tries them again.`);

/** What one run has found right need not be looked at again by the next one. */
const cache = ['--cache', '--cache-strategy', 'content', '--cache-location'];
const tests = 'test/{syntax,values,policy,browser,frameworks,rules,service,cli,lsp,manifest,scripts,fuzz}/**/*.test.ts';

const parts = [
  { name: 'generated files are up to date', command: ['node', 'server/scripts/generate.mjs', '--check'] },
  { name: 'form', command: ['npx', 'prettier', '--log-level', 'warn', ...cache, '.cache/prettier', '--check', '.'] },
  {
    name: 'the way of the data',
    command: ['npx', 'depcruise', '--config', '.dependency-cruiser.mjs', 'server/src', 'client/src'],
  },
  {
    name: 'types',
    command: ['npx', 'tsc', '--noEmit', '--incremental', '--tsBuildInfoFile', '.cache/types.tsbuildinfo', '-p', '.'],
  },
  { name: 'lint rules', command: ['npx', 'eslint', '--max-warnings', '0', ...cache, '.cache/eslint', '.'] },
  { name: 'build', command: ['node', 'esbuild.js'] },
  {
    name: 'tests',
    command: ['npx', 'mocha', '--parallel', '--jobs', '2', '--reporter', 'test/dots-and-failures.cjs', tests],
    env: { SEED },
  },
  { name: 'grammars', command: ['npm', 'run', '--silent', '--if-present', 'test:grammars'] },
];
await runParts(parts, { minutes: 70 });
