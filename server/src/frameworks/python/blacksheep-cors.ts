/** BlackSheep: `app.use_cors(…)`, and `app.add_cors_policy("name", …)` for single handlers. */
import type { Call } from '../../syntax/programs/program.ts';
import { some } from '../../policy/request-test.ts';
import type { Policy } from '../../policy/policy.ts';
import type { ProgramContext } from '../../models/framework.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { FoundOptions, OptionsFinder } from '../../models/libraries/define-cors-library.ts';
import { methodCalls } from '../../models/libraries/imported-calls.ts';
import { keywordPlace, whenAsked } from '../../models/libraries/option-finders.ts';
import { byRelease, differing } from '../../models/libraries/releases.ts';
import { withoutEntryEdits } from '../../models/libraries/without-edits.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { DictEntry, List, Text, Value } from '../../values/value.ts';

/** As `blacksheep/server/cors.py` of 2.6.4 says. */
const blacksheep: CorsLibrary = {
  options: {
    origin: ['allow_origins'],
    credentials: ['allow_credentials'],
    methods: ['allow_methods'],
    allowedHeaders: ['allow_headers'],
    exposedHeaders: ['expose_headers'],
    maxAge: ['max_age'],
  },
  otherOptions: ['policy_name'],
  foreignNames: { origins: 'allow_origins', allow_origin: 'allow_origins', supports_credentials: 'allow_credentials' },
  origin: {
    missing: 'nobody',
    text: 'compared',
    star: 'any',
    empty: 'nobody',
    true: 'unknown',
    false: 'nobody',
    nothing: 'nobody',
    pattern: 'unknown',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'any',
    patternInList: 'nobody',
    comparedAs: (text) => text.toLowerCase(),
    unlistedFails: 400,
  },
  credentials: { default: false, on: 'truthy' },
  anyWithCredentials: 'reflect',
  vary: { any: false, sent: false, checked: 'allowed' },
  othersFor: 'allowed',
  needsOrigin: true,
  methods: { default: '', separator: ', ', everyResponse: false, upperCase: true },
  allowedHeaders: {
    default: '',
    separator: ', ',
    everyResponse: false,
    emptyIsDefault: false,
    vary: false,
    answersAsked: true,
    starIsAny: true,
    lowerCase: true,
  },
  exposedHeaders: {
    default: 'transfer-encoding, content-encoding, vary, request-context, set-cookie, server, date',
    separator: ', ',
    onPreflight: false,
    lowerCase: true,
  },
  maxAge: { default: '5', zero: true },
  preflight: {
    when: { kind: 'preflight' },
    status: 200,
    refused: 400,
    onlyListed: { methods: true, headers: [], refuses: true, otherRequests: 'all' },
  },
  refusesUnknown: (name) => `TypeError: use_cors() got an unexpected keyword argument '${name}'`,
};

/** Until 2.6.3 everybody beside credentials was a literal star, which browsers refuse. */
const blacksheepAt = byRelease(blacksheep, [{ before: '2.6.4', differs: { anyWithCredentials: 'literal' } }]);

const packageName = 'blacksheep';
const title = 'BlackSheep';

export const framework = defineCorsLibrary({
  id: 'blacksheep-cors',
  title,
  documentation: 'https://www.neoteroi.dev/blacksheep/cors/',
  reads: '`app.use_cors(…)`, `app.add_cors_policy("name", …)`',
  mentions: ['blacksheep'],
  languages: ['python'],
  uses: [
    { packageName, title, options: callsOf('use_cors'), table: tableFor, refine: refined },
    {
      packageName,
      title,
      scope: 'the handlers that take this policy',
      options: callsOf('add_cors_policy'),
      table: tableFor,
      refine: refined,
    },
  ],
});

/** A star allows every method; otherwise a request whose own is not listed is refused. */
function tableFor(version: string | undefined, { place }: FoundOptions): CorsLibrary {
  const library = blacksheepAt(version);
  const methods = dictEntry(place.value, 'allow_methods')?.value;
  const names = methods?.kind === 'list' ? methods.items : [methods];
  const isAny = names.some((name) => name?.kind === 'text' && name.text === '*');
  return isAny
    ? differing(library, { preflight: { onlyListed: { methods: false, headers: [], refuses: true } } })
    : library;
}

function callsOf(name: string): OptionsFinder {
  return (program, context) => ({
    options: program.imports.some(({ module }) => /^blacksheep(\.|$)/.test(module))
      ? methodCalls(program, name).map((call) => optionsOf(call, context))
      : [],
  });
}

function optionsOf(call: Call, context: ProgramContext): FoundOptions {
  const place = keywordPlace(call, context);
  return { call, place: whenAsked(place, () => place.value && separated(place.value)) };
}

const lists = new Set(['allow_origins', 'allow_methods', 'allow_headers', 'expose_headers']);

/** A text is taken apart at blanks, commas and semicolons. */
function separated(options: Value): Value {
  if (options.kind !== 'dict') return options;
  const entries = options.entries.map((entry): DictEntry => {
    const { key, value } = entry;
    const isSeveral = lists.has(key) && value.kind === 'text' && /[\s,;]/.test(value.text);
    return isSeveral ? { ...entry, value: piecesOf(value) } : entry;
  });
  return { ...options, entries };
}

function piecesOf({ text, range, contentRange }: Text): List {
  let at = 0;
  const items = text.split(/\s|,\s?|;\s?/).map((piece): Text => {
    const start = text.indexOf(piece, at);
    at = start + piece.length;
    const isExact = contentRange !== undefined && contentRange.end - contentRange.start === text.length;
    const own = isExact ? { ...contentRange, start: contentRange.start + start, end: contentRange.start + at } : range;
    return { kind: 'text', text: piece, range: own };
  });
  return { kind: 'list', type: 'list', items: items.filter((item) => item.text !== ''), open: false, range };
}

/** It varies where the origin is named; and what stands in one text with others is not repaired by itself. */
function refined(policy: Policy, { place }: FoundOptions): Policy {
  const named = policy.headers.filter(
    ({ name, value }) => name === 'access-control-allow-origin' && value.kind !== 'text',
  );
  const when = some(named.map((rule) => rule.when));
  const headers = policy.headers.map((rule) => (rule.name === 'vary' ? { ...rule, when } : rule));
  const value = dictEntry(place.value, 'allow_origins')?.value;
  const isOneText = value?.kind === 'list' && value.expression === undefined;
  const read: Policy = { ...policy, headers, fixedVary: true };
  return isOneText ? withoutEntryEdits(read) : read;
}
