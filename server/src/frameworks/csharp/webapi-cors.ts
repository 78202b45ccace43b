/** CORS of ASP.NET before Core: attributes of Web API 2, and the middleware of OWIN, which share one engine. */
import type { Call, Program } from '../../syntax/programs/program.ts';
import type { DictEntry, Value } from '../../values/value.ts';
import type { ProgramContext } from '../../models/framework.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { FoundOptions } from '../../models/libraries/define-cors-library.ts';
import type { OptionsForm } from '../../models/libraries/options-form.ts';
import { differing } from '../../models/libraries/releases.ts';
import { csharpLiterals } from '../../edits/csharp-literals.ts';
import { memberCalls } from './member-calls.ts';
import { memberSteps, withSteps } from './member-steps.ts';
import { formOf, policyObjects } from './policy-objects.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

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
    ...otherKinds('fails', 'fails'),
    nothing: 'nobody',
    list: 'fails',
    emptyList: 'nobody',
    starInList: 'any-single',
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
  // Everybody is let in by a switch of its own: a star in the list is compared like any other text.
  origin: { separator: undefined, list: 'members', starInList: 'compared' },
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

const positions = ['origins', 'headers', 'methods', 'exposedHeaders'];

/** `new EnableCorsAttribute("*", "*", "*")`, `[EnableCors(origins: "*", headers: "*", methods: "*")]`. */
function attributesIn(program: Program, context: ProgramContext): FoundOptions[] {
  const named = ['EnableCors', 'EnableCorsAttribute'].flatMap((name) => program.identifiers(name));
  return named.flatMap(({ parent, range }): FoundOptions[] => {
    if (parent?.kind !== 'call' || parent.callee.range.start !== range.start) return [];
    // An attribute of ASP.NET Core has no more than the name of a policy.
    const plain = parent.arguments.filter(({ name }) => name === undefined);
    if (plain.length < 3 && !parent.arguments.some(({ name }) => name === 'origins')) return [];
    const entries = parent.arguments.map(({ name, nameRange, value, range: whole }, index): DictEntry => ({
      key: name ?? positions[index] ?? '',
      // An argument without a name is replaced alone.
      keyRange: nameRange ?? parent.callee.range,
      value: context.evaluator.evaluate(value),
      range: whole,
    }));
    const steps = parent.isNew ? memberSteps(parent, program) : [];
    return [found(parent, withSteps(parent, entries, steps, context), argumentForm, scopeOf(parent))];
  });
}

/** What is made by hand is for the whole configuration; an attribute is for what it stands in front of. */
function scopeOf({ isNew, parent }: Call): string {
  if (isNew) return 'every controller';
  return parent?.kind === 'class' ? `the controller ${parent.name ?? ''}`.trim() : 'one action';
}

/** What only a `CorsPolicy` of ASP.NET before Core has, and the namespaces of it. */
const classic = /\bSystem\.Web\b|\bMicrosoft\.Owin\b|\busing\s+Owin\b|\bPolicyResolver\b|\bHttpRequestMessage\b/;

/** `new CorsPolicy { AllowAnyOrigin = true, SupportsCredentials = true }`. */
function policiesIn(program: Program, context: ProgramContext): FoundOptions[] {
  const isClassic = program.text.has(classic);
  return policyObjects(program, context).flatMap((object): FoundOptions[] => {
    const { entries } = object.value;
    // In ASP.NET Core these members cannot be set.
    if (!isClassic && !entries.some(({ key }) => Object.hasOwn(opened, key))) return [];
    const value = { ...object.value, entries: [...entries.flatMap(openedBy), ...entries] };
    const form = formOf({ ...object, value }, program);
    const { range } = object.made;
    return [{ place: { value, range, argumentsRange: range, form } }];
  });
}

const opened: Readonly<Record<string, string>> = {
  AllowAnyOrigin: 'Origins',
  AllowAnyHeader: 'Headers',
  AllowAnyMethod: 'Methods',
};

/** What is switched on stands for a star in the list; where it is only on under a condition, the list counts otherwise. */
function openedBy({ key, value, ...entry }: DictEntry, _index: number, entries: readonly DictEntry[]): DictEntry[] {
  const name = Object.hasOwn(opened, key) ? opened[key] : undefined;
  if (name === undefined) return [];
  const star: Value = { kind: 'text', text: '*', range: entry.range };
  if (value.kind === 'boolean') return value.value ? [{ ...entry, key: name, value: star }] : [];
  if (value.kind !== 'one-of') return [];
  const list = entries.find((one) => one.key === name)?.value ?? { kind: 'nothing', range: entry.range };
  const choices = value.choices.map((choice) => ({ ...choice, value: isOn(choice.value) ? star : list }));
  return [{ ...entry, key: name, value: { ...value, choices } }];
}

const isOn = (value: Value): boolean => value.kind === 'boolean' && value.value;

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
    '`EnableCorsAttribute`, `[EnableCors(origins: …)]`, `CorsOptions.AllowAll`, `new CorsPolicy { AllowAnyOrigin = … }`, ' +
    'and what is written to the members of these behind',
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
