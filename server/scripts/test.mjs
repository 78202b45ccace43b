/** `npm test`: everything that needs only npm. `.ci/run` adds real servers, real VS Code and a real browser. */
import { installDependencies, run } from './install.mjs';

installDependencies();
run('node', ['server/scripts/generate.mjs', '--check']);
run('npx', ['tsc', '--noEmit', '-p', '.']);
run('npx', ['eslint', '--max-warnings', '0', '.']);
run('node', ['esbuild.js']);
run('npx', [
  'mocha',
  '--import=tsx',
  '--timeout',
  '120000',
  '--file',
  'test/seed.ts',
  'test/{syntax,values,policy,browser,frameworks,rules,service,cli,lsp,manifest,scripts}/**/*.test.ts',
]);
run('npm', ['run', '--silent', '--if-present', 'test:grammars']);
