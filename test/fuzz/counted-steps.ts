/** Steps that were taken, without a clock: how often each piece of the program ran, as V8 counts it. */
import { Session } from 'node:inspector';
import type { Profiler } from 'node:inspector';

const session = new Session();
let counting = false;

/** Steps of all that `work` does; at most a few in a thousand differ from one time to the next. */
export async function countedSteps(work: () => Promise<unknown>): Promise<number> {
  begin();
  taken();
  await work();
  return taken();
}

/** The steps between each two turns that `work` gives to others: before the first one, between them, and behind the last one. */
export async function stepsBetweenTurns(work: (turn: () => Promise<void>) => Promise<unknown>): Promise<number[]> {
  const between: number[] = [];
  begin();
  taken();
  await work(() => {
    between.push(taken());
    return Promise.resolve();
  });
  between.push(taken());
  return between;
}

function begin(): void {
  if (counting) return;
  counting = true;
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
}

/** Since the last time. */
function taken(): number {
  let steps = 0;
  session.post('Profiler.takePreciseCoverage', (error, { result }: Profiler.TakePreciseCoverageReturnType) => {
    if (error !== null) throw error;
    for (const { url, functions } of result) if (!url.startsWith('node:')) steps += countsOf(functions);
  });
  return steps;
}

function countsOf(functions: readonly Profiler.FunctionCoverage[]): number {
  return functions.reduce((sum, { ranges }) => ranges.reduce((inner, { count }) => inner + count, sum), 0);
}
