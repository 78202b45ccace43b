/** The header lines that reach the responses of one block, on every path through the rewrite phase. */
import type { RequestTest } from '../../../policy/request-test.ts';
import type { Block } from './nginx-blocks.ts';
import { both } from '../../../models/servers/server-conditions.ts';
import type { AllowedOrigin } from '../../../models/servers/server-origin-entries.ts';
import { isCorsHeader } from '../../../models/servers/server-headers.ts';
import type { Flow } from './nginx-flow.ts';
import type { HeaderLine } from './nginx-headers.ts';
import { effectiveLines } from './nginx-headers.ts';
import type { Place } from './nginx-outcomes.ts';
import { evaluate } from './nginx-variables.ts';

/** A header line, with when it is sent and what it then holds. */
export interface SentLine {
  readonly line: HeaderLine;
  readonly configuration: Block;
  readonly when: RequestTest;
  readonly outcomes: readonly AllowedOrigin<Place>[];
}

export function sentLines({ configurations, variables }: Flow): SentLine[] {
  return configurations.flatMap(({ when, block }) =>
    effectiveLines(block)
      .filter((line) => isCorsHeader(line.name))
      .map((line) => {
        const place = { item: line.item, word: line.word, range: line.valueRange };
        const outcomes = evaluate(line.text, place, variables)
          .map((outcome) => ({ ...outcome, when: both(when, outcome.when) }))
          .filter((outcome) => outcome.when.kind !== 'never');
        return { line, configuration: block, when, outcomes };
      }),
  );
}
