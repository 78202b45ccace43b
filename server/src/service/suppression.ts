/** Comments that accept a finding: on this line, on the next, or in the whole file, each with the rule's id and a reason. */
import { rules } from '../rules/index.ts';
import type { Comment } from '../syntax/programs/program.ts';
import type { Edit, SourceRange } from '../syntax/range.ts';
import { runAt, runBefore } from '../syntax/source-text.ts';
import type { SourceText } from '../syntax/source-text.ts';
import { chosenSeverity } from './findings.ts';
import type { Finding } from './lint.ts';
import { positionsOf } from './positions.ts';
import type { Settings } from './settings.ts';
import { shortened, visible } from './visible-text.ts';

export { suppressionEdit } from './suppression-edit.ts';
export type { SuppressionPlace } from './suppression-edit.ts';

/** At the beginning of a comment, or of a line of it, or after a comment sign inside of it. */
const directive =
  /(?:(?:^|\n)[\s*]*|\s(?:\/\/+|#+|\/\*+)\s*)cors-lint-(disable-next-line|disable-line|disable)(?![\w-])/g;
const unusedRule = 'unused-suppression';

interface Directive {
  readonly place: string;
  readonly ids: readonly string[];
  readonly reason: string;
  readonly comment: Comment;
  /** The only one of its comment. */ readonly alone: boolean;
}
interface Suppression {
  readonly rule: string;
  readonly line: number | undefined;
  readonly directive: Directive;
  used: boolean;
}

/** Whether any comment may be one of these: nobody reads the others. */
export function mayHoldSuppressions(text: string): boolean {
  return text.includes('cors-lint-');
}

/**
 * Splits findings into those that stand and those that a comment accepts; a comment that accepts nothing is a finding.
 * `source` is the text for whoever notes what of it is read.
 */
export function applySuppressions(
  findings: readonly Finding[],
  comments: readonly Comment[],
  text: string,
  settings: Settings,
  source: SourceText = text,
): { readonly findings: readonly Finding[]; readonly suppressed: readonly Finding[] } {
  const directives = comments.flatMap(readDirectives);
  if (directives.length === 0) return { findings, suppressed: [] };
  const position = positionsOf(text);
  const suppressions = directives.flatMap((found) =>
    found.ids.map((rule): Suppression => ({ rule, line: lineOf(found, position), directive: found, used: false })),
  );
  const standing: Finding[] = [];
  const suppressed: Finding[] = [];
  for (const finding of findings) {
    const [first, last] = [position(finding.range.start).line, position(finding.range.end).line];
    const match = suppressions.find(
      ({ rule, line }) => rule === finding.rule && (line === undefined || (first <= line && line <= last)),
    );
    if (match) {
      match.used = true;
      suppressed.push({ ...finding, suppressed: match.directive.reason });
    } else standing.push(finding);
  }
  const extra = mistakesOf(directives, suppressions, source, settings);
  return { findings: [...standing, ...extra].sort((a, b) => a.range.start - b.range.start), suppressed };
}

function readDirectives(comment: Comment): Directive[] {
  const matches = [...comment.text.matchAll(directive)];
  return matches.map((match, index) => {
    const rest = comment.text.slice(match.index + match[0].length, matches[index + 1]?.index ?? comment.text.length);
    const [, ids = '', reason = ''] = /^(.*?)(?:(?:^|\s)(?:--+|—)(?:\s(.*))?)?$/s.exec(rest) ?? [];
    return {
      place: match[1]!,
      ids: ids.split(/[\s,]+/).filter((id) => id !== ''),
      reason: reason.trim(),
      comment,
      alone: matches.length === 1 && match.index === 0,
    };
  });
}

function lineOf({ place, comment }: Directive, position: ReturnType<typeof positionsOf>): number | undefined {
  if (place === 'disable') return undefined;
  return place === 'disable-line' ? position(comment.range.start).line : position(comment.range.end).line + 1;
}

/** A rule that does not run here leaves its comments in peace: under other settings they are of use. */
function mistakesOf(
  directives: readonly Directive[],
  suppressions: readonly Suppression[],
  text: SourceText,
  settings: Settings,
): Finding[] {
  const severity = chosenSeverity({ id: unusedRule, profile: 'default' }, settings) ?? 'information';
  if (severity === 'off') return [];
  const isUnused = (directive: Directive, id: string): boolean =>
    suppressions.some((one) => one.directive === directive && one.rule === id && !one.used);
  return directives.flatMap((directive) => {
    const problems =
      directive.ids.length === 0
        ? [withoutRule]
        : directive.ids.flatMap((id) => problemOfId(id, directive, isUnused(directive, id), settings) ?? []);
    return problems.map((problem) => findingOf(directive, problem, severity, text));
  });
}

interface Problem {
  readonly parts: Finding['parts'];
  /** The comment is of no use at all. */
  readonly removable?: boolean;
}

const withoutRule: Problem = {
  parts: ['This comment names no rule.', 'Without one it accepts nothing.', 'Write the id of the rule after it.'],
};

function problemOfId(id: string, directive: Directive, unused: boolean, settings: Settings): Problem | undefined {
  const shown = visible(shortened(id, 60));
  const rule = rules.find((known) => known.id === id);
  if (!rule)
    return {
      parts: [
        `There is no rule "${shown}".`,
        'So this comment accepts nothing.',
        'Correct the id; a reason stands after two dashes.',
      ],
    };
  if (!unused || id === unusedRule || chosenSeverity(rule, settings) === 'off') return undefined;
  const removable = directive.alone && directive.ids.length <= 1;
  return {
    parts: [
      `This comment accepts "${shown}", which is not reported here.`,
      'It would hide a later finding that nobody has looked at.',
      removable ? 'Remove it.' : 'Remove the id.',
    ],
    removable,
  };
}

function findingOf(
  { comment: { range } }: Directive,
  { parts, removable }: Problem,
  severity: Finding['severity'],
  text: SourceText,
): Finding {
  return {
    rule: unusedRule,
    severity,
    confidence: 'certain',
    message: parts.join(' '),
    parts,
    range,
    related: [],
    fixes: removable
      ? [{ title: 'Remove this comment', safety: 'safe', preferred: true, edits: removal(range, text) }]
      : [],
  };
}

/** The whole line when nothing else stands on it, else the comment and the blanks before it. */
function removal({ start, end }: SourceRange, text: SourceText): readonly Edit[] {
  const from = start - runBefore(text, start, /[ \t]/).length;
  const blanks = end + runAt(text, end, /[ \t]/).length;
  const behind = /^(?:\r?\n|$)/.exec(text.slice(blanks, blanks + 2));
  const lineEnd = behind && { length: blanks - end + behind[0].length };
  const ownLine = (from === 0 || text.slice(from - 1, from) === '\n') && lineEnd !== null;
  const edit = ownLine ? { start: from, end: end + lineEnd.length } : lineEnd ? { start: from, end } : { start, end };
  return [{ range: edit, newText: '' }];
}
