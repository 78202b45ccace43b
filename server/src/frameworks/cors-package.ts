/**
 * What the npm package `cors` makes of its options. Express apps call it directly; other libraries hand their own
 * options to it.
 *
 * The order of headers and every falsy-value rule follow the package's observable behaviour (2.8.5 and 2.8.6 answer alike).
 */
import type { Edit, SourceRange } from '../syntax/range.ts';
import type { Fact, HeaderRule, NameEntry, OriginEntry, PolicyEdits, Setting, Settings, StatusRule } from '../policy/policy.ts';
import type { RequestTest } from '../policy/request-test.ts';
import { all, always, never, not, originEquals, originPresent, some, unknown } from '../policy/request-test.ts';
import type { Dict, DictEntry, Value } from '../values/value.ts';
import type { Evaluator } from '../values/evaluator.ts';
import { insertEntry, nearestName, originList, quoted, removeMember } from './program-edits.ts';
import type { ProgramText } from './origin-entries.ts';
import { entriesOfCheck, memberEntry, patternEdits, textEdits, textOrPatternEdits } from './origin-entries.ts';

const optionNames = ['origin', 'methods', 'allowedHeaders', 'headers', 'exposedHeaders', 'credentials', 'maxAge', 'preflightContinue', 'optionsSuccessStatus'];
/** Names that people write because other libraries use them. */
const foreignNames: Readonly<Record<string, string>> = {
  origins: 'origin', allowedorigins: 'origin', allowedorigin: 'origin', alloworigin: 'origin', alloworigins: 'origin', whitelist: 'origin', allowlist: 'origin',
  allow_origins: 'origin', accesscontrolalloworigin: 'origin',
  allowheaders: 'allowedHeaders', allow_headers: 'allowedHeaders', allowmethods: 'methods', allowedmethods: 'methods', allow_methods: 'methods',
  exposeheaders: 'exposedHeaders', expose_headers: 'exposedHeaders', allowcredentials: 'credentials', allow_credentials: 'credentials', supportscredentials: 'credentials',
  withcredentials: 'credentials', max_age: 'maxAge',
};
const defaultMethods = 'GET,HEAD,PUT,PATCH,POST,DELETE';
const optionsMethod: RequestTest = { kind: 'method', name: 'OPTIONS' };

export interface CorsPackagePolicy {
  readonly settings: Settings;
  readonly headers: readonly HeaderRule[];
  readonly statuses: readonly StatusRule[];
  readonly facts: readonly Fact[];
  readonly edits: PolicyEdits;
}

/** Where the options stand: the value, the call for defaults, and where an argument would be written when there is none. */
export interface OptionsPlace {
  readonly value: Value | undefined;
  readonly range: SourceRange;
  readonly argumentsRange: SourceRange;
}

/** Translates the options of one call; `reach` is the condition under which these options apply at all. */
export function readCorsPackageOptions(place: OptionsPlace, evaluator: Evaluator, text: ProgramText, reach: RequestTest = always): CorsPackagePolicy {
  const options = place.value?.kind === 'dict' ? place.value : undefined;
  // Anything else than an object is spread into the defaults and changes none of them; what cannot be read may be anything.
  const opaque = (place.value?.kind === 'unknown' || place.value?.kind === 'one-of' || place.value?.kind === 'environment') || options?.open === true;
  const entry = (name: string): DictEntry | undefined => options?.entries.find((candidate) => candidate.key === name);
  const originEntry = entry('origin');
  const grant = originEntry !== undefined ? readOrigin(originEntry.value, text, evaluator)
    : opaque ? unknownGrant(place.range)
      : openGrant({ range: place.range, kind: 'any', accepts: always, byDefault: true });

  const credentials = entry('credentials');
  const credentialsValue: boolean | 'unknown' = credentials ? (isUndecided(credentials.value) ? 'unknown' : credentials.value.kind === 'boolean' && credentials.value.value) : opaque ? 'unknown' : false;
  const applies = all([reach, grant.reach]);
  const preflight = all([applies, optionsMethod]);
  const headers: HeaderRule[] = grant.headers.map((rule) => ({ ...rule, when: all([reach, rule.when]) }));
  const set = (name: string, value: string, when: RequestTest, range: SourceRange): void => {
    headers.push({ name, operation: 'set', value: { kind: 'text', text: value }, when, range });
  };

  if (credentialsValue !== false) {
    set('access-control-allow-credentials', 'true', credentialsValue === 'unknown' ? all([applies, unknown()]) : applies, credentials?.value.range ?? place.range);
  }
  const methods = readNames(entry('methods'), text);
  const methodsText = methods === undefined ? defaultMethods : joined(methods);
  if (methodsText === 'unknown' || (methods === undefined && opaque)) headers.push(undecided('access-control-allow-methods', preflight, place.range));
  else if (methodsText !== '') set('access-control-allow-methods', methodsText, preflight, methods?.range ?? place.range);

  const allowedHeaders = readNames(entry('allowedHeaders') ?? entry('headers'), text);
  if (allowedHeaders === undefined) {
    const when = opaque ? all([preflight, unknown()]) : preflight;
    headers.push({ name: 'access-control-allow-headers', operation: 'set', value: { kind: 'request-header', name: 'access-control-request-headers' }, when, range: place.range });
    headers.push({ name: 'vary', operation: 'merge', value: { kind: 'text', text: 'Access-Control-Request-Headers' }, when, range: place.range });
  } else if (allowedHeaders.value === 'unknown') headers.push(undecided('access-control-allow-headers', preflight, allowedHeaders.range));
  else if (joined(allowedHeaders) !== '') set('access-control-allow-headers', joined(allowedHeaders), preflight, allowedHeaders.range);

  const maxAge = entry('maxAge');
  const maxAgeText = maxAge && (maxAge.value.kind === 'number' ? String(maxAge.value.value) : maxAge.value.kind === 'text' ? maxAge.value.text : undefined);
  if (maxAgeText) set('access-control-max-age', maxAgeText, preflight, maxAge.value.range);
  else if (maxAge && isUndecided(maxAge.value)) headers.push(undecided('access-control-max-age', preflight, maxAge.value.range));

  const exposedHeaders = readNames(entry('exposedHeaders'), text);
  if (exposedHeaders?.value === 'unknown') headers.push(undecided('access-control-expose-headers', applies, exposedHeaders.range));
  else if (exposedHeaders && joined(exposedHeaders) !== '') set('access-control-expose-headers', joined(exposedHeaders), applies, exposedHeaders.range);

  const success = entry('optionsSuccessStatus')?.value;
  const continues = entry('preflightContinue')?.value;
  const statuses: StatusRule[] = continues?.kind === 'boolean' && continues.value
    ? [{ when: preflight, status: null }]
    : [{ when: preflight, status: success === undefined ? 204 : success.kind === 'number' ? success.value : null }];

  return {
    settings: {
      origins: { value: grant.entries, range: originEntry?.value.range ?? place.range, keyRange: originEntry?.keyRange, written: originEntry !== undefined },
      credentials: { value: credentialsValue, range: credentials?.value.range ?? place.range, keyRange: credentials?.keyRange, written: credentials !== undefined },
      methods: methods === undefined
        ? { value: defaultMethods.split(',').map((name) => ({ text: name, range: place.range })), range: place.range, written: false }
        : { ...methods, value: methods.value === 'unknown' ? 'unknown' : methods.value },
      allowedHeaders: allowedHeaders ?? { value: null, range: place.range, written: false },
      ...(exposedHeaders && { exposedHeaders }),
      ...(maxAge && maxAgeText && { maxAge: { value: maxAgeText, range: maxAge.value.range, keyRange: maxAge.keyRange, written: true } }),
    },
    headers,
    statuses,
    facts: [...optionFacts(options, place, text), ...grant.facts],
    edits: optionEdits(place, options, originEntry, credentials, maxAge, text),
  };
}

interface Grant {
  readonly entries: readonly OriginEntry[];
  readonly headers: readonly HeaderRule[];
  /** Where this is false the middleware passes the request on without a word. */
  readonly reach: RequestTest;
  readonly facts: readonly Fact[];
}

const varyOrigin = (when: RequestTest, range: SourceRange): HeaderRule => ({ name: 'vary', operation: 'merge', value: { kind: 'text', text: 'Origin' }, when, range });
const undecided = (name: string, when: RequestTest, range: SourceRange): HeaderRule => ({ name, operation: 'set', value: { kind: 'unknown' }, when, range });

function openGrant(entry: OriginEntry): Grant {
  return { entries: [entry], headers: [{ name: 'access-control-allow-origin', operation: 'set', value: { kind: 'text', text: '*' }, when: always, range: entry.range }], reach: always, facts: [] };
}

function unknownGrant(range: SourceRange, entries: readonly OriginEntry[] = [{ range, kind: 'unknown', accepts: unknown() }]): Grant {
  return { entries, headers: [undecided('access-control-allow-origin', always, range), undecided('vary', always, range)], reach: unknown(), facts: [] };
}

function silentGrant(): Grant {
  return { entries: [], headers: [], reach: never, facts: [] };
}

/** Reflects the request's Origin under `accepts`; Vary is there for everybody. */
function checkedGrant(entries: readonly OriginEntry[], accepts: RequestTest, range: SourceRange): Grant {
  return {
    entries,
    headers: [
      { name: 'access-control-allow-origin', operation: 'set', value: { kind: 'request-origin' }, when: all([originPresent, accepts]), range },
      varyOrigin(always, range),
    ],
    reach: always,
    facts: [],
  };
}

function readOrigin(value: Value, text: ProgramText, evaluator: Evaluator): Grant {
  switch (value.kind) {
    case 'text': return readOriginText(value.text, value, text);
    case 'nothing': return silentGrant();
    case 'boolean': return value.value ? checkedGrant([{ range: value.range, kind: 'reflect', accepts: always }], always, value.range) : silentGrant();
    case 'number': return value.value !== 0 ? checkedGrant([{ range: value.range, kind: 'reflect', accepts: always }], always, value.range) : silentGrant();
    case 'pattern': {
      const entry: OriginEntry = { ...memberEntry(value, text), edits: patternEdits(value, text, false) };
      return checkedGrant([entry], entry.accepts, value.range);
    }
    case 'list': {
      const entries = value.items.map((item) => memberEntry(item, text));
      const accepts = entries.map((entry) => entry.accepts);
      return checkedGrant(value.open ? [...entries, { range: value.range, kind: 'unknown', accepts: unknown() }] : entries, some(value.open ? [...accepts, unknown()] : accepts), value.range);
    }
    case 'predicate': {
      const checked = checkedGrant(entriesOfCheck(value.test, value.range, text), always, value.range);
      return { ...checked, headers: checked.headers.map((rule) => ({ ...rule, when: all([value.test, rule.when]) })), reach: value.test };
    }
    case 'request': return checkedGrant([{ range: value.range, kind: 'reflect', accepts: always }], always, value.range);
    case 'environment': return readEnvironment(value.name, value.fallback, value.range, text, evaluator);
    case 'one-of': return merged(value.choices.map((choice) => ({ when: choice.when, grant: readOrigin(choice.value, text, evaluator) })));
    case 'function': return readCallback(value, text, evaluator);
    default: return unknownGrant(value.range);
  }
}

function readOriginText(origin: string, value: Value & { kind: 'text' }, text: ProgramText): Grant {
  if (origin === '') return silentGrant();
  if (origin === '*') return openGrant({ range: value.range, kind: 'any', text: '*', accepts: always, edits: textEdits(value, text, false) });
  const members = origin.split(/[\s,;]+/).filter((member) => member !== '');
  const several = members.length > 1 && members.every((member) => /^[a-z]+:\/\//i.test(member));
  const entry: OriginEntry = { range: value.range, kind: 'text', text: origin, accepts: originEquals(origin, value.range), matching: 'sent-as-is', edits: textOrPatternEdits(value, text, false) };
  return {
    entries: [entry],
    headers: [
      { name: 'access-control-allow-origin', operation: 'set', value: { kind: 'text', text: origin }, when: always, range: value.range },
      varyOrigin(always, value.range),
    ],
    reach: always,
    facts: several ? [{ kind: 'multiple-origins', origins: members, range: value.range, toList: () => [{ range: value.range, newText: originList(members, text.quote) }] }] : [],
  };
}

function readEnvironment(name: string, fallback: Value | undefined, range: SourceRange, text: ProgramText, evaluator: Evaluator): Grant {
  const open = fallback !== undefined && ((fallback.kind === 'text' && fallback.text === '*') || (fallback.kind === 'boolean' && fallback.value));
  if (open) return unknownGrant(range, [{ range, kind: 'fallback', variable: name, accepts: unknown() }]);
  const known = fallback === undefined ? [] : readOrigin(fallback, text, evaluator).entries;
  return unknownGrant(range, [{ range, kind: 'unknown', accepts: unknown() }, ...known]);
}

/** The first choice whose condition holds; conditions that the text does not decide leave the header open. */
function merged(choices: readonly { readonly when: RequestTest; readonly grant: Grant }[]): Grant {
  const before: RequestTest[] = [];
  const parts = choices.map(({ when, grant }) => {
    const here = all([...before.map(not), when]);
    before.push(when);
    return { here, grant };
  });
  return {
    entries: parts.flatMap(({ here, grant }) => grant.entries.map((entry) => ({ ...entry, accepts: all([here, entry.accepts]) }))),
    headers: parts.flatMap(({ here, grant }) => grant.headers.map((rule) => ({ ...rule, when: all([here, rule.when]) }))),
    reach: some(parts.map(({ here, grant }) => all([here, grant.reach]))),
    facts: parts.flatMap(({ grant }) => grant.facts),
  };
}

/** `origin: (origin, callback) => …`: each call of the callback answers as if its second argument were the option. */
function readCallback(value: Value & { kind: 'function' }, text: ProgramText, evaluator: Evaluator): Grant {
  const outcomes = evaluator.outcomes(value.function, ['origin', 'callback']);
  const calls = outcomes.filter((outcome) => outcome.kind === 'call');
  if (calls.length === 0) return unknownGrant(value.range);
  const grants = calls.map((outcome) => {
    const [error, allowed] = outcome.values;
    const refuses = error !== undefined && error.kind !== 'nothing' && !(error.kind === 'boolean' && !error.value);
    const grant = refuses || allowed === undefined ? silentGrant() : readOrigin(allowed, text, evaluator);
    const yes = allowed?.kind === 'boolean' && allowed.value;
    return { when: outcome.when, grant, yes: yes && !refuses, range: outcome.node?.range ?? value.range };
  });
  const everybody = grants.filter(({ yes }) => yes);
  const checks = some(everybody.map(({ when }) => when));
  const checkEntries: OriginEntry[] = everybody.length === 0 ? [] : entriesOfCheck(all([originPresent, checks]), value.range, text);
  const others = grants.filter(({ yes }) => !yes);
  return {
    entries: [...checkEntries, ...others.flatMap(({ when, grant }) => grant.entries.map((entry) => ({ ...entry, accepts: all([when, entry.accepts]) })))],
    headers: grants.flatMap(({ when, grant }) => grant.headers.map((rule) => ({ ...rule, when: all([when, rule.when]) }))),
    reach: some(grants.map(({ when, grant }) => all([when, grant.reach]))),
    facts: grants.flatMap(({ grant }) => grant.facts),
  };
}

function isUndecided(value: Value): boolean {
  return value.kind === 'unknown' || value.kind === 'environment' || value.kind === 'one-of' || value.kind === 'concatenation' || value.kind === 'predicate';
}

function readNames(entry: DictEntry | undefined, text: ProgramText): Setting<readonly NameEntry[] | 'unknown'> | undefined {
  if (entry === undefined) return undefined;
  const { value, keyRange } = entry;
  const setting = (names: readonly NameEntry[] | 'unknown') => ({ value: names, range: value.range, keyRange, written: true });
  if (value.kind === 'text') return setting(value.text.split(',').map((name) => ({ text: name.trim(), range: value.range })).filter((name) => name.text !== ''));
  if (value.kind === 'nothing') return undefined;
  if (value.kind !== 'list' || value.open || value.items.some((item) => item.kind !== 'text')) return setting('unknown');
  return setting(value.items.flatMap((item) => (item.kind === 'text' ? [{ text: item.text, range: item.range, edits: textEdits(item, text, true) }] : [])));
}

function joined(setting: Setting<readonly NameEntry[] | 'unknown'>): string {
  return setting.value === 'unknown' ? 'unknown' : setting.value.map((name) => name.text).join(',');
}

function optionFacts(options: Dict | undefined, place: OptionsPlace, text: ProgramText): Fact[] {
  if (options === undefined) {
    const { value } = place;
    if (value?.kind !== 'text' && value?.kind !== 'list') return [];
    return [{ kind: 'unknown-option', name: text.textOf(value.range)?.slice(value.range.start, value.range.end) ?? 'this argument', suggestion: 'origin', range: value.range, opens: true, rename: () => {
      const written = text.textOf(value.range)?.slice(value.range.start, value.range.end);
      return written === undefined ? [] : [{ range: value.range, newText: `{ origin: ${written} }` }];
    } }];
  }
  const hasOrigin = options.entries.some((entry) => entry.key === 'origin') || options.open;
  const unknownEntries = options.entries.filter((entry) => !optionNames.includes(entry.key));
  const facts: Fact[] = unknownEntries.flatMap((entry): Fact[] => {
    const suggestion = foreignNames[entry.key.toLowerCase()] ?? nearestName(entry.key, optionNames);
    if (suggestion === null) return [];
    return [{
      kind: 'unknown-option', name: entry.key, suggestion, range: entry.keyRange, opens: suggestion === 'origin' && !hasOrigin,
      // A shorthand property has its value under the key, so that a new key would lose it.
      rename: () => [{ range: entry.keyRange, newText: entry.keyRange.start === entry.range.start && entry.keyRange.end === entry.range.end ? `${suggestion}: ${entry.key}` : suggestion }],
    }];
  });
  const opened = facts.some((fact) => fact.kind === 'unknown-option' && fact.opens);
  if (!hasOrigin && !opened && options.entries.length > 0) {
    facts.push({
      kind: 'no-origin-configured', range: place.range, set: options.entries.map((entry) => entry.key),
      addOrigins: (origins, placeholder) => {
        const source = text.textOf(options.range);
        return source === undefined ? [] : insertEntry(source, options.range, `origin: ${originList(origins, text.quote)}`, placeholder);
      },
    });
  }
  return facts;
}

function optionEdits(place: OptionsPlace, options: Dict | undefined, origin: DictEntry | undefined, credentials: DictEntry | undefined, maxAge: DictEntry | undefined, text: ProgramText): PolicyEdits {
  const allowOnly = (origins: readonly string[], placeholder?: string): Edit[] => {
    const list = originList(origins, text.quote);
    if (origin) return [{ range: origin.value.range, newText: list, placeholder }];
    if (options) {
      const source = text.textOf(options.range);
      return source === undefined ? [] : insertEntry(source, options.range, `origin: ${list}`, placeholder);
    }
    if (place.value !== undefined) return [{ range: place.value.range, newText: `{ origin: ${list} }`, placeholder }];
    return [{ range: place.argumentsRange, newText: `({ origin: ${list} })`, placeholder }];
  };
  const source = credentials && text.textOf(credentials.range);
  return {
    allowOnly,
    ...(credentials && source !== undefined && { dropCredentials: () => removeMember(source, credentials.range) }),
    ...(maxAge && { setMaxAge: (seconds: number) => [{ range: maxAge.value.range, newText: maxAge.value.kind === 'text' ? quoted(String(seconds), text.quote) : String(seconds) }] }),
    ...(origin?.value.kind === 'environment' && origin.value.fallback && { failClosed: () => [{ range: origin.value.kind === 'environment' && origin.value.fallback ? origin.value.fallback.range : origin.value.range, newText: origin.value.kind === 'environment' && origin.value.fallback?.kind === 'boolean' ? 'false' : "''" }] }),
  };
}
