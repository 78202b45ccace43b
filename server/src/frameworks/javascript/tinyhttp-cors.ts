/** `@tinyhttp/cors`. */
import type { Fact, Policy } from '../../policy/policy.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineFramework } from '../../models/framework.ts';
import { notCalled, usesOf } from '../../models/libraries/imported-calls.ts';
import { mountedPolicy } from './mounted-library.ts';

/** As observed of @tinyhttp/cors 2.0.1 on tinyhttp 3. */
const tinyhttpCors: CorsLibrary = {
  options: {
    origin: ['origin'],
    credentials: ['credentials'],
    methods: ['methods'],
    allowedHeaders: ['allowedHeaders'],
    exposedHeaders: ['exposedHeaders'],
    maxAge: ['maxAge'],
  },
  otherOptions: ['optionsSuccessStatus', 'preflightContinue'],
  foreignNames: {},
  origin: {
    missing: 'any',
    text: 'sent',
    star: 'any',
    empty: 'sent',
    true: 'any',
    false: 'closed',
    nothing: 'fails',
    undefined: 'any',
    number: 'fails',
    pattern: 'search',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'any',
    patternInList: 'fails',
    callback: { roles: ['request', 'response'], answers: 'return', as: 'literal', refusal: 'fails' },
  },
  credentials: { default: false, on: 'truthy' },
  anyWithCredentials: 'literal',
  vary: { any: false, sent: false, checked: 'always' },
  othersFor: 'everybody',
  needsOrigin: false,
  methods: { default: 'GET,HEAD,PUT,PATCH,POST,DELETE', separator: ', ', everyResponse: true, upperCase: true },
  allowedHeaders: {
    default: 'content-type',
    separator: 'lines',
    everyResponse: true,
    emptyIsDefault: false,
    vary: false,
  },
  exposedHeaders: { default: undefined, separator: 'lines', onPreflight: true },
  maxAge: { default: undefined, zero: false, everyResponse: true },
  preflight: {
    when: { kind: 'method', name: 'OPTIONS' },
    status: 204,
    statusOption: 'optionsSuccessStatus',
    continueOption: 'preflightContinue',
  },
};

export const framework = defineFramework({
  id: 'tinyhttp-cors',
  title: '@tinyhttp/cors',
  documentation: 'https://github.com/tinyhttp/cors#readme',
  reads: '`cors(options)` of `@tinyhttp/cors`; origin functions, whose `null` and `false` become the header',
  mentions: ['@tinyhttp/cors'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    const version = context.version('@tinyhttp/cors');
    const policies: Policy[] = [];
    const facts: Fact[] = [];
    for (const use of usesOf(program, { modules: ['@tinyhttp/cors'], names: ['cors'] })) {
      if (use.call)
        policies.push(
          mountedPolicy(
            tinyhttpCors,
            use.call,
            { framework: 'tinyhttp-cors', packageName: '@tinyhttp/cors', version },
            program,
            context,
          ),
        );
      else if (use.uncalled) facts.push(notCalled(use.uncalled));
    }
    return { policies, facts };
  },
});
