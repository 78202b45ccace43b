/**
 * What the server says, in the language of the editor. Rules and frameworks write English sentences; a bundle, which the client
 * hands over, holds the same sentences in another language, with `{0}` for what is filled in. What it does not hold stays English,
 * and without a bundle everything does. So a new rule needs nothing but its own file.
 */

/** English text → text of another language, as VS Code keeps it: https://code.visualstudio.com/api/references/vscode-api#l10n */
export type Bundle = Readonly<Record<string, string>>;

export interface Translator {
  /** A sentence, several of them, or a title. */
  say(text: string): string;
  /** Words that stand between commas and semicolons, each by itself: `3 origins, with cookies`. Code spans stay as they are. */
  sayList(text: string): string;
}

const english: Translator = { say: (text) => text, sayList: (text) => text };

/** English where there is no bundle. */
export function createTranslator(bundle: unknown): Translator {
  if (typeof bundle !== 'object' || bundle === null) return english;
  const texts = new Map(
    Object.entries(bundle).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  return texts.size === 0 ? english : new BundleTranslator(texts);
}

/** One place of a template, `{0}`; with quotes around it, it stands for a name, whose words are nobody's to translate. */
const place = /("?)\{(\d)\}("?)/g;
const sentenceEnd = /(?<=[.!?]) (?=["\p{Lu}])/u;
/** Outside of code spans and quotes. */
const separators = /(?:`+[^`]*`+|"[^"]*"|[^,;`"])+|[,;] ?/g;
/** Texts repeat themselves; names of files and origins do not. */
const mostKept = 5000;
const deepest = 3;

interface Template {
  /** Where names have no quotes in them, as nearly all of them. */
  readonly strict: RegExp;
  readonly loose: RegExp;
  readonly text: string;
  readonly places: readonly { readonly number: string; readonly isName: boolean }[];
  readonly isSentence: boolean;
  readonly weight: number;
}
type Reading = 'strict' | 'loose';

class BundleTranslator implements Translator {
  readonly #templates: readonly Template[];
  readonly #said = new Map<string, string>();

  constructor(private readonly texts: ReadonlyMap<string, string>) {
    this.#templates = [...texts]
      .filter(([text]) => /\{\d\}/.test(text))
      .map(([text, translated]) => templateOf(text, translated))
      .sort((one, other) => other.weight - one.weight);
  }

  say(text: string): string {
    const known = this.#said.get(text);
    if (known !== undefined) return known;
    const said = this.#whole(text, 'strict') ?? this.#sentences(text);
    if (this.#said.size >= mostKept) this.#said.clear();
    this.#said.set(text, said);
    return said;
  }

  sayList(text: string): string {
    const whole = this.#whole(text, 'strict');
    return whole ?? (text.match(separators) ?? []).map((part) => this.say(part)).join('');
  }

  #sentences(text: string): string {
    return text
      .split(sentenceEnd)
      .map((one) => this.#whole(one, 'strict') ?? this.#whole(one, 'loose') ?? one)
      .join(' ');
  }

  /** The text as a whole; what is filled in is looked up in its turn, since one phrase may stand in another. */
  #whole(text: string, reading: Reading, depth = 0): string | undefined {
    const exact = this.texts.get(text);
    if (exact !== undefined || depth >= deepest) return exact;
    const isSentence = sentence.test(text);
    for (const template of this.#templates) {
      // What joins words, such as "{0} and {1}", is no sentence, whatever stands in it.
      const match = template.isSentence === isSentence ? template[reading].exec(text) : null;
      if (!match) continue;
      const given = new Map(
        template.places.map(({ number, isName }, index) => {
          const value = match[index + 1]!;
          return [number, isName ? value : (this.#whole(value, reading, depth + 1) ?? value)];
        }),
      );
      return template.text.replaceAll(/\{(\d)\}/g, (written, number: string) => given.get(number) ?? written);
    }
    return undefined;
  }
}

const sentence = /\.$/;

function templateOf(english: string, translated: string): Template {
  const places: { number: string; isName: boolean }[] = [];
  const pieces: string[] = [];
  let end = 0;
  for (const match of english.matchAll(place)) {
    const [written, before, number, after] = match;
    const isName = before === '"' && after === '"';
    pieces.push(escaped(english.slice(end, match.index) + before), isName ? anyName : '(.+?)', after!);
    end = match.index + written.length;
    places.push({ number: number!, isName });
  }
  const source = [...pieces, escaped(english.slice(end))].join('');
  return {
    strict: new RegExp(`^${source.replaceAll(anyName, '([^"]*)')}$`, 's'),
    loose: new RegExp(`^${source}$`, 's'),
    text: translated,
    places,
    isSentence: sentence.test(english),
    weight: english.replaceAll(place, '').length,
  };
}

const anyName = '(.*?)';

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
