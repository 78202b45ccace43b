/** Comments that accept a finding: on this line, on the next, or from there to `cors-lint-enable`, each with the rule's id and a reason. */
import { rules } from '../rules/index.ts';
import type { Comment } from '../syntax/programs/program.ts';
import type { Edit, SourceRange } from '../syntax/range.ts';
import { runAt, runBefore } from '../syntax/source-text.ts';
import type { SourceText } from '../syntax/source-text.ts';
import { chosenSeverity } from './findings.ts';
import type { Finding } from './lint.ts';
import { positionsOf } from './positions.ts';
import type { Settings } from './settings.ts';
import { reasonToWrite } from './suppression-edit.ts';
import { shortened, visible } from './visible-text.ts';

export { suppressionEdit } from './suppression-edit.ts';
export type { SuppressionPlace } from './suppression-edit.ts';

/** At the beginning of a comment, or of a line of it, or after a comment sign inside of it. */
const directive =
  /(?:(?:^|\n)[\s*]*|\s(?:\/\/+|#+|\/\*+)\s*)cors-lint-(disable-next-line|disable-line|disable|enable)(?![\w-])/g;
const unusedRule = 'unused-suppression';
const unexplainedRule = 'unexplained-suppression';

interface Directive {
  readonly place: string;
  readonly ids: readonly string[];
  readonly reason: string;
  /** ISO date of the last day on which it counts. */
  readonly until?: string;
  readonly comment: Comment;
  /** The only one of its comment. */ readonly alone: boolean;
}
interface Suppression {
  readonly rule: string;
  /** Lines that it is about, both included. */
  readonly first: number;
  readonly last: number;
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
  const suppressions = directives
    .filter((found) => found.place !== 'enable' && !isOver(found, settings))
    .flatMap((directive) =>
      directive.ids.map((rule): Suppression => {
        const [first, last] = linesOf(directive, rule, directives, source, position);
        return { rule, first, last, directive, used: false };
      }),
    );
  const standing: Finding[] = [];
  const suppressed: Finding[] = [];
  const reaches = ({ first, last }: Suppression, { start, end }: SourceRange): boolean =>
    position(start).line <= last && first <= position(end).line;
  for (const finding of findings) {
    const sameRule = suppressions.filter(({ rule }) => rule === finding.rule);
    const match = sameRule.find((one) => reaches(one, finding.range));
    // What stands for several places is accepted at its first; a comment at another one is about it too.
    for (const one of sameRule)
      if (finding.related.some(({ range }) => range.path === undefined && reaches(one, range))) one.used = true;
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
    const [, named = '', reason = ''] = /^(.*?)(?:(?:^|\s)(?:--+|—)(?:\s(.*))?)?$/s.exec(rest) ?? [];
    const [, ids = named, until] = /^(.*?)\buntil\s+(\S+)\s*$/s.exec(named) ?? [];
    return {
      place: match[1]!,
      ids: ids.split(/[\s,]+/).filter((id) => id !== ''),
      reason: reason.trim(),
      ...(until !== undefined && { until }),
      comment,
      alone: matches.length === 1 && match.index === 0,
    };
  });
}

/** A date that cannot be read ends nothing: it is said, and the finding stays accepted. */
function isOver({ until }: Directive, { today }: Settings): boolean {
  return until !== undefined && isDate(until) && today !== undefined && until < today;
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}

/** Nothing but comments and declarations stands above: such a comment is about the whole file. */
const head = /^(\ufeff?[ \t]*(#|\/\/|\/\*|\*|;|<\?|<!--)[^\n]*\n|\s*\n)*[ \t]*$/;

function linesOf(
  { place, comment }: Directive,
  rule: string,
  directives: readonly Directive[],
  text: SourceText,
  position: ReturnType<typeof positionsOf>,
): readonly [first: number, last: number] {
  const { start, end } = comment.range;
  if (place === 'disable-line') return [position(start).line, position(start).line];
  if (place === 'disable-next-line') return [position(end).line + 1, position(end).line + 1];
  const ending = directives.find((other) => other.comment.range.start > start && endsRule(other, rule));
  return [
    head.test(text.slice(0, start)) ? 1 : position(start).line,
    ending ? position(ending.comment.range.start).line : Infinity,
  ];
}

function endsRule({ place, ids }: Directive, rule: string): boolean {
  return place === 'enable' && (ids.length === 0 || ids.includes(rule));
}

/** A rule that does not run here leaves its comments in peace: under other settings they are of use. */
function mistakesOf(
  directives: readonly Directive[],
  suppressions: readonly Suppression[],
  text: SourceText,
  settings: Settings,
): Finding[] {
  const isUnused = (directive: Directive, id: string): boolean =>
    suppressions.some((one) => one.directive === directive && one.rule === id && !one.used);
  return directives.flatMap((directive) => {
    if (directive.place === 'enable')
      return hasBeginning(directive, directives) ? [] : reported(directive, [withoutBeginning], settings, text);
    if (directive.ids.length === 0) return reported(directive, [withoutRule], settings, text);
    if (isOver(directive, settings)) return reported(directive, [over(directive.until!)], settings, text);
    const ofIds = directive.ids.flatMap((id) => problemOfId(id, directive, isUnused(directive, id), settings) ?? []);
    return reported(directive, [...ofIds, ...formProblems(directive)], settings, text);
  });
}

function reported(
  directive: Directive,
  problems: readonly Problem[],
  settings: Settings,
  text: SourceText,
): readonly Finding[] {
  return problems.flatMap((problem) => {
    const severity = chosenSeverity({ id: problem.rule, profile: 'default' }, settings) ?? 'information';
    return severity === 'off' ? [] : [findingOf(directive, problem, severity, text)];
  });
}

function hasBeginning({ ids, comment }: Directive, directives: readonly Directive[]): boolean {
  return directives.some(
    (other) =>
      other.place === 'disable' &&
      other.comment.range.start < comment.range.start &&
      (ids.length === 0 || other.ids.some((id) => ids.includes(id))),
  );
}

/** What a comment lacks that accepts something. */
function formProblems({ reason, until }: Directive): readonly Problem[] {
  const missing = reason === '' || reason === reasonToWrite ? [withoutReason] : [];
  return until === undefined || isDate(until) ? missing : [...missing, unreadableDate(until)];
}

interface Problem {
  readonly rule: typeof unusedRule | typeof unexplainedRule;
  readonly parts: Finding['parts'];
  /** The comment is of no use at all. */
  readonly removable?: boolean;
}

const withoutBeginning: Problem = {
  rule: unusedRule,
  parts: [
    'This comment ends nothing.',
    'No cors-lint-disable of its rules stands above it.',
    'Remove it, or write the id of the rule that it ends.',
  ],
  removable: true,
};

const withoutReason: Problem = {
  rule: unexplainedRule,
  parts: [
    'This comment gives no reason.',
    'Whoever reads it later cannot tell whether it still holds.',
    'Write the reason behind two dashes.',
  ],
};

function over(until: string): Problem {
  return {
    rule: unusedRule,
    parts: [
      `This comment accepted until ${until}.`,
      'Since then its finding counts again.',
      'Repair what is found, or write another day.',
    ],
  };
}

function unreadableDate(until: string): Problem {
  return {
    rule: unexplainedRule,
    parts: [
      `"${visible(shortened(until, 60))}" is no day.`,
      'So this comment never ends.',
      'Write it as in until 2027-01-31.',
    ],
  };
}

const withoutRule: Problem = {
  rule: unusedRule,
  parts: ['This comment names no rule.', 'Without one it accepts nothing.', 'Write the id of the rule after it.'],
};

function problemOfId(id: string, directive: Directive, unused: boolean, settings: Settings): Problem | undefined {
  const shown = visible(shortened(id, 60));
  const rule = rules.find((known) => known.id === id);
  if (!rule)
    return {
      rule: unusedRule,
      parts: [
        `There is no rule "${shown}".`,
        'So this comment accepts nothing.',
        'Correct the id; a reason stands after two dashes.',
      ],
    };
  if (!unused || id === unusedRule || chosenSeverity(rule, settings) === 'off') return undefined;
  const removable = directive.alone && directive.ids.length <= 1;
  return {
    rule: unusedRule,
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
  { rule, parts, removable }: Problem,
  severity: Finding['severity'],
  text: SourceText,
): Finding {
  return {
    rule,
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
