/**
 * What `.ci/run` runs once everything is installed: all suites, whole, two at a time. The lab takes longest, and the others come one
 * after the other beside it.
 */
import { installDependencies } from './install.mjs';
import { runParts } from './parts.mjs';

installDependencies();
const env = { CORS_LINT_TESTS: 'whole' };
const npm = (name, script, ...args) => ({ name, command: ['npm', 'run', '--silent', script, ...args], env });
await runParts(
  [
    // The longest first, so that it is not alone at the end.
    npm('lab', 'lab'),
    { name: 'npm test', command: ['npm', 'test', '--silent'], env },
    npm('engines of regular expressions', 'test:dialects'),
    // It takes the types of the packages that the lab installs.
    { ...npm('fixes compiled', 'test:fixes'), after: 'lab' },
    npm('real browser', 'test:browser'),
    npm('hook of pre-commit', 'test:hook'),
    // Packing the extension builds `dist/` anew, on which tests run.
    { ...npm('real VS Code', 'test:vscode'), after: 'npm test' },
  ],
  // Whoever runs this waits 90 minutes at most, and would not hear then what did not end.
  { atOnce: 2, minutes: 80 },
);
