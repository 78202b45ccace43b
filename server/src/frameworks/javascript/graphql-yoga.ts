/** GraphQL Yoga and `useCORS` of `@whatwg-node/server`, which let everybody in with cookies unless they are told otherwise. */
import { lt } from 'semver';
import type { Call, Program } from '../../syntax/programs/program.ts';
import type { Edit, SourceRange } from '../../syntax/range.ts';
import type { HeaderRule, OriginEntry, Policy } from '../../policy/policy.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import { all, always, not, optionsMethod } from '../../policy/request-test.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { DictEntry, Value } from '../../values/value.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import type { LibraryPolicy } from '../../models/libraries/read-library-options.ts';
import { eitherOf, readLibraryOptions } from '../../models/libraries/read-library-options.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { defineFramework } from '../../models/framework.ts';
import { usesOf } from '../../models/libraries/imported-calls.ts';
import type { ProgramText } from '../../models/libraries/origin-entries.ts';
import { programText } from '../../models/libraries/origin-entries.ts';
import { insertEntry, originList, quoted } from '../../edits/program-edits.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

/** As observed of graphql-yoga 5.24.1; 3.9.1 differs only in the `Vary` of preflights that ask for headers. */
const yogaCors: CorsLibrary = {
  options: {
    origin: ['origin'],
    credentials: ['credentials'],
    methods: ['methods'],
    allowedHeaders: ['allowedHeaders'],
    exposedHeaders: ['exposedHeaders'],
    maxAge: ['maxAge'],
  },
  otherOptions: [],
  foreignNames: {},
  origin: {
    missing: 'any',
    text: 'sent',
    star: 'any',
    empty: 'any',
    ...otherKinds('fails', 'nobody'),
    nothing: 'any',
    list: 'members',
    emptyList: 'any',
    starInList: 'any',
    starInText: 'any',
    singleInList: 'sent',
    unlisted: 'null',
  },
  credentials: { default: true, on: 'true', nothingIsDefault: true },
  anyWithCredentials: 'reflect',
  reflectsAny: true,
  vary: { any: true, sent: false, checked: 'allowed' },
  othersFor: 'everybody',
  needsOrigin: true,
  methods: { default: 'requested', separator: ', ', everyResponse: true, text: 'fails', emptyIsDefault: true },
  allowedHeaders: {
    default: 'requested',
    separator: ', ',
    everyResponse: true,
    emptyIsDefault: true,
    vary: true,
    text: 'fails',
  },
  exposedHeaders: { default: undefined, separator: ', ', onPreflight: true, text: 'fails' },
  maxAge: { default: undefined, zero: false, everyResponse: true },
  preflight: { when: optionsMethod, status: 204 },
};

/** Where a function gives the caller's own origin, that is one text, which the answers do not vary by. */
const fixedText: CorsLibrary = { ...yogaCors, vary: { ...yogaCors.vary, checked: 'never' } };

export const framework = defineFramework({
  id: 'graphql-yoga',
  title: 'GraphQL Yoga',
  documentation: 'https://the-guild.dev/graphql/yoga-server/docs/features/cors',
  reads:
    'the `cors` option of `createYoga` and `createServer`, objects and functions; `useCORS`; ' +
    'defaults that reflect every origin with credentials',
  mentions: ['graphql-yoga', '@whatwg-node/server'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    const servers = [
      ...usesOf(program, { modules: ['graphql-yoga'], names: ['createYoga', 'createServer'] }),
      ...usesOf(program, { modules: ['@graphql-yoga/node', '@graphql-yoga/common'], names: ['createServer'] }),
    ];
    const plugins = usesOf(program, { modules: ['@whatwg-node/server'], names: ['useCORS'] });
    const policies = [
      ...servers.flatMap(({ call }) => (call ? readServer(call, program, context) : [])),
      ...plugins.flatMap(({ call }) => (call ? readPlugin(call, program, context) : [])),
    ];
    return { policies, facts: [] };
  },
});

function readServer(call: Call, program: Program, context: ProgramContext): Policy[] {
  const [argument] = call.arguments;
  const given = argument && !argument.spread ? context.evaluator.evaluate(argument.value) : undefined;
  const options = given?.kind === 'dict' ? given : undefined;
  const cors = dictEntry(options, 'cors');
  if (cors === undefined && argument !== undefined && (options === undefined || options.open)) return [];
  const policies = read(
    cors?.value,
    cors?.range ?? call.range,
    call,
    cors?.value.range ?? call.argumentsRange,
    program,
    context,
  );
  const text = programText(program, context);
  const source = options && text.textOf(options.range);
  const write = (origins: readonly string[], placeholder?: string): Edit[] => {
    const value = corsValue(origins, text);
    if (cors) return [{ range: cors.range, newText: `cors: ${value}`, placeholder }];
    return source === undefined ? [] : insertEntry(source, options!.range, `cors: ${value}`, placeholder);
  };
  // Without the option its own edits would be written into the server's options.
  const switchOff = cors
    ? {}
    : {
        dropCredentials:
          source === undefined ? undefined : () => insertEntry(source, options!.range, 'cors: { credentials: false }'),
      };
  // The option's own edits write lists, and a list of two lets sandboxed frames in.
  return policies.map((policy) => ({
    ...policy,
    edits: {
      ...policy.edits,
      ...switchOff,
      allowOnly: (origins, placeholder) =>
        origins.length === 1 && cors?.value.kind === 'dict'
          ? (policy.edits.allowOnly?.(origins, placeholder) ?? [])
          : write(origins, placeholder),
    },
  }));
}

function readPlugin(call: Call, program: Program, context: ProgramContext): Policy[] {
  const [argument] = call.arguments;
  return read(
    argument && !argument.spread ? context.evaluator.evaluate(argument.value) : undefined,
    call.range,
    call,
    call.argumentsRange,
    program,
    context,
  );
}

function read(
  value: Value | undefined,
  range: SourceRange,
  call: Call,
  argumentsRange: SourceRange,
  program: Program,
  context: ProgramContext,
): Policy[] {
  if (value?.kind === 'boolean' && !value.value) return [];
  const text = programText(program, context);
  // Anything but an object and a function is as good as nothing.
  const options =
    value?.kind === 'boolean' || value?.kind === 'nothing' || value?.kind === 'list' || value?.kind === 'text'
      ? undefined
      : value;
  const parts =
    options?.kind === 'function'
      ? readFunction(options, range, argumentsRange, context, text)
      : readLibraryOptions(yogaCors, { value: options, range, argumentsRange }, context.evaluator, text);
  const version = context.version('graphql-yoga');
  const origin = dictEntry(options, 'origin');
  const entries = parts.settings.origins.value.map((entry): OriginEntry =>
    entry.byDefault && entry.text === 'null' && origin && options
      ? { ...entry, edits: { remove: () => asFunction(options, origin, text) } }
      : entry,
  );
  // Versions before 5 vary preflights that ask for headers by more than this, which is left open.
  const unsure: HeaderRule[] =
    version !== undefined && lt(version, '5.0.0-0')
      ? [{ name: 'vary', operation: 'merge', value: { kind: 'unknown' }, when: { kind: 'preflight' }, range }]
      : [];
  return [
    {
      framework: 'graphql-yoga',
      title: version === undefined ? 'GraphQL Yoga' : `GraphQL Yoga ${version}`,
      ...(version !== undefined && { version }),
      range,
      scope: 'every request',
      purpose: 'application',
      ...parts,
      headers: [...parts.headers, ...unsure],
      settings: { ...parts.settings, origins: { ...parts.settings.origins, value: entries } },
      fixedVary: true,
      // GraphQL itself answers some requests with an error.
      statuses: [...parts.statuses, { when: always, status: null }],
    },
  ];
}

/** `(request) => options`, or false for nothing. */
function readFunction(
  value: Value & { kind: 'function' },
  range: SourceRange,
  argumentsRange: SourceRange,
  { evaluator }: ProgramContext,
  text: ProgramText,
): LibraryPolicy {
  const answers = evaluator
    .outcomes(value.function, ['request', 'other'])
    .filter(({ kind }) => kind === 'return')
    .flatMap(({ when, values }) => choicesOf(values[0], when));
  const parts = answers.flatMap(({ when, value: answer }): LibraryPolicy[] => {
    if (answer === undefined || (answer.kind === 'boolean' && !answer.value)) return [];
    const origin = dictEntry(answer, 'origin')?.value;
    return [
      readLibraryOptions(
        isCallers(origin) ? fixedText : yogaCors,
        { value: answer, range, argumentsRange },
        evaluator,
        text,
        when,
      ),
    ];
  });
  const unreadable = { value: { kind: 'unknown', range: value.range } as const, range, argumentsRange };
  return parts.length === 0
    ? readLibraryOptions(yogaCors, unreadable, evaluator, text)
    : { ...eitherOf(parts), edits: {} };
}

/** The caller's own origin, with or without something for requests that have none. */
function isCallers(value: Value | undefined): boolean {
  return (
    value?.kind === 'request' ||
    (value?.kind === 'one-of' && value.choices.some((choice) => choice.value.kind === 'request'))
  );
}

function choicesOf(
  value: Value | undefined,
  when: RequestTest,
): { readonly when: RequestTest; readonly value: Value | undefined }[] {
  if (value?.kind !== 'one-of') return [{ when, value }];
  const before: RequestTest[] = [];
  return value.choices.flatMap((choice) => {
    const here = all([when, ...before.map(not), choice.when]);
    before.push(choice.when);
    return choicesOf(choice.value, here);
  });
}

/** One origin is sent to everybody; of several, the caller's own where it is one of them. */
function corsValue(origins: readonly string[], text: ProgramText): string {
  if (origins.length === 1) return `{ origin: ${quoted(origins[0]!, text.quote)} }`;
  return decidedBy(originList(origins, text.quote), (caller) => `{ origin: ${caller} }`, text);
}

function decidedBy(list: string, answer: (caller: string) => string, text: ProgramText): string {
  const caller = `request.headers.get(${quoted('origin', text.quote)})`;
  return `(request) => (${list}.includes(${caller} ?? ${text.quote}${text.quote}) ? ${answer(`${caller} ?? undefined`)} : false)`;
}

/** The object as a function that answers only who is in its list. */
function asFunction(options: Value, origin: DictEntry, text: ProgramText): Edit[] {
  const source = options.range.path === origin.range.path ? text.textOf(options.range) : undefined;
  if (source === undefined) return [];
  const written = source.slice(origin.range.start, origin.range.end);
  const shorthand = origin.keyRange.start === origin.range.start && origin.keyRange.end === origin.range.end;
  const list = shorthand
    ? origin.key
    : source.slice(origin.keyRange.end, origin.range.end).replace(/^\s*['"]?\s*:\s*/, '');
  if (list === '' || written === '') return [];
  const newText = decidedBy(
    list,
    (caller) =>
      `${source.slice(options.range.start, origin.range.start)}origin: ${caller}${source.slice(origin.range.end, options.range.end)}`,
    text,
  );
  return [{ range: options.range, newText }];
}
