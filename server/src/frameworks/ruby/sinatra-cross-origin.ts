/** The gem `sinatra-cross_origin`: settings of an application of Sinatra, and the helper `cross_origin` in its routes. */
import type { Call, Expression, Identifier, Node, Program } from '../../syntax/programs/program.ts';
import type { HeaderRule, Policy } from '../../policy/policy.ts';
import { originPresent } from '../../policy/request-test.ts';
import type { ProgramContext } from '../../models/framework.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { Found, FoundOptions } from '../../models/libraries/define-cors-library.ts';
import { keywordForm } from '../../models/libraries/options-form.ts';
import type { OptionsForm } from '../../models/libraries/options-form.ts';
import { javascriptLiterals } from '../../edits/literals.ts';
import { indentationAt, lineEnd } from '../../edits/program-edits.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Dict, DictEntry, Value } from '../../values/value.ts';
import { callOf } from '../../models/libraries/imported-calls.ts';
import { classAround } from '../../models/handlers/handler-parts.ts';

/**
 * As 0.4.0 answers: whoever asks gets the own origin, with credentials, unless a setting says otherwise. One text is sent to everybody;
 * others than those in a list get the whole list as one text. Nothing sends `Vary`, and OPTIONS is left to the routes.
 *
 * Read, and run under Sinatra 3.0: https://github.com/britg/sinatra-cross_origin/blob/master/lib/sinatra/cross_origin.rb
 */
const crossOrigin: CorsLibrary = {
  options: {
    origin: ['allow_origin'],
    credentials: ['allow_credentials'],
    methods: ['allow_methods'],
    allowedHeaders: ['allow_headers'],
    exposedHeaders: ['expose_headers'],
    maxAge: ['max_age'],
  },
  otherOptions: ['cross_origin'],
  foreignNames: {},
  origin: {
    missing: 'reflect',
    text: 'sent',
    star: 'any',
    empty: 'nobody',
    // `:any` is read as true.
    true: 'reflect',
    false: 'unknown',
    nothing: 'nobody',
    pattern: 'search',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'compared',
    patternInList: 'search',
    singleInList: 'sent',
  },
  credentials: { default: true, on: 'true', readsTexts: true, forEverybody: true },
  anyWithCredentials: 'literal',
  vary: { any: false, sent: false, checked: 'never' },
  othersFor: 'everybody',
  needsOrigin: true,
  methods: { default: 'POST, GET, OPTIONS', separator: ', ', everyResponse: true, upperCase: true },
  allowedHeaders: {
    default: '*, Content-Type, Accept, AUTHORIZATION, Cache-Control',
    separator: ', ',
    everyResponse: true,
    emptyIsDefault: false,
    vary: false,
  },
  exposedHeaders: {
    default: 'Cache-Control, Content-Language, Content-Type, Expires, Last-Modified, Pragma',
    separator: ', ',
    onPreflight: true,
  },
  maxAge: { default: '1728000', zero: true, everyResponse: true },
  preflight: { when: { kind: 'preflight' }, status: null, refused: null },
};

/** `set :allow_origin, 'https://app.example.com'`, a line each. */
const settingsForm: OptionsForm = {
  ...keywordForm,
  literals: { ...javascriptLiterals, comparison: () => undefined },
  entry: (name, value) => `set :${name}, ${value}`,
  remove: (source, range) => {
    const start = range.start - indentationAt(source, range.start).length;
    return [{ range: { ...range, start, end: range.end + lineEnd(source).length }, newText: '' }];
  },
  insert: (source, { range: { start, end, path } }, entry, placeholder) => [
    {
      range: { start: end, end, path },
      newText: lineEnd(source) + indentationAt(source, start) + entry,
      placeholder,
    },
  ],
};

/** `cross_origin allow_origin: 'https://app.example.com'`, and `set allow_origin: …`. */
const argumentsForm: OptionsForm = {
  ...settingsForm,
  remove: keywordForm.remove,
  entry: (name, value) => `${name}: ${value}`,
  insert: (_source, { entries }, entry, placeholder) => {
    const { end, path } = entries.at(-1)?.range ?? {};
    return end === undefined ? [] : [{ range: { start: end, end, path }, newText: `, ${entry}`, placeholder }];
  },
};

export const framework = defineCorsLibrary({
  id: 'sinatra-cross-origin',
  title: 'sinatra-cross_origin',
  documentation: 'https://github.com/britg/sinatra-cross_origin#readme',
  reads: '`enable :cross_origin` with `set :allow_origin, …`, and `cross_origin` in routes of Sinatra',
  mentions: ['cross_origin'],
  languages: ['ruby'],
  uses: [{ packageName: 'sinatra-cross_origin', options: applications, table: crossOrigin, refine: asSent }],
});

/** What the program writes over these headers itself is what is sent; that is read as headers by hand. */
function applications(program: Program, context: ProgramContext): Found {
  if (program.text.has(/access-control-allow-origin/i)) return { options: [] };
  const settings = ['set', 'enable', 'disable'].flatMap((name) =>
    callsOf(name, program).flatMap((call) => settingsOf(call, name, context)),
  );
  const switches = settings.filter(({ entry: { key } }) => key === 'cross_origin').filter(isOn);
  const used = uses(program).filter(({ at }) => switches.every(({ home }) => home !== homeOf(at)));
  return {
    options: [
      ...switches.map(({ call, home }) => optionsAt(call, settings, home, program, context)),
      ...(isOfGem(program, settings) ? used : []).map(({ at, call }) => routeOptions(at, call, settings, context)),
    ],
  };
}

interface Setting {
  readonly call: Call;
  /** Where the class begins that it stands in. */
  readonly home: number;
  readonly entry: DictEntry;
  /** `set allow_origin: …`, among others in one call. */
  readonly isNamed: boolean;
}

const optionNames = new Set([...Object.values(crossOrigin.options).flat(), ...crossOrigin.otherOptions]);

function isOn({ entry: { value } }: Setting): boolean {
  return value.kind === 'boolean' && value.value;
}

/** `require 'sinatra/cross_origin'`, or a setting that nothing else has. */
function isOfGem({ text }: Program, settings: readonly Setting[]): boolean {
  return settings.length > 0 || text.has(/sinatra\/cross_origin|Sinatra::CrossOrigin/);
}

function callsOf(name: string, program: Program): Call[] {
  return program.identifiers(name).flatMap((callee) => callOf(callee) ?? []);
}

/** The class around it; -1 for an application that is the file. */
function homeOf(at: Node): number {
  return classAround(at)?.range.start ?? -1;
}

/** `enable :cross_origin`, `set :max_age, 600`, `set allow_origin: :any, max_age: 600`. */
function settingsOf(call: Call, word: string, { evaluator }: ProgramContext): Setting[] {
  const home = homeOf(call);
  const [first, second] = call.arguments;
  const named = call.arguments.flatMap(({ name, nameRange, range, value }): Setting[] =>
    name === undefined || nameRange === undefined || !optionNames.has(name)
      ? []
      : [{ call, home, isNamed: true, entry: entryOf(name, nameRange, range, evaluator.evaluate(value)) }],
  );
  if (named.length > 0 || first?.value.kind !== 'string' || !optionNames.has(first.value.value)) return named;
  const { range } = first.value;
  const value: Value | undefined =
    word === 'set' ? second && evaluator.evaluate(second.value) : { kind: 'boolean', value: word === 'enable', range };
  if (value === undefined) return [];
  return [{ call, home, isNamed: false, entry: entryOf(first.value.value, range, call.range, value) }];
}

function entryOf(key: string, keyRange: DictEntry['range'], range: DictEntry['range'], value: Value): DictEntry {
  return { key, keyRange, range, value: meant(key, value) };
}

/** `:any` is whoever asks. Methods that are capitals already are lost: `upcase!` gives nil for them. */
function meant(key: string, value: Value): Value {
  if (key === 'allow_origin' && value.kind === 'text' && value.text === 'any')
    return { kind: 'boolean', value: true, range: value.range };
  if (key !== 'allow_methods' || value.kind !== 'list') return value;
  return { ...value, items: value.items.filter((one) => one.kind !== 'text' || one.text !== one.text.toUpperCase()) };
}

/** The last setting of a name counts. */
function optionsAt(
  call: Call,
  settings: readonly Setting[],
  home: number,
  program: Program,
  context: ProgramContext,
): FoundOptions {
  const own = settings.filter((one) => one.home === home && one.entry.key !== 'cross_origin');
  const isForDevelopment = /\bconfigure[ (]+:(development|test)\b/.test(blockAround(call)?.text.slice(0, 60) ?? '');
  return {
    call,
    reach: context.evaluator.guard(call),
    ...(isForDevelopment && { purpose: 'development' as const }),
    place: {
      value: dictOf(
        own.map(({ entry }) => entry),
        call,
        program.text.has(/\bconfig_file\b/),
      ),
      range: call.range,
      argumentsRange: call.argumentsRange,
      form: own.some(({ isNamed }) => isNamed) ? argumentsForm : settingsForm,
    },
  };
}

function dictOf(entries: readonly DictEntry[], { range }: Expression, open: boolean): Dict {
  return { kind: 'dict', entries: [...new Map(entries.map((entry) => [entry.key, entry])).values()], open, range };
}

/** The call whose block this is: `configure :production do … end`, `get '/items' do … end`. */
function blockAround(at: Node): Call | undefined {
  let node: Node | undefined = at.parent;
  while (node && node.kind !== 'function' && node.kind !== 'class') node = node.parent;
  return node?.kind === 'function' && node.parent?.kind === 'call' ? node.parent : undefined;
}

interface Use {
  readonly at: Identifier;
  readonly call?: Call;
}

/** `cross_origin` and `cross_origin allow_origin: …` as steps of a route. */
function uses(program: Program): Use[] {
  return program.identifiers('cross_origin').flatMap((at): Use[] => {
    const call = callOf(at);
    if (call) return [{ at, call }];
    const { parent } = at;
    return parent?.kind === 'expression-statement' || parent?.kind === 'return' ? [{ at }] : [];
  });
}

function routeOptions(
  at: Identifier,
  call: Call | undefined,
  settings: readonly Setting[],
  context: ProgramContext,
): FoundOptions {
  const given = (call?.arguments ?? []).flatMap(({ name, nameRange, range, value }): DictEntry[] =>
    name === undefined || nameRange === undefined
      ? []
      : [entryOf(name, nameRange, range, context.evaluator.evaluate(value))],
  );
  const own = settings.filter((one) => one.home === homeOf(at)).map(({ entry }) => entry);
  const isOpen = call !== undefined && given.length < call.arguments.length;
  const step = call ?? at;
  return {
    ...(call && { call }),
    scope: scopeOf(at),
    reach: context.evaluator.guard(step),
    place: {
      value: dictOf([...own, ...given], step, isOpen),
      range: step.range,
      argumentsRange: call?.argumentsRange ?? { start: at.range.end, end: at.range.end },
      form: given.length > 0 ? argumentsForm : settingsForm,
    },
  };
}

function scopeOf(at: Identifier): string {
  const route = blockAround(at);
  const name = route?.callee.kind === 'identifier' ? route.callee.name : '';
  const path = route?.arguments[0]?.value;
  if (name === 'before') return 'every route';
  return /^(get|post|put|patch|delete|options)$/.test(name) && path?.kind === 'string'
    ? `${name.toUpperCase()} ${path.value}`
    : 'this response';
}

/** Who is not in a list gets the list itself, which is no origin; that there are no credentials is said, too. */
function asSent(policy: Policy, { place }: FoundOptions): Policy {
  const listed = dictEntry(place.value, 'allow_origin')?.value;
  const members =
    listed?.kind === 'list' && !listed.open ? listed.items : listed?.kind === 'pattern' ? [listed] : undefined;
  const texts = members?.map(joined);
  const { credentials } = policy.settings;
  return {
    ...policy,
    headers: [
      ...(texts && !texts.includes(undefined)
        ? [sent('access-control-allow-origin', texts.join('|'), policy.range)]
        : []),
      ...policy.headers,
      ...(credentials.value === false ? [sent('access-control-allow-credentials', 'false', credentials.range)] : []),
    ],
  };
}

function sent(name: string, text: string, range: HeaderRule['range']): HeaderRule {
  return { name, operation: 'set', value: { kind: 'text', text }, when: originPresent, range };
}

/** As `to_s` writes it. */
function joined(value: Value): string | undefined {
  if (value.kind === 'text') return value.text;
  if (value.kind !== 'pattern' || !/^i?$/.test(value.pattern.flags)) return undefined;
  return `(?${value.pattern.flags === 'i' ? 'i-mx' : '-mix'}:${value.pattern.source})`;
}
