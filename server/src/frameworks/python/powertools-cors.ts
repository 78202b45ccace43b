/** Powertools for AWS Lambda (Python): the `CORSConfig(…)` of a resolver of API Gateway, a load balancer or a function URL. */
import type { Program } from '../../syntax/programs/program.ts';
import { optionsMethod } from '../../policy/request-test.ts';
import type { HeaderRule, Policy } from '../../policy/policy.ts';
import type { ProgramContext } from '../../models/framework.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { Found, FoundOptions } from '../../models/libraries/define-cors-library.ts';
import { usesOf } from '../../models/libraries/imported-calls.ts';
import { keywordPlace } from '../../models/libraries/option-finders.ts';
import { withoutEdits } from '../../models/libraries/without-edits.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Dict, Value } from '../../values/value.ts';
import { withRequiredHeaders } from './required-headers.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

/** As observed of 3.37.0. */
const powertools: CorsLibrary = {
  options: {
    origin: ['allow_origin'],
    credentials: ['allow_credentials'],
    methods: [],
    allowedHeaders: ['allow_headers'],
    exposedHeaders: ['expose_headers'],
    maxAge: ['max_age'],
  },
  otherOptions: ['extra_origins'],
  foreignNames: {
    allow_origins: 'extra_origins',
    origins: 'extra_origins',
    supports_credentials: 'allow_credentials',
  },
  origin: {
    missing: 'any',
    text: 'compared',
    star: 'any',
    empty: 'closed',
    ...otherKinds('unknown', 'nobody'),
    nothing: 'unknown',
    list: 'members',
    emptyList: 'closed',
    starInList: 'any',
  },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'literal',
  vary: { any: false, sent: false, checked: 'never' },
  othersFor: 'allowed',
  needsOrigin: true,
  // Those of all routes.
  methods: { default: 'unknown', separator: ',', everyResponse: false },
  allowedHeaders: {
    default: 'Authorization,Content-Type,X-Amz-Date,X-Amz-Security-Token,X-Api-Key',
    separator: ',',
    everyResponse: true,
    emptyIsDefault: true,
    vary: false,
    sorted: true,
  },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: true },
  maxAge: { default: undefined, zero: true, everyResponse: true },
  preflight: { when: optionsMethod, status: 204 },
  refusesUnknown: (name) => `TypeError: CORSConfig.__init__() got an unexpected keyword argument '${name}'`,
};

const modules = [
  'aws_lambda_powertools.event_handler',
  'aws_lambda_powertools.event_handler.api_gateway',
  'aws_lambda_powertools.event_handler.lambda_function_url',
];
const byPlace = ['allow_origin', 'extra_origins', 'allow_headers', 'expose_headers', 'max_age', 'allow_credentials'];

export const framework = defineCorsLibrary({
  id: 'powertools-cors',
  title: 'Powertools for AWS Lambda (Python)',
  documentation: 'https://docs.powertools.aws.dev/lambda/python/latest/core/event_handler/api_gateway/#cors',
  reads: '`CORSConfig(…)` of a resolver',
  mentions: ['aws_lambda_powertools'],
  languages: ['python'],
  uses: [
    {
      packageName: 'aws-lambda-powertools',
      title: 'Powertools for AWS Lambda',
      options: configurations,
      table: powertools,
      refine: (policy) => withoutEdits(withoutOpenCredentials(policy)),
    },
  ],
});

function configurations(program: Program, context: ProgramContext): Found {
  return {
    options: usesOf(program, { modules, names: ['CORSConfig'] }).flatMap(({ call }): FoundOptions[] => {
      const place = call && keywordPlace(call, context, byPlace);
      return place ? [{ call, place: { ...place, value: place.value && withOthers(place.value) } }] : [];
    }),
  };
}

/** The first origin and the further ones are one list; the headers that the service needs are always allowed. */
function withOthers(written: Value): Value {
  if (written.kind !== 'dict') return written;
  const value = withRequiredHeaders(written, 'allow_headers');
  const [first, others] = [dictEntry(value, 'allow_origin'), dictEntry(value, 'extra_origins')];
  if (first === undefined || others === undefined || others.value.kind === 'nothing') return value;
  const items = others.value.kind === 'list' ? others.value.items : [];
  const list: Value = {
    kind: 'list',
    items: [first.value, ...items],
    open: others.value.kind !== 'list' || others.value.open,
    type: 'list',
    range: others.value.range,
  };
  const entries = value.entries.map((entry) => (entry === first ? { ...entry, value: list } : entry));
  return { ...value, entries } satisfies Dict;
}

/** `*` is never sent beside credentials. */
function withoutOpenCredentials(policy: Policy): Policy {
  const isOpen = policy.settings.origins.value.some(({ kind }) => kind === 'any');
  const headers = policy.headers.filter(({ name }) => !isOpen || name !== 'access-control-allow-credentials');
  // Which methods there are is said to everybody.
  const methods: HeaderRule = {
    name: 'access-control-allow-methods',
    operation: 'set',
    value: { kind: 'unknown' },
    when: optionsMethod,
    range: policy.range,
  };
  return { ...policy, headers: [...headers, methods], fixedVary: true };
}
