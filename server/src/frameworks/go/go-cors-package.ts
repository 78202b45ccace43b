/** Where the options of a Go package stand whose maker takes a struct: `cors.New(cors.Options{…})`. */
import type { Program } from '../../syntax/programs/program.ts';
import type { FoundOptions, OptionsFinder } from '../../models/libraries/define-cors-library.ts';
import { usesOf } from '../../models/libraries/imported-calls.ts';
import { argumentOf, whenAsked } from '../../models/libraries/option-finders.ts';
import { structForm } from '../../models/libraries/options-form.ts';
import type { Dict, Value } from '../../values/value.ts';

interface GoCorsPackage {
  /** A maker that takes the options, under each of these names. */
  readonly optionsOf: (...names: readonly string[]) => OptionsFinder;
  /** A maker without options: with some, it is the other maker. */
  readonly made: (name: string) => OptionsFinder;
}

/** What differs between packages. */
interface GoCorsNames {
  /** The type of the options. */
  readonly type?: string;
  /** The maker that takes them. */
  readonly maker?: string;
  /** What the package itself begins with: a function or a variable that gives options with its defaults. */
  readonly defaults?: string;
  /** Fields that a maker without options has, as they are written beside the origins. */
  readonly madeWith?: string;
}

export function goCorsPackage(modules: readonly string[], names: GoCorsNames = {}): GoCorsPackage {
  const { type = 'Options', maker = 'New', defaults, madeWith } = names;
  const formOf = (program: Program, whole?: (options: string) => string) =>
    structForm(`${localName(program, modules)}.${type}`, whole);
  return {
    optionsOf:
      (...names) =>
      (program, context) => {
        const { options } = argumentOf({ modules, names })(program, context);
        return {
          options: options.map((one): FoundOptions => {
            const known = (): Value | undefined => {
              const { value } = one.place;
              return value && defaults !== undefined ? closed(value, defaults) : value;
            };
            const { range, argumentsRange, insertAt } = one.place;
            return { ...one, place: whenAsked({ range, argumentsRange, insertAt, form: formOf(program) }, known) };
          }),
        };
      },
    made: (name) => (program) => ({
      options: usesOf(program, { modules, names: [name] }).flatMap(({ call }): FoundOptions[] => {
        if (call?.callee.kind !== 'member') return [];
        const { start } = call.callee.propertyRange;
        const form = formOf(
          program,
          (whole) => `${maker}(${madeWith ? whole.replace(/\}$/, `, ${madeWith}}`) : whole})`,
        );
        const argumentsRange = { start, end: call.range.end };
        return [{ call, place: { value: undefined, range: call.range, argumentsRange, form } }];
      }),
    }),
  };
}

/** Whether the options began as those that the package itself gives. */
export function isMadeFrom({ expression }: Value, defaults: string): boolean {
  const made = expression?.kind === 'call' ? expression.callee : expression;
  return made?.kind === 'member' && made.property === defaults;
}

/** Options that began as the package's own are known as a whole: what is not written is what the package has. */
function closed(value: Value, defaults: string): Value {
  if (value.kind === 'one-of')
    return { ...value, choices: value.choices.map((one) => ({ ...one, value: closed(one.value, defaults) })) };
  if (!isMadeFrom(value, defaults) || (value.kind !== 'unknown' && value.kind !== 'dict')) return value;
  const entries: Dict['entries'] = value.kind === 'dict' ? value.entries : [];
  return { kind: 'dict', entries, open: false, range: value.range, expression: value.expression };
}

/** The name that the program has for the package. */
function localName(program: Program, modules: readonly string[]): string {
  return program.imports.find(({ module }) => modules.includes(module))?.local ?? 'cors';
}
