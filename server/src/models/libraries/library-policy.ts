/** A policy from a library's table, for a call that makes a middleware. */
import type { Call, Program } from '../../syntax/programs/program.ts';
import type { Policy } from '../../policy/policy.ts';
import type { CorsLibrary } from './cors-library.ts';
import type { OptionsPlace } from './library-context.ts';
import { readLibraryOptions } from './read-library-options.ts';
import type { ProgramContext } from '../framework.ts';
import { always } from '../../policy/request-test.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import { programText } from './origin-entries.ts';

export interface LibrarySite {
  readonly framework: string;
  /** The package whose version counts, for the title too. */
  readonly packageName: string;
  readonly version: string | undefined;
  readonly scope: string;
}

/** The options object that an argument of the call is, or none. */
export function argumentPlace(call: Call, index: number, { evaluator }: ProgramContext): OptionsPlace {
  const argument = call.arguments[index];
  const place = { range: call.range, argumentsRange: call.argumentsRange };
  if (argument === undefined) return { ...place, value: undefined };
  return {
    ...place,
    value: argument.spread ? { kind: 'unknown', range: argument.range } : evaluator.evaluate(argument.value),
  };
}

/** The same where the options follow `index` other arguments, behind which they are written when they are not there yet. */
export function optionsBehind(call: Call, index: number, context: ProgramContext): OptionsPlace {
  const place = argumentPlace(call, index, context);
  const before = call.arguments[index - 1];
  return place.value === undefined && before !== undefined ? { ...place, insertAt: before.range.end } : place;
}

/** The policy that the options at this place make. */
export function libraryPolicy(
  library: CorsLibrary,
  place: OptionsPlace,
  site: LibrarySite,
  program: Program,
  context: ProgramContext,
  reach: RequestTest = always,
): Policy {
  const { framework, packageName, version, scope } = site;
  const parts = readLibraryOptions(library, place, context.evaluator, programText(program, context), reach);
  return {
    framework,
    title: version === undefined ? packageName : `${packageName} ${version}`,
    ...(version !== undefined && { version }),
    range: place.range,
    scope,
    purpose: 'application',
    ...parts,
  };
}
