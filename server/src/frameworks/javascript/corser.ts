/** `corser`, whose options without origins let everybody in. */
import type { SourceRange } from '../../syntax/range.ts';
import type { Call, Program } from '../../syntax/programs/program.ts';
import type { HeaderRule, Policy, PolicyEdits } from '../../policy/policy.ts';
import { always, optionsMethod } from '../../policy/request-test.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { deeper, indentationAt, lineEnd, preferredQuote, quoted } from '../../edits/program-edits.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { FoundOptions, UseContext } from '../../models/libraries/define-cors-library.ts';
import { mountedArgument } from './mounted-library.ts';

const simpleResponseHeaders = [
  'cache-control',
  'content-language',
  'content-type',
  'expires',
  'last-modified',
  'pragma',
];

/** As observed of corser 2.0.1. A preflight for anything outside of the lists is answered without a CORS header. */
const corser: CorsLibrary = {
  options: {
    origin: ['origins'],
    credentials: ['supportsCredentials'],
    methods: ['methods'],
    allowedHeaders: ['requestHeaders'],
    exposedHeaders: ['responseHeaders'],
    maxAge: ['maxAge'],
  },
  otherOptions: ['endPreflightRequests'],
  foreignNames: {},
  origin: {
    missing: 'any',
    text: 'fails',
    star: 'compared',
    empty: 'any',
    true: 'any',
    false: 'any',
    nothing: 'any',
    pattern: 'any',
    list: 'members',
    emptyList: 'any',
    starInList: 'compared',
    patternInList: 'nobody',
    callback: { roles: ['origin', 'callback'], answers: 'callback', as: 'exactly-true', refusal: 'off' },
  },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'reflect',
  vary: { any: false, sent: false, checked: 'never' },
  othersFor: 'allowed',
  needsOrigin: true,
  methods: { default: 'GET,HEAD,POST', separator: ',', everyResponse: false },
  allowedHeaders: {
    default: 'accept,accept-language,content-language,content-type',
    separator: ',',
    everyResponse: false,
    emptyIsDefault: false,
    vary: false,
    text: 'throws',
  },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: false, text: 'throws' },
  maxAge: { default: undefined, zero: false },
  preflight: {
    when: { kind: 'preflight' },
    onlyListed: { methods: true, headers: ['origin'] },
    status: 204,
    refused: null,
    otherOptions: 'nothing',
  },
};

export const framework = defineCorsLibrary({
  id: 'corser',
  title: 'corser',
  documentation: 'https://github.com/agrueneberg/Corser#readme',
  reads: '`corser.create(options)`; origin functions; preflights outside of the lists, which get no header',
  mentions: ['corser'],
  languages: ['javascript'],
  uses: [
    {
      packageName: 'corser',
      options: mountedArgument({ modules: ['corser'], names: ['create'] }),
      table: corser,
      refine: asAnswered,
    },
  ],
});

/** The package writes names in its own way, and `Vary` never. */
function asAnswered(policy: Policy, { call, place }: FoundOptions, { program }: UseContext): Policy {
  const ends = dictEntry(place.value, 'endPreflightRequests')?.value;
  const passesOn = ends !== undefined && !(ends.kind === 'boolean' && ends.value);
  const elsewhere = varyElsewhere(place.range, program);
  return {
    ...policy,
    headers: [...policy.headers.flatMap(asSent), ...elsewhere],
    edits: withVary(policy.edits, elsewhere.length > 0 || call === undefined ? {} : varyEdit(call, program)),
    ...(passesOn && { statuses: [{ when: optionsMethod, status: null }] }),
  };
}

/** Names go out in lower case, and those that every script may read anyway are left away. */
function asSent(rule: HeaderRule): HeaderRule[] {
  const { name, value } = rule;
  if (value.kind !== 'text' || (name !== 'access-control-allow-headers' && name !== 'access-control-expose-headers'))
    return [rule];
  const names = value.text
    .toLowerCase()
    .split(',')
    .filter((one) => name === 'access-control-allow-headers' || !simpleResponseHeaders.includes(one));
  return names.length === 0 ? [] : [{ ...rule, value: { kind: 'text', text: names.join(',') } }];
}

/** The package never sends `Vary`; where the program says it itself, how often it does is not known. */
function varyElsewhere(range: SourceRange, program: Program): HeaderRule[] {
  return program.text.has(/\bvary\s*\(|(['"`])vary\1/i)
    ? [{ name: 'vary', operation: 'set', value: { kind: 'unknown' }, when: always, range }]
    : [];
}

/** A list makes the answer depend on who asks. */
function withVary(edits: PolicyEdits, { addVaryOrigin }: PolicyEdits): PolicyEdits {
  const { allowOnly } = edits;
  return addVaryOrigin === undefined || allowOnly === undefined
    ? edits
    : {
        ...edits,
        addVaryOrigin,
        allowOnly: (origins, placeholder) => [...addVaryOrigin(), ...allowOnly(origins, placeholder)],
      };
}

/** In an Express app: a middleware in front that says `Vary: Origin`. */
function varyEdit(call: Call, program: Program): PolicyEdits {
  const { parent } = call;
  if (
    parent?.kind !== 'call' ||
    parent.callee.kind !== 'member' ||
    parent.callee.property !== 'use' ||
    parent.callee.object.kind !== 'identifier' ||
    !program.imports.some(({ module }) => module === 'express')
  )
    return {};
  const { name } = parent.callee.object;
  const { start } = parent.range;
  const [indentation, newline, quote] = [
    indentationAt(program.text, start),
    lineEnd(program.text),
    preferredQuote(program.text),
  ];
  const lines = [
    `${name}.use((req, res, next) => {`,
    `${deeper(program.text, indentation)}res.vary(${quoted('Origin', quote)});`,
    `${deeper(program.text, indentation)}next();`,
    `${indentation}});`,
  ];
  return {
    addVaryOrigin: () => [{ range: { start, end: start }, newText: lines.join(newline) + newline + indentation }],
  };
}
