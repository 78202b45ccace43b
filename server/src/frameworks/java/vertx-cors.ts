/** Vert.x Web's `CorsHandler.create().addOrigin("a")`, and `CorsHandler.create("pattern")` of releases 3 and 4. */
import type { Call, Expression, Node, Program } from '../../syntax/programs/program.ts';
import type { Policy } from '../../policy/policy.ts';
import { preflightWithOrigin } from '../../policy/request-test.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { settingsOn, unfolded } from '../../models/libraries/block-steps.ts';
import { optionsOfSteps, stepsBehind } from '../../models/libraries/builder-steps.ts';
import type { BuilderStep, StepMeaning } from '../../models/libraries/builder-steps.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { Found, FoundOptions, UseContext } from '../../models/libraries/define-cors-library.ts';
import { guardFacts } from '../../models/libraries/earlier-guards.ts';
import { methodCalls } from '../../models/libraries/imported-calls.ts';
import { objectForm } from '../../models/libraries/options-form.ts';
import { byRelease } from '../../models/libraries/releases.ts';
import { withoutEdits } from '../../models/libraries/without-edits.ts';
import { signs } from './java-headers.ts';
import { withMethodNames, wholePattern } from './notation.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

const packageName = 'io.vertx:vertx-web';
/** The option that stands for what `create` of old and `addOriginWithRegex` are given. */
const patternsOption = 'addOriginWithRegex';

/** As `CorsHandlerImpl` of release 5.1 says. See https://vertx.io/docs/vertx-web/java/#_cors_handling */
const handler: CorsLibrary = {
  options: {
    origin: ['addOrigin'],
    credentials: ['allowCredentials'],
    methods: ['allowedMethods'],
    allowedHeaders: ['allowedHeaders'],
    exposedHeaders: ['exposedHeaders'],
    maxAge: ['maxAgeSeconds'],
  },
  otherOptions: [],
  privateNetwork: 'allowPrivateNetwork',
  foreignNames: {},
  origin: {
    missing: 'any',
    text: 'compared',
    star: 'any',
    empty: 'fails',
    ...otherKinds('unknown', 'fails'),
    nothing: 'fails',
    list: 'members',
    emptyList: 'any',
    starInList: 'any',
    comparedAs: (text) => text.replace(/^(https?:\/\/[^/]*)\/.*$/i, '$1'),
    stopsFor: (text) =>
      text === '*' || text === 'null' || /^(?:https?|ftp|(?:chrome|moz)-extension):\/\/[^/]/i.test(text)
        ? undefined
        : 'an origin without its scheme stops the application',
    stopsApplication: true,
    unlistedFails: 403,
    patterns: {
      option: patternsOption,
      means: {
        star: 'any',
        starInList: 'any',
        starToo: '.*',
        wildcard: wholePattern,
        wildcardAlone: true,
        wildcardIsPattern: true,
      },
    },
  },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'reflect',
  vary: { any: false, sent: true, checked: 'unless-refused', notForOne: true },
  othersFor: 'allowed',
  needsOrigin: 'but-vary',
  methods: { default: undefined, separator: ',', everyResponse: false },
  allowedHeaders: { default: 'requested', separator: ',', everyResponse: false, emptyIsDefault: false, vary: true },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: false },
  maxAge: { default: undefined, zero: true },
  preflight: { when: preflightWithOrigin, status: 204, refused: 403 },
};

/** Release 3 knows one pattern, answers preflights with 200 and never says by what it varies. */
const handlerAt = byRelease(handler, [
  { before: '5.1.0', differs: { vary: { notForOptions: 'preflights' } } },
  {
    before: '4.0.0',
    differs: {
      anyWithCredentials: 'fails',
      vary: { any: false, sent: false, checked: 'never' },
      allowedHeaders: { default: undefined, vary: false },
      preflight: { status: 200 },
    },
  },
]);

export const framework = defineCorsLibrary({
  id: 'vertx-cors',
  title: 'Vert.x Web',
  documentation: 'https://vertx.io/docs/vertx-web/java/#_cors_handling',
  reads: '`CorsHandler.create()` with `addOrigin`, `addOriginWithRegex` and the other steps, and `create("pattern")`',
  mentions: ['corshandler'],
  languages: ['java', 'kotlin'],
  uses: [
    {
      packageName,
      title: 'Vert.x’s CorsHandler',
      options: handlers,
      table: handlerAt,
      refine: (policy, found, use) => withoutEdits(withGuards({ ...policy, fixedVary: true }, found, use)),
    },
  ],
});

const members = (option: string): StepMeaning => ({ option, takes: 'members', adds: true });
const first = (option: string): StepMeaning => ({ option, takes: 'first' });

const meanings: Readonly<Record<string, StepMeaning>> = {
  create: members(patternsOption),
  addOrigin: members('addOrigin'),
  addOrigins: members('addOrigin'),
  addOriginWithRegex: members(patternsOption),
  addOriginsWithRegex: members(patternsOption),
  addRelativeOrigin: members(patternsOption),
  addRelativeOrigins: members(patternsOption),
  allowCredentials: first('allowCredentials'),
  allowPrivateNetwork: first('allowPrivateNetwork'),
  allowedMethod: members('allowedMethods'),
  allowedMethods: members('allowedMethods'),
  allowedHeader: members('allowedHeaders'),
  allowedHeaders: members('allowedHeaders'),
  exposedHeader: members('exposedHeaders'),
  exposedHeaders: members('exposedHeaders'),
  maxAgeSeconds: first('maxAgeSeconds'),
};

function handlers(program: Program, { evaluator }: ProgramContext): Found {
  if (!program.imports.some(({ module }) => /^io\.vertx\.(?:\w+\.)*ext\.web(\.|$)/.test(module)))
    return { options: [] };
  const made = methodCalls(program, 'create').filter(({ callee }) => /(^|\.)CorsHandler\.create$/.test(callee.text));
  return { options: made.map((call) => handlerOf(call, program, evaluator)) };
}

function handlerOf(call: Call, program: Program, evaluator: ProgramContext['evaluator']): FoundOptions {
  const { callee, argumentsRange } = call;
  const nameRange = callee.kind === 'member' ? callee.propertyRange : callee.range;
  const behind = stepsBehind(call);
  const { parent } = behind.at(-1)?.call ?? call;
  const bound = parent?.kind === 'declaration' ? parent.bindings[0] : undefined;
  const steps: BuilderStep[] = [
    ...(call.arguments.length > 0 ? [{ name: 'create', nameRange, call }] : []),
    ...unfolded(behind, program),
    ...(bound ? unfolded(settingsOn(bound, program), program) : []),
  ];
  const isOpen = steps.some(({ name }) => !Object.hasOwn(meanings, name) && name !== 'handle');
  const value = withMethodNames(
    optionsOfSteps(steps, meanings, { evaluator, start: call, open: isOpen }),
    'allowedMethods',
  );
  return {
    call,
    place: { value, range: callee.range, argumentsRange, form: objectForm },
    scope: 'the routes that it handles',
  };
}

/** The policy, with what the same router does before to every request, where that refuses preflights. */
function withGuards(policy: Policy, { call, scope }: FoundOptions, { program, context }: UseContext): Policy {
  const registered = call && registrationAround(call);
  const earlier = registered ? handledBefore(registered, program) : [];
  const [made] = registered?.arguments ?? [];
  if (earlier.length === 0 || made === undefined) return policy;
  const search = { program, evaluator: context.evaluator, language: signs };
  const facts = guardFacts({ made: made.value, scope: scope ?? 'every route', earlier }, search);
  return { ...policy, facts: [...policy.facts, ...facts] };
}

/** `router.route().handler(…)` around what is handed to it. */
function registrationAround(call: Call): Call | undefined {
  let node: Node | undefined = call.parent;
  while (node && node.kind !== 'function' && !(node.kind === 'call' && routerOf(node) !== undefined))
    node = node.parent;
  return node?.kind === 'call' ? node : undefined;
}

/** The router whose routes the call hands a handler to; `every`: all of them. */
function routerOf({ callee }: Call): { readonly name: string; readonly every: boolean } | undefined {
  if (callee.kind !== 'member' || callee.property !== 'handler') return undefined;
  const [, name, given] = /^(\w+)\.route\(([^()]*)\)$/.exec(callee.object.text) ?? [];
  return name === undefined ? undefined : { name, every: given === '' };
}

/** Handlers of all routes that stand before the registration in its block. */
function handledBefore(registered: Call, program: Program): Expression[] {
  const router = routerOf(registered)?.name;
  const block = statementBlock(registered);
  return methodCalls(program, 'handler').flatMap((other) => {
    const own = other.range.end <= registered.range.start ? routerOf(other) : undefined;
    const isBefore = own?.every === true && own.name === router && statementBlock(other) === block;
    return isBefore ? other.arguments.map(({ value }) => value) : [];
  });
}

/** Where the block that the call stands in begins. */
function statementBlock(call: Call): number | undefined {
  let node: Node | undefined = call.parent;
  while (node && node.kind !== 'block') node = node.parent;
  return node?.range.start;
}
