/**
 * What npm runs where the package is installed from its repository, as pre-commit does: builds the two commands. Nothing is done
 * where they are newer than their sources.
 *
 * npm promises the development dependencies to whoever is installed so, and then lets `--global` of the outer command count in the
 * inner one, which installs none: https://docs.npmjs.com/cli/using-npm/scripts#life-cycle-scripts
 */
import { createRequire } from 'node:module';
import { installDependencies, run } from './install.mjs';

if (!isInstalled('esbuild')) installDependencies();
run('node', ['esbuild.js', '--stale', 'cli.js', 'server.js']);

function isInstalled(name) {
  try {
    return createRequire(import.meta.url).resolve(name) !== '';
  } catch {
    return false;
  }
}
