/** What the place of a middleware among routes and other middlewares means for what it is made with. */
import type { Call, Program } from '../../syntax/programs/program.ts';
import type { Fact } from '../../policy/policy.ts';
import { lazily } from '../../policy/lazily.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import type { OptionsFinder } from '../../models/libraries/define-cors-library.ts';
import type { Evaluator } from '../../values/evaluator.ts';

export interface Surroundings {
  readonly program: Program;
  readonly evaluator: Evaluator;
  /** What the middleware covers, in words, where its options say so. */
  readonly scope: string | undefined;
}

export interface Placement {
  /** The requests that reach the middleware; all that reached it before, without it. */
  readonly reach?: RequestTest;
  facts(): readonly Fact[];
}

/** `made` is the call that makes the middleware; undefined where its place changes nothing. */
export type Look = (made: Call, surroundings: Surroundings) => Placement | undefined;

/** The same options; each of these looks at where they are used when somebody asks, and the last one that limits the requests decides. */
export function placed(find: OptionsFinder, ...looks: readonly Look[]): OptionsFinder {
  return (program, context) => {
    const found = find(program, context);
    return {
      ...found,
      options: found.options.map((one) => {
        const { call, scope } = one;
        if (call === undefined) return one;
        const surroundings = { program, evaluator: context.evaluator, scope };
        const placements = lazily(() => looks.flatMap((look) => look(call, surroundings) ?? []));
        return {
          ...one,
          get reach() {
            return placements().findLast(({ reach }) => reach !== undefined)?.reach ?? one.reach;
          },
          get facts() {
            return [...(one.facts ?? []), ...placements().flatMap((placement) => placement.facts())];
          },
        };
      }),
    };
  };
}
