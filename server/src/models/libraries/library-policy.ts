/** A policy from a library's table, for options that stand at one place of a program. */
import type { Program } from '../../syntax/programs/program.ts';
import type { Policy } from '../../policy/policy.ts';
import type { CorsLibrary } from './cors-library.ts';
import type { OptionsPlace } from './library-context.ts';
import { readLibraryOptions } from './read-library-options.ts';
import type { ProgramContext } from '../framework.ts';
import { all, always } from '../../policy/request-test.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import { programText } from './origin-entries.ts';

/** What the policy is called, and what it covers. */
export interface LibrarySite {
  readonly framework: string;
  /** What the policy is called, before the version. */
  readonly packageName: string;
  readonly version: string | undefined;
  readonly scope: string;
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
  const parts = readLibraryOptions(
    library,
    place,
    context.evaluator,
    programText(program, context, place.form?.literals),
    all([reach, developmentReach(place, program, context)]),
  );
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

/**
 * A condition that fails in production where the options are only handed over in development. Those in another file stand under the
 * conditions of the place that hands them over, which is not known here.
 */
export function developmentReach(
  { range }: Pick<OptionsPlace, 'range'>,
  program: Program,
  { evaluator }: ProgramContext,
): RequestTest {
  const expression = range.path === undefined ? program.expressionAt(range.start) : undefined;
  return expression === undefined ? always : evaluator.developmentOnly(expression);
}
