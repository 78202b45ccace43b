/** Reads the policies of a document in rounds, and apart from the others those of the place in which somebody types. */
import type { Framework } from '../models/framework.ts';
import type { Policy, Reading } from '../policy/policy.ts';
import { sameSpan } from '../syntax/range.ts';
import type { SourceRange } from '../syntax/range.ts';
import type { ReadableProgram } from '../syntax/programs/program-reader.ts';
import { inOrder, openedBefore } from '../verdict/in-order.ts';
import { sentTwice } from '../verdict/sent-twice.ts';
import { embeddedIn } from './embedded-once.ts';
import type { EvaluationLimit } from './evaluation-limits.ts';
import { layerFacts, throughLayers } from './layers.ts';
import type { Pause } from './lint.ts';
import type { Document, OtherFiles, RoundContext } from './other-files.ts';
import { mentionsIn } from './prefilter.ts';
import type { Mentions } from './prefilter.ts';
import { policiesOf, readInTurns } from './read-frameworks.ts';

/** An import of an import of an import …: each asks for its files in a round of its own. */
const mostRounds = 6;

export interface ReadResult {
  readonly policies: readonly Policy[];
  readonly frameworks: readonly string[];
  readonly problems: readonly string[];
  readonly limits: readonly EvaluationLimit[];
}

/** The place that was read apart, and which of the policies are its own. */
export interface PlaceApart {
  readonly range: SourceRange;
  /** Number of the reading in which its policies are, the number of the first of them, and how many there are. */
  readonly reading: number;
  readonly first: number;
  readonly count: number;
}

/** What was read of all but that place, when it was read last; the readings are without its policies. */
export interface ReadBefore {
  readonly place: PlaceApart;
  readonly readings: readonly Reading[];
}

export interface AllRead {
  readonly result: ReadResult;
  /** Of each framework, and at last what they come to together. */
  readonly readings: readonly Reading[];
  readonly apart: PlaceApart | undefined;
}

/** Thrown where the place makes other policies than before, so that more than its own reading has to be made again. */
export class NotApart extends Error {}

interface Part {
  readonly framework: Framework;
  readonly document: Document;
  readonly readOnly: Reading['readOnly'];
}

/**
 * What one round asks of other files is there in the next. Of a program that was read before, the place that changed is read apart
 * where a framework can do that; `before`: all but that place stands. Throws `NotApart`.
 */
export async function readAll(
  mentions: Mentions,
  main: Document,
  others: OtherFiles,
  pause: Pause,
  before: ReadBefore | undefined,
): Promise<AllRead> {
  const parts = partsOf(mentions, main);
  const ids = [...new Set(parts.map(({ framework }) => framework.id))];
  for (let round = 1; ; round++) {
    const problems: string[] = [];
    const context = others.round();
    const reader = before
      ? new ReaderAgain(main as ReadableProgram, before, { context, problems, pause })
      : new Reader(main, { context, problems, pause });
    const own: Reading[] = [];
    for (const [number, part] of parts.entries()) {
      await pause();
      const reading = await reader.read(part, number);
      own.push({ ...reading, ...(part.readOnly && { readOnly: part.readOnly }) });
    }
    await pause();
    const found = own.flatMap(({ policies }) => policies);
    const ofProgram = (path: string) => policiesOf(path, context, problems);
    const readings = [
      ...own,
      { policies: [], facts: [...openedBefore(found), ...sentTwice(found), ...layerFacts(found, context, ofProgram)] },
    ];
    const policies = inOrder(throughLayers(found, context, ofProgram));
    if (round < mostRounds && (await others.readWanted())) continue;
    return {
      readings,
      apart: reader.apart,
      result: { policies, frameworks: ids, problems, limits: context.limits() },
    };
  }
}

function partsOf(mentions: Mentions, main: Document): Part[] {
  const inner = embeddedIn(main).map(({ kind, document, readOnly }) => ({
    document,
    readOnly,
    mentions: mentionsIn(kind, document.text),
  }));
  return [{ document: main, mentions, readOnly: undefined }, ...inner].flatMap(
    ({ document, readOnly, mentions: { frameworks } }) =>
      frameworks.map((framework) => ({ framework, document, readOnly })),
  );
}

interface Turn {
  readonly context: RoundContext;
  readonly problems: string[];
  readonly pause: Pause;
}

/** Reads all of it, and the place that changed with a reading of the program that nobody else asks. */
class Reader {
  apart: PlaceApart | undefined;

  constructor(
    private readonly main: Document,
    private readonly turn: Turn,
  ) {}

  async read({ framework, document }: Part, number: number): Promise<Reading> {
    const { context, problems, pause } = this.turn;
    const program = document === this.main && document.shape === 'program' ? (document as ReadableProgram) : undefined;
    const change = this.apart === undefined ? program?.change : undefined;
    if (program === undefined || change === undefined)
      return readInTurns(framework, document, context, problems, pause);
    let left: { readonly range: SourceRange; readonly made: number } | undefined;
    const isLeftOut = (range: SourceRange | undefined, made: number): boolean => {
      if (left !== undefined || range === undefined) return false;
      if (range.start >= change.start || change.newEnd >= range.end) return false;
      left = { range, made };
      return true;
    };
    const reading = await readInTurns(framework, program, { ...context, isLeftOut }, problems, pause);
    if (left === undefined) return reading;
    const { range, made } = left as { readonly range: SourceRange; readonly made: number };
    const own = await readPlace(framework, program, range, this.turn);
    if (own.facts.length === 0) this.apart = { range, reading: number, first: made, count: own.policies.length };
    return joined(reading, made, own);
  }
}

/** Reads the place alone. */
class ReaderAgain {
  readonly apart: PlaceApart;

  constructor(
    private readonly main: ReadableProgram,
    private readonly before: ReadBefore,
    private readonly turn: Turn,
  ) {
    this.apart = { ...before.place, range: main.placeApart! };
  }

  async read({ framework }: Part, number: number): Promise<Reading> {
    const { reading, first, count, range } = this.apart;
    const known = this.before.readings[number]!;
    if (number !== reading) return known;
    const own = await readPlace(framework, this.main, range, this.turn);
    if (own.policies.length !== count || own.facts.length > 0) throw new NotApart();
    return joined(known, first, own);
  }
}

async function readPlace(
  framework: Framework,
  program: ReadableProgram,
  place: SourceRange,
  { context, problems, pause }: Turn,
): Promise<Reading> {
  const isLeftOut = (range: SourceRange | undefined): boolean => !range || !sameSpan(range, place);
  return readInTurns(framework, program.readApart(place), { ...context, isLeftOut }, problems, pause);
}

function joined(reading: Reading, first: number, own: Reading): Reading {
  return {
    ...reading,
    policies: reading.policies.toSpliced(first, 0, ...own.policies),
    facts: [...reading.facts, ...own.facts],
  };
}
