/** The REST server of go-zero: `rest.WithCors("a", "b")`, `rest.WithCustomCors(…)` and `rest.WithCorsHeaders(…)`. */
import type { Call, Expression, Node, Program } from '../../syntax/programs/program.ts';
import type { HeaderRule, Policy } from '../../policy/policy.ts';
import { always, not, optionsMethod, originPresent } from '../../policy/request-test.ts';
import type { Pattern } from '../../policy/request-test.ts';
import { goLiterals } from '../../edits/go-literals.ts';
import { quoted } from '../../edits/program-edits.ts';
import type { ProgramContext } from '../../models/framework.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { FoundOptions, OptionsFinder } from '../../models/libraries/define-cors-library.ts';
import { usesOf } from '../../models/libraries/imported-calls.ts';
import { argumentList, whenAsked } from '../../models/libraries/option-finders.ts';
import type { OptionsForm } from '../../models/libraries/options-form.ts';
import { structForm } from '../../models/libraries/options-form.ts';
import { byRelease, differing } from '../../models/libraries/releases.ts';
import { withoutEdits } from '../../models/libraries/without-edits.ts';
import { wildcardPattern } from '../../models/services/wildcard-pattern.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Dict, Value } from '../../values/value.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

const usualHeaders = 'Content-Type, Origin, X-CSRF-Token, Authorization, AccessToken, Token, Range';

/** As `handlers.go` of 1.10.3 says. See https://pkg.go.dev/github.com/zeromicro/go-zero/rest#WithCors */
const goZero: CorsLibrary = {
  options: {
    origin: ['origins'],
    credentials: [],
    methods: [],
    allowedHeaders: [],
    exposedHeaders: [],
    maxAge: [],
  },
  otherOptions: ['headers'],
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
    // The caller's own origin stands in place of a star that is listed, and credentials beside it.
    starInList: 'reflect',
    ignoresCase: true,
    wildcard: (text) => (isHost(text) ? endingIn(`*.${text}`) : undefined),
  },
  credentials: { default: true, on: 'true' },
  anyWithCredentials: 'reflect',
  vary: { any: true, sent: true, checked: 'always' },
  othersFor: 'accepted',
  needsOrigin: false,
  methods: { default: 'GET, HEAD, POST, PATCH, PUT, DELETE', separator: ', ', everyResponse: true },
  allowedHeaders: {
    default: usualHeaders,
    separator: ', ',
    everyResponse: true,
    emptyIsDefault: false,
    vary: false,
    addition: 'headers',
  },
  exposedHeaders: {
    default: 'Content-Length, Access-Control-Allow-Origin, Access-Control-Allow-Headers',
    separator: ', ',
    onPreflight: true,
  },
  maxAge: { default: '86400', zero: true, everyResponse: true },
  preflight: { when: optionsMethod, status: 204, refused: 204 },
};

const goZeroAt = byRelease(goZero, [
  // The dot was missing before a text that others may end in: CVE-2024-27302.
  { before: '1.5.1', differs: { origin: { wildcard: (text) => (isHost(text) ? endingIn(`*${text}`) : undefined) } } },
  { before: '1.3.3', differs: { origin: { wildcard: undefined, ignoresCase: false } } },
]);

/** Hosts are compared with the end of the caller's origin; no origin ends in a whole one. */
function isHost(text: string): boolean {
  return !text.includes('://') && text !== '*' && text !== 'null' && text !== '';
}

function endingIn(text: string): Pattern {
  return { ...wildcardPattern(text), flags: 'i' };
}

const packageName = 'github.com/zeromicro/go-zero';
const modules = [`${packageName}/rest`];
const title = 'go-zero';

export const framework = defineCorsLibrary({
  id: 'go-zero-cors',
  title: 'go-zero (Go)',
  documentation: 'https://pkg.go.dev/github.com/zeromicro/go-zero/rest#WithCors',
  reads: '`rest.WithCors(…)`, `rest.WithCustomCors(…)`, `rest.WithCorsHeaders(…)`',
  mentions: ['go-zero/rest'],
  languages: ['go'],
  uses: [
    { packageName, title, options: originsOf('WithCors', 0), table: tableFor, refine: withEmptyOrigin },
    {
      packageName,
      title,
      options: originsOf('WithCustomCors', 2),
      table: tableFor,
      refine: (policy, { call }) => withEmptyOrigin(rewritten(policy, call!)),
    },
    {
      packageName,
      title,
      options: (program, context) => ({ options: headersOf(program, context) }),
      table: tableFor,
      refine: (policy) => withoutEdits(withOwnLine(withEmptyOrigin(policy))),
    },
  ],
});

/** Without origins it is a plain star, and no credentials go with that. */
function tableFor(version: string | undefined, { place: { value } }: FoundOptions): CorsLibrary {
  const library = goZeroAt(version);
  return dictEntry(value, 'origins') === undefined ? differing(library, { credentials: { default: false } }) : library;
}

/** Origins stand one behind the other, or in a slice that is spread. */
const form: OptionsForm = {
  ...structForm(''),
  literals: {
    ...goLiterals,
    list: (values, quote, written = '') =>
      /^\[\]string\b/.test(written)
        ? goLiterals.list(values, quote, written)
        : values.map((value) => quoted(value, quote)).join(', '),
    // Without any, everybody gets in.
    canRemove: (source, { start, end }) =>
      /["`]\s*,\s*$/.test(source.slice(Math.max(0, start - 40), start)) ||
      /^\s*,\s*["`]/.test(source.slice(end, end + 40)),
  },
  entry: (_name, value) => value,
  whole: (entry) => entry,
  call: undefined,
  insert: () => [],
};

/** Origins are the arguments from this one on. */
function originsOf(name: string, from: number): OptionsFinder {
  return (program, context) => ({
    options: usesOf(program, { modules, names: [name] }).flatMap(({ call }): FoundOptions[] => {
      if (call === undefined || call.arguments.length < from || (from > 0 && !isKnown(call, context))) return [];
      const { range, argumentsRange } = call;
      const last = call.arguments.at(-1);
      const place = { range, argumentsRange, form, ...(last && { insertAt: last.range.end }) };
      return [{ call, place: whenAsked(place, () => asOptions('origins', argumentList(call, from, context))) }];
    }),
  });
}

/** What a function that is handed over writes is read only where it stands here and leaves the origin alone. */
function isKnown({ arguments: [writer] }: Call, { evaluator }: ProgramContext): boolean {
  const value = writer && evaluator.evaluate(writer.value);
  return value?.kind === 'nothing' || (writer?.value.kind === 'function' && leavesOrigin(writer.value));
}

/** The headers that it writes are put in place of some of the library's own. */
function leavesOrigin({ text }: Expression): boolean {
  return !/-Origin|-Credentials|\.Del\(/i.test(text);
}

/** Whether a function around this place writes headers beside those of `rest.WithCustomCors`, which says who gets in. */
export function isBesideOrigins({ parent }: Node): boolean {
  for (let node: Node | undefined = parent; node !== undefined; node = node.parent) {
    const call = node.kind === 'function' ? node.parent : undefined;
    if (node.kind === 'function' && call?.kind === 'call' && /\.WithCustomCors$/.test(call.callee.text))
      return leavesOrigin(node);
  }
  return false;
}

/** Headers that the function writes in place of those of the library, also for whoever is refused. */
function rewritten(policy: Policy, { arguments: [writer] }: Call): Policy {
  const text = writer?.value.text.toLowerCase() ?? '';
  const names = [...new Set(text.match(/access-control-[a-z-]+/g))];
  const written = names.map((name): HeaderRule => ({
    name,
    operation: 'set',
    value: { kind: 'unknown' },
    when: always,
    range: writer!.range,
  }));
  return { ...policy, headers: [...policy.headers.filter(({ name }) => !names.includes(name)), ...written] };
}

/** Every origin is let in, and the names are allowed beside the usual ones. */
function headersOf(program: Program, context: ProgramContext): FoundOptions[] {
  return usesOf(program, { modules, names: ['WithCorsHeaders'] }).flatMap(({ call }): FoundOptions[] => {
    if (call === undefined) return [];
    const { range, argumentsRange, callee } = call;
    const star: Value = { kind: 'text', text: '*', range: callee.range };
    const origins: Value = { kind: 'list', type: 'list', items: [star], open: false, range: callee.range };
    return [
      {
        call,
        place: whenAsked({ range, argumentsRange, form }, () => {
          const headers = asOptions('headers', argumentList(call, 0, context));
          const entry = { key: 'origins', keyRange: callee.range, range: callee.range, value: origins };
          return { kind: 'dict', open: false, range, entries: [entry, ...(headers?.entries ?? [])] };
        }),
      },
    ];
  });
}

/** The names that are added go out in a line of their own. */
function withOwnLine(policy: Policy): Policy {
  const headers = policy.headers.flatMap((rule): HeaderRule[] => {
    if (rule.name !== 'access-control-allow-headers' || rule.value.kind !== 'text') return [rule];
    const added = rule.value.text.slice(usualHeaders.length).replace(/^, /, '');
    return [
      { ...rule, value: { kind: 'text', text: usualHeaders } },
      { ...rule, operation: 'append', value: { kind: 'text', text: added } },
    ];
  });
  return { ...policy, headers };
}

function asOptions(key: string, value: Value | undefined): Dict | undefined {
  if (value === undefined) return undefined;
  const { range } = value;
  return {
    kind: 'dict',
    open: false,
    range,
    entries: [{ key, keyRange: { ...range, end: range.start }, range, value }],
  };
}

/** Where everybody gets the own origin back, a request without one gets an empty text. */
function withEmptyOrigin(policy: Policy): Policy {
  const { origins } = policy.settings;
  if (!origins.value.some(({ kind }) => kind === 'reflect')) return policy;
  const empty: HeaderRule = {
    name: 'access-control-allow-origin',
    operation: 'set',
    value: { kind: 'text', text: '' },
    when: not(originPresent),
    range: origins.range,
  };
  return { ...policy, headers: [...policy.headers, empty] };
}
