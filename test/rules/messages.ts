/** What holds for the words of every finding, whatever rule or framework they come from. */
import type { Finding } from '../../server/src/service/lint.ts';

/** Signs that a line of the Problems view shows in a window of 1,280 pixels. */
const oneLine = 100;
/** The whole message, which pages and terminals wrap. */
const whole = 380;

/** What of a text is quoted: names of the user's own, as long as they are. */
const quoted = /"[^"]*"/g;
const namesCut = (text: string): string => text.replaceAll(quoted, (name) => name.slice(0, 30));

/** In words, what is wrong with the words of a finding; empty when they are as they should be. */
export function messageFaults({ parts, message, related, fixes }: Finding): string[] {
  const [what] = parts;
  return [
    ...(namesCut(what).length <= oneLine ? [] : [`more than a line: ${what}`]),
    ...(namesCut(message).length <= whole ? [] : [`${message.length} signs: ${message}`]),
    ...(/[.;] [A-Z]/.test(what.replaceAll(quoted, '')) ? [`more than one sentence: ${what}`] : []),
    ...[...parts, ...related.map((other) => other.message)].flatMap(sentenceFaults),
    ...fixes.flatMap(({ title, safety, changes }) => titleFaults(title, safety === 'unsafe', changes)),
  ];
}

function sentenceFaults(text: string): string[] {
  const own = text.replaceAll(quoted, '""');
  return [
    ...(/[.!]$/.test(text) ? [] : [`no full stop: "${text}"`]),
    // Names of products and settings are written as their makers write them.
    ...(/^(?!hapi|corser|vite|cors|esbuild|serve|pages|wsgicors)[a-z]+ [a-z]/.test(text)
      ? [`begins small: "${text}"`]
      : []),
    ...(/ {2}|\.\.|\.,|,\.|;\.|:\./.test(own) ? [`odd signs: "${text}"`] : []),
    ...(/`|\*\*|\]\(/.test(own) ? [`marks that lists of problems show as they stand: "${text}"`] : []),
    ...(/\bundefined\b|\{\w+\}|\[object (?!Promise)|\bNaN\b/.test(own) ? [`a hole: "${text}"`] : []),
  ];
}

function titleFaults(title: string, isUnsafe: boolean, changes: string | undefined): string[] {
  return [
    ...(/^[A-Z]/.test(title) && /[^.]$/.test(title) ? [] : [`no title of a fix: "${title}"`]),
    ...(isUnsafe === (changes !== undefined) ? [] : [`"${title}": ${isUnsafe ? 'what does it change?' : changes}`]),
    ...(changes === undefined || /^[a-z][^.;`]{8,60}$/.test(changes) ? [] : [`no clause: "${changes}"`]),
  ];
}
