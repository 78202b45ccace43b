/** The rewrite phase, for all requests at once: which `if` applies, what is answered at once, what variables then hold. */
import type { RequestTest } from '../../../policy/request-test.ts';
import { always, some, unknown } from '../../../policy/request-test.ts';
import type { StatusRule } from '../../../policy/policy.ts';
import type { Block, Item } from './nginx-blocks.ts';
import { fileRole, itemsNamed, rangeIn, statementRange } from './nginx-blocks.ts';
import type { Refusal } from '../../../models/servers/refused-preflights.ts';
import { both, except } from '../../../models/servers/server-conditions.ts';
import { ownLines } from './nginx-headers.ts';
import { comparisonOf, conditionOf } from './nginx-if.ts';
import type { Variables } from './nginx-variables.ts';
import { assign, evaluate, nameOf, withCaptures } from './nginx-variables.ts';

export interface Configuration {
  readonly when: RequestTest;
  /** Its headers are sent. */ readonly block: Block;
}
export interface Flow {
  readonly configurations: readonly Configuration[];
  readonly statuses: readonly StatusRule[];
  readonly variables: Variables;
  /** What is answered with an error, and where that is said. */
  readonly refusals: readonly Refusal[];
}
interface State extends Flow {
  /** No `return` or `break` has ended the phase. */
  readonly goesOn: RequestTest;
  /** What a named location answers, because `error_page` sends a returned code there. */
  readonly handedOn: readonly Configuration[];
}

const rewriteDirectives = new Set(['set', 'return', 'if', 'rewrite', 'break']);

/** What happens to requests that the block answers. */
export function flowOf(block: Block, variables: Variables): Flow {
  const outer = enclosingServer(block);
  let state: State = {
    configurations: [{ when: always, block }],
    statuses: [],
    refusals: [],
    variables,
    goesOn: always,
    handedOn: [],
  };
  if (outer && outer !== block) {
    const before = phaseOf(outer, variables);
    // Requests get to a named location after that phase: only its variables are left.
    state = isNamed(block)
      ? { ...state, variables: before.variables }
      : { ...before, configurations: answeredBy(outer, block, before) };
  }
  state = run(block.items, block, limitedMethods(block), state);
  const rest = state.configurations.map((one) =>
    state.handedOn.reduce((left, { when }) => ({ ...left, when: except(left.when, when) }), one),
  );
  return {
    ...state,
    configurations: [...state.handedOn, ...rest.filter(({ when }) => when.kind !== 'never')],
    statuses: [...state.statuses, ...statusesAfterRewrite(block)],
    refusals: [...state.refusals, ...refusalsAfterRewrite(block, state.goesOn)],
  };
}

const phases = new WeakMap<Variables, Map<Block, State>>();

/** What a server's own directives come to, which is the same before each of its locations. */
function phaseOf(server: Block, variables: Variables): State {
  const known = phases.get(variables) ?? new Map<Block, State>();
  phases.set(variables, known);
  const before = known.get(server);
  if (before !== undefined) return before;
  const state = run(server.items, server, always, {
    configurations: [],
    statuses: [],
    refusals: [],
    variables,
    goesOn: always,
    handedOn: [],
  });
  known.set(server, state);
  return state;
}

/** Whether the block has directives of the rewrite phase, or limits of its own. */
export function hasFlow(block: Block): boolean {
  return block.items.some(
    (item) => rewriteDirectives.has(item.directive.name) || item.directive.name === 'limit_except',
  );
}

/** Directives of the enclosing server run first; those of an enclosing location do not run at all. */
function enclosingServer(block: Block): Block | undefined {
  for (let outer: Block | undefined = block; outer; outer = outer.parent) {
    if (outer.kind === 'server' || (outer.kind === 'file' && fileRole(outer) === 'server')) return outer;
  }
  return undefined;
}

/** What the server answers itself is answered with the server's headers. */
function answeredBy(server: Block, block: Block, state: State): Configuration[] {
  const answered = except(always, state.goesOn);
  return answered.kind === 'never'
    ? [{ when: always, block }]
    : [
        { when: answered, block: server },
        { when: state.goesOn, block },
      ];
}

function run(items: readonly Item[], block: Block, when: RequestTest, start: State): State {
  let state = start;
  for (const item of items) {
    const here = both(when, state.goesOn);
    if (here.kind === 'never') return state;
    const { name, args } = item.directive;
    if (name === 'set' && args.length === 2) {
      const place = { item, word: args[1]!, range: rangeIn(item, args[1]!.range) };
      const values = evaluate(args[1]!.text, place, state.variables);
      state = { ...state, variables: assign(nameOf(args[0]!.text), values, here, state.variables, place) };
    } else if (name === 'return') {
      const page = errorPage(block, args[0]?.text ?? '');
      state = page
        ? handOn(page, here, state)
        : {
            ...state,
            statuses: [...state.statuses, { when: here, status: statusOf(args[0]?.text ?? '', args.length) }],
            refusals: [...state.refusals, ...refusalOf(item, here)],
          };
      state = { ...state, goesOn: except(state.goesOn, when) };
    } else if (name === 'break') {
      state = { ...state, goesOn: except(state.goesOn, when) };
    } else if (name === 'rewrite' && args.length > 1) {
      const redirects =
        ['redirect', 'permanent'].includes(args[2]?.text ?? '') || /^https?:|^\$scheme/.test(args[1]!.text);
      if (redirects) state = { ...state, statuses: [...state.statuses, { when: both(here, unknown()), status: 302 }] };
    } else if (name === 'if' && item.block) {
      state = runIf(item, item.block, block, here, state);
    }
  }
  return state;
}

function runIf(item: Item, inner: Block, block: Block, here: RequestTest, state: State): State {
  const when = both(here, conditionOf(item, state.variables));
  if (when.kind === 'never') return state;
  const configurable = block.kind === 'location' || block.kind === 'file';
  const switches =
    configurable &&
    (ownLines(inner).length > 0 || inner.items.some((one) => one.directive.name.startsWith('add_header')));
  const configurations = switches
    ? [
        { when, block: inner },
        ...state.configurations
          .map((one) => ({ ...one, when: except(one.when, when) }))
          .filter((one) => one.when.kind !== 'never'),
      ]
    : state.configurations;
  return run(inner.items, inner, when, {
    ...state,
    configurations,
    variables: capturedBy(item, when, state.variables),
  });
}

function capturedBy(item: Item, when: RequestTest, variables: Variables): Variables {
  const comparison = comparisonOf(item);
  if (!comparison || !/^~\*?$/.test(comparison.operator)) return variables;
  const place = { item, word: item.directive.args[0]!, range: comparison.range };
  return withCaptures(
    evaluate(comparison.subject, place, variables),
    comparison.text,
    comparison.operator === '~*',
    when,
    variables,
    place,
  );
}

interface ErrorPage {
  readonly named: Block;
  /** Undefined where the named location's own status is sent. */ readonly status?: number;
}

export function isNamed({ directive }: Block): boolean {
  return directive?.name === 'location' && (directive.args[0]?.text.startsWith('@') ?? false);
}

/** `error_page 469 = @preflight;` in the next block outwards that has any. */
function errorPage(block: Block, code: string): ErrorPage | undefined {
  // Where an error has led already, another one leads nowhere (`recursive_error_pages`).
  if (isNamed(block.kind === 'if' && block.parent ? block.parent : block)) return undefined;
  for (let outer: Block | undefined = block; outer; outer = outer.parent) {
    const pages = itemsNamed(outer, 'error_page').map(({ directive }) => directive.args.map(({ text }) => text));
    if (pages.length === 0) continue;
    const page = pages.find((words) => words.slice(0, -1).includes(code));
    const server = page && enclosingServer(block);
    const named =
      server &&
      itemsNamed(server, 'location').find(
        (item) => item.block && isNamed(item.block) && item.directive.args[0]!.text === page.at(-1),
      )?.block;
    if (!named) return undefined;
    const sign = page.findLast((word) => word.startsWith('='));
    return { named, ...(sign !== '=' && { status: Number(sign?.slice(1) ?? code) }) };
  }
  return undefined;
}

function handOn({ named, status }: ErrorPage, when: RequestTest, state: State): State {
  const { configurations, statuses, variables, handedOn } = run(named.items, named, when, {
    configurations: [{ when, block: named }],
    statuses: [],
    refusals: [],
    variables: state.variables,
    goesOn: always,
    handedOn: [],
  });
  const sent = status === undefined ? [...statuses, { when, status: null }] : [{ when, status }];
  return {
    ...state,
    variables,
    statuses: [...state.statuses, ...sent],
    handedOn: [...state.handedOn, ...configurations, ...handedOn],
  };
}

/** `return 405`: what is wrong with the request is for the page to know, and a redirect counts as an error in a preflight. */
function refusalOf(item: Item, when: RequestTest): Refusal[] {
  const status = statusOf(item.directive.args[0]?.text ?? '', item.directive.args.length);
  if (status === null || status < 300) return [];
  return [{ when, range: statementRange(item), why: `a preflight is answered with ${status} here` }];
}

/** Other methods than those of `limit_except` get its own configuration, which has no directives of the rewrite phase. */
function limitedMethods(block: Block): RequestTest {
  const [limit] = itemsNamed(block, 'limit_except');
  return limit ? except(always, otherMethods(limit.directive.args.map(({ text }) => text))) : always;
}

/** `limit_except` refuses what the rewrite phase has not answered. */
function refusalsAfterRewrite(block: Block, goesOn: RequestTest): Refusal[] {
  return block.items
    .filter(({ directive }) => directive.name === 'limit_except')
    .flatMap((item): Refusal[] => {
      const { args, block: rules = [] } = item.directive;
      const [first] = rules.filter(({ name }) => /^(allow|deny|auth_basic|auth_jwt|satisfy)$/.test(name));
      const denies = first?.name === 'deny' && first.args[0]?.text === 'all';
      const asks = first !== undefined && first.name.startsWith('auth_') && first.args[0]?.text !== 'off';
      if (!denies && !asks) return [];
      const why = `nothing but ${args.map(({ text }) => text).join(', ')} gets through limit_except${denies ? '' : ' without a password'}`;
      const instead = 'Name OPTIONS there, and answer it with the same CORS headers';
      return [
        { when: both(goesOn, otherMethods(args.map(({ text }) => text))), range: statementRange(item), why, instead },
      ];
    });
}

function statusOf(code: string, words: number): number | null {
  if (/^\d{3}$/.test(code)) return Number(code);
  return words === 1 && /^(https?:|\$scheme)/.test(code) ? 302 : null;
}

/** Access limits, the static file handler, which knows GET and HEAD only, and else what cannot be known here. */
function statusesAfterRewrite(block: Block): StatusRule[] {
  const names = new Set(block.items.map((item) => item.directive.name));
  const limit = block.items.find(
    (item) =>
      item.directive.name === 'limit_except' &&
      item.directive.block?.some((one) => one.name === 'deny' && one.args[0]?.text === 'all'),
  );
  const limited: StatusRule[] = limit
    ? [{ when: otherMethods(limit.directive.args.map(({ text }) => text)), status: 403 }]
    : [];
  const passed = [...names].some((name) => name.endsWith('_pass'));
  const fallback = block.items.find((item) => item.directive.name === 'try_files')?.directive.args.at(-1)?.text;
  const files =
    block.kind === 'location' &&
    !passed &&
    (names.has('root') || names.has('alias')) &&
    (fallback === undefined || fallback.startsWith('='));
  return [...limited, ...(files ? [{ when: otherMethods(['GET']), status: 405 }] : []), { when: always, status: null }];
}

/** Any method but these; GET stands for HEAD too. */
function otherMethods(names: readonly string[]): RequestTest {
  const allowed = names.includes('GET') ? [...names, 'HEAD'] : names;
  return except(always, some(allowed.map((name): RequestTest => ({ kind: 'method', name }))));
}
