/** Under which condition an expression is reached, seen from the start of its function. */
import type {
  Call,
  Expression,
  FunctionExpression,
  Loop,
  Node,
  Statement,
  Switch,
  Try,
} from '../syntax/programs/program.ts';
import type { RequestTest } from '../policy/request-test.ts';
import { all, always, never, not, originEquals, originPresent, some, unknown } from '../policy/request-test.ts';
import type { Inner } from './inner-value.ts';
import { choose, holdsUnknown } from './inner-value.ts';
import { circumstance, constantText } from './conditions.ts';
import { mayLookAtOrigin, mayRefuse, refusesByError } from './influence.ts';
import { equals, isNullish } from './origin-tests.ts';
import type { Frame, Place, Session } from './session.ts';
import { functionAround, sameNode } from './session.ts';
import { enter } from './calls.ts';

const loopingMethods = new Set(['forEach', 'some', 'every', 'map', 'find', 'filter', 'findIndex']);
const enders = new Set(['end', 'send', 'json', 'jsonp', 'sendStatus', 'sendFile', 'redirect', 'render']);

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
  for (let node: Node | undefined = expression.parent; node !== undefined; node = node.parent) {
    if (node.kind === 'function' && loopAround(node) === undefined) break;
    chain.push(node);
  }
  chain.reverse();
  return along(chain, 0, session, place);
}

/** From `chain[index]` down to the end of the chain; a loop over known members asks for each of them. */
function along(chain: readonly Node[], index: number, session: Session, place: Place): Reached[] {
  const tests: RequestTest[] = [];
  const within = (reached: readonly Reached[]): Reached[] =>
    reached.map((one) => ({ ...one, when: all([...tests, one.when]) })).filter(({ when }) => when.kind !== 'never');
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
      const loop = loopAround(node);
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
    const step = stepInto(node, child, chain.at(-1)!, session, place);
    if (step.kind === 'never') return [];
    tests.push(step);
  }
  return [{ when: all(tests), place }];
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
      if (sameNode(child, node.consequent)) return session.test(node.test, place);
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

/** Behind the parsing of the origin nobody is left whose origin cannot be parsed. */
function tryStep(node: Try, child: Node, goal: Node, session: Session, place: Place): RequestTest {
  const failed = failure(node, session, place);
  if (node.handler !== undefined && sameNode(child, node.handler)) return failed;
  const parsing = /\bnew\s+URL\s*\(/.exec(node.body.text)?.index;
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
      return leavesBy(statement.expression);
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
function leavesBy(expression: Expression): RequestTest {
  if (endsResponse(expression)) return always;
  return expression.kind === 'call' && refusesByError(expression) ? unknown() : never;
}

/** `res.status(403).end()`: what is set afterwards is not sent any more. */
function endsResponse(expression: Expression): boolean {
  if (expression.kind !== 'call') return false;
  if (/^(process\.exit|sys\.exit|exit|abort|notFound|redirect)$/.test(expression.callee.text)) return true;
  if (expression.callee.kind !== 'member' || !enders.has(expression.callee.property)) return false;
  let root: Expression = expression.callee.object;
  while (root.kind === 'call' || root.kind === 'member') root = root.kind === 'call' ? root.callee : root.object;
  return root.kind === 'identifier' && /^_?(res|response|reply)$/.test(root.name);
}

/** `new URL(origin)` throws where there is no origin, and for `null`; what else may fail is not known. */
export function failure(statement: Try, session: Session, place: Place): RequestTest {
  const { text } = statement.body;
  const parsed = [...text.matchAll(/\bnew\s+URL\s*\(([^()]*)/g)];
  const parsesOnly =
    parsed.length > 0 &&
    parsed.every(([, argument]) => !/\burl\b/i.test(argument!)) &&
    !/\b(await|throw|JSON\.parse|RegExp)\b/.test(text);
  if (!parsesOnly) return mayRefuse(text) ? unknown() : circumstance(`failure at ${statement.range.start}`);
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
  const subject = session.value(statement.subject, place);
  const tests = statement.cases.map((one) => one.test && caseTest(statement, subject, one.test, session, place));
  const known = tests.filter((test): test is RequestTest => test !== undefined);
  return statement.cases.map((_, index) => {
    const own = tests[index];
    const earlier = tests.slice(0, index).filter((test): test is RequestTest => test !== undefined);
    const body: Statement[] = [];
    for (const one of statement.cases.slice(index)) {
      body.push(...one.body);
      if (one.body.some(isEnd)) break;
    }
    // Texts of cases differ, so an earlier case of the same switch needs no negation unless it is unknown.
    return {
      when:
        own === undefined ? all(known.map(not)) : subject.kind === 'boolean' ? all([...earlier.map(not), own]) : own,
      body,
    };
  });
}

function caseTest(statement: Switch, subject: Inner, test: Expression, session: Session, place: Place): RequestTest {
  if (subject.kind === 'boolean') return subject.value ? session.test(test, place) : not(session.test(test, place));
  const value = session.value(test, place);
  const asked = equals(subject, value, test.range);
  if (
    !holdsUnknown(asked) ||
    mayLookAtOrigin(statement.subject, session, place) ||
    mayLookAtOrigin(test, session, place)
  )
    return asked;
  return circumstance(statement.subject.text, constantText(value) ?? test.text);
}

function isEnd(statement: Statement): boolean {
  if (statement.kind === 'block') return statement.statements.some(isEnd);
  return statement.kind === 'jump' || statement.kind === 'return' || statement.kind === 'throw';
}

function switchStep(node: Switch, child: Node, session: Session, place: Place): RequestTest {
  if (sameNode(child, node.subject)) return always;
  const entered = switchConditions(node, session, place).filter(({ body }) =>
    body.some((statement) => sameNode(statement, child)),
  );
  if (entered.length === 0) return always;
  return some(entered.map(({ when, body }) => all([when, notLeft(body, child, session, place)])));
}

/** Where a loop's body is seen from, for each known member; `open` when there may be more, or nothing is known of them. */
export interface Rounds {
  readonly places: readonly Place[];
  readonly open: boolean;
  readonly otherwise: Place;
}

export function overItems(rounds: Rounds, ask: (place: Place) => RequestTest): RequestTest {
  const tests = rounds.places.map(ask);
  if (rounds.open) tests.push(all([unknown(), ask(rounds.otherwise)]));
  return some(tests);
}

export function loopPlaces(loop: Loop, session: Session, place: Place): Rounds {
  const base = { kind: 'item', path: place.program.path, from: loop.range.start, to: loop.body.range.start } as const;
  const within = (value: Inner, name?: string): Place => ({
    ...place,
    frames: [...place.frames, { ...base, value, ...(name !== undefined && { name }) } satisfies Frame],
  });
  const opaque = within({ kind: 'unknown', range: loop.range });
  if (loop.over !== undefined) {
    const over = session.value(loop.over, place);
    if (over.kind === 'list')
      return { places: over.items.map((item) => within(item)), open: over.open, otherwise: opaque };
    return { places: [], open: true, otherwise: opaque };
  }
  const counted = countedLoop(loop, session, place);
  if (counted !== undefined) {
    return {
      places: Array.from({ length: counted.rounds }, (_, value) =>
        within({ kind: 'number', value, range: loop.range }, counted.name),
      ),
      open: false,
      otherwise: opaque,
    };
  }
  return { places: [], open: true, otherwise: place };
}

/** `for (let i = 0; i < list.length; i++)` over a list that is known. */
function countedLoop(
  loop: Loop,
  session: Session,
  place: Place,
): { readonly name: string; readonly rounds: number } | undefined {
  const head = /^for\s*\(\s*(?:let|var)\s+(\w+)\s*=\s*0\s*;\s*\1\s*<\s*/.exec(loop.text);
  let bound = head ? place.program.expressionAt(loop.range.start + head[0].length) : undefined;
  while (bound?.parent?.kind === 'member' && bound.parent.range.start === bound.range.start) bound = bound.parent;
  const rounds = bound && session.value(bound, place);
  return rounds?.kind === 'number' && rounds.value <= 200 ? { name: head![1]!, rounds: rounds.value } : undefined;
}

/** The function whose run the node belongs to: a callback that runs at once for each member is part of the function around it. */
export function runningFunction(node: Node): FunctionExpression | undefined {
  let fn = functionAround(node);
  while (fn !== undefined && loopAround(fn) !== undefined) fn = functionAround(fn);
  return fn;
}

/** The call that runs an inline callback once for each member of a list, or at once. */
export function loopAround(fn: FunctionExpression): Call | undefined {
  const call = fn.parent;
  if (call?.kind !== 'call') return undefined;
  if (sameNode(call.callee, fn)) return call;
  return call.callee.kind === 'member' &&
    loopingMethods.has(call.callee.property) &&
    call.arguments[0] !== undefined &&
    sameNode(call.arguments[0].value, fn)
    ? call
    : undefined;
}

export function callbackPlaces(fn: FunctionExpression, call: Call, session: Session, place: Place): Rounds {
  if (call.callee.kind !== 'member')
    return {
      places: [
        enter(
          fn,
          call.arguments.map((argument) => session.value(argument.value, place)),
          session,
          place,
        ),
      ],
      open: false,
      otherwise: place,
    };
  const list = session.value(call.callee.object, place);
  if (list.kind !== 'list') return { places: [], open: true, otherwise: place };
  return { places: list.items.map((item) => enter(fn, [item], session, place)), open: list.open, otherwise: place };
}
