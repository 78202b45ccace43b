/** Settings of a Flask application whose names begin with `CORS_`: `app.config["CORS_ORIGINS"] = …`, `update`, `from_object`. */
import type { Call, ClassExpression, Expression, Node, Program } from '../../../syntax/programs/program.ts';
import type { ProgramContext } from '../../../models/framework.ts';
import { methodCalls } from '../../../models/libraries/imported-calls.ts';
import { callKeywords } from '../../../models/libraries/option-finders.ts';
import type { SourceRange } from '../../../syntax/range.ts';
import type { DictEntry, Value } from '../../../values/value.ts';

const options = [
  'origins',
  'methods',
  'allow_headers',
  'expose_headers',
  'supports_credentials',
  'max_age',
  'send_wildcard',
  'automatic_options',
  'vary_header',
  'resources',
  'intercept_exceptions',
  'always_send',
  'allow_private_network',
];
const settings = new RegExp(`^CORS_(${options.join('|').toUpperCase()})$`);
/** Those that say who gets in. */
const settingNames = /\bCORS_(ORIGINS|RESOURCES|SUPPORTS_CREDENTIALS)\b/g;

/** Where a project keeps its settings, seen from the file of the application or of a view. */
const settingsFolders = ['.', '..', '../..', 'config', '../config', 'utils', '../utils'];
const settingsFile = /^(?:\w+_)?(?:settings|config|configuration)(?:_\w+)?\.py$/i;

/** Classes that inherit from one another. */
const mostAncestors = 6;

/** The settings that the file's application has before `offset`, by the names of the options; of several the last one counts. */
export function configuredOptions(program: Program, context: ProgramContext, offset: number): DictEntry[] {
  const found = [
    ...assigned(program, context),
    ...assignedAttributes(program, context),
    ...handedTo('update', program, context),
    ...handedTo('from_mapping', program, context),
    ...fromObjects(program, context),
  ].filter(({ at }) => at < offset);
  const byKey = new Map<string, DictEntry>();
  for (const { entries } of found.sort((one, other) => one.at - other.at))
    for (const entry of entries) {
      const name = settings.exec(entry.key)?.[1];
      // `None` is as good as no setting.
      if (name !== undefined && entry.value.kind !== 'nothing')
        byKey.set(name.toLowerCase(), { ...entry, key: name.toLowerCase() });
    }
  return [...byKey.values()];
}

/**
 * Settings about who gets in that a file of settings nearby names, and `known` does not have: how they come to the application is not seen
 * from here, so that nobody knows what they are.
 */
export function settingsElsewhere(
  known: readonly DictEntry[],
  context: ProgramContext,
  range: SourceRange,
): DictEntry[] {
  const files = settingsFolders.flatMap((folder) =>
    (context.listFolder(folder) ?? []).filter((name) => settingsFile.test(name)).map((name) => `${folder}/${name}`),
  );
  const named = files.flatMap((path) =>
    [...(context.readFile(path) ?? '').matchAll(settingNames)].map(([, name]) => name!.toLowerCase()),
  );
  return [...new Set(named)]
    .filter((key) => !known.some((entry) => entry.key === key))
    .map((key) => ({ key, keyRange: range, range, value: { kind: 'unknown', range } }));
}

interface Configured {
  readonly at: number;
  readonly entries: readonly DictEntry[];
}

/** `app.config["CORS_ORIGINS"] = …`. */
function assigned(program: Program, { evaluator }: ProgramContext): Configured[] {
  return [...program.text.matchAll(/\[\s*["']CORS_\w+["']\s*\]\s*=(?!=)/g)].flatMap((match): Configured[] => {
    let node: Node | undefined = program.expressionAt(match.index);
    while (node && node.kind !== 'assignment') node = node.parent;
    if (node === undefined || node.target.kind !== 'index' || node.target.index.kind !== 'string') return [];
    const { target, value, range } = node;
    const { index } = target as { readonly index: Expression & { readonly kind: 'string' } };
    const entry = { key: index.value, keyRange: index.range, range, value: evaluator.evaluate(value) };
    return [{ at: range.start, entries: [entry] }];
  });
}

/** `app.config.CORS_ORIGINS = …`, as Sanic's applications have it. */
function assignedAttributes(program: Program, { evaluator }: ProgramContext): Configured[] {
  return [...program.text.matchAll(/\bconfig\.(CORS_\w+)\s*=(?!=)/g)].flatMap((match): Configured[] => {
    let node: Node | undefined = program.expressionAt(match.index);
    while (node && node.kind !== 'assignment') node = node.parent;
    if (node?.target.kind !== 'member') return [];
    const { target, value, range } = node;
    const keyRange = target.kind === 'member' ? target.propertyRange : target.range;
    return [{ at: range.start, entries: [{ key: match[1]!, keyRange, range, value: evaluator.evaluate(value) }] }];
  });
}

/** `app.config.update(CORS_ORIGINS=…)`, also with a dictionary. */
function handedTo(method: string, program: Program, context: ProgramContext): Configured[] {
  return callsOfConfig(method, program).map((call) => {
    const first = call.arguments[0];
    const given = first && first.name === undefined ? context.evaluator.evaluate(first.value) : undefined;
    const { entries } = callKeywords(call, context);
    return { at: call.range.start, entries: [...(given?.kind === 'dict' ? given.entries : []), ...entries] };
  });
}

/** `app.config.from_object(Config)`, `from_object("settings.Production")`. */
function fromObjects(program: Program, context: ProgramContext): Configured[] {
  return callsOfConfig('from_object', program).flatMap((call) => {
    const argument = call.arguments[0]?.value;
    return argument ? [{ at: call.range.start, entries: entriesOf(argument, context) }] : [];
  });
}

function callsOfConfig(method: string, program: Program): readonly Call[] {
  return methodCalls(program, method).filter(
    ({ callee }) => callee.kind === 'member' && /(^|\.)config$/.test(callee.object.text),
  );
}

function entriesOf(argument: Expression, context: ProgramContext): readonly DictEntry[] {
  const value = context.evaluator.evaluate(argument.kind === 'call' ? argument.callee : argument);
  if (value.kind === 'text') return entriesOfName(value.text, context);
  return entriesOfValue(value, context);
}

function entriesOfValue(value: Value, context: ProgramContext): readonly DictEntry[] {
  if (value.kind === 'dict') return value.entries;
  return value.expression?.kind === 'class'
    ? entriesOfClass(value.expression, value.range, context, mostAncestors)
    : [];
}

/** A module by its dotted name, or what stands in it. */
function entriesOfName(name: string, context: ProgramContext): readonly DictEntry[] {
  const { evaluator } = context;
  const whole = entriesOfValue(evaluator.exported(name, '*'), context);
  const dot = name.lastIndexOf('.');
  return whole.length > 0 || dot < 0
    ? whole
    : entriesOfValue(evaluator.exported(name.slice(0, dot), name.slice(dot + 1)), context);
}

/** Attributes of the class, those of its ancestors before its own; `at`: where the class stands, which may be another file. */
function entriesOfClass(
  of: ClassExpression,
  at: SourceRange,
  context: ProgramContext,
  level: number,
): readonly DictEntry[] {
  const parent = of.superclass && level > 0 ? context.evaluator.evaluate(of.superclass) : undefined;
  const inherited =
    parent?.expression?.kind === 'class' ? entriesOfClass(parent.expression, parent.range, context, level - 1) : [];
  const own = of.members.flatMap(({ name, value, range: written }): DictEntry[] => {
    if (value === undefined || value.kind === 'function' || !settings.test(name)) return [];
    const range = at.path === undefined ? written : { ...written, path: at.path };
    return [{ key: name, keyRange: range, range, value: context.evaluator.evaluate(value) }];
  });
  return [...inherited, ...own];
}
