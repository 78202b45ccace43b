/** Falcon: `CORSMiddleware(…)`, and `cors_enable=True` of an application, which is the same without options. */
import { guardFacts } from '../../models/libraries/earlier-guards.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import { signs } from './python-headers/answers.ts';
import type { Expression, Program } from '../../syntax/programs/program.ts';
import type { HeaderRule } from '../../policy/policy.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import { all, always, not, optionsMethod, originEquals, some, unknown } from '../../policy/request-test.ts';
import type { ProgramContext } from '../../models/framework.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { Found, FoundOptions } from '../../models/libraries/define-cors-library.ts';
import { usesOf } from '../../models/libraries/imported-calls.ts';
import { keywordPlace } from '../../models/libraries/option-finders.ts';
import { byRelease } from '../../models/libraries/releases.ts';
import { withoutEdits } from '../../models/libraries/without-edits.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Value } from '../../values/value.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

/** As observed of 4.4.0. */
const falconCors: CorsLibrary = {
  options: {
    origin: ['allow_origins'],
    credentials: ['allow_credentials'],
    methods: [],
    allowedHeaders: [],
    exposedHeaders: ['expose_headers'],
    maxAge: [],
  },
  otherOptions: [],
  foreignNames: { origins: 'allow_origins', allow_origin: 'allow_origins', supports_credentials: 'allow_credentials' },
  origin: {
    missing: 'any',
    text: 'compared',
    star: 'any',
    empty: 'closed',
    ...otherKinds('unknown', 'nobody'),
    nothing: 'unknown',
    list: 'members',
    emptyList: 'closed',
    starInList: 'compared',
    refusedText: (text) => text === '*',
    failure: 'the application does not start: ValueError, because "*" stands in a list',
  },
  credentials: { default: false, on: 'truthy' },
  anyWithCredentials: 'reflect',
  vary: { any: false, sent: false, checked: 'never' },
  othersFor: 'allowed',
  needsOrigin: true,
  // The resource's own.
  methods: { default: 'unknown', separator: ', ', everyResponse: false },
  allowedHeaders: {
    default: 'requested',
    separator: ', ',
    everyResponse: false,
    emptyIsDefault: false,
    vary: false,
    unasked: '*',
  },
  exposedHeaders: { default: undefined, separator: ', ', onPreflight: true },
  maxAge: { default: '86400', zero: true },
  preflight: { when: { kind: 'preflight' }, status: null },
  privateNetwork: 'allow_private_network',
  refusesUnknown: (name) => `TypeError: CORSMiddleware.__init__() got an unexpected keyword argument '${name}'`,
};

const falconCorsAt = byRelease(falconCors, [{ before: '4.0.0', differs: { privateNetwork: undefined } }]);

export const framework = defineCorsLibrary({
  id: 'falcon-cors',
  title: 'Falcon',
  documentation: 'https://falcon.readthedocs.io/en/stable/api/cors.html',
  reads: '`falcon.CORSMiddleware(…)`, `cors_enable=True`',
  mentions: ['falcon'],
  languages: ['python'],
  uses: [
    {
      packageName: 'falcon',
      title: 'Falcon',
      options: middlewares,
      table: falconCorsAt,
      refine: (policy, { call }) => {
        const refined = { ...policy, fixedVary: true } as const;
        return /\bApp$/.test(call?.callee.text ?? '') ? withoutEdits(refined) : refined;
      },
    },
  ],
});

const modules = ['falcon', 'falcon.asgi', 'falcon.middleware'];
const byPlace = ['allow_origins', 'expose_headers', 'allow_credentials', 'allow_private_network'];

function middlewares(program: Program, context: ProgramContext): Found {
  const made = usesOf(program, { modules, names: ['CORSMiddleware'] }).flatMap(({ call }): FoundOptions[] =>
    call ? [guarded(withCredentials({ call, place: keywordPlace(call, context, byPlace) }), program, context)] : [],
  );
  const switched = usesOf(program, { modules, names: ['App', 'API'] }).flatMap(({ call }): FoundOptions[] => {
    const on = call?.arguments.find(({ name }) => name === 'cors_enable');
    const value = on && context.evaluator.evaluate(on.value);
    return call && on && value?.kind === 'boolean' && value.value
      ? [{ call, place: { value: undefined, range: on.range, argumentsRange: on.range } }]
      : [];
  });
  return { options: [...made, ...switched] };
}

/**
 * Falcon asks every middleware for the request before the one for CORS is asked for the answer, in whatever order they stand. See
 * https://falcon.readthedocs.io/en/stable/api/middleware.html
 */
function guarded(found: FoundOptions, program: Program, { evaluator }: ProgramContext): FoundOptions {
  const { call } = found;
  if (call?.parent?.kind !== 'list') return found;
  const earlier = call.parent.elements.flatMap(({ value }) => requestHookOf(value, program, evaluator));
  const facts = guardFacts({ made: call, scope: 'every route', earlier }, { program, evaluator, language: signs });
  return facts.length === 0 ? found : { ...found, facts, reach: not(optionsMethod) };
}

/** `process_request` of the class that the middleware is made of. */
function requestHookOf(middleware: Expression, program: Program, evaluator: Evaluator): Expression[] {
  const name = middleware.kind === 'call' ? middleware.callee : undefined;
  const made = name?.kind === 'identifier' ? program.resolve(name)?.value : undefined;
  const hook = made?.kind === 'class' ? made.members.find((one) => one.name === 'process_request')?.value : undefined;
  const value = hook && evaluator.evaluate(hook);
  return value?.kind === 'function' ? [value.function] : [];
}

/** Credentials are for origins of a list of their own; `*` means all that are let in. */
function withCredentials(found: FoundOptions): FoundOptions {
  const { place } = found;
  const entry = dictEntry(place.value, 'allow_credentials');
  if (entry === undefined || place.value?.kind !== 'dict') return found;
  const written = entry.value;
  const isEverybody = written.kind === 'text' && written.text === '*';
  const others = place.value.entries.filter(({ key }) => key !== 'allow_credentials');
  if (isEverybody || written.kind === 'nothing') {
    const value: Value = { kind: 'boolean', value: isEverybody, range: written.range };
    return { ...found, place: { ...place, value: { ...place.value, entries: [...others, { ...entry, value }] } } };
  }
  const trusted = listed(written);
  const when = all([listed(dictEntry(place.value, 'allow_origins')?.value), trusted]);
  const rule = { operation: 'set', when, range: written.range } as const;
  const headers: HeaderRule[] = [
    { ...rule, name: 'access-control-allow-origin', value: { kind: 'request-origin' } },
    { ...rule, name: 'access-control-allow-credentials', value: { kind: 'text', text: 'true' } },
  ];
  return { ...found, headers, place: { ...place, value: { ...place.value, entries: others } } };
}

/** The origins that an option names: all where it is not written. */
function listed(value: Value | undefined): RequestTest {
  if (value === undefined || (value.kind === 'text' && value.text === '*')) return always;
  if (value.kind === 'text') return originEquals(value.text, value.range);
  if (value.kind !== 'list' || value.open) return unknown();
  return some(value.items.map((item) => (item.kind === 'text' ? originEquals(item.text, item.range) : unknown())));
}
