/** The `CORS_*` settings of a module of Django's settings, those that it takes over from others included. */
import type { Expression, Program } from '../../../syntax/programs/program.ts';
import type { SourceRange } from '../../../syntax/range.ts';
import type { ProgramContext } from '../../../models/framework.ts';
import { always } from '../../../policy/request-test.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import type { DictEntry, List, Value } from '../../../values/value.ts';
import { isForDevelopment } from '../development-guard.ts';
import { originOption } from './table.ts';

const allNames = ['CORS_ALLOW_ALL_ORIGINS', 'CORS_ORIGIN_ALLOW_ALL'];
const listNames = [originOption, 'CORS_ORIGIN_WHITELIST'];
const patternNames = ['CORS_ALLOWED_ORIGIN_REGEXES', 'CORS_ORIGIN_REGEX_WHITELIST'];
const others = [
  'CORS_ALLOW_CREDENTIALS',
  'CORS_ALLOW_METHODS',
  'CORS_ALLOW_HEADERS',
  'CORS_EXPOSE_HEADERS',
  'CORS_PREFLIGHT_MAX_AGE',
  'CORS_ALLOW_PRIVATE_NETWORK',
  'CORS_URLS_REGEX',
];
/** Letters of an expression that is no more than a name. */
const longestName = 80;

/** No more than these are settings of the package. */
export const settingNames = [...allNames, ...listNames, ...patternNames, ...others];

/** One setting, and where this module writes it. */
export interface Written {
  readonly name: string;
  readonly entry: DictEntry;
  /** The last statement that assigns it here; undefined for one of another module. */
  readonly statement?: SourceRange;
  /** It is only set in development, or to what says whether this is development. */
  readonly isForDevelopment?: boolean;
  /** What has to hold for it to be set at all, where that is not always so. */
  readonly when?: RequestTest;
}

/** What the module ends up with, by name. */
export function settingsOf(program: Program, context: ProgramContext): readonly Written[] {
  const here = [...program.exports].filter(([name]) => /^CORS_[A-Z_]+$/.test(name));
  const written = here.map(([name, expression]) => writtenHere(name, expression, program, context));
  const missing = settingNames.filter((name) => !program.exports.has(name));
  return [...written, ...missing.flatMap((name) => inherited(name, program, context))];
}

function writtenHere(name: string, expression: Expression, program: Program, context: ProgramContext): Written {
  const statements = [...program.text.matchAll(new RegExp(`^[ \\t]*${name}\\b\\s*(?::[^=\\n]+)?\\+?=(?!=)`, 'gm'))];
  const start = statements.at(-1)?.index ?? 0;
  const at = start + (/^\s*/.exec(statements.at(-1)?.[0] ?? '')?.[0].length ?? 0);
  const keyRange = { start: at, end: at + name.length };
  const value = context.evaluator.evaluate(expression);
  const end = value.range.path === undefined && value.range.end > at ? value.range.end : keyRange.end;
  const range = { start: at, end };
  const target = program.expressionAt(at);
  const assigned = /=\s*(.*)/.exec(program.text.slice(keyRange.end, keyRange.end + longestName))?.[1] ?? '';
  const isDebug = statements.length === 1 && /^(?:settings\.)?(?:DEBUG|IS_DEV\w*|DEV\w*)\s*(?:#.*)?$/.test(assigned);
  const isGuarded = statements.length === 1 && target !== undefined && isForDevelopment(target);
  const when = statements.length === 1 && target !== undefined ? context.evaluator.guard(target) : always;
  return {
    name,
    entry: { key: name, keyRange, range, value },
    statement: range,
    isForDevelopment: isDebug || isGuarded,
    ...(when.kind !== 'always' && { when }),
  };
}

/** What `from .base import *` brings along; the last such import counts. */
function inherited(name: string, program: Program, { evaluator }: ProgramContext): Written[] {
  for (const { module } of program.imports.filter(({ everything }) => everything).toReversed()) {
    const value = evaluator.exported(module, name);
    if (value.kind !== 'unknown' || value.expression !== undefined)
      return [{ name, entry: { key: name, keyRange: value.range, range: value.range, value } }];
  }
  return [];
}

/** The settings as options of the model: what lets origins in is one of them. */
export function optionsOf(settings: readonly Written[]): DictEntry[] {
  const named = (names: readonly string[]): Written | undefined =>
    names.flatMap((name) => settings.find((one) => one.name === name) ?? []).at(0);
  const [everybody, list, patterns] = [named(allNames), named(listNames), named(patternNames)];
  const kept = settings.filter(({ name }) => ![...allNames, ...listNames, ...patternNames].includes(name));
  const origin = originOf(everybody, list, patterns);
  return [...(origin ? [origin] : []), ...kept.map(({ entry }) => entry)];
}

function originOf(
  everybody: Written | undefined,
  list: Written | undefined,
  patterns: Written | undefined,
): DictEntry | undefined {
  const listed = withPatterns(list && whereSet(list), patterns && whereSet(patterns));
  const switched = everybody && whereSet(everybody);
  const first = (list ?? patterns)?.entry;
  if (switched === undefined) return first && listed && { ...first, key: originOption, value: listed };
  const nobody: List = { ...emptyList, range: (first ?? everybody!.entry).range };
  const value = chosen(switched, listed ?? nobody, everybody!.entry.range);
  const entry = value === listed && first ? first : everybody!.entry;
  return { ...entry, key: originOption, value };
}

/** What is set below `if DEBUG`, or to `DEBUG`, does not count in production; what is set below another `if` counts where that holds. */
function whereSet({ entry, isForDevelopment, when }: Written): Value {
  const { value, range } = entry;
  const nothing: Value =
    value.kind === 'boolean' ? { kind: 'boolean', value: false, range } : { ...emptyList, range: value.range };
  const condition: RequestTest | undefined = isForDevelopment
    ? { kind: 'circumstance', subject: 'DEBUG', phase: 'development' }
    : when;
  if (condition === undefined || (value.kind !== 'boolean' && value.kind !== 'list')) return value;
  return {
    kind: 'one-of',
    range: value.range,
    choices: [
      { when: condition, value },
      { when: always, value: nothing },
    ],
  };
}

const emptyList = { kind: 'list', items: [], open: false, type: 'list' } as const;

/** Everybody where the switch is on, else the list. */
function chosen(switched: Value, listed: Value, at: SourceRange): Value {
  switch (switched.kind) {
    case 'boolean':
      return switched.value ? switched : listed;
    case 'nothing':
      return listed;
    case 'text':
      // Any text is true, `"False"` too.
      return switched.text === '' ? listed : { kind: 'boolean', value: true, range: switched.range };
    case 'environment': {
      const { fallback } = switched;
      if (fallback === undefined || (fallback.kind === 'text' && !isTextOfEnvironment(switched)))
        return { ...switched, fallback: listed };
      return { ...switched, fallback: chosen(fallback, listed, at) };
    }
    case 'predicate':
      return {
        kind: 'one-of',
        range: switched.range,
        choices: [
          { when: switched.test, value: { kind: 'boolean', value: true, range: at } },
          { when: always, value: listed },
        ],
      };
    case 'one-of':
      return {
        ...switched,
        choices: switched.choices.map((choice) => ({ ...choice, value: chosen(choice.value, listed, at) })),
      };
    default:
      return { kind: 'unknown', range: switched.range };
  }
}

/** Nothing makes a boolean of what `os.environ.get` gives. */
function isTextOfEnvironment({ expression }: Value): boolean {
  return expression?.kind === 'call' && /(?:^|\.)(?:getenv|environ\.get)$/.test(expression.callee.text);
}

/** One list of texts that are compared and of patterns. */
function withPatterns(list: Value | undefined, patterns: Value | undefined): Value | undefined {
  const found = patterns && asPatterns(patterns);
  if (found === undefined || list === undefined) return found ?? list;
  if (found.kind === 'list' && found.items.length === 0 && !found.open) return list;
  if (list.kind === 'one-of')
    return {
      ...list,
      choices: list.choices.map((choice) => ({ ...choice, value: withPatterns(choice.value, patterns)! })),
    };
  if (list.kind !== 'list' || found.kind !== 'list') return { kind: 'unknown', range: list.range };
  return { ...list, items: [...list.items, ...found.items], open: list.open || found.open };
}

function asPatterns(value: Value): Value {
  if (value.kind === 'one-of')
    return { ...value, choices: value.choices.map((choice) => ({ ...choice, value: asPatterns(choice.value) })) };
  if (value.kind === 'environment' && value.fallback) return { ...value, fallback: asPatterns(value.fallback) };
  if (value.kind !== 'list') return value;
  return { ...value, items: value.items.map(asPattern) };
}

function asPattern(item: Value): Value {
  if (item.kind !== 'text') return item;
  const { range, expression, contentRange } = item;
  return {
    kind: 'pattern',
    pattern: { source: item.text, flags: '', dialect: 'python', mode: 'prefix' },
    fromString: true,
    range,
    ...(expression && { expression }),
    ...(contentRange && { sourceRange: contentRange }),
  };
}
