/** What each framework finds in a document: guarded, and in turns with whoever else wants to be served. */
import type { Framework, ProgramContext } from '../models/framework.ts';
import { contextAt } from '../models/framework.ts';
import { finished, isInSteps } from '../models/in-steps.ts';
import type { InSteps } from '../models/in-steps.ts';
import type { Policy, Reading } from '../policy/policy.ts';
import { problemOf } from './failures.ts';
import { sourceKind } from './language.ts';
import type { Pause } from './lint.ts';
import type { Document, RoundContext } from './other-files.ts';
import { frameworksFor, mentionsCors } from './prefilter.ts';
import { Stopped } from './stopped.ts';

/** The context of a round, with what is left out of a program in this reading. */
export type ReadingContext = RoundContext & Pick<ProgramContext, 'isLeftOut'>;

/** The policies of another file, as if it were the one that is linted. */
export function policiesOf(path: string, context: RoundContext, problems: string[]): readonly Policy[] | undefined {
  const document = context.document(path);
  const kind = document && sourceKind(path, undefined, document.text.slice(0));
  if (document === undefined || kind === undefined || !mentionsCors(kind, document.text.slice(0))) return undefined;
  const there = contextAt(context, path);
  return frameworksFor(kind).flatMap((framework) => readWhole(framework, document, there, problems).policies);
}

const emptyReading: Reading = { policies: [], facts: [] };

function readWhole(framework: Framework, document: Document, context: RoundContext, problems: string[]): Reading {
  try {
    return finished(readWith(framework, document, context));
  } catch (error) {
    problems.push(problemOf(framework.id, error));
    return emptyReading;
  }
}

/** Others have their turn between two places of the file. */
export async function readInTurns(
  framework: Framework,
  document: Document,
  context: ReadingContext,
  problems: string[],
  pause: Pause,
): Promise<Reading> {
  try {
    const reading = readWith(framework, document, context);
    return isInSteps(reading) ? await inTurns(reading, pause) : reading;
  } catch (error) {
    if (error instanceof Stopped) throw error;
    problems.push(problemOf(framework.id, error));
    return emptyReading;
  }
}

async function inTurns<T>(work: InSteps<T>, pause: Pause): Promise<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    const turn = pause();
    if (turn !== undefined) await turn;
  }
}

function readWith(framework: Framework, document: Document, context: ReadingContext): Reading | InSteps<Reading> {
  if (framework.shape === 'program' && document.shape === 'program')
    return framework.read(document, { ...context, evaluator: context.evaluatorOf(document) });
  if (framework.shape === 'tree' && document.shape === 'tree') return framework.read(document, context);
  if (framework.shape === 'directives' && document.shape === 'directives') return framework.read(document, context);
  return emptyReading;
}
