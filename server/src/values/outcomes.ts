/** All ways in which a function decides: what it returns, throws, or hands to its callback, and under which condition. */
import type { Expression, FunctionExpression, If, Statement, Try } from '../syntax/programs/program.ts';
import type { RequestTest } from '../policy/request-test.ts';
import { all, always, never, not, some, unknown } from '../policy/request-test.ts';
import { answer, isCallback, mentionsAnswer } from './callback-calls.ts';
import type { Outcome } from './evaluator.ts';
import { exitCondition } from './exits.ts';
import { failure, leaves, switchConditions } from './guards.ts';
import { choose, toPublic } from './inner-value.ts';
import type { Inner } from './inner-value.ts';
import { languageOf } from './language-of.ts';
import { loopPlaces } from './loops.ts';
import type { Rounds } from './loops.ts';
import type { Walk } from './outcome-walk.ts';
import type { Place, Session } from './session.ts';
import { rangeIn } from './session.ts';
import type { Value } from './value.ts';

/** Most outcomes that are told apart; a function with more is not understood anyway. */
const mostOutcomes = 300;

/** `place` already binds the parameters. `plain`: only what the function returns matters, values stay as they are. */
export function outcomesOf(fn: FunctionExpression, session: Session, place: Place, plain = false): Outcome[] {
  const walk: Walk = { session, outcomes: [], followAll, followLoop };
  if (fn.body === undefined) return [];
  if (fn.body.kind === 'block') follow(fn.body, always, place, walk);
  else finish(fn.body, always, place, walk);
  if (!plain && handsOnCallback(fn, place, walk)) {
    const unread: Inner = { kind: 'unknown', range: rangeIn(fn.range, place, walk.session) };
    walk.outcomes.push({ when: unknown(), kind: 'call', values: [unread, unread], node: undefined });
  }
  const found = walk.outcomes.slice(0, mostOutcomes);
  if (plain) return found.map((outcome) => ({ ...outcome, values: outcome.values as readonly Value[] }));
  return found
    .flatMap((outcome) =>
      split(outcome.values, outcome.when).map(({ when, values }) => ({
        ...outcome,
        when,
        values: values.map(toPublic),
      })),
    )
    .filter(({ when }) => when.kind !== 'never');
}

/** The callback is kept, stored or called where the walk does not come: somebody else may answer with it. */
function handsOnCallback(fn: FunctionExpression, place: Place, { outcomes }: Walk): boolean {
  const { program } = place;
  const frame = place.frames.at(-1);
  const index =
    frame?.kind === 'arguments' ? frame.values.findIndex((value) => value !== undefined && isCallback(value)) : -1;
  const name = fn.parameters[index]?.name;
  if (name === undefined) return false;
  const seen = new Set(outcomes.flatMap(({ kind, node }) => (kind === 'call' && node ? [node.range.start] : [])));
  return program.identifiers(name).some((use) => {
    const isInside = fn.range.start <= use.range.start && use.range.end <= fn.range.end;
    const binding = isInside ? program.resolve(use) : undefined;
    if (binding?.kind !== 'parameter' || binding.parameterOf?.range.start !== fn.range.start) return false;
    const { parent } = use;
    const isCalled =
      parent?.kind === 'call' &&
      parent.callee.range.start === use.range.start &&
      parent.callee.range.end === use.range.end;
    const isAsked = parent?.kind === 'unary' || parent?.kind === 'binary' || parent?.kind === 'if';
    return isCalled ? !seen.has(parent.range.start) : !isAsked && !isArgumentOfSeen(use, outcomes);
  });
}

/** It was passed on in a call that is an outcome itself. */
function isArgumentOfSeen(use: Expression, outcomes: Walk['outcomes']): boolean {
  return outcomes.some(
    ({ kind, node }) =>
      kind === 'call' && node !== undefined && node.range.start <= use.range.start && use.range.end <= node.range.end,
  );
}

/** One outcome for each choice of the values. */
function split(values: readonly Inner[], when: RequestTest): { when: RequestTest; values: readonly Inner[] }[] {
  const index = values.findIndex((value) => value.kind === 'one-of');
  const value = values[index];
  if (value?.kind !== 'one-of') return [{ when, values }];
  const before: RequestTest[] = [];
  return value.choices.slice(0, 50).flatMap((choice) => {
    const here = all([when, ...before.map(not), choice.when]);
    before.push(choice.when);
    return split(
      values.map((other, position) => (position === index ? choice.value : other)),
      here,
    );
  });
}

/** Walks a statement that is reached under `reach`; gives the condition under which it ended the function. */
function follow(statement: Statement, reach: RequestTest, place: Place, walk: Walk): RequestTest {
  if (walk.outcomes.length > mostOutcomes || reach.kind === 'never') return always;
  const { session } = walk;
  switch (statement.kind) {
    case 'block':
      return followAll(statement.statements, reach, place, walk);
    case 'return':
      if (statement.value !== undefined) finish(statement.value, reach, place, walk);
      else
        walk.outcomes.push({
          when: reach,
          kind: 'return',
          values: [{ kind: 'nothing', range: rangeIn(statement.range, place, session) }],
          node: undefined,
        });
      return always;
    case 'throw':
      walk.outcomes.push({
        when: reach,
        kind: 'throw',
        values: statement.value ? [session.value(statement.value, place)] : [],
        node: statement.value,
      });
      return always;
    case 'jump':
      return never;
    case 'expression-statement':
      return answer(statement.expression, reach, place, walk) ?? exitCondition(statement.expression, session, place);
    case 'declaration':
      return statement.value && statement.value.kind !== 'function' && statement.value.kind !== 'class'
        ? (answer(statement.value, reach, place, walk) ?? never)
        : never;
    case 'if':
      return followIf(statement, reach, place, walk);
    case 'switch':
      return some(
        switchConditions(statement, session, place).map(({ when, body }) =>
          all([when, followAll(body, all([reach, when]), place, walk)]),
        ),
      );
    case 'loop':
      return followLoop(loopPlaces(statement, session, place), statement.body, reach, walk);
    case 'try':
      return followTry(statement, reach, place, walk);
    case 'other-statement':
      return mentionsAnswer(statement, place, walk) ? unknown() : never;
  }
}

function followIf(statement: If, reach: RequestTest, place: Place, walk: Walk): RequestTest {
  const test = walk.session.test(statement.test, place);
  const consequent = follow(statement.consequent, all([reach, test]), place, walk);
  const alternate = statement.alternate ? follow(statement.alternate, all([reach, not(test)]), place, walk) : never;
  return choose(test, consequent, alternate);
}

/** What stands before the parsing of the origin cannot fail; the handler runs only where that fails. */
function followTry(statement: Try, reach: RequestTest, place: Place, walk: Walk): RequestTest {
  const { statements } = statement.body;
  const { handler, finalizer } = statement;
  const failed = handler ? failure(statement, walk.session, place) : never;
  const { failingParse } = languageOf(place.program).flow;
  const parsing =
    failed.kind === 'unknown' || failingParse === undefined
      ? -1
      : statements.findIndex((one) => failingParse.test(one.text));
  const before = parsing > 0 ? followAll(statements.slice(0, parsing), reach, place, walk) : never;
  const risky = parsing >= 0 ? all([reach, not(before)]) : reach;
  const body = followAll(
    parsing > 0 ? statements.slice(parsing) : statements,
    parsing >= 0 ? all([risky, not(failed)]) : risky,
    place,
    walk,
  );
  const handled = handler ? followAll(handler.statements, all([risky, failed]), place, walk) : never;
  const last = finalizer ? followAll(finalizer.statements, reach, place, walk) : never;
  return some([before, choose(failed.kind === 'unknown' ? never : failed, handled, body), last]);
}

function followAll(statements: readonly Statement[], reach: RequestTest, place: Place, walk: Walk): RequestTest {
  const left: RequestTest[] = [];
  let here = reach;
  for (const statement of statements) {
    if (here.kind === 'never') break;
    const ended = follow(statement, here, place, walk);
    left.push(ended);
    if (ended.kind === 'always') return always;
    const jumped = statement.kind === 'if' || statement.kind === 'jump' ? jumpsOnly(statement, place, walk) : never;
    here = all([here, not(ended), not(jumped)]);
    if (statement.kind === 'jump') break;
  }
  return some(left);
}

/** `if (test) continue;`: the rest of the round is skipped though the function goes on. */
function jumpsOnly(statement: Statement, place: Place, walk: Walk): RequestTest {
  if (statement.kind !== 'if' || !/\b(break|continue)\b/.test(statement.text)) return never;
  return leaves(statement, walk.session, place, 'any');
}

function followLoop(rounds: Rounds, body: Statement, reach: RequestTest, walk: Walk): RequestTest {
  const left: RequestTest[] = [];
  for (const inside of rounds.places) {
    const ended = follow(body, all([reach, ...left.map(not)]), inside, walk);
    if (ended.kind === 'always') return always;
    if (ended.kind !== 'never') left.push(ended);
  }
  if (rounds.open) {
    const before = walk.outcomes.length;
    const ended = follow(body, all([reach, ...left.map(not), unknown()]), rounds.otherwise, walk);
    if (ended.kind !== 'never' || walk.outcomes.length > before) left.push(unknown());
  }
  return some(left);
}

/** The end of the function with this value, unless the value is a call of the callback. */
function finish(expression: Expression, reach: RequestTest, place: Place, walk: Walk): void {
  const answered = answer(expression, reach, place, walk);
  if (answered !== undefined) return;
  walk.outcomes.push({
    when: reach,
    kind: 'return',
    values: [walk.session.value(expression, place)],
    node: expression,
  });
}
