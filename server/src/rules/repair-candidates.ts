/** Ways in which a pattern of origins may have been meant. Whether one of them is right is for the caller to prove. */
import type { Pattern } from '../policy/request-test.ts';

const anyLabels = '([a-z0-9-]+\\.)*';
const someLabels = '([a-z0-9-]+\\.)+';
const optionalPort = '(:\\d+)?';
/** `.*`, `.+`, `[^/]*`, `\S+`, lazy or not. */
const anything = '(?:(?<!\\\\)\\.|\\[\\^\\\\?/\\]|\\\\S)[*+]\\??';
const scheme = /^(?:\(\?:|\()*[a-z][a-z0-9+-]*(?:\?|\|[a-z][a-z0-9+-]*\)?|\))*:(?:\\?\/){2}/i;

/**
 * Sources, the closest to the text first. `schemes` are tried, in this order, where the pattern names none; a pattern of host names
 * has no schemes.
 */
export function repairCandidates(pattern: Pattern, schemes: readonly string[]): readonly string[] {
  const flags = /^\(\?[a-z]+\)/.exec(pattern.source)?.[0] ?? '';
  const alternatives = topLevelAlternatives(escapeDots(pattern.source.slice(flags.length)));
  const join = (bodies: readonly string[], end = '') => {
    const whole = bodies.length > 1 ? `(?:${bodies.join('|')})` : bodies.join('');
    // A pattern that has to match the whole text needs no anchors.
    return pattern.mode === 'full' ? flags + whole + end : `${flags}^${whole}${end}$`;
  };
  const found = [(body: string) => body, wholeLabels, partOfLabel].flatMap((narrow) =>
    (schemes.length > 0 ? schemes.map((name) => `${name}://`) : ['']).flatMap((prefix) => {
      const bodies = alternatives.map((alternative) => narrow(bodyOf(alternative, prefix)));
      return [join(bodies), join(bodies, optionalPort)];
    }),
  );
  return [...new Set(found)].filter((source) => source !== pattern.source);
}

/** One alternative without its anchors, and with a scheme where it had none. */
function bodyOf(alternative: string, prefix: string): string {
  const bare = alternative
    .replace(/^\^/, '')
    .replace(/(?<!\\)\$$/, '')
    .replace(new RegExp(`(?<!/)${anything}$`), '');
  if (scheme.test(bare) || (prefix === '' && alternative.startsWith('^'))) return bare;
  const host = bare.replace(new RegExp(`^${anything}`), '');
  if (host.startsWith('\\.')) return `${prefix}${someLabels}${host.slice(2)}`;
  return `${prefix}${anyLabels}${host.replace(/^\.(?=[a-z0-9])/i, '')}`;
}

/** `.*` before a dot or at the start of the host stands for whole labels; elsewhere for a part of one. */
function wholeLabels(body: string): string {
  const atStart = `(?<=:(?:\\\\?/){2})(?:\\(${anything}\\)|${anything})`;
  return partOfLabel(
    body
      .replace(new RegExp(`${atStart}\\\\\\.`), someLabels)
      .replace(new RegExp(`${atStart}(?=[a-z0-9(])`, 'i'), anyLabels),
  );
}

/** `.*` stands for a part of one label. */
function partOfLabel(body: string): string {
  return body.replaceAll(new RegExp(anything, 'g'), (piece) => `[a-z0-9-]${piece.includes('*') ? '*' : '+'}`);
}

/** A dot between two parts of a domain is meant as a dot. */
function escapeDots(source: string): string {
  return mapOutsideClasses(source, (text) =>
    text.replaceAll(/(?<=[a-z0-9)}\]*+?-])(?<!\\)\.(?=[a-z0-9([\\])/gi, '\\.'),
  );
}

function mapOutsideClasses(source: string, change: (text: string) => string): string {
  const classes: string[] = [];
  const hidden = source.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]/g, (piece) =>
    piece.startsWith('[') ? `[${classes.push(piece) - 1}]` : piece,
  );
  return change(hidden).replaceAll(/\[(\d+)\]/g, (_, index) => classes[Number(index)]!);
}

function topLevelAlternatives(source: string): string[] {
  const found = [''];
  let depth = 0;
  for (const [piece] of source.matchAll(/\\.|\[(?:\\.|[^\]\\])*\]|[\s\S]/g)) {
    if (piece === '(') depth++;
    else if (piece === ')') depth--;
    if (piece === '|' && depth === 0) found.push('');
    else found[found.length - 1] += piece;
  }
  return found;
}
