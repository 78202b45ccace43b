/**
 * While somebody types, the text is broken for a moment: an option has no value yet, a bracket is missing. What is read of it then is
 * not what anybody means, so that until the text is whole again the last whole one is spoken of, at the places where it stands now. The
 * same holds for a text that uses one in which somebody types. An editor that closes quotes and brackets by itself keeps the grammar
 * content between any two letters, `origin: 'htt'`; so what one key changes waits for a pause in typing, too.
 */
import type { Finding, LintResult } from '../service/lint.ts';
import { moved } from '../service/moved-result.ts';
import { identityOfRules } from '../verdict/rules-identity.ts';
import { changeBetween } from '../syntax/programs/edit-between.ts';
import type { Change } from '../syntax/programs/edit-between.ts';
import type { SourceRange } from '../syntax/range.ts';
import type { Linted } from './linters.ts';
import { placeOf } from './uris.ts';

/** In characters. More than that is pasted, generated or checked out, and not typed. */
const mostTyped = 2000;
/** A letter, or a quote or bracket with the one that the editor closes it by. In characters, like a sign beyond the first 65,536. */
const mostOfKey = 2;

/**
 * What is said of the text now, where `before` was said of the text of before. Where this one is half typed, it is what was said of the
 * last whole one, moved along with each edit since, and without what stands in the places that were typed in. It is `now` itself where
 * nobody seems to be typing. `isStruck`: a key was just pressed in one of the texts that this is read of.
 */
export function whileTyped(now: Linted, before: Linted | undefined, isStruck = false): Linted {
  if (before === undefined) return now;
  const whole = wholeOf(before);
  const text = now.document.getText();
  const change = changeBetween(before.document.getText(), text);
  const isOwn = text !== before.document.getText();
  const isHalf = hasNewMistakes(now, whole) || (isOwn && isHalfALine(lineAround(text, change.newEnd)));
  if (!(isHalf || isStruck) || !isTyped(change)) return now;
  const { path } = placeOf(now.document.uri);
  // Where somebody types in another file, its places are others now, and nobody has counted them.
  const { findings, suppressed, policies } = isOwn ? before.result : withoutOthers(before.result);
  const said: LintResult = {
    ...now.result,
    findings: findings.flatMap((finding) => movedFinding(finding, change, path) ?? []),
    suppressed: suppressed.flatMap((finding) => movedFinding(finding, change, path) ?? []),
    policies: policies.flatMap((policy) => moved(policy, change, path) ?? []),
  };
  if (!isHalf && isSameSaid(said, now.result)) return now;
  return {
    ...now,
    known: before.known,
    whole,
    ...(!isHalf && { meant: now }),
    policyPlaces: policyPlacesOf(before).map((place) => placeNow(place, change)),
    result: said,
  };
}

/** The same problems at the same places, and policies by which the same is sent: nothing has to wait. */
function isSameSaid(one: LintResult, other: LintResult): boolean {
  const words = ({ findings, policies }: LintResult): string =>
    JSON.stringify([
      findings.map(({ rule, range, parts }) => [rule, range, parts]),
      policies.map((policy) => [policy.range.start, identityOfRules(policy)]),
    ]);
  return words(one) === words(other);
}

/** One press of a key did this: a letter, a pair of quotes, a new line with its indentation, or a character taken away. */
export function isKeystroke(before: string, after: string): boolean {
  const { start, oldEnd, newEnd } = changeBetween(before, after);
  const added = after.slice(start, newEnd);
  return added === '' ? oldEnd - start === 1 : added.length <= mostOfKey || added.trim() === '';
}

/** What is said once nobody types. */
export function meantOf(linted: Linted): Linted {
  return linted.meant ?? linted;
}

/** Somebody types in a file that this one uses. */
export function waitsForAnother({ whole, document }: Linted): boolean {
  return whole !== undefined && whole.document.getText() === document.getText();
}

/** Without what leads into other files. */
function withoutOthers(result: LintResult): LintResult {
  const here = ({ range }: { readonly range: SourceRange }): boolean => range.path === undefined;
  return {
    ...result,
    findings: result.findings.map((finding) => ({
      ...finding,
      related: finding.related.filter(here),
      fixes: finding.fixes.filter(({ edits }) => edits.every(here)),
    })),
  };
}

/** Where the policies of the last whole text begin now. */
export function policyPlacesOf({ whole, policyPlaces, result }: Linted): readonly number[] {
  return (whole && policyPlaces) ?? result.policies.map(({ range }) => range.start);
}

/** Of the last whole text where this one is half typed: for what stays as it was while somebody types. */
export function wholeOf(linted: Linted): Linted {
  return linted.whole ?? linted;
}

/** What was typed over is where that began. */
function placeNow(offset: number, { start, oldEnd, newEnd }: Change): number {
  return offset >= oldEnd ? offset + newEnd - oldEnd : Math.min(offset, start);
}

/** In what both were read of: of a file that was not read before nobody knows whether it is being typed in. */
function hasNewMistakes(now: Linted, before: Linted): boolean {
  const { mistakes = new Map<string, number>(), dependencies } = before.result;
  const wasRead = new Set([placeOf(before.document.uri).path, ...dependencies]);
  return [...(now.result.mistakes ?? [])].some(
    ([path, count]) => wasRead.has(path) && count > (mistakes.get(path) ?? 0),
  );
}

/** A word that nothing is done with yet, `res.se`, which many grammars take; and a text that does not end, of which not all count. */
function isHalfALine(line: string): boolean {
  const isWord = /^\.?[\w$-]+(?:\.[\w$-]*)*$/.test(line);
  return isWord || hasOpenText(line, '"') || hasOpenText(line.replaceAll(/\w'\w/g, ''), "'");
}

function hasOpenText(line: string, quote: string): boolean {
  return line.split(quote).length % 2 === 0;
}

function lineAround(text: string, offset: number): string {
  const end = text.indexOf('\n', offset);
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, end < 0 ? text.length : end).trim();
}

function isTyped({ start, oldEnd, newEnd }: Change): boolean {
  return oldEnd - start <= mostTyped && newEnd - start <= mostTyped;
}

/** Undefined where somebody types in what it is about. What else it names goes where that is typed in. */
function movedFinding(finding: Finding, change: Change, path: string): Finding | undefined {
  return moved(finding, change, path) ?? moved({ ...finding, related: [], fixes: [] }, change, path);
}
