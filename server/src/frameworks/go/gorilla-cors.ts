/** The Go package `gorilla/handlers`, whose `CORS` takes a call for each option. */
import type { Argument, Call, Expression, Program } from '../../syntax/programs/program.ts';
import type { FoundOptions } from '../../models/libraries/define-cors-library.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { usesOf } from '../../models/libraries/imported-calls.ts';
import type { OptionsForm } from '../../models/libraries/options-form.ts';
import { structForm } from '../../models/libraries/options-form.ts';
import { differing } from '../../models/libraries/releases.ts';
import { starredMethods } from '../../models/libraries/starred-methods.ts';
import { behindMethods } from './mux-routes.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { insertEntry } from '../../edits/program-edits.ts';
import type { Policy } from '../../policy/policy.ts';
import { never, optionsMethod } from '../../policy/request-test.ts';
import type { Dict, DictEntry, Value } from '../../values/value.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';
import { placed } from './placed-middlewares.ts';

const simpleHeaders = ['accept', 'accept-language', 'content-language', 'origin'];

/** As `cors.go` of 1.5.2 says. See https://pkg.go.dev/github.com/gorilla/handlers#CORS */
const gorillaCors: CorsLibrary = {
  options: {
    origin: ['AllowedOrigins'],
    credentials: ['AllowCredentials'],
    methods: ['AllowedMethods'],
    allowedHeaders: ['AllowedHeaders'],
    exposedHeaders: ['ExposedHeaders'],
    maxAge: ['MaxAge'],
  },
  otherOptions: ['IgnoreOptions', 'OptionStatusCode'],
  foreignNames: {},
  origin: {
    missing: 'any',
    text: 'fails',
    star: 'any',
    empty: 'fails',
    ...otherKinds('fails', 'fails'),
    nothing: 'any',
    undefined: 'nobody',
    list: 'members',
    emptyList: 'any',
    starInList: 'any',
    checks: [{ option: 'AllowedOriginValidator', roles: ['origin'] }],
    callback: { roles: ['origin'], answers: 'return', as: 'exactly-true', refusal: 'nobody', first: true },
    failure: 'this value is no list of origins, and the program is not compiled',
  },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'literal',
  // One origin alone is never varied by.
  vary: { any: false, sent: false, checked: 'allowed', notForOne: true },
  othersFor: 'allowed',
  needsOrigin: true,
  methods: {
    default: 'GET,HEAD,POST',
    separator: ',',
    everyResponse: false,
    upperCase: true,
    answersAsked: true,
    needless: ['GET', 'HEAD', 'POST'],
  },
  allowedHeaders: {
    default: simpleHeaders.join(','),
    separator: ',',
    everyResponse: false,
    emptyIsDefault: true,
    answersAsked: true,
    vary: false,
  },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: false, capitalised: true },
  maxAge: { default: undefined, zero: false, negative: '', most: 600 },
  preflight: {
    when: { kind: 'preflight' },
    status: 200,
    refused: 200,
    statusOption: 'OptionStatusCode',
    otherOptions: 'nothing',
    variesWhereAnswered: true,
    onlyListed: { methods: true, headers: simpleHeaders },
  },
  switched: (options) => switchedBy(options),
};

/** A function alone is never varied by; what ignores OPTIONS leaves it to what stands behind. */
function switchedBy({ entries }: Dict): CorsLibrary {
  const has = (name: string): boolean => entries.some(({ key }) => key === name);
  const varied = has('AllowedOriginValidator') ? differing(gorillaCors, { vary: { checked: 'never' } }) : gorillaCors;
  return has('IgnoreOptions')
    ? differing(varied, { preflight: { when: never, status: null, refused: undefined } })
    : varied;
}

const packageName = 'github.com/gorilla/handlers';
const title = 'gorilla/handlers';
const optionNames = [
  ...Object.values(gorillaCors.options).flat(),
  ...gorillaCors.otherOptions,
  'AllowedOriginValidator',
];

/** `handlers.AllowedOrigins([]string{"https://a.example"})`, an argument like the others. */
function callForm(local: string): OptionsForm {
  const entry = (name: string, value: string): string => `${local}.${name}(${value})`;
  return {
    literals: structForm('').literals,
    entry,
    whole: (written) => written,
    switchesAreCalls: true,
    insert: (source, { range }, written, placeholder) => insertEntry(source, range, written, placeholder),
  };
}

function optionCalls(program: Program, context: ProgramContext): { readonly options: readonly FoundOptions[] } {
  const local = program.imports.find(({ module }) => module === packageName)?.local ?? 'handlers';
  return {
    options: usesOf(program, { modules: [packageName], names: ['CORS'] }).flatMap(({ call }): FoundOptions[] => {
      if (call === undefined) return [];
      const place = { range: call.range, argumentsRange: call.argumentsRange, form: callForm(local) };
      if (call.arguments.length === 0) return [{ call, place: { ...place, value: undefined } }];
      const entries = call.arguments.map((argument) => optionOf(argument, program, context));
      const known = entries.flatMap((one) => one ?? []);
      const value: Dict = {
        kind: 'dict',
        entries: known,
        open: known.length < entries.length,
        range: call.argumentsRange,
      };
      return [{ call, place: { ...place, value } }];
    }),
  };
}

/** The option that an argument is, where it stands or where its variable is declared; undefined where that is not known. */
function optionOf({ value, spread }: Argument, program: Program, context: ProgramContext): DictEntry | undefined {
  if (spread) return undefined;
  const made = context.evaluator.evaluate(value).expression;
  const call = made?.kind === 'call' ? made : undefined;
  if (call === undefined || !isOfProgram(call, program)) return undefined;
  const { callee, range } = call;
  if (callee.kind !== 'member' || !optionNames.includes(callee.property)) return undefined;
  return { key: callee.property, keyRange: callee.propertyRange, range, value: valueOf(call, context) };
}

function valueOf({ arguments: [given], range }: Call, { evaluator }: ProgramContext): Value {
  return given === undefined ? { kind: 'boolean', value: true, range } : evaluator.evaluate(given.value);
}

/** What stands in another file of the package is not looked into. */
function isOfProgram(call: Expression, program: Program): boolean {
  return program.text.slice(call.range.start, call.range.end) === call.text;
}

export const framework = defineCorsLibrary({
  id: 'gorilla-cors',
  title: 'gorilla/handlers (Go)',
  documentation: 'https://pkg.go.dev/github.com/gorilla/handlers#CORS',
  reads:
    '`handlers.CORS(handlers.AllowedOrigins(…), handlers.AllowCredentials(), …)`, options in variables, validators',
  mentions: ['gorilla/handlers'],
  languages: ['go'],
  uses: [
    { packageName, title, options: placed(optionCalls, behindMethods), table: gorillaCors, refine: withLiteralStars },
  ],
});

/** Names are compared letter by letter: a star is one of them. */
function withLiteralStars(policy: Policy): Policy {
  const { allowedHeaders } = policy.settings;
  const names = allowedHeaders?.written && Array.isArray(allowedHeaders.value) ? allowedHeaders.value : undefined;
  const isVaried = policy.headers.some(({ name }) => name === 'vary');
  return {
    ...policy,
    // No option makes it vary by one origin, or by what a function says.
    ...(!isVaried && { fixedVary: true }),
    facts: [...policy.facts, ...starredMethods(policy, title)],
    ...(policy.facts.some(({ kind }) => kind === 'unhandled-preflight') && {
      statuses: [{ when: optionsMethod, status: 405 }, ...policy.statuses],
    }),
    ...(names && {
      settings: {
        ...policy.settings,
        allowedHeaders: {
          ...allowedHeaders!,
          value: names.map((name) => (name.text === '*' ? { ...name, literal: true } : name)),
        },
      },
    }),
  };
}
