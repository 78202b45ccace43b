/** `npm start [paths…]`: the main job. Installs if needed, builds, and lints the paths given, or `examples/`. */
import { installDependencies, run } from './install.mjs';

installDependencies();
run('node', ['esbuild.js', '--stale']);
const paths = process.argv.slice(2);
// Findings are what the examples are for, so exit code 1 is a good end when nobody named a path.
const status = run('node', ['dist/cli.js', ...(paths.length > 0 ? paths : ['examples'])], { allow: [0, 1] });
if (paths.length > 0) process.exit(status);
