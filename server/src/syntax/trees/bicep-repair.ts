/**
 * What the Bicep grammar cannot place, or places wrongly, made readable in the same length: lost quotes and brackets, spreads, and
 * comment signs that a text begins with.
 */

/** A name for what an object takes over from another. */
export const spread = '_:';

/** Stands for a slash that the grammar would take for the beginning of a comment, where there is only text: `'//cdn.example.com'`. */
export const hiddenSlash = '\ue000';
/** Where that may be: behind a quote, or behind what is filled in. */
const commentSignInText = /['}]\s*\/[/*]/;

/** Whether the grammar may read something else than what is there. */
export function misleads(text: string): boolean {
  return commentSignInText.test(text);
}

/**
 * A text that has lost its quote would go on to the next one, however far that is: it gets one in place of its line
 * end, where Bicep's own texts end, and a list that a property follows its bracket. Spreads, which the grammar does not
 * know, become a property or a member of the same length. Nothing moves.
 */
export function repaired(text: string): string {
  const changes: { readonly at: number; readonly by: string }[] = [];
  const token = /\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)|'''[\s\S]*?(?:'''|$)|\.{3}|['{}[\]\n]/g;
  const inText = /(?:[^'\\\r\n$]|\\[^\r\n]|\$(?!\{))*('|\$\{|\\?\r?\n|\\?$)/y;
  const open: string[] = [];
  const leaveText = (): void => {
    if (open.includes("'")) open.length = open.indexOf("'");
  };
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [found] = match;
    if (found === '...') changes.push({ at: match.index, by: open.at(-1) === '[' ? '   ' : `${spread} ` });
    else if (found === '\n') {
      leaveText();
      if (open.at(-1) === '[' && /^[ \t]*\w+[ \t]*:/.test(text.slice(token.lastIndex, token.lastIndex + 120))) {
        changes.push({ at: match.index, by: ']' });
        open.pop();
      }
    } else if (found === '{' || found === '[' || found === "'") open.push(found);
    else if (found === '}' || found === ']') open.pop();
    if (open.at(-1) !== "'") continue;
    const sign = /^\s*(?=\/[/*])/.exec(text.slice(token.lastIndex, lineEnd(text, token.lastIndex)));
    if (sign) changes.push({ at: token.lastIndex + sign[0].length, by: hiddenSlash });
    inText.lastIndex = token.lastIndex;
    const end = inText.exec(text)?.[1];
    if (end === undefined) break;
    token.lastIndex = inText.lastIndex;
    if (end === '${') open.push('{');
    else if (end === "'") open.pop();
    else {
      changes.push({ at: inText.lastIndex - end.length, by: "'" });
      leaveText();
    }
  }
  return changes.reduceRight((written, { at, by }) => written.slice(0, at) + by + written.slice(at + by.length), text);
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}
