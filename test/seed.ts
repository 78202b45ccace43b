/**
 * Properties are tried with the same random cases in every run, so that a run that fails fails again. `SEED=random` tries new
 * ones, and `SEED=<number>` those of the run that said it.
 */
import fc from 'fast-check';

const asked = process.env['SEED'];
const seed = asked === 'random' ? Date.now() % 2_147_483_647 : Number(asked ?? 2009);
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
if (asked !== undefined) console.log(`SEED=${seed}`);
