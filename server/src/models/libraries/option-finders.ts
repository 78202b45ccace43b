/** Where programs hand options to a library. A language whose calls look otherwise has finders of its own. */
import type { Argument, Call, Program } from '../../syntax/programs/program.ts';
import { lazily } from '../../policy/lazily.ts';
import type { Dict, Value } from '../../values/value.ts';
import type { ProgramContext } from '../framework.ts';
import type { Found, FoundOptions } from './define-cors-library.ts';
import type { ImportedFunction, ImportedUse } from './imported-calls.ts';
import { isUnused, notCalled, notUsed, usesOf } from './imported-calls.ts';
import type { OptionsPlace } from './library-context.ts';
import { keywordForm } from './options-form.ts';

/** Options that are handed over in calls. */
interface FoundCalls extends Found {
  readonly options: readonly (FoundOptions & { readonly call: Call })[];
}
type CallFinder = (program: Program, context: ProgramContext) => FoundCalls;

/** An argument of the imported function: `cors(options)`, or `cors(request, response, options)` with 2 for `index`. */
export function argumentOf(imported: ImportedFunction, index = 0): CallFinder {
  return (program, context) => ({ options: argumentsOf(usesOf(program, imported), index, context) });
}

/** The argument of a function that makes a middleware, and is mistaken for one where it is handed on without a call. */
export function middlewareArgument(imported: ImportedFunction): CallFinder {
  return (program, context) => {
    const uses = usesOf(program, imported);
    return {
      options: argumentsOf(
        uses.filter(({ call }) => call !== undefined && !isUnused(call, program)),
        0,
        context,
      ),
      facts: uses.flatMap(({ call, uncalled }) => {
        if (uncalled) return [notCalled(uncalled)];
        return call && isUnused(call, program) ? [notUsed(call)] : [];
      }),
    };
  };
}

/** Keyword arguments of the imported function: `CORS(app, origins="…")`. `**options` may hold any of them. */
export function keywordsOf(imported: ImportedFunction): CallFinder {
  return (program, context) => ({
    options: usesOf(program, imported).flatMap(({ call }) =>
      call ? [{ call, place: keywordPlace(call, context) }] : [],
    ),
  });
}

/** The options object that an argument of the call is, or none; behind the others it is written when it is not there yet. */
export function argumentPlace(call: Call, index: number, { evaluator }: ProgramContext): OptionsPlace {
  const argument = call.arguments[index];
  const place = { range: call.range, argumentsRange: call.argumentsRange };
  if (argument !== undefined) {
    const { spread, range, value } = argument;
    return whenAsked({ ...place, argument: value.range }, () =>
      spread ? { kind: 'unknown', range } : evaluator.evaluate(value),
    );
  }
  const before = call.arguments[index - 1];
  return { ...place, value: undefined, ...(before && { insertAt: before.range.end }) };
}

/** Calls with fewer arguments than come before the options are none that the library can be used with. */
function argumentsOf(uses: readonly ImportedUse[], index: number, context: ProgramContext): FoundCalls['options'] {
  return uses.flatMap(({ call }) =>
    call && call.arguments.length >= index ? [{ call, place: argumentPlace(call, index, context) }] : [],
  );
}

/** The arguments from this one on as a list, or the list that is spread there; undefined where there are none. */
export function argumentList(call: Call, from: number, { evaluator }: ProgramContext): Value | undefined {
  const given = call.arguments.slice(from);
  const [first, ...others] = given;
  if (first === undefined) return undefined;
  if (first.spread && others.length === 0) return evaluator.evaluate(first.value);
  return {
    kind: 'list',
    type: 'list',
    items: given.filter(({ spread }) => !spread).map(({ value }) => evaluator.evaluate(value)),
    open: given.some(({ spread }) => spread),
    range: { ...first.range, end: given.at(-1)!.range.end },
  };
}

/**
 * The keyword arguments of a call as options; more of them are written behind the others. `byPlace`: what arguments without a keyword
 * are, in their order.
 */
export function keywordPlace(call: Call, context: ProgramContext, byPlace: readonly string[] = []): OptionsPlace {
  const { range, argumentsRange } = call;
  const last = call.arguments.at(-1);
  const place = { range, argumentsRange, form: keywordForm, ...(last && { insertAt: last.range.end }) };
  return whenAsked(place, () => {
    const { entries: named, open } = callKeywords(call, context);
    const entries = [...placedArguments(call, context, byPlace), ...named];
    return entries.length === 0 && !open ? undefined : { kind: 'dict', entries, open, range };
  });
}

/** The place with options that are evaluated when somebody reads them: who types in one of many leaves the others as they are. */
export function whenAsked(place: Omit<OptionsPlace, 'value'>, value: () => OptionsPlace['value']): OptionsPlace {
  const { range, argumentsRange, argument, insertAt, form } = place;
  const evaluated = lazily(value);
  return {
    range,
    argumentsRange,
    ...(argument && { argument }),
    insertAt,
    form,
    get value() {
      return evaluated();
    },
  };
}

function placedArguments(call: Call, { evaluator }: ProgramContext, byPlace: readonly string[]): Dict['entries'] {
  return call.arguments
    .filter(({ name, spread }) => name === undefined && !spread)
    .slice(0, byPlace.length)
    .map(({ value, range }, index) => ({
      key: byPlace[index]!,
      keyRange: range,
      range,
      value: evaluator.evaluate(value),
    }));
}

/** All keyword arguments of a call, those of unpacked dictionaries too. */
export function callKeywords(call: Call, context: ProgramContext): Pick<Dict, 'entries' | 'open'> {
  const keywords = call.arguments.map((argument) => keywordsIn(argument, context));
  return { entries: keywords.flatMap((one) => one?.entries ?? []), open: keywords.some((one) => one?.open === true) };
}

/** One keyword, or those of a dictionary that is unpacked; undefined for arguments by their place. */
function keywordsIn(
  { name, nameRange, spread, value, range }: Argument,
  { evaluator }: ProgramContext,
): Pick<Dict, 'entries' | 'open'> | undefined {
  if (name === undefined) return undefined;
  const given = evaluator.evaluate(value);
  // An unpacked dictionary has an empty name, an unpacked list none.
  if (spread) return given.kind === 'dict' ? given : { entries: [], open: true };
  return { entries: [{ key: name, keyRange: nameRange ?? range, range, value: given }], open: false };
}
