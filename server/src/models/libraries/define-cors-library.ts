/**
 * A library as a framework: what its table says, and how programs hand their options over.
 *
 * ```ts
 * export const framework = defineCorsLibrary({
 *   id: 'koa-cors', …,
 *   languages: ['javascript'],
 *   uses: [
 *     {
 *       packageName: '@koa/cors',
 *       options: middlewareArgument({ modules: ['@koa/cors'], names: ['default'] }),
 *       table: koaCorsAt,
 *     },
 *   ],
 * });
 * ```
 *
 * A library of another language differs in nothing but the finder of its options (`option-finders.ts`) and the form in
 * which they are written (`options-form.ts`): keyword arguments, the fields of a struct, the steps of a builder. Each
 * finder gives the options as a `Dict` by the names that the table knows.
 */
import type { Call, Program } from '../../syntax/programs/program.ts';
import type { Fact, HeaderRule, Policy } from '../../policy/policy.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import type { ProgramContext, ProgramFramework } from '../framework.ts';
import { defineFramework } from '../framework.ts';
import { oneByOne } from '../in-steps.ts';
import type { CorsLibrary } from './cors-library.ts';
import type { OptionsPlace } from './library-context.ts';
import { libraryPolicy } from './library-policy.ts';

/** What a library's file says of itself. */
export interface CorsLibraryDefinition extends Omit<ProgramFramework, 'shape' | 'read'> {
  /** The ways in which programs use it. */
  readonly uses: readonly LibraryUse[];
}

export interface LibraryUse {
  /** The package whose version counts. */
  readonly packageName: string;
  /** The version, where that is not simply the one that is installed. */
  readonly version?: (program: Program, context: ProgramContext) => string | undefined;
  /** What the policy is called, where that is not the name of the package. */
  readonly title?: string;
  /** Where programs hand over options. */
  readonly options: OptionsFinder;
  /** What the library makes of them, by its version where that counts. */
  readonly table: CorsLibrary | ((version: string | undefined, found: FoundOptions, use: UseContext) => CorsLibrary);
  /** What the options cover, in words; every route, or what the finder says, without it. */
  readonly scope?: string | ((found: FoundOptions, program: Program) => string);
  /** What no table can say: the policy as it is after all. */
  readonly refine?: (policy: Policy, found: FoundOptions, use: UseContext) => Policy;
}

/** What a table by version, and a refinement, may look at. */
export interface UseContext {
  readonly program: Program;
  readonly context: ProgramContext;
  readonly version: string | undefined;
}

/** Finds the options of one way of use in a program: first where they stand, and what they are when somebody asks (`whenAsked`). */
export type OptionsFinder = (program: Program, context: ProgramContext) => Found;

export interface Found {
  readonly options: readonly FoundOptions[];
  /** What the program does with the library beside handing options to it. */
  readonly facts?: readonly Fact[];
}

/** One place where a program hands over options. */
export interface FoundOptions {
  readonly place: OptionsPlace;
  /** The call that takes them; undefined for an object that the library looks for by itself. */
  readonly call?: Call;
  /** What they cover, in words, where that depends on the place. */
  readonly scope?: string;
  /** The condition under which they count at all. */
  readonly reach?: RequestTest;
  /** What the place adds to what the options make. */
  readonly headers?: readonly HeaderRule[];
  readonly facts?: readonly Fact[];
  /** What the responses are for, where the place says it. */
  readonly purpose?: Policy['purpose'];
}

/** The framework that reads every use by its table. */
export function defineCorsLibrary({ uses, ...library }: CorsLibraryDefinition): ProgramFramework {
  return defineFramework({
    ...library,
    shape: 'program',
    *read(program, context) {
      const found = yield* oneByOne(uses, (use) => [{ use, ...use.options(program, context) }]);
      const places = found.flatMap(({ use, options }) => options.map((one) => ({ use, one })));
      const facts = found.flatMap((one) => one.facts ?? []);
      const mayBeApart = facts.length === 0 ? callsOfOne(places.map(({ one }) => one)) : new Set<Call>();
      const policies: Policy[] = [];
      for (const { use, one } of places) {
        const { call } = one;
        const apart = call && mayBeApart.has(call) ? call.range : undefined;
        if (context.isLeftOut?.(apart, policies.length)) continue;
        policies.push(policyOf(library.id, use, one, program, context));
        yield;
      }
      return { policies, facts };
    },
  });
}

/** Calls that hand over options in one way only. What is said of the program beside them is said of the whole of it. */
function callsOfOne(options: readonly FoundOptions[]): ReadonlySet<Call> {
  const calls = options.flatMap(({ call }) => call ?? []);
  const starts = new Map<number, number>();
  for (const { range } of calls) starts.set(range.start, (starts.get(range.start) ?? 0) + 1);
  return new Set(calls.filter(({ range }) => starts.get(range.start) === 1));
}

function policyOf(
  framework: string,
  use: LibraryUse,
  found: FoundOptions,
  program: Program,
  context: ProgramContext,
): Policy {
  const { packageName, title = packageName, table, scope = found.scope ?? 'every route', refine } = use;
  const version = use.version ? use.version(program, context) : context.version(packageName);
  const where = { program, context, version };
  const policy = libraryPolicy(
    typeof table === 'function' ? table(version, found, where) : table,
    found.place,
    { framework, packageName: title, version, scope: typeof scope === 'function' ? scope(found, program) : scope },
    program,
    context,
    found.reach,
  );
  const whole = {
    ...policy,
    headers: [...policy.headers, ...(found.headers ?? [])],
    facts: [...policy.facts, ...(found.facts ?? [])],
    ...(found.purpose && { purpose: found.purpose }),
  };
  return refine ? refine(whole, found, where) : whole;
}
