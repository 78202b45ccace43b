/**
 * Where a handler that gets the preflight, too, refuses it: for want of what a preflight never carries, because of its method, or by
 * reading a body that it does not have. Browsers want a status of success, whatever headers come with it.
 */
import type { SourceRange } from '../../syntax/range.ts';
import { encloses } from '../../syntax/range.ts';
import type { Declaration, Expression, FunctionExpression, Node, Program } from '../../syntax/programs/program.ts';
import type { WatchedText } from '../../syntax/programs/watched-text.ts';
import type { Fact } from '../../policy/policy.ts';
import { decide } from '../../policy/decide.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import { usesOfFunction } from '../../values/function-uses.ts';
import { namesReferring } from './called-names.ts';
import { callAround, classOf } from './handler-parts.ts';
import type { PreflightSigns, WaysOfAnswering } from './handler-language.ts';
import type { HeaderWrite } from './header-write.ts';
import { inPreflight, preflightRequest } from './preflight-reading.ts';

/** Signs that requests are preflighted: more than a form could send is asked for. */
const preflighted = /access-control-allow-(headers|methods)/i;
const requestLike = /^_?(req|request|event|evt|ctx|context|c|r|e|environ)$/i;
const written = /\bstatus(?:_code|Code)?["']?\s*[:=]\s*/;
const thrown =
  /\b(?:throw|error|abort|createError|\w*HttpE\w+|HTTPE\w+|HttpResponse\w*)\s*\(\s*(?:status(?:_code)?\s*=\s*)?/i;
/** A call that may answer OPTIONS, and not one that makes the headers. */
const answering = /\b(?!\w*headers?\w*\b)\w*(cors|preflight|options)\w*\s*\(/i;
/** `json({ error }, 401)`, `c.text('no', 401)`, `errorResponse(401, 'no')`. */
const given =
  /\b\w*(?:json|text|respon[ds]e?|reply|error|fail)\w*\s*\((?:[^()\n;]|\([^()\n]*\)){0,120}?(?<![\w.])(?=[345]\d\d(?!\w))/i;
/** `ctx.assert(ctx.get('Authorization'), 401, 'sign in')`. */
const asserted = /\bassert\s*\((?:[^()\n;]|\([^()\n]*\)){1,120}?,\s*(?=[345]\d\d(?!\w))/i;
/** Without one of these words in the text, no function of it runs before the routes. */
const runningBefore = /\b(?:use|addHook|before_request|before_app_request|onRequest|middleware)\b/;
const registering = /^(use|addHook|before_request|onRequest)$/;
const registrations = /\b(?:use|addHook|before_request|onRequest)\b/g;
const decoratedBefore = /\bbefore_(app_)?request\b|\bmiddleware\b/;
const mostRefusals = 40;

export interface Search {
  readonly program: Program;
  readonly evaluator: Evaluator;
  readonly language: SignsOfAnswers;
  /** Something else than the text says that requests are preflighted. */
  readonly isPreflighted?: boolean;
}

/** What a language has to say of it. */
export interface SignsOfAnswers {
  readonly answers: Pick<WaysOfAnswering, 'route' | 'statuses'>;
  readonly preflights: PreflightSigns;
}

/** The first place of each handler that writes these headers, or runs before those that do, at which a preflight is refused. */
export function refusedPreflights(writes: readonly HeaderWrite[], search: Search): Fact[] {
  const handlers = [...handlersOf(writes, search), ...usersOfImports(search)];
  if (handlers.length === 0 && writes.length === 0) return [];
  const found = new Map<number, Fact>();
  const before = functionsBefore(search);
  // What stands in none of them need not be asked for its function.
  const regions = [...handlers, ...(before ?? [])].map(({ range }) => range);
  for (const refusal of refusalsIn(search, before && regions)) {
    const handler = search.evaluator.enclosingFunction(refusal.node);
    if (handler === undefined || found.has(handler.range.start)) continue;
    const isMeant = regions.some(({ start }) => start === handler.range.start);
    const why = isMeant || (!before && runsBefore(handler, search)) ? reasonOf(refusal, handler, search) : undefined;
    if (why === undefined || !getsPreflights(handler, search) || isAnswered(handler, search)) continue;
    const range = placeOf(refusal.node, search.program);
    found.set(handler.range.start, { kind: 'unhandled-preflight', range, needs: 'this handler', why });
  }
  return [...found.values()];
}

/** Where a function refuses a preflight for want of what that never carries; undefined where it lets one pass. */
export function refusalIn(handler: FunctionExpression, search: Search): SourceRange | undefined {
  for (const refusal of refusalsIn(search, [handler.range])) {
    const isOwn =
      refusal.status !== undefined &&
      search.evaluator.enclosingFunction(refusal.node)?.range.start === handler.range.start;
    if (isOwn && reasonOf(refusal, handler, search) !== undefined) return placeOf(refusal.node, search.program);
  }
  return undefined;
}

/** The same for a function and those that it makes: `func auth(next http.Handler) http.Handler { return http.HandlerFunc(…) }`. */
export function refusalWithin(maker: FunctionExpression, search: Search): SourceRange | undefined {
  for (const refusal of refusalsIn(search, [maker.range])) {
    const own = refusal.status === undefined ? undefined : search.evaluator.enclosingFunction(refusal.node);
    if (own !== undefined && encloses(maker.range, own.range) && reasonOf(refusal, own, search) !== undefined)
      return placeOf(refusal.node, search.program);
  }
  return undefined;
}

/** What is answered there, as long as it stands on one line. */
function placeOf(node: Expression, { text }: Program): SourceRange {
  let place = node;
  for (let parent = node.parent; parent !== undefined && isExpression(parent); parent = parent.parent) {
    if (text.part(parent.range.start, parent.range.end).has(/\n/)) break;
    place = parent;
  }
  return place.range;
}

function isExpression(node: Node): node is Expression {
  return /^(call|member|object|list|conditional|binary)$/.test(node.kind);
}

interface Refusal {
  readonly node: Expression;
  /** Undefined where reading the body fails. */
  readonly status?: number;
}

/** A place of the text, before the tree is asked what stands there: that costs far more than the search. */
interface Sighting {
  readonly at: number;
  readonly status?: number;
}

/** The first refusals within the ranges, as they stand in the text; the tree is asked for no more than these. */
function* refusalsIn(search: Search, ranges: readonly SourceRange[] | undefined): Generator<Refusal> {
  const { program } = search;
  let left = mostRefusals;
  for (const { at, status } of sightingsIn(search)) {
    if (ranges !== undefined && !ranges.some(({ start, end }) => start <= at && at < end)) continue;
    const node = program.expressionAt(at);
    if (node === undefined) continue;
    yield { node, ...(status !== undefined && { status }) };
    if (--left === 0) return;
  }
}

/** A program has one language, and each guard in front of a middleware asks for the same text. */
const sightings = new WeakMap<Program, readonly Sighting[]>();

function sightingsIn(search: Search): readonly Sighting[] {
  let found = sightings.get(search.program);
  if (found === undefined) sightings.set(search.program, (found = findSightings(search)));
  return found;
}

/** In the order of the text. */
function findSightings({ program: { text }, language: { answers, preflights } }: Search): readonly Sighting[] {
  const found: Sighting[] = [];
  const { before, names = {} } = answers.statuses;
  for (const sign of [before, written, thrown, given, asserted])
    for (const match of text.matchAll(withStatus(sign))) {
      const words = match.at(-1)!.split(/[.:]+/);
      const digits = /(?:^|_)([345]\d\d)(?=_|$)/.exec(words.at(-1)!)?.[1];
      // `StatusCode::FORBIDDEN.into_response()`
      const name = words.findLast((word) => Object.hasOwn(names, word));
      const status = digits !== undefined ? Number(digits) : name === undefined ? undefined : names[name];
      if (status !== undefined && status >= 300) found.push({ at: match.index + match[0].length - 1, status });
    }
  const body = preflights.parsesBody;
  for (const { index } of body === undefined ? [] : text.matchAll(new RegExp(body.source, 'g')))
    found.push({ at: index });
  return found.sort((a, b) => a.at - b.at);
}

function withStatus({ source, flags }: RegExp): RegExp {
  return new RegExp(`(?:${source})([\\w.:]+)`, flags.includes('i') ? 'gi' : 'g');
}

/** Why a preflight ends there, for people; undefined where it does not, or where that cannot be said. */
function reasonOf({ node, status }: Refusal, { range }: FunctionExpression, search: Search): string | undefined {
  const { program, evaluator } = search;
  const reached = decide(evaluator.guard(node), preflightRequest);
  // What is called so may answer the preflight by itself.
  if (reached === false || program.text.part(range.start, node.range.start).has(answering)) return undefined;
  const body = program.text.part(range.start, range.end);
  if (status === undefined)
    return isCaught(node, body)
      ? undefined
      : 'the body is read before anything looks at the method, and a preflight has none, so that reading it fails';
  const outcomes = testsAround(node).map(({ test, met }) => ({ met, ...inPreflight(test, evaluator) }));
  if (outcomes.some(({ holds, met }) => holds === !met)) return undefined;
  const missing = outcomes.find((one) => one.missing !== undefined)?.missing;
  const isNeeded = isPreflighted(body, search);
  // A form could send what is sent with cookies alone.
  if (missing !== undefined && !isNeeded && /^a signed-in|^"cookie"/.test(missing)) return undefined;
  if (missing !== undefined) return `what answers ${status} here asks for ${missing}, which a preflight never carries`;
  return reached === true && status === 405 && isNeeded
    ? 'OPTIONS is refused with 405, as any other method'
    : undefined;
}

function isPreflighted(body: WatchedText, { program, language, isPreflighted: isKnown }: Search): boolean {
  return (
    isKnown === true ||
    program.text.has(preflighted) ||
    language.preflights.readsJson.some((sign) => body.has(sign.body))
  );
}

interface TestAround {
  readonly test: Expression;
  /** The node stands where the test holds. */
  readonly met: boolean;
}

function testsAround(node: Node): TestAround[] {
  const asked = assertedTest(node);
  const found: TestAround[] = asked === undefined ? [] : [{ test: asked, met: false }];
  for (
    let child = node, parent = node.parent;
    parent !== undefined && parent.kind !== 'function';
    child = parent, parent = parent.parent
  )
    if (parent.kind === 'declaration') found.push(...refutedTest(parent, child));
    else if ((parent.kind === 'if' || parent.kind === 'conditional') && child.range.start !== parent.test.range.start)
      found.push({ test: parent.test, met: child.range.start === parent.consequent.range.start });
  return found;
}

/** `let Some(token) = headers.get("authorization") else { … }`: the node stands where there is no such value. */
function refutedTest({ bindings: [bound], value = bound?.value }: Declaration, child: Node): TestAround[] {
  return value === undefined || encloses(value.range, child.range) ? [] : [{ test: value, met: false }];
}

/** What an assertion asks for, where the node is the status that is answered otherwise. */
function assertedTest(node: Node): Expression | undefined {
  const { parent } = node.parent?.kind === 'list' ? node.parent : node;
  // `headers.get("authorization").ok_or(StatusCode::UNAUTHORIZED)?`
  if (parent?.kind === 'call' && parent.callee.kind === 'member' && parent.callee.property === 'ok_or')
    return parent.callee.object;
  if (parent?.kind !== 'call' || !/\bassert$/.test(parent.callee.text)) return undefined;
  const [test, status] = parent.arguments;
  return status?.range.start === node.range.start ? test?.value : undefined;
}

/** `try { await req.json() } catch { … }` that answers well, `req.json().catch(() => ({}))`. */
function isCaught(node: Node, body: WatchedText): boolean {
  for (
    let child = node, parent = node.parent;
    parent !== undefined && parent.kind !== 'function';
    child = parent, parent = parent.parent
  ) {
    if (parent.kind === 'member' && parent.property === 'catch') return true;
    if (parent.kind === 'try' && child.range.start === parent.body.range.start) return !body.has(/\b[45]\d\d\b/);
  }
  return false;
}

/** `import { corsHeaders } from '../_shared/cors.ts'`: the name says what another file has made there. */
function usersOfImports({ program, evaluator }: Search): FunctionExpression[] {
  const imported = program.imports.filter(
    ({ module, local }) => module.startsWith('.') && /^cors_?headers/i.test(local ?? ''),
  );
  return imported
    .flatMap(({ binding }) => (binding ? program.references(binding) : []))
    .flatMap((use) => evaluator.runningFunction(use) ?? []);
}

/** What writes the headers and knows the request, or is handed what another function or a constant makes of them. */
function handlersOf(writes: readonly HeaderWrite[], search: Search): FunctionExpression[] {
  const { program, evaluator } = search;
  const found = new Map<number, FunctionExpression>();
  const add = (fn: FunctionExpression | undefined, level: number): void => {
    if (fn === undefined || level > 2) return;
    if (isAsked(fn, search)) found.set(fn.range.start, fn);
    else for (const use of usesOfFunction(fn, program)) add(evaluator.runningFunction(use), level + 1);
  };
  for (const { node, container } of writes) {
    const writer = evaluator.runningFunction(node);
    if (writer !== undefined) add(writer, 0);
    else
      for (const use of (container && namesReferring(container, program)) ?? []) add(evaluator.runningFunction(use), 0);
  }
  return [...found.values()];
}

function isAsked({ parameters }: FunctionExpression, { program }: Search): boolean {
  return parameters.some(
    ({ name, range }) =>
      (name !== undefined && requestLike.test(name)) ||
      program.text.part(range.start, range.end).has(/\b(req|request|event)\b/i),
  );
}

/** It is called for OPTIONS as for any other method, as far as its place says. */
function getsPreflights(handler: FunctionExpression, { program, evaluator, language }: Search): boolean {
  if (isBehindGateway(handler, program)) return false;
  const route = language.answers.route(handler, evaluator, program);
  if (route?.methods !== undefined && !route.methods.includes('OPTIONS')) return false;
  const { parent } = handler;
  if (parent?.kind === 'object' && parent.entries.some(({ key }) => key === 'method')) return false;
  if (
    parent?.kind === 'call' &&
    /cors|^(on|GET|POST|PUT|PATCH|DELETE)$/i.test(
      parent.callee.kind === 'member' ? parent.callee.property : parent.callee.text,
    )
  )
    return false;
  // What another function of the file calls is asked what that one lets through.
  return usesOfFunction(handler, program).every((use) => {
    const call = use.parent;
    if (call?.kind !== 'call') return true;
    const isCallee = call.callee.range.start === use.range.start && call.callee.range.end === use.range.end;
    return isCallee
      ? evaluator.enclosingFunction(use) === undefined || decide(evaluator.guard(use), preflightRequest) === true
      : !/cors/i.test(call.callee.text);
  });
}

/** A function that a gateway calls is called for the routes that the gateway has; which these are stands elsewhere. */
function isBehindGateway({ parameters, range }: FunctionExpression, { path, text }: Program): boolean {
  const body = text.part(range.start, range.end);
  return (
    /^_?event$/.test(parameters[0]?.name ?? '') &&
    text.has(/\bstatusCode\b/) &&
    !body.has(/\bcreateError\b/) &&
    !/netlify/i.test(path) &&
    !text.has(/netlify/i) &&
    !body.has(/\bhttpMethod\b|requestContext\W+http\b/)
  );
}

/** A middleware of the same file that all requests pass before they come to a route. */
function runsBefore(handler: FunctionExpression, { program, language }: Pick<Search, 'program' | 'language'>): boolean {
  if (isHook(handler, language)) return true;
  if (handler.decorators.some(({ text }) => decoratedBefore.test(text))) return true;
  const sites: Expression[] = [handler, ...usesOfFunction(handler, program)];
  return sites.some((site) => {
    const callee = callAround(site)?.callee;
    return callee?.kind === 'member' && registering.test(callee.property);
  });
}

function isHook(handler: FunctionExpression, { preflights }: SignsOfAnswers): boolean {
  return preflights.hooks?.test(handler.name ?? '') === true && classOf(handler) !== undefined;
}

/** All of which that is true, from the few places that register one; undefined where decorators say it, so that each is to be asked. */
function functionsBefore({ program, language }: Search): readonly FunctionExpression[] | undefined {
  const { text } = program;
  if (!text.has(runningBefore)) return [];
  if (text.has(decoratedBefore) || language.preflights.hooks !== undefined) return undefined;
  return [...text.matchAll(registrations)].flatMap(({ index }) => {
    const callee = program.expressionAt(index);
    const call = callee?.parent;
    if (callee?.kind !== 'member' || !registering.test(callee.property) || call?.kind !== 'call') return [];
    return call.arguments.flatMap(({ value }) => {
      const given = value.kind === 'identifier' ? program.resolve(value)?.value : value;
      return given?.kind === 'function' ? [given] : [];
    });
  });
}

/** Something else in the file answers OPTIONS: before this one, or instead of a handler that is no middleware. */
function isAnswered(handler: FunctionExpression, { program, language }: Search): boolean {
  const { answered } = language.preflights;
  const [before, behind] = [program.text.part(0, startOf(handler)), program.text.part(handler.range.end)];
  // Which of several classes is asked first stands elsewhere.
  const isFirst = runsBefore(handler, { program, language }) && !isHook(handler, language);
  return before.has(answered) || (behind.has(answered) && !isFirst);
}

/** Where its declaration begins, so that its own name is no sign: `const onRequest = defineMiddleware(async (context, next) => …)`. */
function startOf(handler: FunctionExpression): number {
  let node: Node = handler;
  while (node.parent?.kind === 'call') node = node.parent;
  const { parent } = node;
  return parent?.kind === 'declaration' ? Math.min(parent.range.start, handler.range.start) : handler.range.start;
}
