/** Nitro and Nuxt: the `cors` switch of `routeRules`. Headers that the same rules name are read as headers written by hand. */
import type { Expression, ObjectExpression, Program } from '../../syntax/programs/program.ts';
import type { Edit, SourceRange } from '../../syntax/range.ts';
import type { HeaderRule, NameEntry, Policy, Setting } from '../../policy/policy.ts';
import { always, optionsMethod, originEquals } from '../../policy/request-test.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Dict, DictEntry, Value } from '../../values/value.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { defineFramework } from '../../models/framework.ts';
import type { ProgramText } from '../../models/libraries/origin-entries.ts';
import { programText } from '../../models/libraries/origin-entries.ts';
import { insertEntry, quoted, removeMember } from '../../edits/program-edits.ts';

/** What the switch stands for, as observed of nitropack 2.13.6 and nitro 3.0.0; an object of options is only looked at for being there. */
const switchedOn: readonly (readonly [string, string])[] = [
  ['access-control-allow-origin', '*'],
  ['access-control-allow-methods', '*'],
  ['access-control-allow-headers', '*'],
  ['access-control-max-age', '0'],
];

export const framework = defineFramework({
  id: 'nitro',
  title: 'Nitro and Nuxt',
  documentation: 'https://nitro.build/docs/routing#route-rules',
  reads: '`routeRules` with `cors` in `nitro.config.*` and `nuxt.config.*`, and `defineRouteRules`',
  mentions: ['routerules'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    const text = programText(program, context);
    const policies = rulesOf(program, context).flatMap(({ rule, path }): Policy[] => {
      const cors = dictEntry(rule, 'cors');
      const headers = dictEntry(rule, 'headers')?.value;
      if (cors === undefined || !isOn(cors.value) || ownOrigin(headers) === 'unknown') return [];
      return [policyOf(cors, rule, headers?.kind === 'dict' ? headers : undefined, path, text)];
    });
    return { policies, facts: [] };
  },
});

function policyOf(
  cors: DictEntry,
  rule: Dict,
  headers: Dict | undefined,
  path: string | undefined,
  text: ProgramText,
): Policy {
  const { range } = cors;
  const credentials = headers?.entries.find(({ key }) => key.toLowerCase() === 'access-control-allow-credentials');
  const own = ownOrigin(headers);
  const star = <T>(value: T): Setting<T> => ({ value, range, keyRange: cors.keyRange, written: true });
  return {
    framework: 'nitro',
    title: 'Nitro',
    range,
    scope: path === undefined ? 'this page' : `routes of ${path}`,
    purpose: 'application',
    settings: {
      origins: own === undefined || own === 'unknown' ? star([{ range, kind: 'any', accepts: always }]) : own,
      credentials: credentials ? writtenCredentials(credentials) : { value: false, range, written: false },
      methods: ownNames(headers, 'access-control-allow-methods') ?? star([{ text: '*', range }]),
      allowedHeaders: ownNames(headers, 'access-control-allow-headers') ?? star([{ text: '*', range }]),
    },
    headers: [
      ...switchedOn.map(([name, value]) => header(name, { kind: 'text', text: value }, range)),
      ...ownHeaders(headers),
    ],
    // The route's own handler answers OPTIONS too.
    statuses: [{ when: optionsMethod, status: null }],
    facts: [],
    edits: {
      allowOnly: (origins, placeholder) =>
        origins.length === 1 ? oneOrigin(origins[0]!, placeholder, cors, rule, headers, text) : [],
      ...(credentials && {
        dropCredentials: () => {
          const source = text.textOf(credentials.range);
          return source === undefined ? [] : removeMember(source, credentials.range);
        },
      }),
    },
  };
}

function header(name: string, value: HeaderRule['value'], range: SourceRange): HeaderRule {
  return { name, operation: 'set', value, when: always, range };
}

/** Headers that the same rule names go over those of the switch. */
function ownHeaders(headers: Dict | undefined): HeaderRule[] {
  return (headers?.entries ?? [])
    .filter(({ key }) => /^(access-control-|vary$)/i.test(key))
    .map(({ key, value, range }) =>
      header(
        key.toLowerCase(),
        value.kind === 'text' ? { kind: 'text', text: value.text } : { kind: 'unknown' },
        range,
      ),
    );
}

function writtenCredentials({ value, keyRange }: DictEntry): Setting<boolean | 'unknown'> {
  return {
    value: value.kind === 'text' ? value.text === 'true' : 'unknown',
    range: value.range,
    keyRange,
    written: true,
  };
}

/** A rule knows one origin for everybody: its header goes over the one that the switch sets, or stands in the switch's place. */
function oneOrigin(
  origin: string,
  placeholder: string | undefined,
  cors: DictEntry,
  rule: Dict,
  headers: Dict | undefined,
  text: ProgramText,
): Edit[] {
  const q = (value: string): string => quoted(value, text.quote);
  const entries = `${q('access-control-allow-origin')}: ${q(origin)}`;
  if (headers === undefined)
    return dictEntry(rule, 'headers') ? [] : [{ range: cors.range, newText: `headers: { ${entries} }`, placeholder }];
  const source = text.textOf(headers.range);
  return source === undefined ? [] : insertEntry(source, headers.range, entries, placeholder);
}

/** The rules of every `routeRules: { path: rule }` of the file, and of `defineRouteRules(rule)`. */
function rulesOf(program: Program, { evaluator }: ProgramContext): { rule: Dict; path: string | undefined }[] {
  const objects = new Map<number, ObjectExpression>();
  const found: { rule: Dict; path: string | undefined }[] = [];
  for (const { index, 0: word } of program.text.matchAll(/\b(routeRules|defineRouteRules)\b/g)) {
    let node = program.expressionAt(index) as Expression | undefined;
    if (word === 'defineRouteRules' && node?.parent?.kind === 'call') {
      const argument = node.parent.arguments[0];
      const value = argument && evaluator.evaluate(argument.value);
      if (value?.kind === 'dict') found.push({ rule: value, path: undefined });
      continue;
    }
    while (node !== undefined && node.kind !== 'object') node = node.parent as Expression | undefined;
    if (node?.kind === 'object') objects.set(node.range.start, node);
  }
  for (const object of objects.values()) {
    const rules = object.entries.find(({ key }) => key === 'routeRules');
    const value = rules && evaluator.evaluate(rules.value);
    if (value?.kind !== 'dict') continue;
    for (const { key, value: rule } of value.entries) if (rule.kind === 'dict') found.push({ rule, path: key });
  }
  return found;
}

function isOn(value: Value): boolean {
  return (
    value.kind === 'dict' ||
    value.kind === 'list' ||
    (value.kind === 'boolean' && value.value) ||
    (value.kind === 'text' && value.text !== '')
  );
}

/** The origin that the same rule names in `headers`, over the star of the switch. Unknown where it is no text. */
function ownOrigin(headers: Value | undefined): Policy['settings']['origins'] | 'unknown' | undefined {
  if (headers?.kind !== 'dict') return undefined;
  const entry = headers.entries.findLast(({ key }) => key.toLowerCase() === 'access-control-allow-origin');
  if (entry === undefined) return undefined;
  if (entry.value.kind !== 'text') return 'unknown';
  const { text, range } = entry.value;
  const written = { range, keyRange: entry.keyRange, written: true } as const;
  return text === '*'
    ? { value: [{ range, kind: 'any', accepts: always }], ...written }
    : { value: [{ range, kind: 'text', text, accepts: originEquals(text) }], ...written };
}

/** The names that the same rule lists under this header, over the star of the switch. */
function ownNames(headers: Dict | undefined, name: string): Setting<readonly NameEntry[] | 'unknown'> | undefined {
  const entry = headers?.entries.findLast(({ key }) => key.toLowerCase() === name);
  if (entry === undefined) return undefined;
  const { value, keyRange } = entry;
  const listed =
    value.kind === 'text'
      ? value.text.split(',').map((text) => ({ text: text.trim(), range: value.range }))
      : 'unknown';
  return { value: listed, range: value.range, keyRange, written: true };
}

/** Whether `headers` of this object are read here, together with the switch beside them. */
export function isSwitchedRule(rule: ObjectExpression): boolean {
  const { parent } = rule;
  const isRule =
    parent?.kind === 'object'
      ? parent.parent?.kind === 'object' &&
        parent.parent.entries.some(({ key, value }) => key === 'routeRules' && value.range.start === parent.range.start)
      : parent?.kind === 'call' && parent.callee.text === 'defineRouteRules';
  const isText = ({ value }: ObjectExpression['entries'][number]): boolean => value.kind === 'string';
  const headers = rule.entries.find(({ key }) => key === 'headers')?.value;
  return (
    isRule &&
    rule.entries.some(({ key, value }) => key === 'cors' && value.kind === 'boolean' && value.value) &&
    headers?.kind === 'object' &&
    headers.entries.filter(({ key }) => key?.toLowerCase() === 'access-control-allow-origin').every(isText)
  );
}
