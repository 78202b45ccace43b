/** Netty's `CorsConfigBuilder.forOrigins("a").allowCredentials().build()`, which a `CorsHandler` of the pipeline is given. */
import type { Call, Program } from '../../syntax/programs/program.ts';
import type { HeaderRule, Policy } from '../../policy/policy.ts';
import { all, not, originEquals, preflightWithOrigin } from '../../policy/request-test.ts';
import { quoted } from '../../edits/program-edits.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { settingsOn, unfolded } from '../../models/libraries/block-steps.ts';
import { optionsOfSteps, stepsBehind } from '../../models/libraries/builder-steps.ts';
import type { BuilderStep, StepMeaning } from '../../models/libraries/builder-steps.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { Found, FoundOptions, UseContext } from '../../models/libraries/define-cors-library.ts';
import { methodCalls } from '../../models/libraries/imported-calls.ts';
import { objectForm, removeStep } from '../../models/libraries/options-form.ts';
import { withoutEdits } from '../../models/libraries/without-edits.ts';
import { withMembers, withMethodNames } from './notation.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

/** As `CorsHandler` of 4.1 and 4.2 says. See https://netty.io/4.1/api/io/netty/handler/codec/http/cors/CorsConfigBuilder.html */
const handler: CorsLibrary = {
  options: {
    origin: ['forOrigins'],
    credentials: ['allowCredentials'],
    methods: ['allowedRequestMethods'],
    allowedHeaders: ['allowedRequestHeaders'],
    exposedHeaders: ['exposeHeaders'],
    maxAge: ['maxAge'],
  },
  otherOptions: [],
  privateNetwork: 'allowPrivateNetwork',
  foreignNames: {},
  origin: {
    missing: 'nobody',
    text: 'compared',
    star: 'any',
    empty: 'compared',
    ...otherKinds('unknown', 'nobody'),
    nothing: 'unknown',
    list: 'members',
    emptyList: 'nobody',
    // One star alone opens, and only by `forOrigin`.
    starInList: 'compared',
  },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'reflect',
  vary: { any: false, sent: false, checked: 'allowed' },
  othersFor: 'allowed',
  needsOrigin: true,
  methods: { default: undefined, separator: ',', everyResponse: false },
  allowedHeaders: { default: undefined, separator: ',', everyResponse: false, emptyIsDefault: false, vary: false },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: false },
  maxAge: { default: '0', zero: true },
  preflight: { when: preflightWithOrigin, status: 200, refused: 200 },
};

export const framework = defineCorsLibrary({
  id: 'netty-cors',
  title: 'Netty',
  documentation: 'https://netty.io/4.1/api/io/netty/handler/codec/http/cors/CorsConfigBuilder.html',
  reads: '`CorsConfigBuilder.forAnyOrigin()`, `forOrigin(…)`, `forOrigins(…)` with their steps',
  mentions: ['corsconfigbuilder'],
  languages: ['java', 'kotlin'],
  uses: [
    {
      packageName: 'io.netty:netty-codec-http',
      title: 'Netty’s CorsHandler',
      options: builders,
      table: handler,
      refine: refined,
    },
  ],
});

const members = (option: string): StepMeaning => ({ option, takes: 'members', adds: true });
const on = (option: string): StepMeaning => ({ option, takes: { constant: true } });

const meanings: Readonly<Record<string, StepMeaning>> = {
  forAnyOrigin: { option: 'forOrigins', takes: { constant: '*' } },
  forOrigin: { option: 'forOrigins', takes: 'first' },
  forOrigins: { option: 'forOrigins', takes: 'members' },
  allowCredentials: on('allowCredentials'),
  allowPrivateNetwork: on('allowPrivateNetwork'),
  allowedRequestMethods: members('allowedRequestMethods'),
  allowedRequestHeaders: members('allowedRequestHeaders'),
  exposeHeaders: members('exposeHeaders'),
  maxAge: { option: 'maxAge', takes: 'first' },
};
/** What else there is, and has nothing to do with who reads. */
const others = /^(?:build|shortCircuit|preflightResponseHeader|noPreflightResponseHeaders|allowNullOrigin|apply|also)$/;

function builders(program: Program, { evaluator }: ProgramContext): Found {
  if (!program.imports.some(({ module }) => /^io\.netty\.handler\.codec\.http\.cors(?:\.|$)/.test(module)))
    return { options: [] };
  const made = ['forAnyOrigin', 'forOrigin', 'forOrigins']
    .flatMap((name) => methodCalls(program, name))
    .filter(({ callee }) => /^(?:\w+\.)*CorsConfigBuilder\s*\.\s*\w+$/.test(callee.text));
  return { options: made.flatMap((call) => builderOf(call, program, evaluator) ?? []) };
}

/** Undefined where the handler is switched off. */
function builderOf(call: Call, program: Program, evaluator: ProgramContext['evaluator']): FoundOptions | undefined {
  const { callee, argumentsRange } = call;
  if (callee.kind !== 'member') return undefined;
  const behind = stepsBehind(call);
  const { parent } = behind.at(-1)?.call ?? call;
  const bound = parent?.kind === 'declaration' ? parent.bindings[0] : undefined;
  const own: BuilderStep = { name: callee.property, nameRange: callee.propertyRange, call };
  const steps = [own, ...unfolded(behind, program), ...(bound ? unfolded(settingsOn(bound, program), program) : [])];
  if (steps.some(({ name }) => name === 'disable')) return undefined;
  const isOpen = steps.some(({ name }) => !Object.hasOwn(meanings, name) && !others.test(name));
  const start = callee;
  const isAny = callee.property === 'forAnyOrigin';
  const takesNull = steps.find(({ name }) => name === 'allowNullOrigin');
  const meant = takesNull && !isAny ? { ...meanings, allowNullOrigin: nullOrigin } : meanings;
  const read = withMethodNames(
    optionsOfSteps(steps, meant, { evaluator, start, open: isOpen }),
    'allowedRequestMethods',
  );
  const value = ['allowedRequestHeaders', 'exposeHeaders'].reduce(
    (options, option) => withMembers(options, option, ({ expression }) => headerName(expression?.text ?? '')),
    read,
  );
  return {
    call,
    place: { value, range: callee.range, argumentsRange, form: objectForm },
    ...(isAny && takesNull && { headers: [ownNull(takesNull)] }),
  };
}

const nullOrigin: StepMeaning = { option: 'forOrigins', takes: { constant: 'null' }, adds: true };

/** Where everybody is let in, `null` gets its own name all the same. */
function ownNull({ nameRange }: BuilderStep): HeaderRule {
  return {
    name: 'access-control-allow-origin',
    operation: 'set',
    value: { kind: 'text', text: 'null' },
    when: originEquals('null'),
    range: nameRange,
  };
}

/** `HttpHeaderNames.CONTENT_TYPE`. */
function headerName(written: string): string | undefined {
  return /^(?:\w+\.)*HttpHeaderNames\.([A-Z_]+)$/.exec(written)?.[1]?.toLowerCase().replaceAll('_', '-');
}

/** The maker is written anew with its origins, and the step goes that lets in `null`; what other steps add is left as it is. */
function refined(policy: Policy, { call, headers = [] }: FoundOptions, { program }: UseContext): Policy {
  const takesNull = headers.length > 0 || policy.settings.origins.value.some(({ text }) => text === 'null');
  const read = withoutEdits({
    ...policy,
    fixedVary: true,
    headers: takesNull ? policy.headers.map(notForNull) : policy.headers,
  });
  if (call?.callee.kind !== 'member') return read;
  const steps = stepsBehind(call).filter(({ name }) => name === 'allowNullOrigin');
  if (takesNull && steps.length === 0) return read;
  const range = { ...call.range, start: call.callee.propertyRange.start };
  return {
    ...read,
    edits: {
      allowOnly: (origins, placeholder) => [
        { range, newText: `forOrigins(${origins.map((origin) => quoted(origin, '"')).join(', ')})`, placeholder },
        ...steps.flatMap((step) => removeStep(program.text, { ...step.nameRange, end: step.call.range.end })),
      ],
    },
  };
}

/** The answer to `null` says nothing of what it varies by. */
function notForNull(rule: HeaderRule): HeaderRule {
  return rule.name === 'vary' ? { ...rule, when: all([rule.when, not(originEquals('null'))]) } : rule;
}
