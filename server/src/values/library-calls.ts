/** Calls of library functions by their dotted name: `Object.freeze`, `new Set`, `re.match`, `os.getenv`. */
import type { Argument, Call, Expression } from '../syntax/programs/program.ts';
import { always, not, unknown } from '../policy/request-test.ts';
import { mapChoices, oneOf, originSubject, predicate, toPublic, truth } from './inner-value.ts';
import type { Inner } from './inner-value.ts';
import { listCallback } from './list-methods.ts';
import { methodCall } from './methods.ts';
import { membership, patternTest } from './origin-tests.ts';
import type { At, Place, Session } from './session.ts';
import type { DictEntry, List } from './value.ts';

/** What the call gives; undefined for a function that is not known here. */
export function libraryCall(
  name: string,
  root: 'parameter' | 'global',
  call: Call,
  here: At,
  session: Session,
  place: Place,
): Inner | undefined {
  if (root === 'parameter') return undefined;
  const given = (index: number, keyword?: string): Inner | undefined => {
    const argument = argumentAt(call, index, keyword);
    return argument && session.value(argument.value, place);
  };
  return place.program.language === 'python'
    ? pythonCall(name, call, given, here, session, place)
    : scriptCall(name, call, given, here, session, place);
}

type Given = (index: number, keyword?: string) => Inner | undefined;

function argumentAt(call: Call, index: number, keyword?: string): Argument | undefined {
  const named = keyword === undefined ? undefined : call.arguments.find((argument) => argument.name === keyword);
  const positional = call.arguments.filter((argument) => argument.name === undefined && !argument.spread)[index];
  return named ?? positional;
}

function scriptCall(
  name: string,
  call: Call,
  given: Given,
  here: At,
  session: Session,
  place: Place,
): Inner | undefined {
  const first = given(0);
  switch (name) {
    case 'Object.freeze':
    case 'Object.seal':
    case 'structuredClone':
    case 'Promise.resolve':
    case 'encodeURI':
    case 'decodeURI':
    case 'String':
      return first;
    case 'Boolean':
      return first
        ? predicate(truth(first, 'javascript'), here.range, here.expression)
        : { kind: 'boolean', value: false, ...here };
    case 'Set':
    case 'Array.from':
    case 'WeakSet':
      return asList(
        first,
        name === 'Array.from' ? 'list' : 'set',
        name === 'Array.from' ? given(1) : undefined,
        here,
        session,
        place,
      );
    case 'Array.of':
    case 'Array':
      return call.arguments.some((argument) => argument.spread) || (name === 'Array' && call.arguments.length === 1)
        ? undefined
        : {
            kind: 'list',
            items: call.arguments.map((argument) => toPublic(session.value(argument.value, place))),
            open: false,
            type: 'list',
            ...here,
          };
    case 'Map':
    case 'Object.fromEntries':
      return mapOf(first, here);
    case 'Object.assign':
      return mergeDicts(call, here, session, place);
    case 'Object.keys':
    case 'Object.values':
      return (
        first &&
        mapChoices(
          first,
          (one) => methodCall(one, name.slice(7), [], here, 'javascript') ?? { kind: 'unknown', ...here },
        )
      );
    case 'Array.isArray':
      return (
        first &&
        mapChoices(first, (one) =>
          one.kind === 'list'
            ? { kind: 'boolean', value: true, ...here }
            : one.kind === 'text' || one.kind === 'dict' || one.kind === 'request'
              ? { kind: 'boolean', value: false, ...here }
              : { kind: 'predicate', test: unknown(one.kind === 'environment' ? 'independent' : undefined), ...here },
        )
      );
    case 'Object.hasOwn':
    case 'Reflect.has': {
      const key = given(1);
      return first && key && predicate(membership(first, key, here.range), here.range, here.expression);
    }
    case 'JSON.parse':
      return first && parsedJson(first, here);
    case 'RegExp':
      return pattern(first, given(1), here);
    case 'URL':
    case 'URL.parse':
    case 'url.URL':
    case 'url.parse':
      return parsedUrl(first, here);
    default:
      return undefined;
  }
}

function pattern(source: Inner | undefined, flags: Inner | undefined, here: At): Inner | undefined {
  if (source === undefined) return undefined;
  return mapChoices(source, (one) => {
    const letters = flags?.kind === 'text' ? flags.text : '';
    if (one.kind === 'environment')
      return {
        ...one,
        ...here,
        fallback:
          one.fallback &&
          toPublic(
            pattern(one.fallback, flags, { range: one.fallback.range, expression: one.fallback.expression }) ?? {
              kind: 'unknown',
              ...here,
            },
          ),
      };
    if (one.kind === 'pattern')
      return flags === undefined ? one : { ...one, pattern: { ...one.pattern, flags: letters } };
    if (one.kind !== 'text' || (flags !== undefined && flags.kind !== 'text' && flags.kind !== 'nothing'))
      return { kind: 'unknown', ...here };
    return {
      kind: 'pattern',
      pattern: { source: one.text, flags: letters, dialect: 'javascript', mode: 'search' },
      ...(one.contentRange && { sourceRange: one.contentRange }),
      fromString: true,
      ...here,
    };
  });
}

/** A text that is a list of texts. */
function parsedJson(value: Inner, here: At): Inner | undefined {
  if (value.kind === 'environment')
    return {
      ...value,
      ...here,
      fallback: value.fallback && toPublic(parsedJson(value.fallback, here) ?? { kind: 'unknown', ...here }),
    };
  if (value.kind !== 'text') return undefined;
  const items = /^\s*\[\s*((?:"[^"\\]*"\s*(?:,\s*)?)*)\]\s*$/.exec(value.text)?.[1];
  if (items === undefined) return undefined;
  return {
    kind: 'list',
    open: false,
    type: 'list',
    items: [...items.matchAll(/"([^"\\]*)"/g)].map(([, text]) => ({ kind: 'text', text: text!, range: value.range })),
    ...here,
  };
}

function parsedUrl(value: Inner | undefined, here: At): Inner | undefined {
  if (value === undefined) return undefined;
  return mapChoices(value, (one) => {
    const subject = originSubject(one);
    if (subject?.part === 'origin') return { kind: 'origin-piece', part: 'url', ignoreCase: false, ...here };
    // An absent origin stands as '' in `new URL(origin || '')`, which throws.
    if (one.kind === 'nothing' || (one.kind === 'text' && one.text === '')) return { kind: 'nothing', ...here };
    return one.kind === 'path' || one.kind === 'request'
      ? { kind: 'path', root: 'parameter', names: ['request', 'url'], ...here }
      : { kind: 'unknown', ...here };
  });
}

function asList(
  value: Inner | undefined,
  type: List['type'],
  callback: Inner | undefined,
  here: At,
  session: Session,
  place: Place,
): Inner | undefined {
  if (value === undefined) return { kind: 'list', items: [], open: false, type, ...here };
  return mapChoices(value, (one) => {
    if (one.kind === 'list')
      return callback === undefined
        ? { ...one, type, ...here }
        : (listCallback(one, 'map', [callback], here, session, place) ?? { kind: 'unknown', ...here });
    if (one.kind === 'environment') return one;
    if (one.kind === 'dict')
      return methodCall(one, 'keys', [], here, place.program.language) ?? { kind: 'unknown', ...here };
    return one.kind === 'nothing'
      ? { kind: 'list', items: [], open: false, type, ...here }
      : { kind: 'unknown', ...here };
  });
}

function mapOf(pairs: Inner | undefined, here: At): Inner {
  if (pairs === undefined) return { kind: 'dict', entries: [], open: false, ...here };
  if (pairs.kind === 'dict') return pairs;
  if (pairs.kind !== 'list') return { kind: 'unknown', ...here };
  const entries = new Map<string, DictEntry>();
  let { open } = pairs;
  for (const pair of pairs.items) {
    const [key, value] = pair.kind === 'list' ? pair.items : [];
    if (key?.kind === 'text' && value !== undefined)
      entries.set(key.text, { key: key.text, keyRange: key.contentRange ?? key.range, value, range: pair.range });
    else open = true;
  }
  return { kind: 'dict', entries: [...entries.values()], open, ...here };
}

function mergeDicts(call: Call, here: At, session: Session, place: Place): Inner {
  const entries = new Map<string, DictEntry>();
  let open = false;
  for (const argument of call.arguments) {
    const value = session.value(argument.value, place);
    if (argument.spread || value.kind !== 'dict') {
      open ||= argument.spread || value.kind !== 'nothing';
      continue;
    }
    for (const entry of value.entries) {
      entries.delete(entry.key);
      entries.set(entry.key, entry);
    }
    open ||= value.open;
  }
  return { kind: 'dict', entries: [...entries.values()], open, ...here };
}

function pythonCall(
  name: string,
  call: Call,
  given: Given,
  here: At,
  session: Session,
  place: Place,
): Inner | undefined {
  const first = given(0);
  const environment = environmentCall(name, given, here);
  if (environment !== undefined) return environment;
  switch (name.replace(/^(urllib\.parse|parse|urlparse|re|regex|builtins|pydantic|dataclasses)\./, '')) {
    case 'list':
    case 'sorted':
    case 'reversed':
    case 'iter':
      return asList(first, 'list', undefined, here, session, place);
    case 'tuple':
      return asList(first, 'tuple', undefined, here, session, place);
    case 'set':
    case 'frozenset':
      return asList(first, 'set', undefined, here, session, place);
    case 'dict':
      return dictCall(call, first, here, session, place);
    case 'str':
    case 'Depends':
    case 'cast':
      return name === 'cast' ? given(1) : first;
    case 'bool':
      return first && predicate(truth(first, 'python'), here.range, here.expression);
    case 'any':
    case 'all':
      return first && anyOf(name, first, here);
    case 'Field':
    case 'field':
      return fieldDefault(given, here, session, place);
    case 'enumerate':
      return first?.kind === 'list'
        ? {
            ...first,
            ...here,
            items: first.items.map((item, value) => ({
              kind: 'list',
              items: [{ kind: 'number', value, ...here }, item],
              open: false,
              type: 'tuple',
              ...here,
            })),
          }
        : undefined;
    case 'len':
      return (
        first &&
        mapChoices(first, (one) =>
          one.kind === 'list' && !one.open
            ? { kind: 'number', value: one.items.length, ...here }
            : originSubject(one) !== undefined
              ? { kind: 'length', of: originSubject(one)!.part, minus: 0, ...here }
              : one.kind === 'text'
                ? { kind: 'number', value: one.text.length, ...here }
                : { kind: 'unknown', ...here },
        )
      );
    case 'map': {
      const items = given(1);
      return first && items && listCallback(items, 'map', [first], here, session, place);
    }
    case 'filter': {
      const items = given(1);
      return (
        first &&
        items &&
        listCallback(
          items,
          'filter',
          [first.kind === 'nothing' ? { kind: 'path', root: 'global', names: ['Boolean'], ...here } : first],
          here,
          session,
          place,
        )
      );
    }
    case 'compile':
      return first && pythonPattern(first, call, 1, here);
    case 'match':
    case 'search':
    case 'fullmatch': {
      const subject = given(1, 'string');
      const compiled = first && pythonPattern(first, call, 2, here);
      const mode = name.endsWith('fullmatch') ? 'full' : name.endsWith('match') ? 'prefix' : 'search';
      return compiled && subject && { kind: 'match', test: patternTest(compiled, subject, here.range, mode), ...here };
    }
    case 'sub': {
      const [replacement, subject] = [given(1, 'repl'), given(2, 'string')];
      const compiled = first && pythonPattern(first, call, 4, here);
      return compiled && replacement && subject && originSubject(subject)
        ? methodCall(
            subject,
            'replace',
            [
              compiled.kind === 'pattern'
                ? { ...compiled, pattern: { ...compiled.pattern, flags: `${compiled.pattern.flags}g` } }
                : compiled,
              replacement,
            ],
            here,
            'javascript',
          )
        : undefined;
    }
    case 'json.loads':
      return first && parsedJson(first, here);
    case 'escape':
      return first?.kind === 'text'
        ? { kind: 'text', text: first.text.replaceAll(/[-\\^$*+?.()|[\]{}]/g, '\\$&'), ...here }
        : undefined;
    case 'urlparse':
    case 'urlsplit':
      return parsedUrl(first, here);
    default:
      return undefined;
  }
}

function environmentCall(name: string, given: Given, here: At): Inner | undefined {
  const isPlain =
    /^(os\.getenv|getenv|os\.environ\.get|environ\.get|(decouple\.)?config|env|env\.(str|list|tuple|get|url)|environ\.Env\.\w+)$/.test(
      name,
    );
  const first = given(0);
  if (!isPlain || first?.kind !== 'text') return undefined;
  const fallback = given(1, 'default');
  const split = /\.(list|tuple)$/.test(name);
  const known =
    fallback !== undefined && fallback.kind !== 'nothing' && fallback.kind !== 'path' && fallback.kind !== 'unknown';
  return {
    kind: 'environment',
    name: first.text,
    ...(known && { fallback: toPublic(fallback) }),
    ...(split && { split }),
    ...here,
  };
}

/** The default of a pydantic or dataclass field; nothing where there is none. */
function fieldDefault(given: Given, here: At, session: Session, place: Place): Inner | undefined {
  const factory = given(1_000, 'default_factory');
  if (factory?.kind === 'path' && /^(list|tuple|set)$/.test(factory.names.join('.')))
    return { kind: 'list', items: [], open: false, type: 'list', ...here };
  return factory ? session.apply(factory, [], here, place) : given(0, 'default');
}

function dictCall(call: Call, first: Inner | undefined, here: At, session: Session, place: Place): Inner {
  const base = mapOf(
    call.arguments.some((argument) => argument.name === undefined && !argument.spread) ? first : undefined,
    here,
  );
  if (base.kind !== 'dict') return base;
  const entries = new Map(base.entries.map((entry) => [entry.key, entry]));
  let { open } = base;
  for (const argument of call.arguments) {
    const value = session.value(argument.value, place);
    if (argument.spread) {
      if (value.kind === 'dict') for (const entry of value.entries) entries.set(entry.key, entry);
      open ||= value.kind !== 'dict' || value.open;
    } else if (argument.name !== undefined)
      entries.set(argument.name, {
        key: argument.name,
        keyRange: argument.nameRange ?? argument.range,
        value: toPublic(value),
        range: argument.range,
      });
  }
  return { kind: 'dict', entries: [...entries.values()], open, ...here };
}

function anyOf(name: string, list: Inner, here: At): Inner {
  if (list.kind !== 'list') return { kind: 'predicate', test: unknown(), ...here };
  const choices = list.items.map((item) => ({
    when: truth(item, 'python'),
    value: { kind: 'boolean', value: true, ...here } as Inner,
  }));
  if (name === 'any') {
    if (list.open) choices.push({ when: unknown(), value: { kind: 'boolean', value: true, ...here } });
    return oneOf(
      [...choices, { when: always, value: { kind: 'boolean', value: false, ...here } }],
      here.range,
      here.expression,
    );
  }
  const refused = list.items.map((item) => ({
    when: not(truth(item, 'python')),
    value: { kind: 'boolean', value: false, ...here } as Inner,
  }));
  if (list.open) refused.push({ when: unknown(), value: { kind: 'boolean', value: false, ...here } });
  return oneOf(
    [...refused, { when: always, value: { kind: 'boolean', value: true, ...here } }],
    here.range,
    here.expression,
  );
}

function pythonPattern(source: Inner, call: Call, flagsIndex: number, here: At): Inner {
  if (source.kind === 'pattern') return source;
  if (source.kind === 'environment')
    return {
      ...source,
      fallback:
        source.fallback &&
        toPublic(
          pythonPattern(source.fallback, call, flagsIndex, {
            range: source.fallback.range,
            expression: source.fallback.expression,
          }),
        ),
    };
  if (source.kind !== 'text') return { kind: 'unknown', ...here };
  const flags: Expression | undefined = argumentAt(call, flagsIndex, 'flags')?.value;
  const letters = flags === undefined ? '' : pythonFlags(flags.text);
  if (letters === undefined) return { kind: 'unknown', ...here };
  return {
    kind: 'pattern',
    pattern: { source: source.text, flags: letters, dialect: 'python', mode: 'search' },
    ...(source.contentRange && { sourceRange: source.contentRange }),
    fromString: true,
    range: source.range,
    expression: here.expression,
  };
}

/** `re.IGNORECASE | re.X`; undefined for what is not spelled out. Of all flags these two change what is accepted. */
function pythonFlags(text: string): string | undefined {
  const names = text.split('|').map((one) => one.trim().replace(/^(?:re|regex)\.(?:RegexFlag\.)?/, ''));
  if (
    !names.every((name) =>
      /^(?:0|NOFLAG|I|IGNORECASE|X|VERBOSE|M|MULTILINE|S|DOTALL|A|ASCII|U|UNICODE|DEBUG)$/.test(name),
    )
  )
    return undefined;
  return `${names.some((name) => /^I/.test(name)) ? 'i' : ''}${names.some((name) => /^(X|VERBOSE)$/.test(name)) ? 'x' : ''}`;
}
