/**
 * pekko-http-cors and akka-http-cors in programs of Scala: `cors(settings) { … }`. Whoever sets nothing lets in everybody, with cookies,
 * but what `application.conf` says counts before that.
 *
 * Read from their source, and run: https://pekko.apache.org/docs/pekko-http/current/routing-dsl/directives/cors-directives/cors.html
 */
import { sameSpan } from '../../syntax/range.ts';
import type { Argument, Expression, Program } from '../../syntax/programs/program.ts';
import type { Policy } from '../../policy/policy.ts';
import type { ProgramContext } from '../../models/framework.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { Found, FoundOptions } from '../../models/libraries/define-cors-library.ts';
import { chainForm } from '../../models/libraries/options-form.ts';
import { withoutEdits } from '../../models/libraries/without-edits.ts';
import { javaLiterals } from '../../edits/java-literals.ts';
import type { Dict, DictEntry, Value } from '../../values/value.ts';
import { subdomainPattern } from './pekko-origins.ts';
import { importsFrom, memberOf, secondsOf, stepsFrom, usesOfName } from './scala-names.ts';
import { callAround } from '../../models/handlers/handler-parts.ts';
import { callOf, methodCalls } from '../../models/libraries/imported-calls.ts';

/** As 1.1.0 answers. */
const pekkoHttpCors: CorsLibrary = {
  options: {
    origin: ['allowedOrigins'],
    credentials: ['allowCredentials'],
    methods: ['allowedMethods'],
    allowedHeaders: ['allowedHeaders'],
    exposedHeaders: ['exposedHeaders'],
    maxAge: ['maxAge'],
  },
  otherOptions: ['allowGenericHttpRequests'],
  foreignNames: {},
  origin: {
    missing: 'any',
    text: 'compared',
    star: 'any',
    empty: 'nobody',
    true: 'any',
    false: 'nobody',
    nothing: 'unknown',
    pattern: 'unknown',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'compared',
    patternInList: 'nobody',
    wildcard: subdomainPattern,
    wildcardAlone: true,
  },
  credentials: { default: true, on: 'true' },
  anyWithCredentials: 'reflect',
  vary: { any: false, sent: false, checked: 'never' },
  othersFor: 'allowed',
  needsOrigin: true,
  methods: { default: 'GET, POST, HEAD, OPTIONS', separator: ', ', everyResponse: false },
  allowedHeaders: {
    default: 'requested',
    separator: ', ',
    everyResponse: false,
    emptyIsDefault: false,
    vary: false,
    starIsAny: true,
  },
  exposedHeaders: { default: undefined, separator: ', ', onPreflight: false },
  maxAge: { default: '1800', zero: true },
  preflight: {
    when: { kind: 'preflight' },
    status: 200,
    refused: null,
    onlyListed: { methods: true, headers: [] },
  },
};

const packages = /^(ch\.megard\.akka\.http\.cors|org\.apache\.pekko\.http\.cors|pekko\.http\.cors)\./;

export const framework = defineCorsLibrary({
  id: 'pekko-http-cors',
  title: 'pekko-http-cors',
  documentation: 'https://pekko.apache.org/docs/pekko-http/current/routing-dsl/directives/cors-directives/cors.html',
  reads:
    '`CorsSettings.defaultSettings` with `withAllowedOrigins` and the others, for `cors(settings)` of Pekko and Akka',
  mentions: ['http.cors'],
  languages: ['scala'],
  uses: [
    {
      packageName: 'org.apache.pekko:pekko-http-cors',
      title: 'pekko-http-cors',
      options: settingsIn,
      table: pekkoHttpCors,
      refine: (policy: Policy) => withoutEdits({ ...policy, fixedVary: true }),
    },
  ],
});

/** What gives settings to begin with; `apply` and the file of settings may have said more. */
const makers = ['defaultSettings', 'default'];

function settingsIn(program: Program, context: ProgramContext): Found {
  if (!importsFrom(program, packages)) return { options: [] };
  const starts = usesOfName(program, 'CorsSettings').flatMap((name): Expression[] => {
    const members = makers.flatMap((maker) => memberOf(name, maker) ?? []);
    const made = callOf(name);
    return [...members, ...(made ? [made] : [])];
  });
  return {
    options: [...starts, ...directives(program)].flatMap((start) => settingsFrom(start, program, context) ?? []),
  };
}

/** `cors() { … }` without settings, also as `CorsDirectives.cors()`; a function of that name that the program itself has is another one. */
function directives(program: Program): Expression[] {
  const alone = usesOfName(program, 'cors').flatMap((name) => {
    const binding = program.resolve(name);
    const isForeign = binding !== undefined && !packages.test(`${binding.import?.module ?? ''}.`);
    return isForeign ? [] : (callOf(name) ?? []);
  });
  const ofObject = methodCalls(program, 'cors').filter(({ callee }) => /\bCorsDirectives\.cors$/.test(callee.text));
  return [...alone, ...ofObject].filter((call) => call.arguments.length === 0);
}

/** So many folders a program lies below the `main` that has its resources, at the most. */
const mostFolders = 10;

/** Whether a file of settings of the program's module says something of CORS. */
function isSetInFile({ path, readFile }: ProgramContext): boolean {
  const folders = path.split('/').slice(0, -1).slice(-mostFolders);
  const files = folders.flatMap((_, depth) =>
    ['application.conf', 'reference.conf'].map((name) => `${'../'.repeat(depth + 1)}resources/${name}`),
  );
  return files.some((file) => /\bcors\b|\binclude\b/.test(readFile(file) ?? ''));
}

/** Whether these are all the settings of a `cors(settings)`: given to it, or under a name that is used for nothing else. */
function isWhole(settings: Expression, program: Program): boolean {
  if (settings.kind === 'call' && directives(program).some((call) => sameSpan(call.range, settings.range))) return true;
  if (isGivenToCors(settings)) return true;
  const declared = settings.parent?.kind === 'declaration' ? settings.parent.bindings : [];
  const uses = declared.length === 1 ? program.references(declared[0]!) : [];
  return uses.length > 0 && uses.every(isGivenToCors);
}

function isGivenToCors(settings: Expression): boolean {
  return /(^|\.)cors$/.test(callAround(settings)?.callee.text ?? '');
}

/** What the steps set; without any, the file of settings has its own reader. */
function settingsFrom(start: Expression, program: Program, context: ProgramContext): FoundOptions | undefined {
  const entries = new Map<string, DictEntry>();
  const taken = stepsFrom(start);
  for (const { name, nameRange, call } of taken) {
    const [, first, rest] = /^with([A-Z])(\w*)$/.exec(name) ?? [];
    if (first === undefined) continue;
    const key = first.toLowerCase() + rest!;
    const value = valueOf(key, call.arguments, context);
    const range = { ...nameRange, end: call.range.end };
    if (value) entries.set(key, { key, keyRange: nameRange, range, value });
  }
  // Settings that no step changes are those of the file, of which another reader tells.
  const end = Math.max(start.range.end, ...taken.map(({ call }) => call.range.end));
  const range = { ...start.range, end };
  const last = taken.at(-1);
  const isRead = taken.every(({ name }) => name.startsWith('with')) && isWhole(last?.call ?? start, program);
  const isOfFile = !entries.has('allowedOrigins') && (!isRead || isSetInFile(context));
  const value: Dict = { kind: 'dict', entries: [...entries.values()], open: isOfFile, range };
  if (isOfFile && entries.size === 0) return undefined;
  return {
    ...(last && { call: last.call }),
    place: {
      value,
      range: start.range,
      argumentsRange: { start: start.range.end, end: start.range.end },
      form: chainForm(javaLiterals('arguments')),
    },
    scope: 'the routes in cors()',
  };
}

function valueOf(key: string, given: readonly Argument[], context: ProgramContext): Value | undefined {
  const [argument] = given;
  if (argument === undefined) return undefined;
  const { value } = argument;
  if (key === 'maxAge') return secondsOf(insideOf(value), context.evaluator);
  return key === 'allowedOrigins' || key === 'allowedHeaders'
    ? rangeOf(value, context)
    : context.evaluator.evaluate(value);
}

/** `Some(600L)`. */
function insideOf(value: Expression): Expression {
  const isSome = value.kind === 'call' && /^(Some|Option)$/.test(value.callee.text);
  return isSome ? (value.arguments[0]?.value ?? value) : value;
}

/** `HttpOriginMatcher.*`, `HttpOriginMatcher(origin, …)`, `HttpOriginMatcher.strict(…)`, and the ranges that older releases take. */
function rangeOf(value: Expression, { evaluator }: ProgramContext): Value {
  const { range, text } = value;
  if (/^(?:[\w.]+\.)?(?:HttpOriginMatcher|HttpOriginRange|HttpHeaderRange)\.\*$/.test(text) || /\.`\*`$/.test(text))
    return { kind: 'boolean', value: true, range };
  if (value.kind !== 'call') return unlessList(evaluator.evaluate(value));
  if (
    !/(^|\.)(HttpOriginMatcher|HttpOriginRange|HttpHeaderRange)(\.(strict|apply|Default|Strict|create))?$/.test(
      value.callee.text,
    )
  )
    return unlessList(evaluator.evaluate(value));
  const items = value.arguments.map((one) => ({ spread: one.spread, value: evaluator.evaluate(one.value) }));
  return {
    kind: 'list',
    type: 'list',
    items: items.flatMap((one) => (one.value.kind === 'list' ? one.value.items : [one.value])),
    open: items.some((one) =>
      one.value.kind === 'list' ? one.value.open : one.spread || one.value.kind === 'unknown',
    ),
    range,
  };
}

/** A range is no list of texts: what gives one is not followed. */
function unlessList(value: Value): Value {
  return value.kind === 'boolean' ? value : { kind: 'unknown', range: value.range };
}
