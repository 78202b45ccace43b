/** Runs the suite in the extension host of Node. `mocha` is loaded from `node_modules`, not bundled. */
import Mocha from 'mocha';
import { report } from './report.ts';
import { defineSuite } from './suite.ts';

export function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 300_000 });
  mocha.suite.emit('pre-require', globalThis as unknown as Mocha.MochaGlobals, '', mocha);
  defineSuite('node');
  return report((done) => mocha.run(done));
}
