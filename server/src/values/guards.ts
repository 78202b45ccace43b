/** Under which condition an expression is reached, seen from the start of its function. */
import type { Expression, Node, Statement, Switch, Try } from '../syntax/programs/program.ts';
import type { RequestTest } from '../policy/request-test.ts';
import { all, always, never, not, originEquals, originPresent, some, unknown } from '../policy/request-test.ts';
import type { Inner } from './inner-value.ts';
import { choose, holdsUnknown } from './inner-value.ts';
import { circumstance, constantText } from './circumstances.ts';
import { exitCondition } from './exits.ts';
import { mayLookAtOrigin, mayRefuse, refusesByError } from './influence.ts';
import { equals, isNullish } from './origin-tests.ts';
import type { Flow } from './languages/value-language.ts';
import { languageOf } from './language-of.ts';
import { callbackPlaces, loopAround, loopPlaces, overItems } from './loops.ts';
import type { Rounds } from './loops.ts';
import type { Place, Session } from './session.ts';
import { sameNode } from './session.ts';
import { conditionOfWay, further } from './ways.ts';
import type { KnownWay } from './ways.ts';

/** The condition under which the expression is reached at all. */
export function guardOf(expression: Expression, session: Session, place: Place): RequestTest {
  return some(roundsTo(expression, session, place).map(({ when }) => when));
}

/** One way to the expression: where it is seen from (its loops' members bound), and the condition. */
export interface Reached {
  readonly when: RequestTest;
  readonly place: Place;
}

/** Every way to the expression: one, or one for each member of the lists that the loops around it run over, in their order. */
export function roundsTo(expression: Expression, session: Session, place: Place): Reached[] {
  const chain: Node[] = [expression];
  let known = session.wayTo(expression, place);
  for (let node = expression.parent; node !== undefined && known === undefined; node = node.parent) {
    if (node.kind === 'function' && loopAround(node, place) === undefined) break;
    chain.push(node);
    known = session.wayTo(node, place);
  }
  chain.reverse();
  return along(chain, 0, session, place, known);
}

/**
 * From `chain[index]`, which is reached under `start`, down to the end of the chain; a loop over known members asks for each of them. What
 * the way down to a node asks is kept: the branches of a long `else if` have nearly the whole way in common.
 */
function along(chain: readonly Node[], index: number, session: Session, place: Place, start?: KnownWay): Reached[] {
  let way = start?.way;
  // Inside of a `try`, what is asked depends on where the way ends; in a loop or a function, on what it is called with.
  let isKept = index === 0;
  const within = (reached: readonly Reached[]): Reached[] =>
    reached
      .map((one) => ({ ...one, when: all([conditionOfWay(way), one.when]) }))
      .filter(({ when }) => when.kind !== 'never');
  for (let position = index; position + 1 < chain.length; position += 1) {
    const node = chain[position]!;
    const child = chain[position + 1]!;
    if (node.kind === 'loop' && sameNode(child, node.body)) {
      const { body } = node;
      return within(
        eachRound(
          loopPlaces(node, session, place),
          (inside) => along(chain, position + 1, session, inside),
          (inside) => leaves(body, session, inside, 'breaks'),
        ),
      );
    }
    if (node.kind === 'function') {
      const loop = loopAround(node, place);
      if (loop !== undefined)
        return within(
          eachRound(
            callbackPlaces(node, loop, session, place),
            (inside) => along(chain, position + 1, session, inside),
            () => never,
          ),
        );
      continue;
    }
    const step = (): RequestTest => stepInto(node, child, chain.at(-1)!, session, place);
    isKept &&= node.kind !== 'try';
    const asked = isKept ? session.keepWay(child, place, way, step) : step();
    if (asked.kind === 'never') return [];
    const kept = isKept ? session.wayTo(child, place) : undefined;
    isKept = kept !== undefined;
    way = kept ? kept.way : further(way, asked);
  }
  return [{ when: conditionOfWay(way), place }];
}

/** A round is reached where none before it left the loop. */
function eachRound(
  rounds: Rounds,
  ask: (place: Place) => readonly Reached[],
  ended: (place: Place) => RequestTest,
): Reached[] {
  const left: RequestTest[] = [];
  const found = rounds.places.flatMap((place) => {
    const here = ask(place).map((one) => ({ ...one, when: all([...left.map(not), one.when]) }));
    left.push(ended(place));
    return here;
  });
  if (rounds.open) found.push(...ask(rounds.otherwise).map((one) => ({ ...one, when: all([unknown(), one.when]) })));
  return found;
}

function stepInto(node: Node, child: Node, goal: Node, session: Session, place: Place): RequestTest {
  switch (node.kind) {
    case 'if':
    case 'conditional':
      if (holds(node.consequent, child)) return session.test(node.test, place);
      return node.alternate !== undefined && sameNode(child, node.alternate)
        ? not(session.test(node.test, place))
        : always;
    case 'binary': {
      if (!sameNode(child, node.right)) return always;
      if (node.operator === '&&') return session.test(node.left, place);
      if (node.operator === '||') return not(session.test(node.left, place));
      return node.operator === '??' ? isNullish(session.value(node.left, place)) : always;
    }
    case 'block':
      return notLeft(node.statements, child, session, place);
    case 'switch':
      return switchStep(node, child, session, place);
    case 'try':
      return tryStep(node, child, goal, session, place);
    default:
      return always;
  }
}

/** What a directive of the compiler encloses has no node of its own around it. */
function holds({ range }: Node, child: Node): boolean {
  return range.start <= child.range.start && child.range.end <= range.end;
}

/** Behind the parsing of the origin nobody is left whose origin cannot be parsed. */
function tryStep(node: Try, child: Node, goal: Node, session: Session, place: Place): RequestTest {
  const failed = failure(node, session, place);
  if (node.handler !== undefined && sameNode(child, node.handler)) return failed;
  const parsing = languageOf(place.program).flow.failingParse?.exec(node.body.text)?.index;
  return sameNode(child, node.body) &&
    failed.kind !== 'unknown' &&
    parsing !== undefined &&
    node.body.range.start + parsing < goal.range.start
    ? not(failed)
    : always;
}

/** Not ended by one of the statements before the child. */
function notLeft(statements: readonly Statement[], child: Node, session: Session, place: Place): RequestTest {
  const tests: RequestTest[] = [];
  for (const statement of statements) {
    if (statement.range.start >= child.range.start) break;
    tests.push(not(leaves(statement, session, place, 'any')));
  }
  return all(tests);
}

/** Which jumps count beside what ends the function: none, those that leave the loop around, or those that only end its round too. */
type Jumps = 'none' | 'breaks' | 'any';

/** The condition under which a statement ends the function, or by one of the jumps what it stands in. */
export function leaves(statement: Statement, session: Session, place: Place, jumps: Jumps): RequestTest {
  switch (statement.kind) {
    case 'return':
    case 'throw':
      return always;
    case 'jump':
      return jumps === 'any' || (jumps === 'breaks' && /^break\b/.test(statement.text)) ? always : never;
    case 'expression-statement':
      return leavesBy(statement.expression, session, place);
    case 'block':
      return some(statement.statements.map((one) => leaves(one, session, place, jumps)));
    case 'if': {
      const consequent = leaves(statement.consequent, session, place, jumps);
      const alternate = statement.alternate ? leaves(statement.alternate, session, place, jumps) : never;
      if (consequent.kind === 'never' && alternate.kind === 'never') return never;
      return choose(session.test(statement.test, place), consequent, alternate);
    }
    case 'switch':
      return some(
        switchConditions(statement, session, place).map(({ when, body }) =>
          all([when, some(body.map((one) => leaves(one, session, place, 'none')))]),
        ),
      );
    case 'loop':
      return /\b(return|throw|raise)\b/.test(statement.text)
        ? overItems(loopPlaces(statement, session, place), (inside) => leaves(statement.body, session, inside, 'none'))
        : never;
    case 'try':
      return some([
        leaves(statement.body, session, place, jumps),
        ...(statement.handler
          ? [all([failure(statement, session, place), leaves(statement.handler, session, place, jumps)])]
          : []),
        ...(statement.finalizer ? [leaves(statement.finalizer, session, place, jumps)] : []),
      ]);
    default:
      return never;
  }
}

/** A check that throws where it refuses lets on the others alone, and which these are is not known. */
function leavesBy(expression: Expression, session: Session, place: Place): RequestTest {
  if (sendsResponse(expression, languageOf(place.program).flow)) return always;
  const ended = exitCondition(expression, session, place);
  if (ended.kind !== 'never') return ended;
  return expression.kind === 'call' && refusesByError(expression) ? unknown() : never;
}

/** `res.status(403).end()`: what is set afterwards is not sent any more. */
function sendsResponse(expression: Expression, { sends }: Flow): boolean {
  if (expression.kind !== 'call') return false;
  if (expression.callee.kind !== 'member' || !sends.has(expression.callee.property)) return false;
  let root: Expression = expression.callee.object;
  while (root.kind === 'call' || root.kind === 'member') root = root.kind === 'call' ? root.callee : root.object;
  return root.kind === 'identifier' && /^_?(res|response|reply)$/.test(root.name);
}

/** `new URL(origin)` throws where there is no origin, and for `null`; what else may fail is not known. */
export function failure(statement: Try, session: Session, place: Place): RequestTest {
  const { text } = statement.body;
  const { failingParse, neverFails } = languageOf(place.program).flow;
  if (neverFails?.test(text)) return never;
  const parsed = failingParse ? [...text.matchAll(new RegExp(failingParse, 'g'))] : [];
  const parsesOnly =
    parsed.length > 0 &&
    parsed.every(([, argument]) => !/\burl\b/i.test(argument!)) &&
    !/\b(await|throw|JSON\.parse|RegExp)\b/.test(text);
  if (!parsesOnly)
    return mayRefuse(text)
      ? unknown()
      : circumstance(`failure at ${place.program.text.slice(0, statement.range.start).length}`);
  // Where the parsing is only reached under a condition, it fails only there.
  const reached = some(
    parsed.map(({ index }) => parsingReached(statement, statement.body.range.start + index, session, place)),
  );
  return all([some([not(originPresent), originEquals('null')]), reached]);
}

function parsingReached(statement: Try, offset: number, session: Session, place: Place): RequestTest {
  let call: Node | undefined = place.program.expressionAt(offset);
  while (call !== undefined && call.kind !== 'call') call = call.parent;
  for (let node: Node | undefined = call; node !== undefined && !sameNode(node, statement.body); node = node.parent) {
    if (node.kind === 'function') return always;
  }
  return call === undefined ? always : chainedConditions(statement, call, session, place);
}

/** The condition under which the `try` gets to the node. */
function chainedConditions(statement: Try, goal: Node, session: Session, place: Place): RequestTest {
  const tests: RequestTest[] = [];
  for (
    let [child, node]: [Node, Node | undefined] = [goal, goal.parent];
    node !== undefined && !sameNode(child, statement.body);
    [child, node] = [node, node.parent]
  ) {
    tests.push(stepInto(node, child, goal, session, place));
  }
  return all(tests.reverse());
}

export interface SwitchBranch {
  readonly when: RequestTest;
  readonly body: readonly Statement[];
}

/** Each case with everything that runs when the subject enters there, falling through included. */
export function switchConditions(statement: Switch, session: Session, place: Place): SwitchBranch[] {
  const whenEntered = entryConditions(statement, session, place);
  return statement.cases.map((_, index) => {
    const body: Statement[] = [];
    for (let at = index; at < statement.cases.length; at++) {
      const one = statement.cases[at]!;
      body.push(...one.body);
      if (one.body.some(isEnd)) break;
    }
    return { when: whenEntered(index), body };
  });
}

/** When the subject enters at a case, by its index. Each case is looked at when it is first asked for. */
function entryConditions(
  { subject: asked, cases }: Switch,
  session: Session,
  place: Place,
): (index: number) => RequestTest {
  const subject = session.value(asked, place);
  const tests: (RequestTest | undefined)[] = [];
  const testOf = (index: number): RequestTest | undefined => {
    const { test } = cases[index]!;
    return (tests[index] ??= test && caseTest(asked, subject, test, session, place));
  };
  const notBefore = (end: number): RequestTest[] =>
    cases.slice(0, end).flatMap((_, index) => {
      const test = testOf(index);
      return test === undefined ? [] : [not(test)];
    });
  return (index) => {
    const own = testOf(index);
    if (own === undefined) return all(notBefore(cases.length));
    // Texts of cases differ, so an earlier case of the same switch needs no negation unless it is unknown.
    return subject.kind === 'boolean' ? all([...notBefore(index), own]) : own;
  };
}

function caseTest(asked: Expression, subject: Inner, test: Expression, session: Session, place: Place): RequestTest {
  if (subject.kind === 'boolean') return subject.value ? session.test(test, place) : not(session.test(test, place));
  const value = session.value(test, place);
  const equal = equals(subject, value, test.range);
  if (!holdsUnknown(equal) || mayLookAtOrigin(asked, session, place) || mayLookAtOrigin(test, session, place))
    return equal;
  return circumstance(asked.text, constantText(value) ?? test.text, languageOf(place.program).phases);
}

function isEnd(statement: Statement): boolean {
  if (statement.kind === 'block') return statement.statements.some(isEnd);
  return statement.kind === 'jump' || statement.kind === 'return' || statement.kind === 'throw';
}

function switchStep(node: Switch, child: Node, session: Session, place: Place): RequestTest {
  if (sameNode(child, node.subject)) return always;
  const { cases } = node;
  const last = cases.findIndex(({ body }) => body.some((statement) => sameNode(statement, child)));
  if (last === -1) return always;
  let first = last;
  while (first > 0 && !cases[first - 1]!.body.some(isEnd)) first--;
  const whenEntered = entryConditions(node, session, place);
  const ways: RequestTest[] = [];
  for (let index = first; index <= last; index++) {
    const before = cases.slice(index, last + 1).flatMap(({ body }) => body);
    ways.push(all([whenEntered(index), notLeft(before, child, session, place)]));
  }
  return some(ways);
}
