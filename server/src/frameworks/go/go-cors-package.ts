/** Where the options of a Go package stand whose `New` takes `cors.Options`: rs/cors and what came from it. */
import type { Program } from '../../syntax/programs/program.ts';
import type { FoundOptions, OptionsFinder } from '../../models/libraries/define-cors-library.ts';
import { usesOf } from '../../models/libraries/imported-calls.ts';
import { argumentOf } from '../../models/libraries/option-finders.ts';
import { structForm } from '../../models/libraries/options-form.ts';

interface GoCorsPackage {
  /** A maker that takes the options, under each of these names. */
  readonly optionsOf: (...names: readonly string[]) => OptionsFinder;
  /** A maker without options: with some, it is `New`. */
  readonly made: (name: string) => OptionsFinder;
}

export function goCorsPackage(modules: readonly string[]): GoCorsPackage {
  const formOf = (program: Program, whole?: (options: string) => string) =>
    structForm(`${localName(program, modules)}.Options`, whole);
  return {
    optionsOf:
      (...names) =>
      (program, context) => {
        const { options } = argumentOf({ modules, names })(program, context);
        return {
          options: options.map((one): FoundOptions => ({ ...one, place: { ...one.place, form: formOf(program) } })),
        };
      },
    made: (name) => (program) => ({
      options: usesOf(program, { modules, names: [name] }).flatMap(({ call }): FoundOptions[] => {
        if (call?.callee.kind !== 'member') return [];
        const { start } = call.callee.propertyRange;
        const form = formOf(program, (whole) => `New(${whole})`);
        const argumentsRange = { start, end: call.range.end };
        return [{ call, place: { value: undefined, range: call.range, argumentsRange, form } }];
      }),
    }),
  };
}

/** The name that the program has for the package. */
function localName(program: Program, modules: readonly string[]): string {
  return program.imports.find(({ module }) => modules.includes(module))?.local ?? 'cors';
}
