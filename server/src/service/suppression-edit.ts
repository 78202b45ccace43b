/** The edit that accepts a finding by a comment, with a slot for the reason. */
import type { Edit } from '../syntax/range.ts';
import { sourceKind } from './language.ts';
import { commentStyle, programLanguageOf } from './languages.ts';
import type { Finding } from './lint.ts';

export type SuppressionPlace = 'line' | 'next-line' | 'file';

/** Stands in a new comment until somebody types over it. */
export const reasonToWrite = 'why this is right';
const ids = String.raw`[ \t]+([a-z0-9-]+(?:[ \t]*,[ \t]*[a-z0-9-]+)*)`;

/** For a language without comments (strict JSON) there is none to offer: the caller knows. */
export function suppressionEdit(
  finding: Finding,
  place: SuppressionPlace,
  text: string,
  languageId: string,
  path = '',
): Edit {
  const kind = sourceKind(path, languageId, text);
  const { sign, alone } = commentStyle(kind, languageId, path);
  const mayContinue = alone || programLanguageOf(kind)?.continuesLines === true;
  if (place === 'file') return forFile(finding.rule, sign, text);
  const line = lineAround(text, finding.range.start);
  if (sign === '<!--') return inXml(finding.rule, place, text, line);
  const above = line.start === 0 ? undefined : lineAround(text, line.start - 1);
  // A comment after a backslash would end the statement that the backslash goes on with; in files of lines it would become a part of it.
  const continued = (each: typeof above): boolean => mayContinue && each?.text.endsWith('\\') === true;
  if (place === 'line' && !alone && !continued(line)) return onLine(finding.rule, sign, text, line);
  return continued(above) ? forFile(finding.rule, sign, text) : aboveLine(finding.rule, sign, text, line, above);
}

/** A comment inside of a tag would be a part of it. */
function inXml(rule: string, place: SuppressionPlace, text: string, line: Line): Edit {
  const insideTag = (offset: number): boolean =>
    offset > 0 && text.lastIndexOf('<', offset - 1) > text.lastIndexOf('>', offset - 1);
  if (insideTag(line.start))
    return insideTag(line.end) ? forFile(rule, '<!--', text) : onLine(rule, '<!--', text, line);
  if (place === 'line' && !insideTag(line.end)) return onLine(rule, '<!--', text, line);
  return line.start === 0 && line.text.startsWith('<?')
    ? forFile(rule, '<!--', text)
    : aboveLine(rule, '<!--', text, line, line.start === 0 ? undefined : lineAround(text, line.start - 1));
}

function written(directive: string, rule: string, sign: string): string {
  return sign === '<!--'
    ? `<!-- cors-lint-${directive} ${rule} — ${reasonToWrite} -->`
    : `${sign} cors-lint-${directive} ${rule} -- ${reasonToWrite}`;
}

function onLine(rule: string, sign: string, text: string, line: Line): Edit {
  const existing = addedTo('disable-line', rule, line);
  if (existing) return existing;
  // A block comment that goes on below would swallow what is added after its beginning.
  const opened = line.text.lastIndexOf('/*');
  const inBlock = sign === '//' && opened !== -1 && !line.text.includes('*/', opened) && text.includes('*/', line.end);
  if (inBlock)
    return {
      range: { start: line.start + opened, end: line.start + opened },
      newText: `/* cors-lint-disable-line ${rule} -- ${reasonToWrite} */ `,
      placeholder: reasonToWrite,
    };
  return {
    range: { start: line.end, end: line.end },
    newText: ` ${written('disable-line', rule, sign)}`,
    placeholder: reasonToWrite,
  };
}

function aboveLine(rule: string, sign: string, text: string, line: Line, above: Line | undefined): Edit {
  const existing = above && addedTo('disable-next-line', rule, above);
  if (existing) return existing;
  const indentation = /^[ \t]*/.exec(line.text.slice(line.text.startsWith('\ufeff') ? 1 : 0))![0];
  const at = line.start + (line.text.startsWith('\ufeff') ? 1 : 0);
  return {
    range: { start: at, end: at },
    newText: `${indentation}${written('disable-next-line', rule, sign)}${newlineOf(text)}`,
    placeholder: reasonToWrite,
  };
}

function forFile(rule: string, sign: string, text: string): Edit {
  const existing = new RegExp(
    `^\\ufeff?[ \\t]*(?:${sign === '//' ? '//|/\\*+' : sign})[ \\t]*cors-lint-disable${ids}`,
    'm',
  ).exec(text);
  if (existing)
    return {
      range: { start: existing.index + existing[0].length, end: existing.index + existing[0].length },
      newText: `, ${rule}`,
    };
  const newline = newlineOf(text);
  let at = text.startsWith('\ufeff') ? 1 : 0;
  const shebang = /^#!.*(\r?\n|$)/.exec(text.slice(at))?.[0] ?? '';
  at += shebang.length;
  // Nothing may stand before the declaration of XML.
  if (sign === '<!--') at += /^<\?xml\s[^>]*>[ \t]*(\r?\n|$)?/.exec(text.slice(at))?.[0].length ?? 0;
  // Python looks for its encoding in the first two lines only.
  if (sign === '#') at += /^[ \t\f]*#.*?coding[:=][ \t]*[-\w.]+.*(\r?\n|$)/.exec(text.slice(at))?.[0].length ?? 0;
  const before = at > 0 && text[at - 1] !== '\n' && text[at - 1] !== '\ufeff' ? newline : '';
  return {
    range: { start: at, end: at },
    newText: `${before}${written('disable', rule, sign)}${newline}`,
    placeholder: reasonToWrite,
  };
}

/** One more id in a comment that is there: a second comment would be read as a part of its reason. */
function addedTo(directive: string, rule: string, line: Line): Edit | undefined {
  const existing = new RegExp(`(?://+|#+|;+|/\\*+|<!--)[ \\t]*cors-lint-${directive}${ids}`).exec(line.text);
  if (!existing) return undefined;
  const at = line.start + existing.index + existing[0].length;
  return { range: { start: at, end: at }, newText: `, ${rule}` };
}

interface Line {
  readonly start: number;
  /** Before the line end. */ readonly end: number;
  readonly text: string;
}

function lineAround(text: string, offset: number): Line {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  const found = text.indexOf('\n', offset);
  const end = found === -1 ? text.length : found > start && text[found - 1] === '\r' ? found - 1 : found;
  return { start, end, text: text.slice(start, end) };
}

function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
