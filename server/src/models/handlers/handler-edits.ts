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
import { comparedTest } from './compared-tests.ts';
import { removeWrite, written } from './written-statements.ts';

/** The edits that this group of writes allows; members whose edit would not be exact are absent. */
export function handlerEdits(group: EditedGroup): PolicyEdits {
  const { writes, allowOrigin, program, text, language } = group;
  const named = (name: string) => writes.filter((write) => nameOf(write) === name && write.operation !== 'remove');
  const credentials = named('access-control-allow-credentials');
  const [target] = allowOrigin;
  const repair = replaceOnly(credentials, text.quote);
  const setAge = replaceOnly(named('access-control-max-age'), text.quote);
  return {
    ...(canAllowOnly(allowOrigin, language) && {
      allowOnly: (origins, placeholder) =>
        allowOrigin.flatMap((write) => allowOnly(write, write.value!, origins, placeholder, group)),
    }),
    ...(credentials.length > 0 && {
      dropCredentials: () => credentials.flatMap((write) => removeWrite(write, program)),
    }),
    ...(repair && { repairCredentials: () => repair('true') }),
    ...(setAge && { setMaxAge: (seconds) => setAge(String(seconds)) }),
    ...(target !== undefined && { addVaryOrigin: () => addVary(target, group) }),
  };
}

/** Several writes change together where each is one value. */
function canAllowOnly(allowOrigin: readonly HeaderWrite[], { edits: { notation } }: HandlerLanguage): boolean {
  const [first, ...others] = allowOrigin;
  if (first === undefined || (others.length > 0 && !allowOrigin.every(({ form }) => form === 'entry'))) return false;
  return allowOrigin.every(({ value, form }) => value !== undefined && (form !== 'line' || notation.joined));
}

/** Replaces the value of the one write that there is. */
function replaceOnly(
  [only, ...others]: readonly HeaderWrite[],
  quote: string,
): ((value: string) => Edit[]) | undefined {
  if (only?.value === undefined || others.length > 0) return undefined;
  const { range } = only.value;
  return (value) => [{ range, newText: written(only, value, quote) }];
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
      const call = test.range && test.part === 'origin' ? callAt(test.range, program) : undefined;
      // What one of several texts means says nothing of the others, which the new test would drop.
      if (call && testsSeveral(call, evaluator)) return [];
      const subject = call && testedIn(call, evaluator, patternMethods)?.text;
      const compared = call && comparedTest(call);
      if (subject === undefined || compared === undefined) return [];
      const list = notation.list(origins.map((origin) => quoted(origin, text.quote)));
      const rest = notation.leftOver?.(program.text, compared) ?? [];
      return [
        { range: compared, newText: exactTest(list, subject, compared, program.text, notation), placeholder },
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

/** The call at the range. */
function callAt(range: SourceRange, program: Program): Call | undefined {
  if (range.path !== undefined && range.path !== program.path) return undefined;
  let node: Node | undefined = program.expressionAt(range.start);
  while (node && !(node.range.start === range.start && node.range.end === range.end)) node = node.parent;
  return node?.kind === 'call' ? node : undefined;
}

/** `origin.end_with?('.a', '.b')`, `origin.endswith(ends)` of a list. */
function testsSeveral({ arguments: given }: Call, evaluator: Evaluator): boolean {
  const values = given.map(({ value }) => evaluator.evaluate(value));
  return (
    given.some(({ spread }) => spread) ||
    values.some(({ kind }) => kind === 'list') ||
    values.filter(({ kind }) => kind === 'text').length > 1
  );
}

/** What it tests: `origin` of `origin.endsWith('x')`, of `/x/.test(origin)` and of `strpos($origin, 'x')`. */
function testedIn(call: Call, evaluator: Evaluator, patternMethods: RegExp): Expression | undefined {
  const { callee } = call;
  if (callee.kind !== 'member' && callee.kind !== 'identifier') return undefined;
  const [first] = call.arguments;
  // A function, `re.match(pattern, origin)`, is given both.
  const tested =
    callee.kind === 'identifier' || evaluator.calleeOf(call)
      ? call.arguments.find(({ value }) => evaluator.isRequestOrigin(value))?.value
      : patternMethods.test(callee.property)
        ? first?.value
        : callee.object;
  return tested && /^(identifier|member|index|call)$/.test(tested.kind) ? tested : undefined;
}
