/** Sentences of findings, from words that frameworks, files and products give. */

/** Begin a sentence with a capital letter. Names of products and settings stay as their makers write them: `ingress-nginx`. */
const ordinaryWord =
  /^(?:an?|the|this|these|if|it|every|what|nothing|two|authentication|credentials|headers|you|allow|no|preflight)\b/;

/** The text with a full stop, and with a capital letter where it begins with an ordinary word. */
export function sentence(text: string): string {
  const begun = ordinaryWord.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
  return /[.!?]$/.test(begun) || begun === '' ? begun : `${begun}.`;
}

/** `A`, `A and B`, `A, B and C`. */
export function enumerated(names: readonly string[]): string {
  return joinedBy('and', names);
}

/** `A`, `A or B`, `A, B or C`. */
export function alternatives(names: readonly string[]): string {
  return joinedBy('or', names);
}

function joinedBy(word: 'and' | 'or', names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)!}`;
}
