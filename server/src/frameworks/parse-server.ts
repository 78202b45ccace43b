/** Parse Server: `allowOrigin` and `allowHeaders`. */
import type { Call, Expression, Program } from '../syntax/program.ts';
import type { HeaderRule, Policy } from '../policy/policy.ts';
import { not } from '../policy/request-test.ts';
import type { CorsLibrary } from './cors-library.ts';
import type { ProgramContext } from './framework.ts';
import { defineFramework } from './framework.ts';
import { argumentPlace, libraryPolicy } from './library-policy.ts';

/** As observed of parse-server 9.10.0, which never sends credentials or `Vary`. */
const parseServer: CorsLibrary = {
  options: { origin: ['allowOrigin'], credentials: [], methods: [], allowedHeaders: [], exposedHeaders: [], maxAge: [] },
  otherOptions: ['allowHeaders'],
  foreignNames: {},
  origin: {
    missing: 'any', text: 'sent', star: 'any', empty: 'sent', true: 'fails', false: 'fails', nothing: 'any', number: 'fails', pattern: 'unknown',
    list: 'members', emptyList: 'unknown', starInList: 'compared', patternInList: 'nobody',
  },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'literal',
  vary: { any: false, sent: false, checked: 'never' },
  othersFor: 'everybody',
  needsOrigin: false,
  methods: { default: 'GET,PUT,POST,DELETE,OPTIONS', separator: ',', everyResponse: true },
  allowedHeaders: {
    default: 'X-Parse-Master-Key, X-Parse-REST-API-Key, X-Parse-Javascript-Key, X-Parse-Application-Id, X-Parse-Client-Version, X-Parse-Session-Token, X-Requested-With, X-Parse-Revocable-Session, X-Parse-Request-Id, Content-Type, Pragma, Cache-Control',
    separator: ', ', everyResponse: true, emptyIsDefault: false, vary: false, addition: 'allowHeaders',
  },
  exposedHeaders: { default: 'X-Parse-Job-Status-Id, X-Parse-Push-Status-Id', separator: ', ', onPreflight: true },
  maxAge: { default: undefined, zero: false },
  preflight: { when: { kind: 'method', name: 'OPTIONS' }, status: 200 },
};

export const framework = defineFramework({
  id: 'parse-server',
  title: 'Parse Server',
  documentation: 'https://docs.parseplatform.org/parse-server/guide/#parse-server-options',
  reads: '`allowOrigin` and `allowHeaders` of `new ParseServer(…)`; a list answers strangers with its first member',
  mentions: ['parse-server'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    return { policies: serversOf(program).map((call) => readServer(call, program, context)), facts: [] };
  },
});

function readServer(call: Call, program: Program, context: ProgramContext): Policy {
  const place = argumentPlace(call, 0, context);
  const policy = libraryPolicy(parseServer, place, { framework: 'parse-server', packageName: 'parse-server', version: context.version('parse-server'), scope: 'every route of this server' }, program, context);
  const origins = place.value?.kind === 'dict' ? place.value.entries.find(({ key }) => key === 'allowOrigin')?.value : undefined;
  const first = origins?.kind === 'list' ? origins.items[0] : undefined;
  if (first?.kind !== 'text') return policy;
  // Whoever is not in the list gets its first member.
  if (first.text === '*') return { ...policy, headers: [...withoutOrigin(policy), { ...originRule(first.text, policy), when: { kind: 'always' } }], settings: { ...policy.settings, origins: { ...policy.settings.origins, value: [{ range: first.range, kind: 'any', text: '*', accepts: { kind: 'always' } }] } } };
  if (origins?.kind === 'list' && origins.items.length === 1 && !origins.open) return { ...policy, headers: [...withoutOrigin(policy), { ...originRule(first.text, policy), when: { kind: 'always' } }] };
  const checked = policy.headers.filter(({ name }) => name === 'access-control-allow-origin');
  return { ...policy, headers: [...checked.map((rule): HeaderRule => ({ ...originRule(first.text, policy), when: not(rule.when) })), ...policy.headers] };
}

function withoutOrigin({ headers }: Policy): HeaderRule[] {
  return headers.filter(({ name }) => name !== 'access-control-allow-origin');
}

function originRule(text: string, { range }: Policy): Omit<HeaderRule, 'when'> {
  return { name: 'access-control-allow-origin', operation: 'set', value: { kind: 'text', text }, range };
}

/** `new ParseServer(…)`, `new parse.ParseServer(…)`; `new require('parse-server')…` is nobody's style. */
function serversOf(program: Program): Call[] {
  const found: Call[] = [];
  for (const { module, typeOnly, binding } of program.imports) {
    if (module !== 'parse-server' || typeOnly || binding === undefined) continue;
    for (const reference of program.references(binding)) {
      const target: Expression = reference.parent?.kind === 'member' && /^(ParseServer|default)$/.test(reference.parent.property) ? reference.parent : reference;
      const call = target.parent;
      if (call?.kind === 'call' && (call.isNew || target.text.endsWith('ParseServer')) && call.callee.range.start === target.range.start && call.callee.range.end === target.range.end) found.push(call);
    }
  }
  return found.sort((a, b) => a.range.start - b.range.start);
}
