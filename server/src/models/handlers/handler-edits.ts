/** Fixes for headers written by hand: an allowlist check with `Vary`, dropped or repaired headers, exact comparisons. */
import type { Edit, SourceRange } from '../../syntax/range.ts';
import type { SourceText } from '../../syntax/source-text.ts';
import type { Call, Expression, Node, Program } from '../../syntax/programs/program.ts';
import type { EntryEdits, PolicyEdits } from '../../policy/policy.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import { quoted } from '../../edits/program-edits.ts';
import type { ProgramNotation } from '../../edits/program-notation.ts';
import type { ProgramText } from '../libraries/origin-entries.ts';
import { allowOnly } from './allowlist-check.ts';
import type { EditedGroup } from './edited-group.ts';
import type { HandlerLanguage } from './handler-language.ts';
import type { HeaderWrite } from './header-write.ts';
import { nameOf } from './header-write.ts';
import { addVary } from './vary-edits.ts';
import { removeWrite } from './written-statements.ts';

/** The edits that this group of writes allows; members whose edit would not be exact are absent. */
export function handlerEdits(group: EditedGroup): PolicyEdits {
  const { writes, allowOrigin, program, text } = group;
  const named = (name: string) => writes.filter((write) => nameOf(write) === name && write.operation !== 'remove');
  const credentials = named('access-control-allow-credentials');
  const [target] = allowOrigin;
  const repair = replaceOnly(credentials);
  const setAge = replaceOnly(named('access-control-max-age'));
  return {
    ...(canAllowOnly(allowOrigin) && {
      allowOnly: (origins, placeholder) =>
        allowOrigin.flatMap((write) => allowOnly(write, write.value!, origins, placeholder, group)),
    }),
    ...(credentials.length > 0 && {
      dropCredentials: () => credentials.flatMap((write) => removeWrite(write, program)),
    }),
    ...(repair && { repairCredentials: () => repair(quoted('true', text.quote)) }),
    ...(setAge && { setMaxAge: (seconds) => setAge(quoted(String(seconds), text.quote)) }),
    ...(target !== undefined && { addVaryOrigin: () => addVary(target, group) }),
  };
}

/** Several writes change together where each is one value. */
function canAllowOnly(allowOrigin: readonly HeaderWrite[]): boolean {
  const [first, ...others] = allowOrigin;
  if (first === undefined || (others.length > 0 && !allowOrigin.every(({ form }) => form === 'entry'))) return false;
  return allowOrigin.every(({ value, form }) => value !== undefined && form !== 'line');
}

/** Replaces the value of the one write that there is. */
function replaceOnly([only, ...others]: readonly HeaderWrite[]): ((newText: string) => Edit[]) | undefined {
  if (only?.value === undefined || only.form === 'line' || others.length > 0) return undefined;
  const { range } = only.value;
  return (newText) => [{ range, newText }];
}

/** Edits of a check on the origin: one loose test becomes an exact comparison of the same subject. */
export function testEdits(
  program: Program,
  evaluator: Evaluator,
  text: ProgramText,
  { edits: { notation, patternMethods } }: HandlerLanguage,
): EntryEdits {
  return {
    replaceTest: (test, origins, placeholder): Edit[] => {
      const subject =
        test.range && test.part === 'origin' ? subjectOf(test.range, program, evaluator, patternMethods) : undefined;
      if (subject === undefined || test.range === undefined) return [];
      const list = notation.list(origins.map((origin) => quoted(origin, text.quote)));
      const rest = notation.leftOver?.(program.text, test.range) ?? [];
      return [
        { range: test.range, newText: exactTest(list, subject, test.range, program.text, notation), placeholder },
        ...rest,
      ];
    },
  };
}

/** The exact comparison in place of the text at the range; of several parts it stands in parentheses, if not there already. */
function exactTest(
  list: string,
  subject: string,
  { start, end }: SourceRange,
  text: SourceText,
  notation: ProgramNotation,
): string {
  const whereThere = notation.containsWhereThere?.(list, subject, text.slice(start, end));
  if (whereThere === undefined) return notation.contains(list, subject);
  const isInParentheses = text.slice(Math.max(0, start - 1), start) === '(' && text.slice(end, end + 1) === ')';
  return isInParentheses ? whereThere : `(${whereThere})`;
}

/** What the call at the range tests: `origin` of `origin.endsWith('x')` and of `/x/.test(origin)`. */
function subjectOf(
  range: SourceRange,
  program: Program,
  evaluator: Evaluator,
  patternMethods: RegExp,
): string | undefined {
  if (range.path !== undefined && range.path !== program.path) return undefined;
  let node: Node | undefined = program.expressionAt(range.start);
  while (node && !(node.range.start === range.start && node.range.end === range.end)) node = node.parent;
  return node?.kind === 'call' ? testedIn(node, evaluator, patternMethods)?.text : undefined;
}

function testedIn(call: Call, evaluator: Evaluator, patternMethods: RegExp): Expression | undefined {
  const { callee } = call;
  if (callee.kind !== 'member') return undefined;
  const [first] = call.arguments;
  // A function of a library, `re.match(pattern, origin)`, is given both.
  const tested = evaluator.calleeOf(call)
    ? call.arguments.find(({ value }) => evaluator.isRequestOrigin(value))?.value
    : patternMethods.test(callee.property)
      ? first?.value
      : callee.object;
  return tested?.kind === 'identifier' || tested?.kind === 'member' || tested?.kind === 'call' ? tested : undefined;
}
