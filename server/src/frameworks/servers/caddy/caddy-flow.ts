/** The way of a request through one site of a Caddyfile: which headers are set on it, and what answers. */
import type { Directive, Word } from '../../../syntax/directives/directives.ts';
import type { StatusRule } from '../../../policy/policy.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import { always } from '../../../policy/request-test.ts';
import { both, except } from '../../../models/servers/server-conditions.ts';
import type { Matcher, MatcherEditor, RequestClass } from './caddy-matchers.ts';
import { everything, matcherOf, readMatchers } from './caddy-matchers.ts';
import type { CaddyMap } from './caddy-values.ts';
import { readMap } from './caddy-values.ts';

/** One header field that a directive writes, in the place where it takes effect. */
export interface HeaderField {
  readonly directive: Directive;
  /** The line of the field: of the directive itself, or inside its block. */
  readonly line: Directive;
  readonly field: Word;
  readonly value?: Word;
  /** `header` with a text and its replacement. */
  readonly replacement?: Word;
  readonly sign: '' | '+' | '-' | '?';
  /** `upstream`: `header_down` of a reverse_proxy, on what the application sends. */
  readonly phase: 'at-once' | 'upstream' | 'deferred';
  readonly when: RequestTest;
  readonly matcher: Word | undefined;
  readonly patterns: ReadonlyMap<string, string>;
}
export interface CaddyFlow {
  readonly fields: readonly HeaderField[];
  readonly statuses: readonly StatusRule[];
  /** Directives that answer without looking at the application, by their status. */
  readonly answers: readonly { readonly directive: Directive; readonly when: RequestTest; readonly status: number }[];
  readonly maps: ReadonlyMap<string, CaddyMap>;
}

/** Handlers in the order in which Caddy sorts them; what is not named here runs between them and sends no header. */
const order = [
  'map',
  'vars',
  'header',
  'redir',
  'basicauth',
  'basic_auth',
  'forward_auth',
  'handle',
  'handle_path',
  'route',
  'abort',
  'error',
  'respond',
  'reverse_proxy',
  'php_fastcgi',
  'file_server',
];
const applications = new Set([
  'reverse_proxy',
  'php_fastcgi',
  'file_server',
  'acme_server',
  'metrics',
  'invoke',
  'forward_auth',
  'templates',
]);

/** The classes of requests that the site's own matchers tell apart around a CORS header. */
export function requestClasses(directives: readonly Directive[], editor: MatcherEditor): RequestClass[] {
  const found = new Map<string, RequestClass>([['{}', {}]]);
  const walk = (list: readonly Directive[], outer: RequestClass, named: ReadonlyMap<string, Matcher>): void => {
    const matchers = new Map([...named, ...readMatchers(list, editor)]);
    for (const directive of list) {
      const matcher = matcherOf(directive.args[0], matchers);
      const prefix = directive.name === 'handle_path' ? matcher?.paths[0]?.replace(/\/?\*$/, '') : undefined;
      const path = matcher?.paths[0] ?? outer.path;
      const host = matcher?.hosts[0] ?? outer.host;
      const inner: RequestClass = {
        ...(path !== undefined && path !== '*' && path !== '/*' && { path }),
        ...(host !== undefined && { host }),
      };
      if (/^(header|reverse_proxy)$/.test(directive.name) && mentionsCors(directive))
        found.set(JSON.stringify(inner), inner);
      if (/^(handle|handle_path|route)$/.test(directive.name) && directive.block)
        walk(prefix === undefined ? directive.block : withPrefix(directive.block, prefix), inner, matchers);
    }
  };
  walk(directives, {}, new Map());
  return [...found.values()];
}

export function mentionsCors(directive: Directive): boolean {
  return (
    [...directive.args.map(({ text }) => text), directive.name].some((text) => /^[+?>-]*access-control-/i.test(text)) ||
    (directive.block ?? []).some(mentionsCors)
  );
}

export function flowOf(directives: readonly Directive[], requests: RequestClass, editor: MatcherEditor): CaddyFlow {
  const fields: HeaderField[] = [];
  const statuses: StatusRule[] = [];
  const answers: { directive: Directive; when: RequestTest; status: number }[] = [];
  const maps = new Map<string, CaddyMap>();
  let goesOn: RequestTest = always;
  const answered = (directive: Directive, when: RequestTest, status: number | null): void => {
    statuses.push({ when, status });
    if (status !== null) answers.push({ directive, when, status });
    goesOn = except(goesOn, when);
  };
  const walk = (
    list: readonly Directive[],
    outer: RequestTest,
    named: ReadonlyMap<string, Matcher>,
    sorts: boolean,
  ): void => {
    const matchers = new Map([...named, ...readMatchers(list, editor)]);
    const patterns = new Map([...matchers.values()].flatMap((matcher) => [...matcher.patterns]));
    // Of several `handle` only the first one that matches runs.
    let unhandled: RequestTest = always;
    for (const directive of sorts ? sorted(list, matchers) : list) {
      const matcher = matcherOf(directive.args[0], matchers);
      const args = matcher ? directive.args.slice(1) : directive.args;
      const when = both(outer, goesOn, (matcher ?? everything).when(requests));
      if (when.kind === 'never') continue;
      switch (directive.name) {
        case 'header':
          fields.push(...headerFields(directive, args, when, matcher && directive.args[0], patterns));
          break;
        case 'map':
          for (const map of readMap(directive, args)) maps.set(map.name, map);
          break;
        case 'redir':
          answered(directive, when, args[1]?.text === 'permanent' ? 301 : (statusIn(args.slice(1)) ?? 302));
          break;
        case 'respond':
          answered(directive, when, statusIn(args) ?? 200);
          break;
        case 'error':
          answered(directive, when, statusIn(args) ?? 500);
          break;
        case 'abort':
          answered(directive, when, 403);
          break;
        case 'route':
          if (directive.block)
            walk(directive.block, both(outer, (matcher ?? everything).when(requests)), matchers, false);
          break;
        case 'handle':
        case 'handle_path': {
          const own = both(outer, unhandled, (matcher ?? everything).when(requests));
          const prefix = directive.name === 'handle_path' ? matcher?.paths[0]?.replace(/\/?\*$/, '') : undefined;
          if (directive.block)
            walk(prefix === undefined ? directive.block : withPrefix(directive.block, prefix), own, matchers, true);
          unhandled = except(unhandled, own);
          break;
        }
        default:
          if (applications.has(directive.name)) {
            for (const line of directive.name === 'reverse_proxy' ? (directive.block ?? []) : []) {
              if (line.name === 'header_down')
                fields.push(
                  ...fieldOf(directive, line, line.args, 'upstream', when, matcher && directive.args[0], patterns),
                );
            }
            if (directive.name !== 'forward_auth' && directive.name !== 'templates') answered(directive, when, null);
          }
      }
    }
  };
  walk(directives, always, new Map(), true);
  return {
    fields: inOrder(fields),
    statuses: [...statuses, { when: always, status: statuses.some(({ status }) => status === null) ? null : 200 }],
    answers,
    maps,
  };
}

/** What is set at once, what the application adds, and what is deferred: there the outer handlers come last. */
function inOrder(fields: readonly HeaderField[]): HeaderField[] {
  const deferred = fields.filter(({ phase }) => phase === 'deferred');
  const handlers = [...new Set(deferred.map(({ directive }) => directive))].reverse();
  return [
    ...fields.filter(({ phase }) => phase === 'at-once'),
    ...fields.filter(({ phase }) => phase === 'upstream'),
    ...handlers.flatMap((handler) => deferred.filter(({ directive }) => directive === handler)),
  ];
}

/** The longest path first, and what has no matcher last. */
function sorted(list: readonly Directive[], matchers: ReadonlyMap<string, Matcher>): Directive[] {
  const rank = ({ name }: Directive): number => order.indexOf(name === 'handle_path' ? 'handle' : name);
  const pathLength = (matcher: Matcher | undefined): number =>
    matcher?.paths.length === 1 ? matcher.paths[0]!.replace(/\*$/, '').length : 0;
  return list
    .filter((directive) => rank(directive) >= 0)
    .map((directive) => ({ directive, matcher: matcherOf(directive.args[0], matchers) }))
    .sort((one, other) => {
      const byName = rank(one.directive) - rank(other.directive);
      if (byName !== 0) return byName;
      const [length, otherLength] = [pathLength(one.matcher), pathLength(other.matcher)];
      if (length > 0 && otherLength > 0) return otherLength - length;
      const has = (matcher: Matcher | undefined): number => (matcher && matcher !== everything ? 0 : 1);
      return has(one.matcher) - has(other.matcher);
    })
    .map(({ directive }) => directive);
}

/** `add` comes before `set` and `set` before `delete`, whatever the order of the lines. */
function headerFields(
  directive: Directive,
  args: readonly Word[],
  when: RequestTest,
  matcher: Word | undefined,
  patterns: ReadonlyMap<string, string>,
): HeaderField[] {
  const lines = args.length > 0 ? [directive] : (directive.block ?? []);
  const deferred =
    lines.some(({ name }) => name === 'defer') ||
    lines.some((line) => /^[->]/.test(line === directive ? args[0]!.text : line.name));
  const found = lines.flatMap((line): HeaderField[] =>
    line.name === 'defer'
      ? []
      : fieldOf(
          directive,
          line,
          line === directive ? args : [nameWord(line), ...line.args],
          deferred ? 'deferred' : 'at-once',
          when,
          matcher,
          patterns,
        ),
  );
  const rank = { '+': 0, '': 1, '-': 2, '?': 3 } as const;
  return found.sort((one, other) => rank[one.sign] - rank[other.sign]);
}

function fieldOf(
  directive: Directive,
  line: Directive,
  args: readonly Word[],
  phase: HeaderField['phase'],
  when: RequestTest,
  matcher: Word | undefined,
  patterns: ReadonlyMap<string, string>,
): HeaderField[] {
  const [name, value, replacement] = args;
  if (!name) return [];
  const written = /^[+?>-]*/.exec(name.text)![0];
  const sign = (['+', '-', '?'] as const).find((one) => written.startsWith(one)) ?? '';
  const cut = written.length;
  const field = {
    ...name,
    text: name.text.slice(cut).replace(/:$/, ''),
    contentRange: { start: Math.min(name.contentRange.start + cut, name.contentRange.end), end: name.contentRange.end },
  };
  return [
    {
      directive,
      line,
      field,
      sign,
      when,
      matcher,
      patterns,
      phase: sign === '?' ? 'deferred' : phase,
      ...(value && { value }),
      ...(replacement && { replacement }),
    },
  ];
}

function nameWord({ name, nameRange }: Directive): Word {
  return { text: name, range: nameRange, contentRange: nameRange, quote: '' };
}

function statusIn(args: readonly Word[]): number | undefined {
  const found = args.find(({ text, quote }) => /^[1-5]\d\d$/.test(text) && quote === '');
  return found && Number(found.text);
}

/** Inside `handle_path` paths stand without its prefix. */
function withPrefix(directives: readonly Directive[], prefix: string): Directive[] {
  return directives.map((directive) => ({
    ...directive,
    args: directive.args.map((word, index) =>
      index === 0 && word.quote === '' && word.text.startsWith('/') ? { ...word, text: prefix + word.text } : word,
    ),
  }));
}
