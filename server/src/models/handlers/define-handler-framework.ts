/** A language's headers by hand as a framework: its file holds the table, and nothing else. */
import type { Program } from '../../syntax/programs/program.ts';
import type { SourceRange } from '../../syntax/range.ts';
import { encloses } from '../../syntax/range.ts';
import type { Fact, Policy } from '../../policy/policy.ts';
import { optionsMethod } from '../../policy/request-test.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import { defineFramework } from '../framework.ts';
import type { ProgramFramework } from '../framework.ts';
import { headersBeside } from './beside-headers.ts';
import { findWrites } from './find-writes.ts';
import type { HandlerLanguage } from './handler-language.ts';
import { headerProperties } from './header-properties.ts';
import type { HeaderWrite } from './header-write.ts';
import { handlerPolicies, headersTooLate, misplacedHeaders, preflightRefusals } from './handler-policies.ts';
import { unsentFacts, unsentHeaders } from './unsent-headers.ts';

export interface HandlerFramework extends Pick<
  ProgramFramework,
  'id' | 'title' | 'documentation' | 'reads' | 'languages' | 'mentions'
> {
  readonly language: HandlerLanguage;
  /** Which writes it reads: those that another framework reads as its own option are left to it. */
  isOurs?(write: HeaderWrite, program: Program): boolean;
  /** What is read, as it is after all: without edits where the language's own are not known. */
  refine?(policy: Policy): Policy;
}

/** Reads what the programs of one language write by hand. */
export function defineHandlerFramework({ language, isOurs, refine, ...framework }: HandlerFramework): ProgramFramework {
  return defineFramework({
    ...framework,
    shape: 'program',
    *read(program, context) {
      const all = yield* findWrites(program, context.evaluator, language.writes);
      const found = all.filter((write) => isOurs?.(write, program) ?? true);
      const answered = found.filter(({ direction }) => direction === 'response');
      const unsent = unsentHeaders(answered, program, language);
      const writes = answered.filter((write) => !unsent.has(write));
      const title = { framework: framework.id, title: 'headers by hand' };
      const read = yield* handlerPolicies(writes, program, context, language, title);
      const policies = refine ? read.map(refine) : read;
      const isToldAlready = policies.some(({ facts }) => facts.some(({ kind }) => kind === 'unhandled-preflight'));
      const refusals = isToldAlready ? [] : preflightRefusals(writes, program, context, language);
      const guards = guardsOf(refusals, program, context.evaluator);
      return {
        policies: policies.map((policy) => behind(policy, guards, writes)),
        facts: [
          ...misplacedHeaders(
            found.filter(({ direction }) => direction === 'request'),
            program,
          ),
          ...headersTooLate(writes, language),
          ...unsentFacts(unsent),
          ...headersBeside(writes, program, language.writes),
          ...headerProperties(writes, program, language.writes),
          ...refusals,
        ],
      };
    },
  });
}

/** Functions of the file in which a preflight is refused. */
function guardsOf(refusals: readonly Fact[], program: Program, evaluator: Evaluator): readonly SourceRange[] {
  return refusals.flatMap((refusal) => {
    const node = 'range' in refusal ? program.expressionAt(refusal.range.start) : undefined;
    return (node && evaluator.enclosingFunction(node)?.range) ?? [];
  });
}

/** Whether a preflight comes through is not decided by headers that the guard writes itself, or that are written behind it. */
function behind(policy: Policy, guards: readonly SourceRange[], writes: readonly HeaderWrite[]): Policy {
  const isRefused = guards.some(
    (guard) => encloses(guard, policy.range) || !writes.some((write) => encloses(guard, write.nameRange)),
  );
  if (!isRefused) return policy;
  return { ...policy, statuses: [{ when: optionsMethod, status: null }, ...policy.statuses] };
}
