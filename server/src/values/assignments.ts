/** What a name holds after later assignments, and after calls that change the list or dictionary that it holds. */
import type { Assignment, Expression, Identifier } from '../syntax/programs/program.ts';
import { always, unknown } from '../policy/request-test.ts';
import { circumstance } from './circumstances.ts';
import { isEverybody, isInConstructor, isOfSetter } from './fields.ts';
import type { Choice, Inner } from './inner-value.ts';
import { oneOf } from './inner-value.ts';
import { languageOf } from './language-of.ts';
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
      const { truthText } = languageOf(place.program);
      choices.push(
        {
          when: session.guard(assignment, place),
          value: plus(before, session.value(assignment.value, place), here, truthText),
        },
        { when: always, value: before },
      );
      break;
    }
    if (!isTheName(target, place) || (operator !== '=' && operator !== ':=')) {
      choices.push({ when: unknown(), value: { kind: 'unknown', ...here } });
      continue;
    }
    const value = session.value(assignment.value, place);
    const isSetter = !isKnown && isEverybody(declared) && isOfSetter(assignment, value);
    const elsewhere = isSetter ? circumstance(`${use.name} is set`) : unknown();
    const when = isKnown ? session.guard(assignment, place) : elsewhere;
    choices.push({ when, value: isSetter || isKept(assignment, value) ? { kind: 'unknown', ...here } : value });
    if (when.kind === 'always') break;
  }
  return oneOf([...choices, { when: always, value: declared }], here.range, here.expression);
}

/** What a constructor was given is no parameter of the function that uses the field, which may be given the request. */
function isKept(assignment: Assignment, value: Inner): boolean {
  return value.kind === 'path' && value.root === 'parameter' && isInConstructor(assignment);
}

/** `origin = x`, and `this.origin = x` where `origin` alone is the field. */
function isTheName(target: Expression, { program }: Place): boolean {
  if (target.kind !== 'member') return target.kind === 'identifier';
  return target.object.kind === 'identifier' && languageOf(program).objects.selfNames.has(target.object.name);
}
