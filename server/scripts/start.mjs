/** `npm start [-- paths…]`: the main job. Installs if needed, builds, and lints the paths given, or `examples/`. */
import path from 'node:path';
import { installDependencies, run } from './install.mjs';

installDependencies();
run('node', ['esbuild.js', '--stale']);
// npm runs this in the project's own folder; a path counts from where somebody stands.
const stands = process.env.INIT_CWD ?? process.cwd();
const paths = process.argv.slice(2).map((given) => (given.startsWith('-') ? given : path.resolve(stands, given)));
if (paths.length === 0)
  console.log('No path is given, so that these are the findings in examples/, which are there to be found.\n');
// Findings are what the examples are for, so exit code 1 is a good end when nobody named a path.
const status = run('node', ['dist/cli.js', ...(paths.length > 0 ? paths : ['examples'])], { allow: [0, 1] });
if (paths.length > 0) process.exit(status);
console.log(
  '\nYour own code: npm start ../my-project (options after --: npm start -- ../my-project --fix).\n' +
    'In a project of yours, once it is published: npx cors-lint. All options: node dist/cli.js --help',
);
