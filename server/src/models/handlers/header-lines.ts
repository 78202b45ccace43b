/** Headers that are written as one text, name and value: `header('Access-Control-Allow-Origin: ' . $origin)`. */
import type { Call, Expression, Program } from '../../syntax/programs/program.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import type { Value } from '../../values/value.ts';
import type { SourceRange } from '../../syntax/range.ts';
import { calledName, isCalled } from './called-names.ts';
import type { HeaderWrite } from './header-write.ts';
import type { WaysOfWriting, WritingCall } from './ways-of-writing.ts';
import { operationOf } from './ways-of-writing.ts';

const line = /^\s*(access-control-[a-z-]*|vary)\s*(?::\s*|$)/i;

/** Every call that writes a whole line of a CORS header, or takes one away by its name alone. */
export function headerLines(program: Program, evaluator: Evaluator, ways: WaysOfWriting): HeaderWrite[] {
  return [...ways.functions, ...ways.methods].flatMap((way) =>
    way.line ? callsOf(way, program).flatMap((call) => lineWrite(call, way, evaluator) ?? []) : [],
  );
}

function callsOf(way: WritingCall, program: Program): Call[] {
  const found: Call[] = [];
  for (const { 0: name, index } of program.text.matchAll(/(?<![\w$])\w+(?=\s*\()/g)) {
    if (!way.name.test(name)) continue;
    const callee = program.expressionAt(index);
    const call = callee?.parent;
    if (call?.kind === 'call' && call.callee.range.start === callee!.range.start && isCalled(way, call))
      found.push(call);
  }
  return found;
}

function lineWrite(call: Call, way: WritingCall, evaluator: Evaluator): HeaderWrite | undefined {
  const { keyword, position = 0 } = way;
  const named = keyword === undefined ? undefined : call.arguments.find(({ name }) => name === keyword);
  const written = (named ?? call.arguments[position])?.value;
  const match = written && nameIn(evaluator.evaluate(written));
  const isRemoval = way.operation === 'remove';
  // A name alone is an argument of its own, with the value behind it.
  if (!match || !(isRemoval || match[0].includes(':'))) return undefined;
  const { receiver, name: via } = calledName(call);
  return {
    name: match[1]!,
    nameRange: nameRangeIn(written, match),
    form: 'line',
    operation: operationOf(way, call),
    value: isRemoval ? undefined : written,
    ...(!isRemoval && { before: match[0] }),
    node: call,
    range: call.range,
    ...(receiver && { receiver }),
    via,
    isMade: false,
    direction: way.direction ?? 'response',
  };
}

/** The header that the line begins with; of several lines, the one of all of them. */
function nameIn(value: Value): RegExpExecArray | undefined {
  if (value.kind !== 'one-of') return line.exec(leadingText(value)) ?? undefined;
  const [first, ...others] = value.choices.map((choice) => nameIn(choice.value));
  return others.every((other) => other?.[0] === first?.[0]) ? first : undefined;
}

function leadingText(value: Value): string {
  if (value.kind === 'text') return value.text;
  const first = value.kind === 'concatenation' ? value.parts[0] : undefined;
  return first?.kind === 'text' ? first.text : '';
}

/** The name inside of the literal where it is written in one, else the whole text. */
function nameRangeIn(written: Expression, [, name]: RegExpExecArray): SourceRange {
  const at = written.text.indexOf(name!);
  if (at === -1) return written.range;
  const start = written.range.start + at;
  return { start, end: start + name!.length };
}
