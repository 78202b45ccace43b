/** Runs the same suite in the extension host of browsers, a web worker, with mocha's browser build. */
import 'mocha/mocha.js';
import { report } from './report.ts';
import { defineSuite } from './suite.ts';

export function run(): Promise<void> {
  // A worker has no page to write a report to.
  mocha.setup({ ui: 'bdd', timeout: 300_000, reporter: undefined });
  defineSuite('web');
  return report((done) => mocha.run(done));
}
