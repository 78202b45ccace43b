/** Where a middleware stands in an Express app: what it covers, what comes before it, and whether preflights reach it. */
import { lineEnd } from '../../edits/program-edits.ts';
import type { SourceRange } from '../../syntax/range.ts';
import { runAt } from '../../syntax/source-text.ts';
import type {
  Binding,
  Call,
  Expression,
  FunctionExpression,
  Identifier,
  Program,
} from '../../syntax/programs/program.ts';
import type { Fact, Mounted, StatusRule } from '../../policy/policy.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import { all, always } from '../../policy/request-test.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import type { Registration } from './registrations.ts';
import { firstRegistration } from './first-registration.ts';
import type { Question } from './first-registration.ts';
import { argumentsText } from './registrations.ts';
import { passedBefore } from './passed-guards.ts';
import { guardFacts } from './request-guards.ts';
import { isAssetPath } from '../../models/static/asset-paths.ts';

const routeMethods = new Set(['get', 'post', 'put', 'patch', 'delete', 'all', 'head']);
/** Methods that no simple request has, so that every cross-origin call is preflighted. */
const preflightedMethods = new Set(['put', 'patch', 'delete']);
/** Routes that are often left without CORS on purpose. */
const operationalPath = /health|ping|ready|live(ness)?$|status|metrics|favicon|robots|webhook|static|assets|^\/?$/i;
/** What other frameworks do with OPTIONS and with what runs behind differs. */
const isExpress = /['"](?:@feathersjs\/)?express['"]/;

export interface Mount {
  /** `every route`, `routes under /api`, `PUT /items/:id`. */
  readonly scope: string;
  /** `use` for a middleware, or the route's method. */
  readonly method?: string;
  readonly path?: string;
  /** The app or router that it is mounted on. */
  readonly target?: Binding;
  /** The mounting call: `app.use(cors())`. */
  readonly call?: Call;
  /** The middleware among the arguments of that call. */
  readonly site?: Expression;
  /** Only files for everybody are behind it, as the path or `express.static` says. */
  readonly servesAssets?: boolean;
}

/** How the middleware made by `made` is mounted, directly or through a constant. */
export function mountOf(made: Expression, program: Program, evaluator: Evaluator): Mount {
  const found = [made, ...namesOf(made, program)].flatMap((site) => {
    const call = mountingCall(site);
    return call ? [{ call, site }] : [];
  });
  // One that answers OPTIONS and runs before everything, too, covers what the second place says.
  const widest = found.find(({ call }) => call.callee.kind === 'member' && call.callee.property === 'use') ?? found[0];
  return widest
    ? describe(widest.call, widest.site, program, evaluator)
    : { scope: 'wherever this middleware is mounted' };
}

/** Under which condition it is made and mounted, and comes to run: `if (process.env.NODE_ENV !== 'production') app.use(cors())`. */
export function mountedWhen({ call, site }: Mount, made: Expression, evaluator: Evaluator): RequestTest {
  const places = call ? [made, call] : [made];
  const passed = call && site ? passedBefore(call, site, evaluator) : always;
  return all([...places.flatMap((place) => [evaluator.guard(place), evaluator.developmentOnly(place)]), passed]);
}

/** Its place among the others of an Express app, and what it answers by itself; undefined where it is not known which app that is. */
export function mountedAmong(
  mount: Mount,
  answers: readonly StatusRule[],
  program: Program,
  evaluator: Evaluator,
): Mounted | undefined {
  const { target, call, method } = mount;
  if (target === undefined || call === undefined || method === undefined || !program.text.has(isExpress))
    return undefined;
  return {
    places: placesOf(target, call, evaluator.enclosingFunction(call) === undefined, program, evaluator),
    method,
    when: evaluator.guard(call),
    answers,
  };
}

/** A router's middleware runs where the router is mounted, once that is said in one place of this file. */
function placesOf(
  target: Binding,
  call: Call,
  isStraight: boolean,
  program: Program,
  evaluator: Evaluator,
): Mounted['places'] {
  const own = { app: target.nameRange.start, at: call.range.start, path: plainPath(call, evaluator) };
  const mounts = isStraight
    ? program.handedOn(target).flatMap((reference) => {
        const outer = mountingCall(reference);
        return outer?.callee.kind === 'member' &&
          outer.callee.property === 'use' &&
          outer.callee.object.kind === 'identifier'
          ? [{ outer, app: program.resolve(outer.callee.object) }]
          : [];
      })
    : [];
  const [only] = mounts;
  if (mounts.length !== 1 || only?.app === undefined || only.app.nameRange.start === target.nameRange.start)
    return [own];
  const prefix = plainPath(only.outer, evaluator);
  const path = prefix === null || own.path === null ? null : `${prefix.replace(/\/$/, '')}${own.path}`;
  return [own, { app: only.app.nameRange.start, at: only.outer.range.start, path }];
}

/** The first argument where it is a path: `/` where that is a middleware already, null where it is anything else. */
function plainPath(call: Call, evaluator: Evaluator): string | null {
  const [only, ...others] = call.arguments;
  if (only === undefined || only.spread) return null;
  const value = evaluator.evaluate(only.value);
  if (value.kind === 'text') return value.text;
  return others.length === 0 || value.kind === 'function' || only.value.kind === 'call' ? '/' : null;
}

/** What the place of the middleware makes impossible: routes before it, authentication before it, no answer to OPTIONS. */
export function mountFacts(mount: Mount, made: Expression, program: Program, evaluator: Evaluator): Fact[] {
  const { target, call, method } = mount;
  if (call === undefined || method === undefined) return [];
  const guarded = /^(use|all|options)$/.test(method) ? guardFacts(mount, made, program, evaluator) : [];
  if (target === undefined) return guarded;
  const place: MountedPlace = {
    mount,
    call,
    made,
    program,
    evaluator,
    first: (question) => firstRegistration(target, evaluator, question),
  };
  return method === 'use' ? [...guarded, ...orderFacts(place)] : [...guarded, ...preflightFacts(place)];
}

/** A mounted middleware, and how to ask for what is registered before and behind it on the same app. */
interface MountedPlace {
  readonly mount: Mount;
  readonly call: Call;
  readonly made: Expression;
  readonly program: Program;
  readonly evaluator: Evaluator;
  first(question: Question): ReturnType<typeof firstRegistration>;
}

function namesOf(made: Expression, program: Program): readonly Identifier[] {
  if (made.kind === 'function' && made.name !== undefined) {
    const named = program
      .identifiers(made.name)
      .filter((use) => program.resolve(use)?.value?.range.start === made.range.start);
    if (named.length > 0) return named;
  }
  const declaration = made.parent;
  if (declaration?.kind !== 'declaration') return [];
  const binding = declaration.bindings.find((candidate) => candidate.path.length === 0);
  return binding ? program.references(binding) : [];
}

function mountingCall(site: Expression): Call | undefined {
  const parent = site.parent?.kind === 'list' ? site.parent.parent : site.parent;
  if (parent?.kind !== 'call' || parent.callee.kind !== 'member') return undefined;
  const { property } = parent.callee;
  const isArgument = parent.arguments.some(
    ({ range }) => range.start <= site.range.start && site.range.end <= range.end,
  );
  return isArgument && (property === 'use' || property === 'options' || routeMethods.has(property))
    ? parent
    : undefined;
}

function describe(call: Call, site: Expression, program: Program, evaluator: Evaluator): Mount {
  const callee = call.callee;
  if (callee.kind !== 'member') return { scope: 'wherever this middleware is mounted' };
  const target = callee.object.kind === 'identifier' ? program.resolve(callee.object) : undefined;
  const first = call.arguments[0];
  // Where the middleware itself stands first there is no path, and its options need no second look.
  const firstValue =
    first && !first.spread && first.value.range.end < site.range.start ? evaluator.evaluate(first.value) : undefined;
  const path = firstValue?.kind === 'text' ? firstValue.text : undefined;
  const method = callee.property;
  const scope =
    method === 'use'
      ? path === undefined
        ? 'every route registered after it'
        : `routes under ${path}`
      : `${method.toUpperCase()} ${path ?? 'route'}`;
  const servesAssets =
    path !== undefined &&
    path !== '/' &&
    (isAssetPath(path) ||
      call.arguments.some(
        ({ value }) => value.kind === 'call' && /(^|\.)(static|serveStatic)$/.test(value.callee.text),
      ));
  return { scope, method, path, target, call, site, servesAssets };
}

function enclosing(call: Expression, evaluator: Evaluator): FunctionExpression | undefined {
  return evaluator.enclosingFunction(call);
}

function orderFacts({ mount, call, made, program, evaluator, first }: MountedPlace): Fact[] {
  if (mount.path !== undefined && mount.path !== '/') return [];
  const home = enclosing(call, evaluator)?.range.start;
  const isRouteHere = (registration: Registration) =>
    isRoute(registration, evaluator) && enclosing(registration.call, evaluator)?.range.start === home;
  // An app that sets CORS a second time further up, or that has routes behind the middleware too, was ordered on purpose.
  // Most apps have many routes and the first one behind the middleware decides, so that the others are never looked at.
  if (first({ name: `route ${home}`, holds: isRouteHere }).behind(call.range.end)) return [];
  const earlier = first({
    name: `served route ${home}`,
    holds: (other) => isRouteHere(other) && !operationalPath.test(pathOf(other.call, evaluator) ?? ''),
  }).before(call.range.start);
  const earlierCors = { name: 'cors', holds: (other: Registration) => setsCors(other, program) };
  if (earlier === undefined || first(earlierCors).before(call.range.start)) return [];
  return [
    {
      kind: 'middleware-order',
      range: made.range,
      earlier: earlier.call.callee.range,
      what: `${earlier.method === 'use' ? 'the router' : earlier.method.toUpperCase()} ${pathOf(earlier.call, evaluator) ?? ''}`.trim(),
    },
  ];
}

function isRoute({ call, method }: { readonly call: Call; readonly method: string }, evaluator: Evaluator): boolean {
  if (call.arguments.length < 2 || pathOf(call, evaluator) === undefined) return false;
  if (routeMethods.has(method)) return true;
  const last = call.arguments.at(-1)?.value;
  return (
    method === 'use' &&
    (last?.kind === 'identifier'
      ? /rout(e|er|es)|api/i.test(last.name)
      : last?.kind === 'call' &&
        /require|router|^(expressMiddleware|graphqlHTTP|createExpressMiddleware)$/i.test(last.callee.text))
  );
}

function setsCors({ call, method }: Registration, program: Program): boolean {
  return method === 'use' && program.text.part(call.range.start, call.range.end).has(/cors|access-control-allow/i);
}

function pathOf(call: Call, evaluator: Evaluator): string | undefined {
  const first = call.arguments[0];
  if (first === undefined || first.spread) return undefined;
  const value = evaluator.evaluate(first.value);
  return value.kind === 'text' ? value.text : undefined;
}

function preflightFacts({ mount, call, made, program, first }: MountedPlace): Fact[] {
  const { method, path } = mount;
  if (method === undefined || method === 'options' || method === 'all') return [];
  const json = method === 'post' && program.text.has(/\bexpress\.json\(|bodyParser\.json\(/);
  if (!preflightedMethods.has(method) && !json) return [];
  const answering = { name: 'options', holds: (other: Registration) => answersOptions(other, program) };
  if (first(answering).behind(0)) return [];
  return [
    {
      kind: 'unhandled-preflight',
      range: made.range,
      needs: json ? `POST ${path ?? ''} with a JSON body`.trim() : `${method.toUpperCase()} ${path ?? ''}`.trim(),
      why: 'Express answers OPTIONS itself, without CORS headers, because only this one method has the middleware',
      ...(path !== undefined &&
        call.callee.kind === 'member' && { handle: () => optionsRoute(call, made.range, program) }),
    },
  ];
}

function answersOptions({ call, method }: Registration, program: Program): boolean {
  if (method === 'options') return true;
  return (
    (method === 'use' && argumentsText(call, program).has(/cors|access-control-allow|OPTIONS/i)) ||
    (method === 'all' && argumentsText(call, program).has(/cors/i))
  );
}

/** `app.options('/items', cors(options));` on the line above the route. */
function optionsRoute(call: Call, made: SourceRange, program: Program): { range: SourceRange; newText: string }[] {
  const { callee } = call;
  const first = call.arguments[0];
  if (callee.kind !== 'member' || first === undefined) return [];
  const lineStart = program.text.lastIndexOf('\n', call.range.start - 1) + 1;
  const indentation = runAt(program.text, lineStart, /[ \t]/);
  const newline = lineEnd(program.text);
  const middleware = program.text.slice(made.start, made.end);
  return [
    {
      range: { start: call.range.start, end: call.range.start },
      newText: `${callee.object.text}.options(${first.value.text}, ${middleware});${newline}${indentation}`,
    },
  ];
}
