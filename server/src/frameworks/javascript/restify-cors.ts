/** `restify-cors-middleware2` and its elder `restify-cors-middleware`. */
import type { Expression, Program } from '../../syntax/programs/program.ts';
import type { Fact, HeaderRule, Policy } from '../../policy/policy.ts';
import type { Pattern, RequestTest } from '../../policy/request-test.ts';
import { all, not, originPresent } from '../../policy/request-test.ts';
import type { Call } from '../../syntax/programs/program.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { defineFramework } from '../../models/framework.ts';
import { usesOf } from '../../models/libraries/imported-calls.ts';
import { argumentPlace, libraryPolicy } from '../../models/libraries/library-policy.ts';
import { indentationAt, lineEnd } from '../../edits/program-edits.ts';

const preflight: RequestTest = all([{ kind: 'preflight' }, originPresent]);
const optionsMethod: RequestTest = { kind: 'method', name: 'OPTIONS' };
/** These are always among the names that a program lists. */
const builtInHeaders = [
  'accept',
  'accept-version',
  'content-type',
  'request-id',
  'origin',
  'x-api-version',
  'x-request-id',
  'x-requested-with',
];
const builtInExposed = [
  'api-version',
  'content-length',
  'content-md5',
  'content-type',
  'date',
  'request-id',
  'response-time',
];

/** As observed of restify-cors-middleware2 2.2.1 on restify 11.1. */
const restifyCors: CorsLibrary = {
  options: {
    origin: ['origins'],
    credentials: ['credentials'],
    methods: [],
    allowedHeaders: ['allowHeaders'],
    exposedHeaders: ['exposeHeaders'],
    maxAge: ['preflightMaxAge'],
  },
  otherOptions: ['allowCredentialsAllOrigins', 'preflightStrategy'],
  foreignNames: {},
  origin: {
    missing: 'reflect',
    text: 'fails',
    star: 'compared',
    empty: 'fails',
    true: 'fails',
    false: 'fails',
    nothing: 'reflect',
    number: 'fails',
    pattern: 'fails',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'any',
    patternInList: 'search',
    wildcard,
    failure: 'options.origins (array) is required.',
  },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'reflect',
  reflectsAny: true,
  vary: { any: true, sent: true, checked: 'always', notForOptions: true },
  othersFor: 'allowed',
  needsOrigin: false,
  methods: { default: 'requested', separator: ',', everyResponse: false },
  allowedHeaders: {
    default: builtInHeaders.join(','),
    separator: ',',
    everyResponse: false,
    emptyIsDefault: true,
    vary: false,
  },
  exposedHeaders: { default: builtInExposed.join(','), separator: ',', onPreflight: false },
  maxAge: { default: undefined, zero: false },
  preflight: { when: preflight, status: 204, refused: null, otherOptions: 'nothing' },
};

/** The elder says `Vary` only to those whom it lets in. */
const elder: CorsLibrary = { ...restifyCors, vary: { ...restifyCors.vary, any: false, checked: 'allowed' } };

export const framework = defineFramework({
  id: 'restify-cors',
  title: 'Restify',
  documentation: 'https://github.com/DatatracCorporation/restify-cors-middleware#readme',
  reads:
    '`corsMiddleware(options)` of `restify-cors-middleware2` and `restify-cors-middleware`; wildcards as the package reads them',
  mentions: ['restify-cors-middleware'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    const policies = ['restify-cors-middleware2', 'restify-cors-middleware'].flatMap((module) =>
      usesOf(program, { modules: [module], names: ['default'] }).flatMap(({ call }): Policy[] =>
        call ? [readCall(call, module, program, context)] : [],
      ),
    );
    return { policies, facts: [] };
  },
});

/** Only the first dot is escaped, and only the first `*` replaced. */
function wildcard(text: string): Pattern | undefined {
  return !text.includes('*')
    ? undefined
    : { source: `^${text.replace('.', '\\.').replace('*', '.*')}$`, flags: '', dialect: 'javascript', mode: 'search' };
}

function readCall(call: Call, module: string, program: Program, context: ProgramContext): Policy {
  const place = argumentPlace(call, 0, context);
  const site = {
    framework: 'restify-cors',
    packageName: module,
    version: context.version(module),
    scope: 'every route',
  };
  const policy = libraryPolicy(
    module === 'restify-cors-middleware' ? elder : restifyCors,
    place,
    site,
    program,
    context,
  );
  const allowed = policy.headers.filter(({ name }) => name === 'access-control-allow-origin').map(({ when }) => when);
  const exposesNone = policy.settings.exposedHeaders?.value.length === 0;
  const headers = policy.headers
    .map((rule) => asSent(rule))
    .concat(
      allowed.flatMap((when): HeaderRule[] => [
        // The answer to a preflight always says that cookies may come, and names OPTIONS beside the method that was asked for.
        {
          name: 'access-control-allow-credentials',
          operation: 'set',
          value: { kind: 'text', text: 'true' },
          when: all([when, preflight]),
          range: place.range,
        },
        ...(exposesNone
          ? [
              {
                name: 'access-control-expose-headers',
                operation: 'set',
                value: { kind: 'text', text: builtInExposed.join(',') },
                when: all([when, not(optionsMethod)]),
                range: place.range,
              } as const,
            ]
          : []),
        {
          name: 'access-control-allow-methods',
          operation: 'merge',
          value: { kind: 'text', text: 'OPTIONS' },
          when: all([when, preflight]),
          range: place.range,
        },
      ]),
    );
  const unsafe = dictEntry(place.value, 'allowCredentialsAllOrigins')?.value;
  const everybody =
    policy.settings.origins.value.some(({ kind }) => kind === 'reflect' || kind === 'any') &&
    policy.settings.credentials.value === true;
  const refusal =
    place.value === undefined
      ? 'options (object) is required.'
      : everybody && (unsafe === undefined || (unsafe.kind === 'boolean' && !unsafe.value))
        ? 'credentials not supported with wildcard.'
        : policy.refusesToStart;
  // A server that does not start answers nobody.
  return {
    ...policy,
    headers: refusal === undefined ? headers : [],
    facts: [...policy.facts, ...preflightFacts(call, program)],
    ...(refusal !== undefined && { refusesToStart: refusal }),
  };
}

function asSent(rule: HeaderRule): HeaderRule {
  if (rule.name === 'access-control-allow-credentials') return { ...rule, when: all([rule.when, not(optionsMethod)]) };
  const added =
    rule.name === 'access-control-allow-headers'
      ? builtInHeaders
      : rule.name === 'access-control-expose-headers'
        ? builtInExposed
        : undefined;
  if (added === undefined || rule.value.kind !== 'text') return rule;
  const written = rule.value.text.split(',').filter((name) => name !== '');
  return {
    ...rule,
    value: { kind: 'text', text: [...written, ...added.filter((name) => !written.includes(name))].join(',') },
  };
}

/** `server.use(cors.actual)` without `server.pre(cors.preflight)`: restify answers OPTIONS with 405. */
function preflightFacts(call: Call, program: Program): Fact[] {
  const binding = call.parent?.kind === 'declaration' ? call.parent.bindings[0] : undefined;
  if (binding === undefined || binding.path.length > 0) return [];
  const members = program
    .references(binding)
    .flatMap((reference) => (reference.parent?.kind === 'member' ? [reference.parent] : []));
  const actual = members.find(({ property }) => property === 'actual');
  if (
    actual === undefined ||
    members.some(({ property }) => property === 'preflight') ||
    members.length !== program.references(binding).length
  )
    return [];
  const mount = mountingCall(actual);
  return [
    {
      kind: 'unhandled-preflight',
      range: actual.range,
      needs: 'every route with PUT, DELETE, a JSON body or a header of its own',
      why: 'Restify answers OPTIONS with 405 unless the preflight handler is mounted with `server.pre`',
      ...(mount?.callee.kind === 'member' &&
        mount.callee.object.kind === 'identifier' && {
          handle: () => {
            const {
              callee,
              range: { start },
            } = mount;
            const server = callee.kind === 'member' ? callee.object.text : '';
            return [
              {
                range: { start, end: start },
                newText: `${server}.pre(${binding.name}.preflight);${lineEnd(program.text)}${indentationAt(program.text, start)}`,
              },
            ];
          },
        }),
    },
  ];
}

function mountingCall(actual: Expression): Call | undefined {
  return actual.parent?.kind === 'call' &&
    actual.parent.callee.kind === 'member' &&
    actual.parent.callee.property === 'use' &&
    actual.parent.arguments.length === 1
    ? actual.parent
    : undefined;
}
