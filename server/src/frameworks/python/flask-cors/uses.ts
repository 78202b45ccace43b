/** Where Flask programs use Flask-CORS: `CORS(app)`, `init_app`, `@cross_origin()`. */
import type { Call, Expression, FunctionExpression, Node, Program } from '../../../syntax/programs/program.ts';
import type { Fact } from '../../../policy/policy.ts';
import type { ProgramContext } from '../../../models/framework.ts';
import type { Found, FoundOptions } from '../../../models/libraries/define-cors-library.ts';
import { methodCalls, notCalled, usesOf } from '../../../models/libraries/imported-calls.ts';
import { keywordPlace } from '../../../models/libraries/option-finders.ts';
import { dictionaryForm, keywordForm } from '../../../models/libraries/options-form.ts';
import type { OptionsForm } from '../../../models/libraries/options-form.ts';
import type { OptionsPlace } from '../../../models/libraries/library-context.ts';
import type { DictEntry, Value } from '../../../values/value.ts';
import { routeOf } from '../python-headers/routes.ts';
import { configuredOptions, settingsElsewhere } from './app-config.ts';
import { resourcesOf } from './resources.ts';

/** Characters between a decorator and the name of its function. */
const farthestName = 1_000;

/** The modules of an extension, what it is called, and which of its names are functions. */
export interface Extension {
  readonly modules: readonly string[];
  readonly name: string;
}

/** `CORS(app, …)`, and `cors.init_app(app, …)` behind `CORS(…)`, each resource for itself. */
export function extensionOptions({ modules, name }: Extension) {
  return (program: Program, context: ProgramContext): Found => {
    const made = usesOf(program, { modules, names: [name] }).flatMap(({ call }) => call ?? []);
    const started = methodCalls(program, 'init_app').flatMap((call) => startedBy(call, modules, name, context));
    const options = [
      ...made
        .filter(
          (call) =>
            appOf(call) !== undefined || (call.arguments.length > 0 && !started.some(({ maker }) => same(maker, call))),
        )
        .flatMap((call) => optionsOf(call, [], program, context)),
      ...started.flatMap(({ call, maker }) => {
        const constructed = optionsIn(maker, context);
        const isElsewhere = maker.range.path !== undefined && maker.range.path !== program.path;
        // The file of the maker tells what stands there.
        if (isElsewhere && constructed.length > 0 && optionsIn(call, context).length === 0) return [];
        return optionsOf(call, constructed, program, context);
      }),
    ];
    return { options: options.sort((one, other) => one.place.range.start - other.place.range.start) };
  };
}

interface Started {
  readonly call: Call;
  readonly maker: Call;
}

/** The object was made by the extension, in this file or another one. */
function startedBy(call: Call, modules: readonly string[], name: string, { evaluator }: ProgramContext): Started[] {
  if (call.callee.kind !== 'member') return [];
  const maker = evaluator.evaluate(call.callee.object).expression;
  if (maker?.kind !== 'call') return [];
  const callee = evaluator.calleeOf(maker);
  return callee && modules.includes(callee.module) && callee.imported === name ? [{ call, maker }] : [];
}

/** The application that the extension is given. */
export function appOf({ arguments: given }: Call): Expression | undefined {
  return given.find(
    ({ name, spread, value }) => (name === undefined || name === 'app') && !spread && value.kind !== 'null',
  )?.value;
}

function same(one: Call, other: Call): boolean {
  return one.range.start === other.range.start && one.range.end === other.range.end;
}

function optionsIn(call: Call, context: ProgramContext): readonly DictEntry[] {
  const { value } = keywordPlace(call, context);
  return value?.kind === 'dict' ? value.entries.filter(({ key }) => key !== 'app') : [];
}

/** The options of one call, with those that were given before it. */
function optionsOf(
  call: Call,
  constructed: readonly DictEntry[],
  program: Program,
  context: ProgramContext,
): FoundOptions[] {
  const isBlueprint = isPartOfApp(call, context);
  const configured = isBlueprint ? [] : configuredOptions(program, context, call.range.start);
  const given = withOthers(keywordPlace(call, context), [...constructed, ...configured], call);
  const place = isBlueprint ? given : withUnseen(given, call, context);
  const everywhere = isBlueprint ? 'every route of the blueprint' : 'every route';
  return resourcesOf(place.value).map(({ value, path, own }): FoundOptions => {
    const scope = path === undefined || /^(\/?\*|\.\*|\/\.\*)$/.test(path) ? everywhere : `paths like ${path}`;
    if (own === undefined) return { call, scope, place: { ...place, value } };
    const range = own.range.path === undefined ? own.range : call.range;
    return { call, scope, place: { value, range, argumentsRange: own.range, form: dictionaryForm } };
  });
}

/** Entries that the call does not have itself. */
function withOthers(place: OptionsPlace, others: readonly DictEntry[], call: Call): OptionsPlace {
  const own = place.value?.kind === 'dict' ? place.value.entries.filter(({ key }) => key !== 'app') : [];
  const open = place.value?.kind === 'dict' && place.value.open;
  const left = others.filter(({ key }, index) => ![...own, ...others.slice(0, index)].some((one) => one.key === key));
  const entries = [...own, ...left];
  const value: Value | undefined =
    entries.length === 0 && !open ? undefined : { kind: 'dict', entries, open, range: call.range };
  return { ...place, value, form: formOf(call) };
}

/** Without an origin it is the settings of the application that decide, be they read here or not. */
function withUnseen(place: OptionsPlace, call: Call, context: ProgramContext): OptionsPlace {
  const known = place.value?.kind === 'dict' ? place.value.entries : [];
  if (known.some(({ key }) => key === 'origins' || key === 'resources')) return place;
  return withOthers(place, [...known, ...settingsElsewhere(known, context, call.range)], call);
}

/** Keyword arguments are written into this call, whatever other places have options for it. */
function formOf(call: Call): OptionsForm {
  return {
    ...keywordForm,
    insert(source, options, entry, placeholder) {
      const entries = options.entries.filter(
        ({ range }) => range.path === undefined && call.range.start <= range.start && range.end <= call.range.end,
      );
      const edits = keywordForm.insert(source, { ...options, entries }, entry, placeholder);
      if (edits.length > 0) return edits;
      const end = call.arguments.at(-1)?.range.end;
      const at = end ?? call.argumentsRange.start + 1;
      return [{ range: { start: at, end: at }, newText: end === undefined ? entry : `, ${entry}`, placeholder }];
    },
  };
}

/** The first argument is a blueprint, which has no configuration. */
function isPartOfApp({ arguments: [first] }: Call, { evaluator }: ProgramContext): boolean {
  const made = first && evaluator.evaluate(first.value).expression;
  return made?.kind === 'call' && evaluator.calleeOf(made)?.imported === 'Blueprint';
}

/** `@cross_origin(…)` around a view; above the decorator that registers the view it changes nothing. */
export function decoratorOptions({ modules, name }: Extension) {
  return (program: Program, context: ProgramContext): Found => {
    const uses = usesOf(program, { modules, names: [name] });
    const calls = uses.flatMap(({ call }) => call ?? []);
    const views = calls.map((call) => ({ call, view: decorated(call, program) }));
    return {
      options: views
        .filter(({ call, view }) => view === undefined || registeredBelow(call, view) === undefined)
        .map(({ call, view }): FoundOptions => {
          const configured = configuredOptions(program, context, Infinity);
          const place = withUnseen(withOthers(keywordPlace(call, context), configured, call), call, context);
          const scope = view && routeOf(view, context.evaluator, program)?.scope;
          return { call, place, scope: scope === undefined || scope === '' ? 'one view' : scope };
        }),
      facts: [
        ...views.flatMap(({ call, view }) => (view ? aboveRegistration(call, view) : [])),
        ...uses.flatMap(({ uncalled }) => (uncalled ? [notCalled(uncalled)] : [])),
      ],
    };
  };
}

/** The function that the call decorates. */
function decorated(call: Call, program: Program): FunctionExpression | undefined {
  const { start, end } = call.range;
  if (program.text.slice(start - 1, start) !== '@') return undefined;
  // Decorators of the same function stand between this one and its name.
  const behind = /^(?:\s|#.*|@.*(?:\n[ \t]+.*)*)*?\n[ \t]*(?:async[ \t]+)?def[ \t]+/.exec(
    program.text.slice(end, end + farthestName),
  );
  let node: Node | undefined = behind ? program.expressionAt(end + behind[0].length) : undefined;
  while (node && node.kind !== 'function') node = node.parent;
  return node?.decorators.some(({ range }) => range.start === start) ? node : undefined;
}

/** The decorator that hands the view to the application before this one has wrapped it. */
function registeredBelow(call: Call, { decorators }: FunctionExpression): Expression | undefined {
  const own = decorators.findIndex(({ range }) => range.start === call.range.start);
  return decorators
    .slice(own + 1)
    .find(
      (one) =>
        one.kind === 'call' &&
        one.callee.kind === 'member' &&
        /^(route|get|post|put|patch|delete)$/.test(one.callee.property),
    );
}

function aboveRegistration(call: Call, view: FunctionExpression): Fact[] {
  const below = registeredBelow(call, view);
  if (below === undefined) return [];
  return [
    {
      kind: 'middleware-order',
      range: call.range,
      earlier: below.range,
      what: 'route',
      order: 'decorated-before',
      move: () => [
        { range: call.range, newText: below.text },
        { range: below.range, newText: call.text },
      ],
    },
  ];
}
