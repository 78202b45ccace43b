/** What a name holds after later assignments, and after calls that change the list or dictionary that it holds. */
import type { Assignment, Identifier } from '../syntax/programs/program.ts';
import { always, unknown } from '../policy/request-test.ts';
import type { Choice, Inner } from './inner-value.ts';
import { oneOf } from './inner-value.ts';
import { runningFunction } from './loops.ts';
import { plus } from './operations/joining.ts';
import type { At, Place, Session } from './session.ts';
import { sameNode } from './session.ts';

/** What a name was declared with, and what was assigned to it later, in source order. */
interface History {
  readonly declared: Inner;
  readonly assignments: readonly Assignment[];
}

/** `let x = a; if (test) x = b`: the last assignment that was reached before the use. */
export function assignedValue(history: History, use: Identifier, here: At, session: Session, place: Place): Inner {
  const { declared, assignments } = history;
  const user = runningFunction(use, place);
  const choices: Choice[] = [];
  for (let index = assignments.length - 1; index >= 0; index -= 1) {
    const assignment = assignments[index]!;
    const { target, operator } = assignment;
    const writer = runningFunction(assignment, place);
    const isOrdered = sameNode(writer, user);
    if (isOrdered && assignment.range.end > use.range.start) continue;
    const isKnown = isOrdered || writer === undefined;
    if (target.kind === 'identifier' && operator === '+=' && isKnown) {
      const earlier: History = { declared, assignments: assignments.slice(0, index) };
      const before = assignedValue(earlier, use, here, session, place);
      choices.push(
        { when: session.guard(assignment, place), value: plus(before, session.value(assignment.value, place), here) },
        { when: always, value: before },
      );
      break;
    }
    if (target.kind !== 'identifier' || (operator !== '=' && operator !== ':=')) {
      choices.push({ when: unknown(), value: { kind: 'unknown', ...here } });
      continue;
    }
    const when = isKnown ? session.guard(assignment, place) : unknown();
    choices.push({ when, value: session.value(assignment.value, place) });
    if (when.kind === 'always') break;
  }
  return oneOf([...choices, { when: always, value: declared }], here.range, here.expression);
}
