/** `cors` of itty-router 5 and 6, which makes `preflight` and `corsify`. */
import type { Call, Program } from '../../syntax/programs/program.ts';
import type { Fact, HeaderRule, Policy } from '../../policy/policy.ts';
import { all, never, not, optionsMethod, originPresent, some } from '../../policy/request-test.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { argumentOf } from '../../models/libraries/option-finders.ts';
import { byRelease } from '../../models/libraries/releases.ts';

/** As observed of itty-router 6.0.0, where `preflight` stands before the routes and `corsify` behind them. */
const ittyCors: CorsLibrary = {
  options: {
    origin: ['origin'],
    credentials: ['credentials'],
    methods: ['allowMethods'],
    allowedHeaders: ['allowHeaders'],
    exposedHeaders: ['exposeHeaders'],
    maxAge: ['maxAge'],
  },
  otherOptions: [],
  foreignNames: {},
  origin: {
    missing: 'any',
    text: 'sent',
    star: 'any',
    empty: 'closed',
    true: 'reflect',
    number: 'sent',
    false: 'closed',
    nothing: 'closed',
    undefined: 'any',
    pattern: 'search',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'compared',
    patternInList: 'nobody',
    callback: { roles: ['origin'], answers: 'return', as: 'header', refusal: 'nobody' },
  },
  credentials: { default: false, on: 'truthy' },
  anyWithCredentials: 'reflect',
  vary: { any: false, sent: false, checked: 'never' },
  othersFor: 'everybody',
  needsOrigin: false,
  methods: { default: '*', separator: ',', everyResponse: true },
  allowedHeaders: { default: undefined, separator: ',', everyResponse: true, emptyIsDefault: false, vary: false },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: true },
  maxAge: { default: undefined, zero: false, everyResponse: true },
  preflight: { when: optionsMethod, status: 204 },
};

/** By version, as observed of 6.0.0, 5.0.24, 5.0.9 and 5.0.4, which is the code of 6.0.0 letter by letter. */
export const ittyCorsAt = byRelease(ittyCors, [
  // Methods and names, those to expose too, were listed in preflights only, and the names that are asked for mirrored.
  {
    before: '6.0.0',
    differs: {
      methods: { everyResponse: false },
      allowedHeaders: { default: 'requested', everyResponse: false },
      exposedHeaders: { onPreflight: 'only' },
      maxAge: { everyResponse: false },
    },
  },
  {
    before: '5.0.9',
    differs: {
      methods: ittyCors.methods,
      allowedHeaders: ittyCors.allowedHeaders,
      exposedHeaders: ittyCors.exposedHeaders,
      maxAge: ittyCors.maxAge,
    },
  },
]);

export const framework = defineCorsLibrary({
  id: 'itty-router',
  title: 'itty-router',
  documentation: 'https://itty.dev/itty-router/cors',
  reads: '`cors(options)` of `itty-router`, version 5 and later',
  mentions: ['itty-router'],
  languages: ['javascript'],
  uses: [
    {
      packageName: 'itty-router',
      options: argumentOf({ modules: ['itty-router', 'itty-router/cors'], names: ['cors'] }),
      table: ittyCorsAt,
      refine: (policy, { call }, { version, program }) =>
        asUsed({ ...policy, headers: [...policy.headers, ...doubled(policy, ittyCorsAt(version))] }, call, program),
    },
  ],
});

/** What is made and given to no router does nothing: `preflight` answers OPTIONS, and `corsify` puts the headers on the other answers. */
function asUsed(policy: Policy, call: Call | undefined, program: Program): Policy {
  const isUnused = (name: string): boolean => call !== undefined && !isGiven(name, call, program);
  const [noPreflight, noAnswer] = ['preflight', 'corsify'].map(isUnused);
  if (!noPreflight && !noAnswer) return policy;
  const { range } = policy;
  const reached = noPreflight ? (noAnswer ? never : not(optionsMethod)) : optionsMethod;
  const facts: Fact[] = [
    ...policy.facts,
    noAnswer
      ? {
          kind: 'lost-header',
          headers: ['Access-Control-Allow-Origin'],
          range,
          why: 'unset',
          explanation: 'Only "corsify" puts the headers on answers, and no router has it.',
          instead: 'Give it to the router: finally: [corsify].',
        }
      : {
          kind: 'unhandled-preflight',
          range,
          needs: 'every route with the methods or headers that it allows',
          why: 'Only "preflight" answers OPTIONS, and no router has it',
          instead: 'Give it to the router: before: [preflight].',
        },
  ];
  return {
    ...policy,
    headers: policy.headers.map((rule) => ({ ...rule, when: all([reached, rule.when]) })),
    ...(noPreflight && { statuses: [{ when: optionsMethod, status: null }] }),
    facts,
  };
}

/** Somebody uses what `cors` made under that name, as far as this file shows. */
function isGiven(name: string, { parent }: Call, program: Program): boolean {
  if (parent?.kind !== 'declaration') return true;
  const { bindings, range } = parent;
  const line = program.text.lastIndexOf('\n', range.start - 1) + 1;
  const isExported = program.text.part(line, range.start).has(/\bexport\s/);
  if (isExported || bindings.some((one) => program.exports.has(one.name))) return true;
  if (bindings.some(({ path }) => path.length === 0)) return program.text.has(new RegExp(`\\b${name}\\b`));
  const own = bindings.find(({ path }) => path.length === 1 && path[0] === name);
  return own !== undefined && program.references(own).length > 0;
}

/**
 * An answer without an allowed origin is taken for one that `corsify` has not seen yet, so that a refused preflight gets
 * its other headers twice.
 */
function doubled({ headers }: Policy, { methods }: CorsLibrary): HeaderRule[] {
  const granted = some(
    headers
      .filter(({ name }) => name === 'access-control-allow-origin')
      .map(({ value, when }) => (value.kind === 'request-origin' ? all([originPresent, when]) : when)),
  );
  const refused: RequestTest = all([optionsMethod, not(granted)]);
  // What belongs to preflights only is not written a second time.
  const isDoubled = ({ name }: HeaderRule): boolean =>
    methods.everyResponse
      ? name !== 'access-control-allow-origin' && name !== 'vary'
      : name === 'access-control-allow-credentials';
  return headers.filter(isDoubled).map((rule) => ({
    ...rule,
    value:
      rule.value.kind === 'text'
        ? { kind: 'text', text: `${rule.value.text}, ${rule.value.text}` }
        : { kind: 'unknown' },
    when: all([refused, rule.when]),
  }));
}
