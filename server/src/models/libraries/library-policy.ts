/** A policy from a library's table, for options that stand at one place of a program. */
import type { Program } from '../../syntax/programs/program.ts';
import type { Policy } from '../../policy/policy.ts';
import type { CorsLibrary } from './cors-library.ts';
import type { OptionsPlace } from './library-context.ts';
import { readLibraryOptions } from './read-library-options.ts';
import type { ProgramContext } from '../framework.ts';
import { always } from '../../policy/request-test.ts';
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
    reach,
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
