/** http4k's filter: `ServerFilters.Cors(CorsPolicy(OriginPolicy.Only("a"), headers, methods, credentials = true))`. */
import type { Call, Expression, Node, Program } from '../../syntax/programs/program.ts';
import { sameSpan } from '../../syntax/range.ts';
import { kotlinLiterals } from '../../edits/kotlin-literals.ts';
import type { Literals } from '../../edits/literals.ts';
import type { NameEntry, Policy } from '../../policy/policy.ts';
import { always, optionsMethod } from '../../policy/request-test.ts';
import type { ProgramContext } from '../../models/framework.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { Found, FoundOptions } from '../../models/libraries/define-cors-library.ts';
import { namedArgumentsForm } from '../../models/libraries/options-form.ts';
import { byRelease } from '../../models/libraries/releases.ts';
import { withoutEdits } from '../../models/libraries/without-edits.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { DictEntry, Value } from '../../values/value.ts';

const packageName = 'org.http4k:http4k-core';

/** As `ServerFilters.Cors` of release 6.49 says. See https://www.http4k.org/howto/secure_an_app/ */
const filter: CorsLibrary = {
  options: {
    origin: ['originPolicy'],
    credentials: ['credentials'],
    methods: ['methods'],
    allowedHeaders: ['headers'],
    exposedHeaders: ['exposedHeaders'],
    maxAge: ['maxAge'],
  },
  otherOptions: [],
  foreignNames: {},
  origin: {
    missing: 'fails',
    text: 'compared',
    star: 'compared',
    empty: 'compared',
    // `OriginPolicy.AllowAll()`
    true: 'any',
    false: 'unknown',
    nothing: 'unknown',
    pattern: 'search',
    patternMode: 'full',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'compared',
    patternInList: 'nobody',
  },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'reflect',
  vary: { any: false, sent: true, checked: 'allowed' },
  othersFor: 'allowed',
  needsOrigin: false,
  methods: { default: undefined, separator: ', ', everyResponse: true },
  allowedHeaders: { default: undefined, separator: ', ', everyResponse: true, emptyIsDefault: false, vary: false },
  exposedHeaders: { default: undefined, separator: ', ', onPreflight: true },
  maxAge: { default: undefined, zero: true, everyResponse: true },
  preflight: { when: optionsMethod, status: 200, refused: 200 },
};

const filterAt = byRelease(filter, [
  { before: '6.49.0.0', differs: { anyWithCredentials: 'literal' } },
  { before: '5.28.0.0', differs: { vary: { any: false, sent: false, checked: 'never' } } },
  // Whoever was refused got the text `null`, and everything else.
  {
    before: '5.24.1.0',
    differs: { origin: { unlisted: 'null' }, othersFor: 'everybody', credentials: { forEverybody: true } },
  },
]);

export const framework = defineCorsLibrary({
  id: 'http4k-cors',
  title: 'http4k',
  documentation: 'https://www.http4k.org/howto/secure_an_app/',
  reads:
    '`CorsPolicy` with `OriginPolicy.AllowAll`, `Only`, `AnyOf` and `Pattern`, and `CorsPolicy.UnsafeGlobalPermissive`, by release',
  mentions: ['http4k'],
  languages: ['kotlin'],
  uses: [
    {
      packageName,
      version: (_program, { version }) => version(packageName) ?? version('org.http4k:http4k-bom'),
      title: 'http4k’s CorsPolicy',
      options: policies,
      table: (version) => filterAt(version),
      refine,
    },
  ],
});

const parameters = ['originPolicy', 'headers', 'methods', 'credentials', 'exposedHeaders', 'maxAge'];
const everyMethod = ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH', 'PURGE', 'HEAD'];

function policies(program: Program, context: ProgramContext): Found {
  const isQualified = program.text.has(/\borg\.http4k\.filter\.CorsPolicy\b/);
  if (!isQualified && !isImported(program, 'CorsPolicy') && !isImported(program, permissive)) return { options: [] };
  const made = [...program.text.matchAll(/\bCorsPolicy\s*\(/g)].flatMap(({ index, 0: { length } }) => {
    const call = callAt(index + length - 1, program);
    return call && /^(?:[\w.]+\.)?CorsPolicy$/.test(call.callee.text)
      ? [policyOf(call, argumentsOf(call, context), program)]
      : [];
  });
  return { options: [...made, ...permissivePolicies(program, context)] };
}

const permissive = 'UnsafeGlobalPermissive';

/** Whether the name is imported from http4k's filters, by itself or with all others. */
function isImported({ imports }: Program, name: string): boolean {
  return imports.some(
    ({ module, imported }) => /^org\.http4k\.filter(\.|$)/.test(module) && (imported === name || imported === '*'),
  );
}

function callAt(offset: number, program: Program): Call | undefined {
  let node: Node | undefined = program.expressionAt(offset);
  while (node !== undefined && node.kind !== 'call') node = node.parent;
  return node;
}

/** `CorsPolicy.UnsafeGlobalPermissive`, and a copy of it with other parameters. */
function permissivePolicies(program: Program, context: ProgramContext): FoundOptions[] {
  return [...program.text.matchAll(/\bUnsafeGlobalPermissive\b/g)].flatMap(({ index }) => {
    const found = program.expressionAt(index);
    const isName = found?.kind === 'identifier' || (found?.kind === 'member' && found.property === permissive);
    if (!isName) return [];
    const { parent } = found;
    const isMember = parent?.kind === 'member' && parent.property === permissive;
    const whole = isMember ? parent : found;
    const copied =
      whole.parent?.kind === 'member' && whole.parent.property === 'copy' ? whole.parent.parent : undefined;
    const copy = copied?.kind === 'call' && sameSpan(copied.callee.range, whole.parent!.range) ? copied : undefined;
    const own = copy ? argumentsOf(copy, context) : [];
    const others = everything(whole).filter(({ key }) => !own.some((one) => one.key === key));
    return [policyOf(copy ?? whole, [...own, ...others], program)];
  });
}

function everything({ range }: Expression): DictEntry[] {
  const entry = (key: string, value: Value): DictEntry => ({ key, keyRange: range, range, value });
  return [
    entry('originPolicy', { kind: 'boolean', value: true, range }),
    entry('headers', texts(['content-type'], range)),
    entry('methods', texts(everyMethod, range)),
    entry('credentials', { kind: 'boolean', value: true, range }),
  ];
}

function texts(names: readonly string[], range: Expression['range']): Value {
  const items = names.map((text): Value => ({ kind: 'text', text, range }));
  return { kind: 'list', type: 'list', items, open: false, range };
}

function policyOf(made: Expression, entries: readonly DictEntry[], program: Program): FoundOptions {
  const { range } = made;
  const call = made.kind === 'call' ? made : undefined;
  const calleeRange = call?.callee.range ?? range;
  return {
    ...(call && { call }),
    place: {
      value: { kind: 'dict', entries, open: false, range },
      range: calleeRange,
      argumentsRange: call?.argumentsRange ?? { ...range, start: range.end },
      form: namedArgumentsForm(originLiterals),
    },
    scope: 'what the filter stands before',
    ...(!(isImported(program, 'AnyOf') && isImported(program, 'OriginPolicy')) && { isUnsure: true }),
  };
}

/** A list of origins is a policy of them. */
const originLiterals: Literals = {
  ...kotlinLiterals('arguments'),
  list: (values, quote) => `OriginPolicy.AnyOf(${kotlinLiterals('arguments').list(values, quote)})`,
};

function argumentsOf(call: Call, { evaluator }: ProgramContext): DictEntry[] {
  return call.arguments.flatMap(({ name, nameRange, value, range }, index): DictEntry[] => {
    const key = name ?? parameters[index];
    if (key === undefined) return [];
    const keyRange = nameRange ?? { ...range, end: range.start };
    const evaluated =
      key === 'originPolicy'
        ? originPolicy(value, evaluator)
        : key === 'methods'
          ? methodNames(value, evaluator)
          : evaluator.evaluate(value);
    return [{ key, keyRange, range, value: evaluated }];
  });
}

type Evaluator = ProgramContext['evaluator'];

/** `OriginPolicy.Only("a")`, one that was given a name before, and one of two. */
function originPolicy(expression: Expression, evaluator: Evaluator, depth = 0): Value {
  const { range, text } = expression;
  const unread: Value = { kind: 'unknown', range };
  if (depth > mostNames) return unread;
  if (/^(?:[\w.]+\.)?AllowAllOriginPolicy$/.test(text)) return { kind: 'boolean', value: true, range };
  switch (expression.kind) {
    case 'conditional': {
      const { test, consequent, alternate } = expression;
      const [one, other] = [consequent, alternate].map((each) => originPolicy(each, evaluator, depth + 1));
      const when = evaluator.test(test);
      return {
        kind: 'one-of',
        range,
        choices: [
          { when, value: one! },
          { when: always, value: other! },
        ],
      };
    }
    case 'identifier': {
      const value = evaluator.program.resolve(expression)?.value;
      return value ? originPolicy(value, evaluator, depth + 1) : unread;
    }
    case 'call':
      return ofFactory(expression, evaluator) ?? unread;
    default:
      return unread;
  }
}

/** So many names and branches are followed. */
const mostNames = 8;

function ofFactory({ callee, arguments: given, range }: Call, evaluator: Evaluator): Value | undefined {
  const factory = /^(?:(?:org\.http4k\.filter\.)?OriginPolicy\.(?:Companion\.)?)?(AllowAll|Only|AnyOf|Pattern)$/.exec(
    callee.text,
  )?.[1];
  const values = given.map(({ value, spread }) => ({ value: evaluator.evaluate(value), spread }));
  const [first] = values;
  switch (factory) {
    case 'AllowAll':
      return { kind: 'boolean', value: true, range };
    case 'Pattern':
      return first?.value;
    case 'Only':
      return first && { kind: 'list', type: 'list', items: [first.value], open: false, range };
    case 'AnyOf': {
      const members = values.flatMap(({ value, spread }) =>
        value.kind === 'list' || spread ? itemsOf(value) : [value],
      );
      const open = values.some(({ value, spread }) => (value.kind === 'list' ? value.open : spread));
      // One argument that is no text is a list that is known by its whole value.
      if (values.length === 1 && first!.value.kind !== 'text' && first!.value.kind !== 'list') return first!.value;
      return { kind: 'list', type: 'list', items: members, open, range };
    }
    default:
      return undefined;
  }
}

function itemsOf(value: Value): readonly Value[] {
  return value.kind === 'list' ? value.items : [];
}

/** `Method.GET` and `GET`; `Method.entries` is all of them. */
function methodNames(expression: Expression, evaluator: Evaluator): Value {
  if (/^(?:[\w.]+\.)?Method\.(?:entries|values\(\)(?:\.(?:toList|asList)\(\))?)$/.test(expression.text))
    return texts(everyMethod, expression.range);
  const value = evaluator.evaluate(expression);
  if (value.kind !== 'list') return value;
  return { ...value, items: value.items.map(methodName) };
}

function methodName(item: Value): Value {
  const name = /^(?:[\w.]+\.)?([A-Z]+)$/.exec(item.expression?.text ?? '')?.[1];
  return name === undefined || item.kind === 'text' ? item : { kind: 'text', text: name, range: item.range };
}

/** Only where `AnyOf` is imported can a list be written. */
function refine(policy: Policy, found: FoundOptions): Policy {
  const { isUnsure } = found as Partial<Record<'isUnsure', boolean>>;
  const isWritten = dictEntry(found.place.value, 'originPolicy')?.keyRange.start !== found.place.range.start;
  const whole = { ...policy, settings: withoutTrace(policy.settings) };
  return isUnsure || !isWritten ? withoutEdits(whole) : whole;
}

/** Nobody wrote TRACE who wrote `Method.entries`: it is sent, and no mistake. */
function withoutTrace(settings: Policy['settings']): Policy['settings'] {
  const { methods } = settings;
  if (!Array.isArray(methods?.value)) return settings;
  const value = methods.value.filter(
    ({ text, range }: NameEntry) => text !== 'TRACE' || !sameSpan(range, methods.range),
  );
  return { ...settings, methods: { ...methods, value } };
}
