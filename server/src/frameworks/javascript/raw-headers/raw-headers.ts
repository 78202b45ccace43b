/** CORS headers that JavaScript and TypeScript programs write by hand: Node, Express, Koa, Fastify, Fetch handlers, Next.js. */
import type { SourceRange } from '../../../syntax/range.ts';
import type { FunctionExpression, Program } from '../../../syntax/programs/program.ts';
import type {
  Fact,
  HeaderRule,
  OriginEntry,
  Policy,
  PolicyEdits,
  Setting,
  StatusRule,
} from '../../../policy/policy.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import { all, always, not, originEquals, originPresent, unknown } from '../../../policy/request-test.ts';
import type { Value } from '../../../values/value.ts';
import type { Evaluator } from '../../../values/evaluator.ts';
import { isSet } from '../../../values/circumstances.ts';
import { isOpenValue } from '../../../models/libraries/open-fallbacks.ts';
import type { ProgramContext } from '../../../models/framework.ts';
import { defineFramework } from '../../../models/framework.ts';
import type { HeaderSite } from './header-sites.ts';
import { groupsOf } from './header-groups.ts';
import { handlerOf, headerSites } from './header-sites.ts';
import { mountOf, mountedAmong } from '../express-mounts.ts';
import { devServerPlace } from '../dev-server-headers.ts';
import { handlerFacts, isLostOnError, isNodeHandler, routeOf, servesAssets } from './raw-headers-handlers.ts';
import { rawHeaderEdits, removeSite, testEdits } from './raw-headers-edits.ts';
import type { ProgramText } from '../../../models/libraries/origin-entries.ts';
import { entriesOfCheck, programText, textEdits } from '../../../models/libraries/origin-entries.ts';
import { nearestName } from '../../../edits/program-edits.ts';

const knownNames = [
  'Access-Control-Allow-Origin',
  'Access-Control-Allow-Credentials',
  'Access-Control-Allow-Methods',
  'Access-Control-Allow-Headers',
  'Access-Control-Expose-Headers',
  'Access-Control-Max-Age',
  'Access-Control-Allow-Private-Network',
];
const otherNames = new Set([
  'vary',
  'access-control-request-method',
  'access-control-request-headers',
  'access-control-request-private-network',
  'access-control-allow-local-network',
]);
const isKnown = (name: string): boolean => knownNames.some((known) => known.toLowerCase() === name);
const optionsMethod: RequestTest = { kind: 'method', name: 'OPTIONS' };

export const framework = defineFramework({
  id: 'raw-headers',
  title: 'Headers by hand (JS/TS)',
  documentation: 'https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS',
  reads:
    '`setHeader`, `header`, `set`, `append`, `writeHead`, `new Response`, `Headers`, Next.js `headers()`, with the conditions around them',
  mentions: ['access-control-'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    const facts = headerSites(program, context.evaluator)
      .filter(
        (site) =>
          site.direction === 'request' &&
          isKnown(site.name.toLowerCase()) &&
          devServerPlace(site, program) !== 'headers',
      )
      .map((site): Fact => ({
        kind: 'response-header-in-request',
        header: site.name,
        range: site.nameRange,
        remove: () => removeSite(site, program),
      }));
    return {
      policies: headerPolicies(
        program,
        context,
        (site) => site.direction === 'response' && devServerPlace(site, program) !== 'headers',
      ),
      facts,
    };
  },
});

/** One policy for all headers that are sent together, of those that `isOurs`: a server that takes headers as an option reads its own. */
export function headerPolicies(
  program: Program,
  context: ProgramContext,
  isOurs: (site: HeaderSite) => boolean,
): Policy[] {
  const { evaluator } = context;
  const text = programText(program, context);
  return groupsOf(headerSites(program, evaluator).filter(isOurs), program, evaluator)
    .filter((group) => group.some((site) => site.name.toLowerCase() !== 'vary'))
    .map((group) => readGroup(group, program, evaluator, text));
}

interface Write {
  readonly site: HeaderSite;
  readonly name: string;
  readonly when: RequestTest;
  readonly value: Value;
}

function readGroup(group: readonly HeaderSite[], program: Program, evaluator: Evaluator, text: ProgramText): Policy {
  const [first] = group;
  const handler = handlerOf(first!.node, evaluator);
  const route = routeOf(handler, evaluator);
  const development = devServerPlace(first!, program) !== undefined;
  const writes = group.flatMap((site) =>
    evaluator.rounds(site.node, site.value).map((round): Write => ({
      site,
      name: site.name.toLowerCase(),
      when: all([route.when, assumeReached(round.when)]),
      value: round.value ?? { kind: 'unknown', range: site.range },
    })),
  );
  const allowOrigin = writes.filter((write) => write.name === 'access-control-allow-origin');
  const lost = isLostOnError(group, handler, program);
  const headers = [...writes.flatMap(rulesOf), ...varyCalls(handler, program, evaluator, route.when)].map(
    (rule): HeaderRule => (lost ? { ...rule, statuses: 'handled' } : rule),
  );
  const entries = allowOrigin.flatMap((write) =>
    choicesOf(write.value).flatMap((choice) =>
      originEntries(all([write.when, choice.when]), choice.value, write, text, program),
    ),
  );
  const last = <T extends string>(name: T): Write | undefined => writes.findLast((write) => write.name === name);
  const credentials = last('access-control-allow-credentials');
  const credentialsText = credentials && headerText(credentials.value);
  const names = (write: Write | undefined) => write && nameSetting(write, text);
  const maxAge = last('access-control-max-age');
  const range = (allowOrigin[0] ?? writes[0]!).site.range;
  // A constant outside of the handler knows no request, so that no check can be written there.
  const deciding = allowOrigin.every(
    ({ site }) => handlerOf(site.node, evaluator)?.range.start === handler?.range.start,
  )
    ? handler
    : undefined;
  const edits = rawHeaderEdits({
    sites: group,
    allowOrigin: [...new Set(allowOrigin.map(({ site }) => site))],
    handler: deciding,
    program,
    evaluator,
    text,
  });
  const privateNetwork = last('access-control-allow-private-network');
  const statuses = statusesOf(handler, program, evaluator, route.optionsStatus);
  return {
    framework: 'raw-headers',
    title: 'headers by hand',
    range,
    scope: development ? 'the development server' : route.scope,
    purpose: development ? 'development' : servesAssets(route, handler) ? 'static' : 'application',
    settings: {
      origins: setting(entries, allowOrigin[0], range),
      credentials: setting<boolean | 'unknown'>(
        credentials === undefined ? false : credentialsText === undefined ? 'unknown' : credentialsText === 'true',
        credentials,
        range,
      ),
      ...(credentials &&
        credentialsText !== undefined && { credentialsText: setting(credentialsText, credentials, range) }),
      ...(names(last('access-control-allow-methods')) && { methods: names(last('access-control-allow-methods')) }),
      ...(names(last('access-control-allow-headers')) && {
        allowedHeaders: names(last('access-control-allow-headers')),
      }),
      ...(last('access-control-expose-headers') && exposed(names(last('access-control-expose-headers')))),
      ...(maxAge &&
        headerText(maxAge.value) !== undefined && { maxAge: setting(headerText(maxAge.value)!, maxAge, range) }),
      ...(privateNetwork &&
        headerText(privateNetwork.value) === 'true' && { privateNetwork: setting(true, privateNetwork, range) }),
    },
    headers,
    statuses,
    facts: [
      ...headerFacts(writes, edits),
      ...handlerFacts(
        route,
        handler,
        allowOrigin.map(({ site }) => site),
        writes.map(({ name }) => name),
        program,
      ),
    ],
    edits,
    // What a handler of OPTIONS does not hand on, it answers.
    ...(handler &&
      isNodeHandler(handler) && {
        mounted: mountedAmong(
          mountOf(handler, program, evaluator),
          handler.parameters.length < 3 && route.when.kind === 'method' ? statuses : statuses.slice(0, -1),
          program,
          evaluator,
        ),
      }),
  };
}

function setting<T>(value: T, write: Write | undefined, range: SourceRange): Setting<T> {
  return write
    ? {
        value,
        range: write.value.range.path === undefined ? write.value.range : write.site.range,
        keyRange: write.site.nameRange,
        written: true,
      }
    : { value, range, written: false };
}

function exposed(found: ReturnType<typeof nameSetting> | undefined): {
  exposedHeaders?: Setting<readonly { text: string; range: SourceRange }[] | 'unknown'>;
} {
  return found && found.value !== null ? { exposedHeaders: { ...found, value: found.value } } : {};
}

function nameSetting(
  write: Write,
  text: ProgramText,
): Setting<readonly { text: string; range: SourceRange }[] | null | 'unknown'> {
  if (write.value.kind === 'request') return setting(null, write, write.site.range);
  if (write.value.kind === 'list') {
    const items = write.value.items.flatMap((item) =>
      item.kind === 'text' ? [{ text: item.text, range: item.range, edits: textEdits(item, text, true) }] : [],
    );
    return setting(
      write.value.open || items.length !== write.value.items.length ? 'unknown' : items,
      write,
      write.site.range,
    );
  }
  const written = headerText(write.value);
  return setting(
    written === undefined
      ? 'unknown'
      : written
          .split(',')
          .map((name) => ({ text: name.trim(), range: write.value.range }))
          .filter((name) => name.text !== ''),
    write,
    write.site.range,
  );
}

/** What Node and Fetch put on the wire for this value; undefined when it is not known. */
function headerText(value: Value): string | undefined {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'boolean':
    case 'number':
      return String(value.value);
    case 'list':
      return value.items.length === 1 ? headerText(value.items[0]!) : undefined;
    default:
      return undefined;
  }
}

/** A condition that has nothing to do with the request is taken to hold: the policy is what is sent when it does. */
function assumeReached(test: RequestTest): RequestTest {
  switch (test.kind) {
    case 'unknown':
      return test.reason === 'independent' ? always : test;
    case 'all':
      return all(test.tests.map(assumeReached));
    // A handler that looks for its own method is asked with that method.
    case 'method':
      return test.name === 'OPTIONS' ? test : always;
    default:
      return test;
  }
}

function choicesOf(value: Value): { readonly when: RequestTest; readonly value: Value }[] {
  // What a variable falls back to is sent where it is not set. That everybody gets in without it is told of the variable itself.
  if (value.kind === 'environment' && value.fallback && !isOpenValue(value.fallback))
    return choicesOf({
      kind: 'one-of',
      range: value.range,
      choices: [
        { when: isSet(value.name), value: { ...value, fallback: undefined } },
        { when: always, value: value.fallback },
      ],
    });
  if (value.kind !== 'one-of') return [{ when: always, value }];
  const before: RequestTest[] = [];
  return value.choices.flatMap((choice) => {
    const here = all([...before.map(not), choice.when]);
    before.push(choice.when);
    return choicesOf(choice.value).map((inner) => ({ when: all([here, inner.when]), value: inner.value }));
  });
}

function rulesOf(write: Write): HeaderRule[] {
  const { site, name } = write;
  return sentChoices(write.value).flatMap((choice): HeaderRule[] => {
    const base = { name, operation: site.operation, when: all([write.when, choice.when]), range: site.range };
    // One header line: API Gateway's `multiValueHeaders` and Node take a list of one.
    const value =
      choice.value.kind === 'list' && !choice.value.open && choice.value.items.length === 1
        ? choice.value.items[0]!
        : choice.value;
    const known = headerText(value);
    if (known !== undefined) return [{ ...base, value: { kind: 'text', text: known } }];
    if (value.kind === 'nothing') return [];
    if (value.kind === 'request' && value.input === 'origin')
      return [{ ...base, when: all([base.when, originPresent]), value: { kind: 'request-origin' } }];
    if (value.kind === 'request' && value.input === 'header' && value.name)
      return [{ ...base, value: { kind: 'request-header', name: value.name } }];
    if (value.kind === 'list' && !value.open && value.items.every((item) => item.kind === 'text')) {
      return value.items.map((item, index) => ({
        ...base,
        operation: index === 0 ? base.operation : 'append',
        value: { kind: 'text', text: item.kind === 'text' ? item.text : '' },
      }));
    }
    return [{ ...base, value: { kind: 'unknown' } }];
  });
}

/** `req.headers['access-control-request-headers'] || 'Content-Type'`: the fallback is set, and the request's header over it where there is one. */
function sentChoices(value: Value): ReturnType<typeof choicesOf> {
  const [asked, fallback, ...more] = value.kind === 'one-of' ? value.choices : [];
  const isHeader = asked?.value.kind === 'request' && asked.value.input === 'header';
  return isHeader && fallback && more.length === 0
    ? [fallback.value, asked.value].map((choice) => ({ when: always, value: choice }))
    : choicesOf(value);
}

function originEntries(
  when: RequestTest,
  value: Value,
  write: Write,
  text: ProgramText,
  program: Program,
): OriginEntry[] {
  // An origin that came through a variable is reported where it is written to the header.
  const { range } =
    value.kind === 'request' ? (write.site.value ?? write.site) : value.range.path === undefined ? value : write.site;
  switch (value.kind) {
    case 'text':
      if (value.text === '*')
        return [{ range, kind: 'any', text: '*', accepts: when, edits: textEdits(value, text, false) }];
      return value.text === ''
        ? []
        : [
            {
              range,
              kind: 'text',
              text: value.text,
              accepts: all([when, originEquals(value.text, range)]),
              matching: 'sent-as-is',
              edits: textEdits(value, text, false),
            },
          ];
    case 'request': {
      if (value.input !== 'origin')
        return [{ range, kind: 'reflect', source: value.name ?? 'the request', accepts: when }];
      const check = withoutPresence(when);
      return check.kind === 'always' || isMethodOnly(check)
        ? [{ range, kind: 'reflect', accepts: when }]
        : entriesOfCheck(when, range, text, testEdits(program, text));
    }
    case 'environment': {
      const open = value.fallback?.kind === 'text' && value.fallback.text === '*';
      return [
        { range, kind: open ? 'fallback' : 'unknown', ...(open && { variable: value.name }), accepts: unknown() },
      ];
    }
    case 'list':
      return value.items.flatMap((item) => originEntries(when, item, write, text, program));
    case 'nothing':
      return [];
    default:
      return [{ range, kind: 'unknown', accepts: unknown() }];
  }
}

function withoutPresence(test: RequestTest): RequestTest {
  if (test.kind === 'origin-present') return always;
  return test.kind === 'all' ? all(test.tests.map(withoutPresence)) : test;
}

function isMethodOnly(test: RequestTest): boolean {
  switch (test.kind) {
    case 'always':
    case 'method':
      return true;
    case 'not':
      return isMethodOnly(test.test);
    case 'all':
    case 'some':
      return test.tests.every(isMethodOnly);
    default:
      return false;
  }
}

/** `res.vary('Origin')`, `vary(res, 'Origin')`. */
function varyCalls(
  handler: FunctionExpression | undefined,
  program: Program,
  evaluator: Evaluator,
  when: RequestTest,
): HeaderRule[] {
  if (handler === undefined) return [];
  const rules: HeaderRule[] = [];
  for (const match of program.text.slice(handler.range.start, handler.range.end).matchAll(/\bvary\s*\(/g)) {
    const callee = program.expressionAt(handler.range.start + match.index);
    const call =
      callee?.parent?.kind === 'member'
        ? callee.parent.parent
        : callee?.kind === 'member' || callee?.kind === 'identifier'
          ? callee.parent
          : undefined;
    if (call?.kind !== 'call') continue;
    const value = evaluator.evaluate(call.arguments.at(-1)?.value ?? call);
    const names =
      value.kind === 'text'
        ? value.text
        : value.kind === 'list'
          ? value.items.map((item) => (item.kind === 'text' ? item.text : '')).join(', ')
          : '';
    if (names !== '')
      rules.push({
        name: 'vary',
        operation: 'merge',
        value: { kind: 'text', text: names },
        when: all([when, assumeReached(evaluator.guard(call))]),
        range: call.range,
      });
  }
  return rules;
}

/** Statuses that the handler gives to OPTIONS or to certain origins, else what the framework around it does. */
function statusesOf(
  handler: FunctionExpression | undefined,
  program: Program,
  evaluator: Evaluator,
  otherwise: number | null,
): StatusRule[] {
  const rules: StatusRule[] = [];
  if (handler !== undefined) {
    const body = program.text.slice(handler.range.start, handler.range.end);
    for (const match of body.matchAll(
      /\b(?:sendStatus|status|code|writeHead)\s*\(\s*(\d{3})\b|\b(?:statusCode|status)\s*[:=]\s*(\d{3})\b/g,
    )) {
      const digits = match[1] ?? match[2]!;
      const node = program.expressionAt(handler.range.start + match.index + match[0].length - 1);
      const when = node && evaluator.guard(node);
      if (when && (asksForOptions(when) || asksForOrigin(when))) rules.push({ when, status: Number(digits) });
    }
  }
  return [...rules, { when: optionsMethod, status: otherwise }];
}

function asksForOptions(test: RequestTest): boolean {
  return (
    (test.kind === 'method' && test.name === 'OPTIONS') || (test.kind === 'all' && test.tests.some(asksForOptions))
  );
}

/** Looks at the origin, and at nothing that the text does not decide. */
function asksForOrigin(test: RequestTest): boolean {
  switch (test.kind) {
    case 'origin':
    case 'origin-present':
      return true;
    case 'not':
      return asksForOrigin(test.test);
    case 'all':
    case 'some':
      return (
        test.tests.every(
          (part) =>
            asksForOrigin(part) || part.kind === 'method' || (part.kind === 'not' && part.test.kind === 'method'),
        ) && test.tests.some(asksForOrigin)
      );
    default:
      return false;
  }
}

function headerFacts(writes: readonly Write[], edits: PolicyEdits): Fact[] {
  const facts: Fact[] = [];
  for (const { site, name, value } of writes) {
    if (!isKnown(name) && !otherNames.has(name)) {
      const suggestion = nearestName(site.name, knownNames);
      if (suggestion !== null)
        facts.push({ kind: 'misspelt-header', name: site.name, suggestion, range: site.nameRange });
    }
    if (name !== 'access-control-allow-origin') continue;
    for (const choice of choicesOf(value)) {
      const origins =
        choice.value.kind === 'text'
          ? severalOrigins(choice.value.text)
          : choice.value.kind === 'list'
            ? choice.value.items.flatMap((item) => (item.kind === 'text' ? [item.text] : []))
            : [];
      if (origins.length > 1) {
        facts.push({
          kind: 'multiple-origins',
          origins,
          range: choice.value.range.path === undefined ? choice.value.range : site.range,
          ...(edits.allowOnly && { toList: () => edits.allowOnly!(origins) }),
        });
      }
    }
  }
  const appended = writes.find(
    (write, index) =>
      write.name === 'access-control-allow-origin' &&
      write.site.operation === 'append' &&
      write.when.kind === 'always' &&
      writes
        .slice(0, index)
        .some(
          (earlier) =>
            earlier.name === write.name &&
            earlier.when.kind === 'always' &&
            earlier.site.range.start !== write.site.range.start,
        ),
  );
  const before = appended && writes.find((write) => write.name === appended.name && write !== appended);
  if (appended && before)
    facts.push({
      kind: 'duplicate-header',
      header: 'Access-Control-Allow-Origin',
      range: appended.site.range,
      other: before.site.range,
      why: 'this adds a second line to the one that is already set',
    });
  return facts;
}

function severalOrigins(text: string): string[] {
  const members = text.split(/[\s,;]+/).filter((member) => member !== '');
  return members.length > 1 && members.every((member) => /^[a-z][a-z0-9+.-]*:\/\//i.test(member)) ? members : [];
}
