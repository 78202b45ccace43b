/** The way of a request through one site of a Caddyfile: which headers are set on it, and what answers. */
import type { Directive, Word } from '../../../syntax/directives/directives.ts';
import type { HeaderField } from './caddy-fields.ts';
import { headerFields, inOrder, upstreamFields } from './caddy-fields.ts';
import type { Refusal } from '../../../models/servers/refused-preflights.ts';
import type { StatusRule } from '../../../policy/policy.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import { always, optionsMethod } from '../../../policy/request-test.ts';
import { both, except } from '../../../models/servers/server-conditions.ts';
import type { Matcher, MatcherEditor, RequestClass } from './caddy-matchers.ts';
import { everything, matcherOf, readMatchers } from './caddy-matchers.ts';
import type { CaddyMap } from './caddy-values.ts';
import { readMap } from './caddy-values.ts';

export interface CaddyFlow {
  readonly fields: readonly HeaderField[];
  readonly statuses: readonly StatusRule[];
  /** Directives that answer without looking at the application, by their status. */
  readonly answers: readonly { readonly directive: Directive; readonly when: RequestTest; readonly status: number }[];
  readonly maps: ReadonlyMap<string, CaddyMap>;
  readonly refusals: readonly Refusal[];
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
/** Of these, what lets the request go on to the handlers behind it. */
const passingOn = new Set(['forward_auth', 'templates']);

/** The classes of requests that the site's own matchers tell apart around a CORS header. */
export function requestClasses(directives: readonly Directive[], editor: MatcherEditor): RequestClass[] {
  const found = new Map<string, RequestClass>([['{}', {}]]);
  const walk = (list: readonly Directive[], outer: RequestClass, named: ReadonlyMap<string, Matcher>): void => {
    const matchers = new Map([...named, ...readMatchers(list, editor)]);
    for (const directive of list) {
      const matcher = matcherOf(directive.args[0], matchers);
      const prefix = directive.name === 'handle_path' ? pathPrefix(matcher) : undefined;
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

/** What the site's directives do with the requests of one class. */
export function flowOf(directives: readonly Directive[], requests: RequestClass, editor: MatcherEditor): CaddyFlow {
  const walk = new SiteWalk(requests, editor);
  walk.run(directives, always, new Map(), true);
  const { fields, statuses, answers, maps, refusals } = walk;
  const reachesApplication = statuses.some(({ status }) => status === null);
  return {
    fields: inOrder(fields),
    statuses: [...statuses, { when: always, status: reachesApplication ? null : 200 }],
    answers,
    maps,
    refusals,
  };
}

/** A directive with its arguments behind the matcher, and the requests that come to it. */
interface Step {
  readonly directive: Directive;
  readonly args: readonly Word[];
  readonly matcher: Matcher | undefined;
  readonly when: RequestTest;
}

/** Goes through the handlers of a site, and keeps what they leave. */
class SiteWalk {
  readonly fields: HeaderField[] = [];
  readonly statuses: StatusRule[] = [];
  readonly answers: { directive: Directive; when: RequestTest; status: number }[] = [];
  readonly maps = new Map<string, CaddyMap>();
  readonly refusals: Refusal[] = [];
  /** Requests that nothing has answered yet. */
  private goesOn: RequestTest = always;

  constructor(
    private readonly requests: RequestClass,
    private readonly editor: MatcherEditor,
  ) {}

  /** `sorts`: in Caddy's own order, as everywhere but in a `route`. */
  run(list: readonly Directive[], outer: RequestTest, named: ReadonlyMap<string, Matcher>, sorts: boolean): void {
    const matchers = new Map([...named, ...readMatchers(list, this.editor)]);
    const patterns = new Map([...matchers.values()].flatMap((matcher) => [...matcher.patterns]));
    // Of several `handle` only the first one that matches runs.
    let unhandled: RequestTest = always;
    for (const directive of sorts ? sorted(list, matchers) : list) {
      const matcher = matcherOf(directive.args[0], matchers);
      const args = matcher ? directive.args.slice(1) : directive.args;
      const matches = (matcher ?? everything).when(this.requests);
      const when = both(outer, this.goesOn, matches);
      if (when.kind === 'never') continue;
      const { name, block } = directive;
      if (name === 'route') {
        if (block) this.run(block, both(outer, matches), matchers, false);
      } else if (name === 'handle' || name === 'handle_path') {
        const own = both(outer, unhandled, matches);
        const prefix = name === 'handle_path' ? pathPrefix(matcher) : undefined;
        if (block) this.run(prefix === undefined ? block : withPrefix(block, prefix), own, matchers, true);
        unhandled = except(unhandled, own);
      } else this.handle({ directive, args, matcher, when }, patterns);
    }
  }

  /** A directive that has no others inside it. */
  private handle({ directive, args, matcher, when }: Step, patterns: ReadonlyMap<string, string>): void {
    const { name } = directive;
    const writer = { directive, when, matcher: matcher && directive.args[0], patterns };
    const status = ownAnswer(name, args);
    if (name === 'header') this.fields.push(...headerFields(writer, args));
    else if (name === 'map') for (const map of readMap(directive, args)) this.maps.set(map.name, map);
    else if (status !== undefined) this.answered(directive, when, status);
    else if (/^basic_?auth$/.test(name)) this.asks(directive, when, 401);
    else if (applications.has(name)) {
      if (name === 'forward_auth') this.asks(directive, when);
      this.fields.push(...upstreamFields(writer));
      if (!passingOn.has(name)) this.answered(directive, when, null);
    }
  }

  /** Who asks for a password or a session lets no preflight through; what another server says to one is not known for sure. */
  private asks({ name, nameRange, args }: Directive, when: RequestTest, status?: number): void {
    const options = both(when, optionsMethod);
    if (options.kind === 'never') return;
    const why = `the preflight is refused before: ${name} asks, and a browser sends no password or token with it`;
    const instead = `Answer OPTIONS in a "handle" of its own, and let ${name} stand in another one`;
    const range = { start: nameRange.start, end: args.at(-1)?.range.end ?? nameRange.end };
    this.refusals.push({ when: options, range, why, instead });
    if (status === undefined) return;
    this.statuses.push({ when: options, status });
    this.goesOn = except(this.goesOn, options);
  }

  private answered(directive: Directive, when: RequestTest, status: number | null): void {
    this.statuses.push({ when, status });
    if (status !== null && status >= 300)
      this.refusals.push({ when, range: directive.range, why: `a preflight is answered with ${status} here` });
    if (status !== null) this.answers.push({ directive, when, status });
    this.goesOn = except(this.goesOn, when);
  }
}

/** The status of what answers by itself; undefined for every other directive. */
function ownAnswer(name: string, args: readonly Word[]): number | undefined {
  switch (name) {
    case 'redir':
      return args[1]?.text === 'permanent' ? 301 : (statusIn(args.slice(1)) ?? 302);
    case 'respond':
      return statusIn(args) ?? 200;
    case 'error':
      return statusIn(args) ?? 500;
    case 'abort':
      return 403;
    default:
      return undefined;
  }
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

function statusIn(args: readonly Word[]): number | undefined {
  const found = args.find(({ text, quote }) => /^[1-5]\d\d$/.test(text) && quote === '');
  return found && Number(found.text);
}

/** What `handle_path` takes off the path. */
function pathPrefix(matcher: Matcher | undefined): string | undefined {
  return matcher?.paths[0]?.replace(/\/?\*$/, '');
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
