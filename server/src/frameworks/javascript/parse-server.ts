/** Parse Server: `allowOrigin` and `allowHeaders`. */
import type { Call, Expression, Program } from '../../syntax/programs/program.ts';
import type { HeaderRule, Policy } from '../../policy/policy.ts';
import { all, always, not, optionsMethod, originPresent } from '../../policy/request-test.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Value } from '../../values/value.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { Found, FoundOptions } from '../../models/libraries/define-cors-library.ts';
import { argumentPlace } from '../../models/libraries/option-finders.ts';
import { byRelease } from '../../models/libraries/releases.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

/** As observed of parse-server 9.10.0, which never sends credentials or `Vary`. */
const parseServer: CorsLibrary = {
  options: {
    origin: ['allowOrigin'],
    credentials: [],
    methods: [],
    allowedHeaders: [],
    exposedHeaders: [],
    maxAge: [],
  },
  otherOptions: ['allowHeaders'],
  foreignNames: {},
  origin: {
    missing: 'any',
    text: 'sent',
    star: 'any',
    empty: 'sent',
    ...otherKinds('fails', 'nobody'),
    nothing: 'any',
    number: 'fails',
    list: 'members',
    emptyList: 'sent',
    starInList: 'compared',
    failing: originPresent,
  },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'literal',
  vary: { any: false, sent: false, checked: 'never' },
  othersFor: 'everybody',
  needsOrigin: false,
  methods: { default: 'GET,PUT,POST,DELETE,OPTIONS', separator: ',', everyResponse: true },
  allowedHeaders: {
    default: [
      'X-Parse-Master-Key',
      'X-Parse-REST-API-Key',
      'X-Parse-Javascript-Key',
      'X-Parse-Application-Id',
      'X-Parse-Client-Version',
      'X-Parse-Session-Token',
      'X-Requested-With',
      'X-Parse-Revocable-Session',
      'X-Parse-Request-Id',
      'Content-Type',
      'Pragma',
      'Cache-Control',
    ].join(', '),
    separator: ', ',
    everyResponse: true,
    emptyIsDefault: false,
    vary: false,
    addition: 'allowHeaders',
  },
  exposedHeaders: { default: 'X-Parse-Job-Status-Id, X-Parse-Push-Status-Id', separator: ', ', onPreflight: true },
  maxAge: { default: undefined, zero: false },
  preflight: { when: optionsMethod, status: 200 },
};

const parseServerAt = byRelease(parseServer, [
  // The option was the header's value, whatever it was; a list became several lines. As its source says.
  {
    before: '6.1.0',
    differs: {
      origin: {
        empty: 'any',
        true: 'sent',
        false: 'any',
        number: 'sent',
        pattern: 'sent',
        list: 'lines',
        emptyList: 'unknown',
        failing: undefined,
      },
    },
  },
]);

export const framework = defineCorsLibrary({
  id: 'parse-server',
  title: 'Parse Server',
  documentation: 'https://docs.parseplatform.org/parse-server/guide/#parse-server-options',
  reads: '`allowOrigin` and `allowHeaders` of `new ParseServer(…)`; a list answers strangers with its first member',
  mentions: ['parse-server'],
  languages: ['javascript'],
  uses: [
    {
      packageName: 'parse-server',
      options: serverOptions,
      table: parseServerAt,
      scope: 'every route of this server',
      refine: (policy, found, { version }) =>
        parseServerAt(version).origin.list === 'lines' ? policy : asAnswered(policy, found),
    },
  ],
});

function serverOptions(program: Program, context: ProgramContext): Found {
  return { options: serversOf(program).map((call) => ({ call, place: argumentPlace(call, 0, context) })) };
}

function asAnswered(policy: Policy, { place }: FoundOptions): Policy {
  // What is no origin option makes requests with an Origin fail, and has no first member for the others.
  if (policy.refusesToStart !== undefined) {
    const headers = [...policy.headers, { ...originRule('undefined', policy), when: always }];
    return { ...policy, headers: headers.map((rule) => ({ ...rule, when: all([not(originPresent), rule.when]) })) };
  }
  const origins = dictEntry(place.value, 'allowOrigin')?.value;
  const first = origins?.kind === 'list' ? origins.items[0] : undefined;
  const text = first && spelledOut(first);
  return text === undefined ? policy : withFirstMember(policy, first!, text);
}

function spelledOut(value: Value): string | undefined {
  if (value.kind === 'text') return value.text;
  return value.kind === 'pattern' ? `/${value.pattern.source}/${value.pattern.flags}` : undefined;
}

/** Whoever is not in the list gets its first member. */
function withFirstMember(policy: Policy, { range }: Value, text: string): Policy {
  const checked = policy.headers.filter(({ name }) => name === 'access-control-allow-origin');
  const { origins: listed } = policy.settings;
  const open = { ...listed, value: [{ range, kind: 'any' as const, text, accepts: always }] };
  return {
    ...policy,
    headers: [
      ...checked.map((rule): HeaderRule => ({ ...originRule(text, policy), when: not(rule.when) })),
      ...policy.headers,
    ],
    ...(text === '*' && { settings: { ...policy.settings, origins: open } }),
  };
}

function originRule(text: string, { range }: Policy): Omit<HeaderRule, 'when'> {
  return { name: 'access-control-allow-origin', operation: 'set', value: { kind: 'text', text }, range };
}

/** `new ParseServer(…)`, `new parse.ParseServer(…)`, `ParseServer.startApp(…)`. */
function serversOf(program: Program): Call[] {
  const found: Call[] = [];
  for (const { module, typeOnly, binding } of program.imports) {
    if (module !== 'parse-server' || typeOnly || binding === undefined) continue;
    for (const reference of program.references(binding)) {
      const target: Expression =
        reference.parent?.kind === 'member' && /^(ParseServer|default)$/.test(reference.parent.property)
          ? reference.parent
          : reference;
      const callee: Expression =
        target.parent?.kind === 'member' && /^(startApp|app)$/.test(target.parent.property) ? target.parent : target;
      const call = callee.parent;
      if (
        call?.kind === 'call' &&
        (call.isNew || callee !== target || target.text.endsWith('ParseServer')) &&
        call.callee.range.start === callee.range.start &&
        call.callee.range.end === callee.range.end
      )
        found.push(call);
    }
  }
  return found.sort((a, b) => a.range.start - b.range.start);
}
