/**
 * What is tried of all that could be. `npm test` tries cases that a seed chooses, other ones in each run, and says the seed;
 * `SEED=<number>` tries those of that run again. With `CORS_LINT_TESTS=whole`, as `.ci/run` has it, every case is tried, and what
 * properties make up is the same in each run: what decides whether a change may land is not left to chance.
 */
import fc from 'fast-check';

/** Nothing is left to chance. */
export const whole = process.env['CORS_LINT_TESTS'] === 'whole';

const asked = Number(process.env['SEED']);
const ofThisRun = whole ? 1 : Date.now() % 2_147_483_647;
/** Chooses the cases of this run; a whole number. */
export const seed = Number.isInteger(asked) && process.env['SEED'] !== '' ? asked : ofThisRun;
if (seed !== asked) console.log(`SEED=${seed}`);
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed, includeErrorInReport: true });

/** At most so many of the cases, in their order; all of them in a whole run. */
export function sampled<T>(cases: readonly T[], atMost: number): readonly T[] {
  if (whole || cases.length <= atMost) return cases;
  const some = fc.subarray([...cases], { minLength: atMost, maxLength: atMost });
  return fc.sample(some, { seed, numRuns: 1 })[0]!;
}

/** The lengths of all beginnings of a text, the empty one and the whole one included; see `sampled`. */
export const beginnings = (text: string): readonly number[] => Array.from({ length: text.length + 1 }, (_, end) => end);

/** How often a property is tried: as often as it says in a whole run, and a quarter of it otherwise. */
export const runs = (inAll: number): number => (whole ? inAll : Math.ceil(inAll / 4));
