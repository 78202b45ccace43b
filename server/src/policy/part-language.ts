/** From a test on a part of the origin to the texts of that part, and to the origins that have such a part. */
import {
  Language,
  complement,
  concatenation,
  intersection,
  isBudgetError,
  noText,
  theTexts,
  union,
} from './patterns/automaton.ts';
import { specialHostCharacters } from './host-characters.ts';
import { substringsOf } from './patterns/nondeterministic.ts';
import { fullMatch, languageOfPattern } from './patterns/pattern-language.ts';
import { comparedText } from './request-test.ts';
import type { CutPart, NamedPart, OriginTest } from './request-test.ts';

export const scheme = '[a-z][a-z0-9+.-]*';
export const host = `(?:[a-zA-Z0-9${specialHostCharacters}.-]+|\\[[0-9a-f:]+\\])`;
export const port = '[1-9]\\d{0,4}';

/** What a test accepts, in texts of a part that has a name. */
export interface AcceptedTexts {
  readonly part: NamedPart;
  readonly texts: Language;
  /** Texts out of which the code may cut nothing, so that what it then does is not known. */
  readonly undecided?: Language;
}

const remembered = new WeakMap<OriginTest, AcceptedTexts | 'unknown'>();

/** Undefined where the texts are not a known regular language. Throws `BudgetExceeded` when they need too many states. */
export function acceptedTexts(test: OriginTest): AcceptedTexts | undefined {
  const texts = directTexts(test);
  if (texts === undefined || typeof test.part === 'string') return texts && { part: test.part as NamedPart, texts };
  return throughCuts(test.part, texts);
}

/** The same, asked again and again; undefined also where it takes too many states. */
export function rememberedTexts(test: OriginTest): AcceptedTexts | undefined {
  const known = remembered.get(test) ?? compute(test);
  remembered.set(test, known);
  return known === 'unknown' ? undefined : known;
}

function compute(test: OriginTest): AcceptedTexts | 'unknown' {
  try {
    return acceptedTexts(test) ?? 'unknown';
  } catch (error) {
    if (isBudgetError(error)) return 'unknown';
    throw error;
  }
}

function throughCuts(cut: CutPart, texts: Language): AcceptedTexts {
  const ways = cut.ways.map(({ before, piece, after }) => ({
    before: fullMatch(before),
    piece: fullMatch(piece),
    after: fullMatch(after),
  }));
  const over = (pieces: Language | undefined) =>
    ways
      .map(({ before, piece, after }) => concatenation([before, pieces ? intersection(pieces, piece) : piece, after]))
      .reduce(union, noText);
  const accepted = over(texts);
  const undecided = complement(over(undefined));
  if (typeof cut.of === 'string') return { part: cut.of, texts: accepted, undecided };
  const [outer, left] = [throughCuts(cut.of, accepted), throughCuts(cut.of, undecided)];
  return { ...outer, undecided: union(outer.undecided!, left.texts) };
}

/** The texts of what is looked at itself that pass. */
function directTexts(test: OriginTest): Language | undefined {
  if (test.operator === 'matches') return languageOfPattern(test.pattern);
  const text = comparedText(test);
  if (!isAscii(text)) return undefined;
  if (test.operator === 'within')
    return test.ignoreCase || text.length > 2000 ? undefined : new Language(substringsOf(text));
  if (test.operator === 'equals' && !test.ignoreCase) return theTexts([text]);
  const flags = test.ignoreCase ? 'i' : '';
  const literal = text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const source = test.operator === 'ends-with' ? `${literal}$` : literal;
  const mode = { equals: 'full', 'starts-with': 'prefix', 'ends-with': 'search', contains: 'search' } as const;
  return languageOfPattern({ source, flags, dialect: 'javascript', mode: mode[test.operator] });
}

/** The origins whose part is one of the texts. */
export function originsWithPart(part: Exclude<NamedPart, 'origin'>, texts: Language): Language {
  const start = fullMatch(`${scheme}://`);
  switch (part) {
    case 'scheme':
      return concatenation([intersection(texts, fullMatch(scheme)), fullMatch(`://${host}(?::${port})?`)]);
    case 'hostname':
      return concatenation([start, intersection(texts, fullMatch(host)), fullMatch(`(?::${port})?`)]);
    case 'host':
      return concatenation([start, intersection(texts, fullMatch(`${host}(?::${port})?`))]);
    case 'port': {
      const without = intersection(texts, fullMatch(''));
      const written = concatenation([fullMatch(':'), intersection(texts, fullMatch(port))]);
      return concatenation([start, fullMatch(host), union(without, written)]);
    }
  }
}

export function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
