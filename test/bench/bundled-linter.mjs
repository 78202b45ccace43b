/**
 * The linter as it ships: bundled. The loader that the tests run with wraps every function, and what is wrapped takes twice the time
 * in a keystroke.
 */
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
const { exportsOf } = require('../../esbuild.programs.js');

export const { nodeHost, createLinter, defaultSettings } = exportsOf(path.resolve('test/bench/linter.ts'), {
  bundle: true,
  target: 'es2022',
  logLevel: 'warning',
  define: { 'import.meta.url': '"file:///bench"' },
});
