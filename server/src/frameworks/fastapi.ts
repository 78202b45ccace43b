/** Starlette's `CORSMiddleware`, which FastAPI hands on under its own name. */
import type { Call, Expression, Node, Program } from '../syntax/program.ts';
import type { HeaderRule, OriginEntry, Policy } from '../policy/policy.ts';
import type { RequestTest } from '../policy/request-test.ts';
import { all, always, not, originMatches, originPresent, some, unknown } from '../policy/request-test.ts';
import type { DictEntry, Value } from '../values/value.ts';
import type { ProgramContext } from './framework.ts';
import { defineFramework } from './framework.ts';
import { memberEntry } from './origin-entries.ts';
import type { ProgramText } from './origin-entries.ts';
import { originList, preferredQuote } from './program-edits.ts';

const targets = ['fastapi.middleware.cors.CORSMiddleware', 'starlette.middleware.cors.CORSMiddleware'];

export const framework = defineFramework({
  id: 'fastapi',
  title: 'CORSMiddleware (FastAPI, Starlette)',
  documentation: 'https://www.starlette.io/middleware/#corsmiddleware',
  reads: '`CORSMiddleware` in `add_middleware`, `Middleware(…)` and around an app: allowed origins, their pattern and credentials',
  mentions: ['corsmiddleware'],
  shape: 'program',
  languages: ['python'],
  read(program, context) {
    const text: ProgramText = { quote: preferredQuote(program.text), textOf: (range) => (range.path === undefined || range.path === program.path ? program.text : context.readFile(range.path)) };
    return { policies: callsOf(program).map((call) => readCall(call, context, text)), facts: [] };
  },
});

/** The calls that are given the class, and those of the class itself. */
function callsOf(program: Program): Call[] {
  const found: Call[] = [];
  for (const imported of program.imports) {
    if (!imported.binding) continue;
    const start = imported.imported === '*' ? imported.module : `${imported.module}.${imported.imported}`;
    for (const reference of program.references(imported.binding)) {
      let name = start;
      let node: Expression = reference;
      for (let parent: Node | undefined = node.parent; parent?.kind === 'member' && parent.object.range.end === node.range.end; parent = node.parent) {
        name += `.${parent.property}`;
        node = parent;
      }
      const call = node.parent;
      if (!targets.includes(name) || call?.kind !== 'call') continue;
      const isCallee = call.callee.range.start === node.range.start && call.callee.range.end === node.range.end;
      if (isCallee || /(^|\.)(add_middleware|Middleware)$/.test(call.callee.text)) found.push(call);
    }
  }
  return found.sort((a, b) => a.range.start - b.range.start);
}

function readCall(call: Call, context: ProgramContext, text: ProgramText): Policy {
  const { evaluator } = context;
  const version = context.version('starlette');
  const options = new Map<string, DictEntry>();
  // Positional options are rare, and not read; what a spread cannot tell leaves everything open.
  let open = call.arguments.filter((argument) => argument.name === undefined).length > 1;
  for (const argument of call.arguments) {
    const value = argument.name === undefined ? undefined : evaluator.evaluate(argument.value);
    if (value === undefined) continue;
    if (!argument.spread) options.set(argument.name!, { key: argument.name!, keyRange: argument.nameRange ?? argument.range, value, range: argument.range });
    else if (value.kind === 'dict') { for (const entry of value.entries) options.set(entry.key, entry); open ||= value.open; } else open = true;
  }
  const origins = options.get('allow_origins');
  const credentials = options.get('allow_credentials');
  const entries = [...originEntries(origins?.value, text), ...patternEntries(options.get('allow_origin_regex')?.value)];
  if (open) entries.push({ range: call.range, kind: 'unknown', accepts: unknown() });
  const star = entries.some(({ kind }) => kind === 'any');
  const sends: boolean | 'unknown' = credentials === undefined ? (open ? 'unknown' : false) : credentials.value.kind === 'boolean' ? credentials.value.value : 'unknown';
  const when: RequestTest = all([originPresent, star ? always : some(entries.map(({ accepts }) => accepts))]);
  const allow = (value: HeaderRule['value'], test: RequestTest): HeaderRule => ({ name: 'access-control-allow-origin', operation: 'set', value, when: test, range: origins?.value.range ?? call.range });
  const reflected: RequestTest = !star ? when : all([when, explicitWhen(sends, version)]);
  const headers: HeaderRule[] = [
    ...(star ? [allow({ kind: 'text', text: '*' }, when)] : []),
    allow({ kind: 'request-origin' }, reflected),
    { name: 'vary', operation: 'merge', value: { kind: 'text', text: 'Origin' }, when: reflected, range: call.range },
    ...(sends === false ? [] : [{ name: 'access-control-allow-credentials', operation: 'set', value: { kind: 'text', text: 'true' }, when: all([originPresent, sends === true ? always : unknown()]), range: credentials?.value.range ?? call.range } as const]),
    // Methods, headers and their refusals are not read yet: the model leaves them open.
    ...['access-control-allow-methods', 'access-control-allow-headers', 'access-control-max-age'].map((name): HeaderRule => ({ name, operation: 'set', value: { kind: 'unknown' }, when: all([originPresent, { kind: 'preflight' }]), range: call.range })),
    { name: 'access-control-expose-headers', operation: 'set', value: { kind: 'unknown' }, when: all([originPresent, options.has('expose_headers') || open ? unknown() : { kind: 'never' }]), range: call.range },
  ];
  return {
    framework: 'fastapi', title: version === undefined ? 'Starlette' : `Starlette ${version}`, version, range: call.range, scope: 'every route', purpose: 'application',
    settings: {
      origins: { value: entries, range: origins?.value.range ?? call.range, keyRange: origins?.keyRange, written: origins !== undefined },
      credentials: { value: sends, range: credentials?.value.range ?? call.range, keyRange: credentials?.keyRange, written: credentials !== undefined },
    },
    headers,
    statuses: [{ when: all([originPresent, { kind: 'preflight' }]), status: null }],
    facts: [],
    edits: origins && !options.has('allow_origin_regex') ? { allowOnly: (names, placeholder) => [{ range: origins.value.range, newText: originList(names, text.quote), placeholder }] } : {},
  };
}

/** Before 1.0 the origin is written in place of `*` when the request has a cookie, and on a preflight with credentials; from 1.0 on with credentials. */
function explicitWhen(credentials: boolean | 'unknown', version: string | undefined): RequestTest {
  const withCredentials: RequestTest = credentials === 'unknown' ? unknown() : credentials ? always : not(always);
  if (version === undefined || !/^0\./.test(version)) return withCredentials;
  return some([all([not({ kind: 'preflight' }), { kind: 'cookie' }]), all([{ kind: 'preflight' }, withCredentials])]);
}

function originEntries(value: Value | undefined, text: ProgramText): OriginEntry[] {
  if (value === undefined) return [];
  if (value.kind === 'list') {
    const members = value.items.map((item): OriginEntry => (item.kind === 'text' && item.text === '*' ? { range: item.range, kind: 'any', text: '*', accepts: always } : withoutPattern(memberEntry(item, text))));
    return value.open ? [...members, { range: value.range, kind: 'unknown', accepts: unknown() }] : members;
  }
  // `"*" in "https://*.example.com"` holds: in a plain text every star lets everybody in.
  if (value.kind === 'text' && value.text.includes('*')) return [{ range: value.range, kind: 'any', text: value.text, accepts: always }];
  if (value.kind === 'text') {
    const test = { kind: 'origin', part: 'origin', operator: 'within', text: value.text, ignoreCase: false, range: value.range, textRange: value.range } as const;
    return [{ range: value.range, kind: 'predicate', accepts: test, tests: [test], edits: { replaceTest: (_, names, placeholder) => [{ range: value.range, newText: originList(names, text.quote), placeholder }] } }];
  }
  const fallback = value.kind === 'environment' ? originEntries(value.fallback, text) : [];
  if (value.kind === 'environment' && fallback.some(({ kind }) => kind === 'any')) return [{ range: value.range, kind: 'fallback', variable: value.name, accepts: unknown() }];
  return [{ range: value.range, kind: 'unknown', accepts: unknown() }];
}

/** The list takes texts only, so that no regular expression is offered in a text's place. */
function withoutPattern(entry: OriginEntry): OriginEntry {
  return entry.edits ? { ...entry, edits: { ...entry.edits, replaceByPattern: undefined } } : entry;
}

/** The whole origin has to match. */
function patternEntries(value: Value | undefined): OriginEntry[] {
  if (value === undefined || value.kind === 'nothing') return [];
  if (value.kind !== 'text') return [{ range: value.range, kind: 'unknown', accepts: unknown() }];
  const pattern = { source: value.text, flags: '', dialect: 'python', mode: 'full' } as const;
  return [{ range: value.range, kind: 'pattern', text: value.text, pattern, accepts: originMatches(pattern, value.contentRange ?? value.range), matching: 'regex' }];
}
