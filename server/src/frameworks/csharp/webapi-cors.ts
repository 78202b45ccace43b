/** CORS of ASP.NET before Core: attributes of Web API 2, and the middleware of OWIN, which share one engine. */
import type { Call, Program } from '../../syntax/programs/program.ts';
import type { DictEntry, Value } from '../../values/value.ts';
import type { ProgramContext } from '../../models/framework.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { FoundOptions } from '../../models/libraries/define-cors-library.ts';
import type { OptionsForm } from '../../models/libraries/options-form.ts';
import { differing } from '../../models/libraries/releases.ts';
import { csharpLiterals, csharpMemberLiterals } from '../../edits/csharp-literals.ts';
import { insertEntry } from '../../edits/program-edits.ts';
import { memberCalls } from './member-calls.ts';

/**
 * As `CorsEngine` of System.Web.Cors 5 and `EnableCorsAttribute` say.
 * See https://learn.microsoft.com/aspnet/web-api/overview/security/enabling-cross-origin-requests-in-web-api
 */
const attribute: CorsLibrary = {
  options: {
    origin: ['origins'],
    credentials: ['SupportsCredentials'],
    methods: ['methods'],
    allowedHeaders: ['headers'],
    exposedHeaders: ['exposedHeaders'],
    maxAge: ['PreflightMaxAge'],
  },
  otherOptions: [],
  foreignNames: {},
  origin: {
    missing: 'nobody',
    text: 'compared',
    separator: ',',
    trims: true,
    star: 'any',
    empty: 'nobody',
    true: 'fails',
    false: 'fails',
    nothing: 'nobody',
    pattern: 'fails',
    list: 'fails',
    emptyList: 'nobody',
    starInList: 'any-single',
    patternInList: 'fails',
  },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'reflect',
  vary: { any: false, sent: false, checked: 'never' },
  othersFor: 'allowed',
  needsOrigin: true,
  methods: { default: 'requested', separator: ',', everyResponse: false, starIsDefault: true, answersAsked: true },
  allowedHeaders: {
    default: 'requested',
    separator: ',',
    everyResponse: false,
    emptyIsDefault: false,
    starIsDefault: true,
    answersAsked: true,
    vary: false,
  },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: false },
  maxAge: { default: undefined, zero: true },
  preflight: {
    when: { kind: 'preflight' },
    status: 200,
    refused: 400,
    onlyListed: { methods: true, headers: [] },
  },
};

/** The members of `new CorsPolicy { … }`. */
const policy: CorsLibrary = differing(attribute, {
  options: {
    origin: ['Origins'],
    credentials: ['SupportsCredentials'],
    methods: ['Methods'],
    allowedHeaders: ['Headers'],
    exposedHeaders: ['ExposedHeaders'],
    maxAge: ['PreflightMaxAge'],
  },
  otherOptions: ['AllowAnyOrigin', 'AllowAnyHeader', 'AllowAnyMethod'],
  origin: { separator: undefined, list: 'members' },
});

/** What `CorsOptions.AllowAll` is. */
const allowAll: CorsLibrary = differing(policy, {
  origin: { missing: 'any' },
  credentials: { default: true },
});

const argumentForm: OptionsForm = {
  literals: csharpLiterals,
  entry: (name, value) => `${name}: ${value}`,
  whole: (entry) => entry,
  insert: () => [],
};

const memberForm: OptionsForm = {
  literals: csharpMemberLiterals,
  entry: (name, value) => `${name} = ${value}`,
  whole: (entry) => `new CorsPolicy { ${entry} }`,
  insert: (source, { range }, entry, placeholder) =>
    insertEntry(source, { ...range, start: source.indexOf('{', range.start) }, entry, placeholder),
};

const positions = ['origins', 'headers', 'methods', 'exposedHeaders'];

/** `new EnableCorsAttribute("*", "*", "*")`, `[EnableCors(origins: "*", headers: "*", methods: "*")]`. */
function attributesIn(program: Program, { evaluator }: ProgramContext): FoundOptions[] {
  const named = ['EnableCors', 'EnableCorsAttribute'].flatMap((name) => program.identifiers(name));
  return named.flatMap(({ parent, range }): FoundOptions[] => {
    if (parent?.kind !== 'call' || parent.callee.range.start !== range.start) return [];
    // An attribute of ASP.NET Core has no more than the name of a policy.
    const plain = parent.arguments.filter(({ name }) => name === undefined);
    if (plain.length < 3 && !parent.arguments.some(({ name }) => name === 'origins')) return [];
    const entries = parent.arguments.map(({ name, nameRange, value, range: whole }, index): DictEntry => ({
      key: name ?? positions[index] ?? '',
      keyRange: nameRange ?? whole,
      value: evaluator.evaluate(value),
      range: whole,
    }));
    return [found(parent, { kind: 'dict', entries, open: false, range: parent.range }, argumentForm, scopeOf(parent))];
  });
}

/** What is made by hand is for the whole configuration; an attribute is for what it stands in front of. */
function scopeOf({ isNew, parent }: Call): string {
  if (isNew) return 'every controller';
  return parent?.kind === 'class' ? `the controller ${parent.name ?? ''}`.trim() : 'one action';
}

/** `new CorsPolicy { AllowAnyOrigin = true, SupportsCredentials = true }`, whose members can be set only here. */
function policiesIn(program: Program, { evaluator }: ProgramContext): FoundOptions[] {
  return [...program.text.matchAll(/\bnew\s+CorsPolicy\b/g)].flatMap(({ index }): FoundOptions[] => {
    const object = program.expressionAt(index);
    if (object?.kind !== 'object' || !object.entries.some(({ key }) => key?.startsWith('AllowAny'))) return [];
    const value = evaluator.evaluate(object);
    if (value.kind !== 'dict') return [];
    const options = { ...value, entries: [...value.entries.flatMap(openedBy), ...value.entries] };
    const { range } = object;
    return [{ place: { value: options, range, argumentsRange: range, form: memberForm } }];
  });
}

const opened: Readonly<Record<string, string>> = {
  AllowAnyOrigin: 'Origins',
  AllowAnyHeader: 'Headers',
  AllowAnyMethod: 'Methods',
};

/** What is switched on stands for a star in the list. */
function openedBy({ key, value, ...entry }: DictEntry): DictEntry[] {
  const name = Object.hasOwn(opened, key) ? opened[key] : undefined;
  if (name === undefined || value.kind !== 'boolean' || !value.value) return [];
  const star: Value = { kind: 'text', text: '*', range: entry.range };
  return [{ ...entry, key: name, value: star }];
}

/** `app.UseCors(CorsOptions.AllowAll)`. */
function allowAllIn(program: Program): FoundOptions[] {
  return memberCalls(program, ['UseCors']).flatMap(({ call }): FoundOptions[] => {
    const given = call.arguments[0]?.value;
    if (given?.kind !== 'member' || !/(^|\.)CorsOptions\.AllowAll$/.test(given.text)) return [];
    const { range } = given;
    return [{ call, place: { value: undefined, range, argumentsRange: range }, scope: 'every route' }];
  });
}

function found(call: Call, value: Value, form: OptionsForm, scope: string): FoundOptions {
  return { call, place: { value, range: call.range, argumentsRange: call.argumentsRange, form }, scope };
}

const packageName = 'Microsoft.AspNet.WebApi.Cors';

export const framework = defineCorsLibrary({
  id: 'webapi-cors',
  title: 'ASP.NET Web API, OWIN',
  documentation:
    'https://learn.microsoft.com/aspnet/web-api/overview/security/enabling-cross-origin-requests-in-web-api',
  reads:
    '`EnableCorsAttribute`, `[EnableCors(origins: …)]`, `CorsOptions.AllowAll`, `new CorsPolicy { AllowAnyOrigin = … }`',
  mentions: ['enablecors', 'corsoptions', 'corspolicy'],
  languages: ['csharp'],
  uses: [
    { packageName, title: 'Web API', options: (...asked) => ({ options: attributesIn(...asked) }), table: attribute },
    {
      packageName: 'Microsoft.Owin.Cors',
      title: 'System.Web.Cors',
      options: (...asked) => ({ options: policiesIn(...asked) }),
      table: policy,
    },
    {
      packageName: 'Microsoft.Owin.Cors',
      title: 'Microsoft.Owin.Cors',
      options: (program) => ({ options: allowAllIn(program) }),
      table: allowAll,
      // There is nothing to change in what is a constant.
      refine: (read) => ({ ...read, edits: {} }),
    },
  ],
});
