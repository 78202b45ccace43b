/** The one bound on automata: what needs more states is unknown, and silent. */

/** Thrown when a language needs more states than the budget; callers turn it into Unknown. */
export class BudgetExceeded extends Error {}

/** Most states that one automaton may have. */
export const stateBudget = 5000;

let statesBuilt = 0;

/** How many states were built since the module was loaded: what tests of the budget and of growth look at. */
export function statesBuiltSoFar(): number {
  return statesBuilt;
}

/** Counts one more state of something that is being built and has this many already. Throws `BudgetExceeded` past the budget. */
export function countState(before: number, budget = stateBudget): void {
  statesBuilt++;
  if (before >= budget) throw new BudgetExceeded('Too many states.');
}

export function isBudgetError(error: unknown): boolean {
  return error instanceof BudgetExceeded;
}
