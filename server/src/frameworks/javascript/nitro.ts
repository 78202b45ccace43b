/** Nitro and Nuxt: the `cors` switch of `routeRules`. Headers that the same rules name are read as headers written by hand. */
import type { Expression, ObjectExpression, Program } from '../../syntax/programs/program.ts';
import type { Edit, SourceRange } from '../../syntax/range.ts';
import type { HeaderRule, Policy, Setting } from '../../policy/policy.ts';
import { always, optionsMethod } from '../../policy/request-test.ts';
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
      if (cors === undefined || !isOn(cors.value) || names(headers).includes('access-control-allow-origin')) return [];
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
  const star = <T>(value: T): Setting<T> => ({ value, range, keyRange: cors.keyRange, written: true });
  return {
    framework: 'nitro',
    title: 'Nitro',
    range,
    scope: path === undefined ? 'this page' : `routes of ${path}`,
    purpose: 'application',
    settings: {
      origins: star([{ range, kind: 'any', accepts: always }]),
      credentials: credentials ? writtenCredentials(credentials) : { value: false, range, written: false },
      methods: star([{ text: '*', range }]),
      allowedHeaders: star([{ text: '*', range }]),
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

function names(headers: Value | undefined): string[] {
  return headers?.kind === 'dict' ? headers.entries.map(({ key }) => key.toLowerCase()) : [];
}
