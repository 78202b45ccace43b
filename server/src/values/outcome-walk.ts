/** A walk through the statements of a function that gathers the ways in which it decides. */
import type { Expression, Statement } from '../syntax/programs/program.ts';
import type { RequestTest } from '../policy/request-test.ts';
import type { Outcome } from './evaluator.ts';
import type { Inner } from './inner-value.ts';
import type { Rounds } from './loops.ts';
import type { Place, Session } from './session.ts';

export interface FoundOutcome {
  readonly when: RequestTest;
  readonly kind: Outcome['kind'];
  readonly values: readonly Inner[];
  readonly node: Expression | undefined;
}

export interface Walk {
  readonly session: Session;
  readonly outcomes: FoundOutcome[];
  /** Walks statements that are reached under `reach`; gives the condition under which one of them ended the function. */
  followAll(statements: readonly Statement[], reach: RequestTest, place: Place, walk: Walk): RequestTest;
  /** The same for the body of a loop, round by round. */
  followLoop(rounds: Rounds, body: Statement, reach: RequestTest, walk: Walk): RequestTest;
}
