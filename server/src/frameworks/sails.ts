/** Sails: `cors` of `config/security.js`, which counts for all routes where `allRoutes` says so. */
import type { Program, StringLiteral } from '../syntax/program.ts';
import type { Policy } from '../policy/policy.ts';
import type { Dict, DictEntry } from '../values/value.ts';
import type { CorsLibrary } from './cors-library.ts';
import type { ProgramContext } from './framework.ts';
import { defineFramework } from './framework.ts';
import { libraryPolicy } from './library-policy.ts';

/** As observed of sails 1.5.18. Texts are checked when it starts: what is no origin stops it. */
const sailsCors: CorsLibrary = {
  options: { origin: ['allowOrigins', 'origin'], credentials: ['allowCredentials', 'credentials'], methods: ['allowRequestMethods', 'methods'], allowedHeaders: ['allowRequestHeaders', 'headers'], exposedHeaders: ['allowResponseHeaders', 'exposeHeaders'], maxAge: [] },
  otherOptions: ['allRoutes', 'allowAnyOriginWithCredentialsUnsafe', 'securityLevel'],
  foreignNames: { origins: 'allowOrigins', alloworigin: 'allowOrigins', allowedorigins: 'allowOrigins', allowedheaders: 'allowRequestHeaders', allowheaders: 'allowRequestHeaders', allowmethods: 'allowRequestMethods', exposedheaders: 'allowResponseHeaders' },
  origin: {
    missing: 'any', text: 'compared', separator: ',', trims: true, star: 'any', empty: 'fails', true: 'fails', false: 'fails', nothing: 'any', number: 'fails', pattern: 'fails',
    list: 'members', emptyList: 'closed', starInList: 'compared', patternInList: 'fails', failure: 'the application does not lift, because this value is no origin',
  },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'literal',
  vary: { any: false, sent: false, checked: 'allowed' },
  othersFor: 'allowed',
  needsOrigin: false,
  methods: { default: 'GET,HEAD,PUT,PATCH,POST,DELETE', separator: ',', everyResponse: false },
  allowedHeaders: { default: 'content-type', separator: ',', everyResponse: false, emptyIsDefault: false, vary: false },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: false },
  maxAge: { default: undefined, zero: false },
  preflight: { when: { kind: 'preflight' }, status: 200 },
};

/** `allowAnyOriginWithCredentialsUnsafe`: everybody gets the own origin back. */
const unsafeCors: CorsLibrary = { ...sailsCors, anyWithCredentials: 'reflect' };
const refusal = "if `allowOrigins` is '*', `allowCredentials` cannot also be `true`";

export const framework = defineFramework({
  id: 'sails',
  title: 'Sails',
  documentation: 'https://sailsjs.com/documentation/concepts/security/cors',
  reads: '`cors` of `config/security.js` and `config/env/*.js`, with `allRoutes`',
  mentions: ['allroutes'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    return { policies: program.strings(/^cors$/).flatMap((key) => readSettings(key, program, context)), facts: [] };
  },
});

function readSettings(key: StringLiteral, program: Program, context: ProgramContext): Policy[] {
  const entry = key.parent?.kind === 'object' ? key.parent.entries.find(({ keyRange }) => keyRange.start === key.range.start) : undefined;
  const value = entry && context.evaluator.evaluate(entry.value);
  if (entry === undefined || value?.kind !== 'dict' || !isOn(entryOf(value, ['allRoutes']))) return [];
  const unsafe = isOn(entryOf(value, ['allowAnyOriginWithCredentialsUnsafe']));
  const place = { value, range: entry.range, argumentsRange: entry.value.range };
  const policy = libraryPolicy(unsafe ? unsafeCors : sailsCors, place, { framework: 'sails', packageName: 'Sails', version: context.version('sails'), scope: 'every route' }, program, context);
  const open = policy.settings.origins.value.some(({ kind }) => kind === 'any');
  return [open && !unsafe && policy.settings.credentials.value === true && policy.refusesToStart === undefined ? { ...policy, refusesToStart: refusal } : policy];
}

function entryOf({ entries }: Dict, names: readonly string[]): DictEntry | undefined {
  return entries.find(({ key }) => names.includes(key));
}

function isOn(entry: DictEntry | undefined): boolean {
  return entry?.value.kind === 'boolean' && entry.value.value;
}
