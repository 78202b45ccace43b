/** `restify-cors-middleware2` and its elder `restify-cors-middleware`. */
import type { SourceRange } from '../../syntax/range.ts';
import type { OptionsPlace } from '../../models/libraries/library-context.ts';
import type { Expression, Program } from '../../syntax/programs/program.ts';
import type { Fact, HeaderRule, Policy } from '../../policy/policy.ts';
import type { Pattern, RequestTest } from '../../policy/request-test.ts';
import { all, not, optionsMethod, preflightWithOrigin } from '../../policy/request-test.ts';
import type { Call } from '../../syntax/programs/program.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Value } from '../../values/value.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { indentationAt, lineEnd } from '../../edits/program-edits.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { FoundOptions, UseContext } from '../../models/libraries/define-cors-library.ts';
import { argumentOf } from '../../models/libraries/option-finders.ts';
import { differing } from '../../models/libraries/releases.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

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
    ...otherKinds('fails', 'search'),
    nothing: 'reflect',
    number: 'fails',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'any',
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
  preflight: { when: preflightWithOrigin, status: 204, refused: null, otherOptions: 'nothing' },
};

/** The elder says `Vary` only to those whom it lets in. */
const elder = differing(restifyCors, { vary: { any: false, checked: 'allowed' } });

export const framework = defineCorsLibrary({
  id: 'restify-cors',
  title: 'Restify',
  documentation: 'https://github.com/DatatracCorporation/restify-cors-middleware#readme',
  reads:
    '`corsMiddleware(options)` of `restify-cors-middleware2` and `restify-cors-middleware`; wildcards as the package reads them',
  mentions: ['restify-cors-middleware'],
  languages: ['javascript'],
  uses: [
    {
      packageName: 'restify-cors-middleware2',
      options: argumentOf({ modules: ['restify-cors-middleware2'], names: ['default'] }),
      table: restifyCors,
      refine: asAnswered,
    },
    {
      packageName: 'restify-cors-middleware',
      options: argumentOf({ modules: ['restify-cors-middleware'], names: ['default'] }),
      table: elder,
      refine: asAnswered,
    },
  ],
});

/** Only the first dot is escaped, and only the first `*` replaced. */
function wildcard(text: string): Pattern | undefined {
  return !text.includes('*')
    ? undefined
    : { source: `^${text.replace('.', '\\.').replace('*', '.*')}$`, flags: '', dialect: 'javascript', mode: 'search' };
}

/** The package adds names of its own, and refuses what would let everybody in with cookies. */
function asAnswered(policy: Policy, { call, place }: FoundOptions, { program }: UseContext): Policy {
  const refusal = refusalOf(policy, place);
  return {
    ...policy,
    // A server that does not start answers nobody.
    headers: refusal === undefined ? [...policy.headers.map(asSent), ...alwaysSent(policy, place.range)] : [],
    facts: [...policy.facts, ...(call ? preflightFacts(call, program) : [])],
    ...(refusal !== undefined && { refusesToStart: refusal }),
  };
}

/** The words with which the package refuses the options. */
function refusalOf({ settings, refusesToStart }: Policy, { value }: OptionsPlace): string | undefined {
  if (value === undefined) return 'options (object) is required.';
  if (!isSwitch(dictEntry(value, 'credentials')?.value)) return 'options.credentials (bool) is required.';
  const isForEverybody = settings.origins.value.some(({ kind }) => kind === 'reflect' || kind === 'any');
  const consent = dictEntry(value, 'allowCredentialsAllOrigins')?.value;
  const isRefused = consent === undefined || (consent.kind === 'boolean' && !consent.value);
  return isForEverybody && settings.credentials.value === true && isRefused
    ? 'credentials not supported with wildcard.'
    : refusesToStart;
}

/** The package takes true and false, and nothing that is as good as one of them. */
function isSwitch(value: Value | undefined): boolean {
  return value === undefined || !['text', 'number', 'list', 'dict', 'pattern'].includes(value.kind);
}

/** What goes out beside what the options say, to everybody who is let in. */
function alwaysSent({ headers, settings }: Policy, range: SourceRange): HeaderRule[] {
  const allowed = headers.filter(({ name }) => name === 'access-control-allow-origin').map(({ when }) => when);
  const exposesNone = settings.exposedHeaders?.value.length === 0;
  const sent = (name: string, text: string, when: RequestTest): HeaderRule => ({
    name,
    operation: 'set',
    value: { kind: 'text', text },
    when,
    range,
  });
  // The answer to a preflight always says that cookies may come, and names OPTIONS beside the method that was asked for.
  return allowed.flatMap((when) => [
    sent('access-control-allow-credentials', 'true', all([when, preflightWithOrigin])),
    ...(exposesNone
      ? [sent('access-control-expose-headers', builtInExposed.join(','), all([when, not(optionsMethod)]))]
      : []),
    { ...sent('access-control-allow-methods', 'OPTIONS', all([when, preflightWithOrigin])), operation: 'merge' },
  ]);
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
      needs: 'every route with PUT, DELETE or a JSON body',
      why: 'Restify answers OPTIONS with 405 unless the preflight handler is mounted with server.pre',
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
