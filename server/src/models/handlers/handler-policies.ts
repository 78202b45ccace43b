/** Headers that programs write by hand, as policies: one for all headers of a handler that are sent together. */
import type { Evaluator } from '../../values/evaluator.ts';
import type { FunctionExpression, Program } from '../../syntax/programs/program.ts';
import type { Fact, HeaderRule, Policy, Setting } from '../../policy/policy.ts';
import { unknown } from '../../policy/request-test.ts';
import type { ProgramContext } from '../framework.ts';
import { oneByOne } from '../in-steps.ts';
import type { InSteps } from '../in-steps.ts';
import type { ProgramText } from '../libraries/origin-entries.ts';
import { programText } from '../libraries/origin-entries.ts';
import { answersWithAssets } from './asset-answers.ts';
import { handlerEdits, testEdits } from './handler-edits.ts';
import { handlerOf, isDecorator } from './decorated-handlers.ts';
import { namesReferring } from './called-names.ts';
import type { HandlerGroup, RoutedHandler } from './handler-group.ts';
import { handlerGroup, routeOf } from './handler-group.ts';
import { standsBesideHeaders } from './beside-headers.ts';
import type { HandlerLanguage, HandlerTitle } from './handler-language.ts';
import { settingsOf } from './handler-settings.ts';
import type { AnsweringText } from './handler-statuses.ts';
import { statusesOf } from './handler-statuses.ts';
import { isCorsResponseHeader } from '../cors-header-names.ts';
import { headerFacts } from './header-facts.ts';
import { callsOfWriters } from './calls-of-writers.ts';
import type { CallOfWriter } from './calls-of-writers.ts';
import { rulesOf, varyRules } from './header-rules.ts';
import { isHeaderProperty } from './header-properties.ts';
import type { HeaderWrite } from './header-write.ts';
import { nameOf } from './header-write.ts';
import { isWrittenLate, lateHeaders } from './late-headers.ts';
import { onlyCaller } from './only-caller.ts';
import { preflightFacts } from './preflight-facts.ts';
import { refusedPreflights } from './refused-preflights.ts';
import type { ReachedWrite } from './reached-writes.ts';
import { groupsOf } from './write-groups.ts';
import { removeWrite } from './written-statements.ts';
import { originsOf } from './written-origins.ts';
import { varyOfCallers } from './vary-of-callers.ts';

/** One policy for all headers that are sent together; `writes` are those of answers. */
export function* handlerPolicies(
  writes: readonly HeaderWrite[],
  program: Program,
  context: ProgramContext,
  language: HandlerLanguage,
  title: HandlerTitle,
): InSteps<Policy[]> {
  const { quote } = language.edits.notation;
  const text = { ...programText(program, context), ...(quote && { quote }) };
  const sent = writes.filter(
    (write) =>
      !standsBesideHeaders(write, program, language.writes) &&
      !isHeaderProperty(write, program, language.writes) &&
      !isLate(write, language),
  );
  const all = yield* groupsOf(sent, program, language, context.evaluator);
  const groups = all.filter((group) => group.some((write) => nameOf(write) !== 'vary' && write.operation !== 'remove'));
  const varies = sent.filter((write) => nameOf(write) === 'vary');
  let calls: ReadonlyMap<number, CallOfWriter> | undefined;
  const called = () => (calls ??= callsOfWriters(sent, program, context.evaluator));
  return yield* oneByOne(groups, (group) => [
    policyOf(group, { program, context, language, title, text, varies, callsOfWriters: called }),
  ]);
}

/** Headers of a response in a client's request, where they change nothing. */
export function misplacedHeaders(writes: readonly HeaderWrite[], program: Program): Fact[] {
  return writes
    .filter((write) => write.operation !== 'remove' && isCorsResponseHeader(nameOf(write)))
    .map((write) => ({
      kind: 'response-header-in-request',
      header: write.name,
      range: write.nameRange,
      remove: () => removeWrite(write, program),
    }));
}

/** Those that are written when the answer has been sent. */
export function headersTooLate(writes: readonly HeaderWrite[], { answers }: HandlerLanguage): Fact[] {
  return answers.sends === undefined
    ? []
    : lateHeaders(
        writes.filter((write) => isCorsResponseHeader(nameOf(write))),
        answers.sends,
      );
}

function isLate(write: HeaderWrite, { answers }: HandlerLanguage): boolean {
  return answers.sends !== undefined && isWrittenLate(write, answers.sends);
}

/** What refuses preflights in the handlers that write these headers, or before them. */
export function preflightRefusals(
  writes: readonly HeaderWrite[],
  program: Program,
  { evaluator }: ProgramContext,
  language: HandlerLanguage,
): Fact[] {
  return refusedPreflights(
    writes.filter((write) => nameOf(write) === 'access-control-allow-origin'),
    { program, evaluator, language },
  );
}

interface Reading {
  readonly program: Program;
  readonly context: ProgramContext;
  readonly language: HandlerLanguage;
  readonly title: HandlerTitle;
  readonly text: ProgramText;
  /** Every write of `Vary` in the file. */
  readonly varies: readonly HeaderWrite[];
  /** Calls of functions that say who may read. */
  readonly callsOfWriters: () => ReadonlyMap<number, CallOfWriter>;
}

function policyOf(writes: readonly HeaderWrite[], reading: Reading): Policy {
  const { program, language, title, text } = reading;
  const { answers } = language;
  const { evaluator } = reading.context;
  const group = handlerGroup(writes, answers, evaluator, program);
  const { reached, first, script } = group;
  const route = first?.route ?? script ?? routeOf(undefined, answers, evaluator, program);
  const allowOrigin = reached.filter(
    ({ name, write }) => name === 'access-control-allow-origin' && write.operation !== 'remove',
  );
  const edits = handlerEdits({
    writes,
    allowOrigin: [...new Set(allowOrigin.map(({ write }) => write))],
    handler: decidingHandler(allowOrigin, first?.handler, evaluator),
    program,
    evaluator,
    text,
    language,
  });
  const range = (allowOrigin[0] ?? reached[0]!).write.range;
  const origins = allowOrigin.flatMap((one) => originsOf(one, text, testEdits(program, evaluator, text, language)));
  const statuses = statusesOf(
    script
      ? [{ range: { start: 0, end: program.text.length }, when: script.when }]
      : [...group.handlers, ...onlyCaller(first?.handler, reading)].map(rangeAndCondition),
    answers,
    program,
    evaluator,
    route.optionsStatus,
  );
  const isDevelopment = answers.isForDevelopment?.(writes[0]!, program) ?? false;
  const isStatic =
    answers.servesAssets?.(route, first?.handler) ||
    writes.every((write) => answersWithAssets(write, first?.handler, evaluator));
  const mounted = first && answers.mounted?.({ ...first, program, evaluator }, statuses);
  return {
    ...title,
    range,
    scope: isDevelopment ? 'the development server' : route.scope,
    purpose: isDevelopment ? 'development' : isStatic ? 'static' : 'application',
    ...withWriter(writes, reading, {
      settings: settingsOf(reached, origins, range, text),
      headers: headersOf(writes, group, reading),
    }),
    statuses,
    facts: [...headerFacts(reached, edits), ...factsOfPreflights(group, allowOrigin, reading)],
    edits,
    ...(mounted && { mounted }),
  };
}

/** What a function says that is called is left open: it may be called for other answers than these. */
function withWriter(
  writes: readonly HeaderWrite[],
  { callsOfWriters: calls, context: { evaluator } }: Reading,
  own: Pick<Policy, 'settings' | 'headers'>,
): Pick<Policy, 'settings' | 'headers'> {
  const said = new Set(own.headers.map(({ name }) => name));
  const handler = said.has('access-control-allow-origin') ? undefined : evaluator.runningFunction(writes[0]!.node);
  const called = handler && calls().get(handler.range.start);
  if (called === undefined) return own;
  const { range } = called.call;
  const names = [...called.names].filter((name) => !said.has(name));
  const undecided = <T>(value: T): Setting<T> => ({ value, range, written: true });
  return {
    settings: {
      ...own.settings,
      origins: undecided([{ range, kind: 'unknown', accepts: unknown() }]),
      ...(names.includes('access-control-allow-credentials') && { credentials: undecided('unknown') }),
      ...(names.includes('access-control-allow-methods') && { methods: undecided('unknown') }),
      ...(names.includes('access-control-allow-headers') && { allowedHeaders: undecided('unknown') }),
    },
    headers: [
      ...own.headers,
      ...names.map((name): HeaderRule => {
        return { name, operation: 'set', value: { kind: 'unknown' }, when: unknown(), range };
      }),
    ],
  };
}

function rangeAndCondition({ handler: { range }, route: { when } }: RoutedHandler): AnsweringText {
  return { range, when };
}

function factsOfPreflights(
  { handlers, reached }: HandlerGroup,
  allowOrigin: readonly ReachedWrite[],
  { program, context, language }: Reading,
): Fact[] {
  const names = reached.map(({ name }) => name);
  const { evaluator } = context;
  const [constant] = allowOrigin;
  if (handlers.length === 0 && constant !== undefined)
    return usersOf(constant.write, { program, context, language })
      .flatMap(({ handler, route }) =>
        preflightFacts({ handler, route, program, evaluator }, language.preflights, constant.write, names),
      )
      .slice(0, 1);
  return handlers.flatMap(({ handler, route }) => {
    const own = allowOrigin.find(({ write }) => handlerOf(write, evaluator)?.range.start === handler.range.start);
    const answered = own ?? (handlers.length === 1 ? allowOrigin[0] : undefined);
    return preflightFacts({ handler, route, program, evaluator }, language.preflights, answered?.write, names);
  });
}

/** Handlers of one method that are handed a constant of headers: `const headers = { … }` above `export const POST`. */
function usersOf(
  { container }: HeaderWrite,
  { program, context: { evaluator }, language }: Pick<Reading, 'program' | 'context' | 'language'>,
): RoutedHandler[] {
  const uses = (container && namesReferring(container, program)) ?? [];
  const users = new Map(
    uses.flatMap((use) => {
      const user = evaluator.runningFunction(use);
      return user ? [[user.range.start, user] as const] : [];
    }),
  );
  return [...users.values()].flatMap((handler) => {
    const route = language.answers.route(handler, evaluator, program);
    return route?.methods === undefined ? [] : [{ handler, route }];
  });
}

/** A constant outside of the handler, or its decorator, knows no request, so that no check can be written there. */
function decidingHandler(
  allowOrigin: readonly ReachedWrite[],
  handler: FunctionExpression | undefined,
  { runningFunction }: Evaluator,
): FunctionExpression | undefined {
  const isInside = allowOrigin.every(
    ({ write }) =>
      runningFunction(write.node)?.range.start === handler?.range.start && !(handler && isDecorator(write, handler)),
  );
  return isInside ? handler : undefined;
}

function headersOf(
  writes: readonly HeaderWrite[],
  { reached, handlers, first }: HandlerGroup,
  { program, context: { evaluator }, language, varies }: Reading,
): HeaderRule[] {
  const ways = language.writes;
  const called = handlers.flatMap(({ handler, route }) =>
    varyRules(handler, ways.vary, program, evaluator, route.when),
  );
  const own = [...reached.flatMap((one) => rulesOf(one, ways)), ...called];
  const isSaid = own.some(({ name }) => name === 'vary');
  const ofCallers = first && !isSaid ? varyOfCallers(first.handler, { program, evaluator, ways, varies }) : [];
  const rules = [...own, ...ofCallers];
  return language.answers.isLostOnError(writes, first?.handler, program)
    ? rules.map((rule) => ({ ...rule, statuses: 'handled' }))
    : rules;
}
