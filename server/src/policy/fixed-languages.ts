/**
 * The languages that every policy is asked about. They are the same in each run, so that `npm run generate` builds their automata: a file
 * without patterns needs no reader of expressions.
 */
import { fixedAutomata } from './fixed-automata.ts';
import { specialHostCharacters } from './host-characters.ts';
import { lazily } from './lazily.ts';
import { host, port, scheme } from './part-language.ts';
import { Language } from './patterns/automaton.ts';
import { readAutomaton } from './patterns/written-automaton.ts';

const label = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';

/** Name → what its texts match over their whole length. */
export const fixedSources: Readonly<Record<keyof typeof fixedAutomata, string>> = {
  universe: `null|https?://(?:[a-z0-9${specialHostCharacters}.-]+|\\[[0-9a-f:]+\\])(?::${port})?|(?!https?:)${scheme}://${host}(?::${port})?`,
  everybodySecure: `https://(?:${label}\\.)+[a-z]{2,}`,
  everybodyPlain: `http://(?:${label}\\.)+[a-z]{2,}`,
  portsSecure: `https://(?:(?:${label}\\.)+[a-z]{2,}|localhost)(?::${port})?`,
  portsPlain: `http://(?:(?:${label}\\.)+[a-z]{2,}|localhost)(?::${port})?`,
};

/** Serialised origins that a browser can send: of web pages, of apps and extensions, and `null`. */
export const universe = fixed('universe');
/** Pages over https on every name. */
export const everybodySecure = fixed('everybodySecure');
/** Pages over http on every name. */
export const everybodyPlain = fixed('everybodyPlain');
/** Pages over https on every name and on one's own machine, each on every port. */
export const portsSecure = fixed('portsSecure');
/** The same over http. */
export const portsPlain = fixed('portsPlain');

function fixed(name: keyof typeof fixedAutomata): () => Language {
  return lazily(() => new Language(readAutomaton(fixedAutomata[name])));
}
