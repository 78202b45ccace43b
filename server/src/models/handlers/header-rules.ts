/** From writes to what is sent: the header rules of a handler, those of `Vary` included that a call of its own adds. */
import type { Call, FunctionExpression, Program } from '../../syntax/programs/program.ts';
import type { HeaderRule } from '../../policy/policy.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import { all, always, not, originPresent } from '../../policy/request-test.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import type { Value } from '../../values/value.ts';
import { isCalled } from './called-names.ts';
import type { ChosenValue, ReachedWrite } from './reached-writes.ts';
import { assumeReached, choicesOf, headerText } from './reached-writes.ts';
import type { WriteForm } from './header-write.ts';
import type { CalledName, WaysOfWriting } from './ways-of-writing.ts';

/** The rules of one write, in the order in which the server applies them. */
export function rulesOf({ write, name, when, value }: ReachedWrite, ways: WaysOfWriting): HeaderRule[] {
  const rule = { name, operation: write.operation, range: write.range };
  if (write.operation === 'remove') return [{ ...rule, value: { kind: 'unknown' }, when }];
  return sentChoices(value).flatMap((choice) =>
    sent({ ...rule, when: all([when, choice.when]) }, choice.value, write.form, ways),
  );
}

function sent(
  rule: Omit<HeaderRule, 'value'>,
  written: Value,
  form: WriteForm,
  { sendsNothing }: WaysOfWriting,
): HeaderRule[] {
  const value = onlyMember(written);
  const known = headerText(value);
  if (known !== undefined) return [{ ...rule, value: { kind: 'text', text: known } }];
  const undecided: HeaderRule = { ...rule, value: { kind: 'unknown' } };
  const ofNothing: HeaderRule | undefined =
    sendsNothing === 'empty'
      ? form === 'line'
        ? { ...rule, value: { kind: 'text', text: '' } }
        : undefined
      : sendsNothing
        ? undecided
        : undefined;
  // What stood under the name before is gone.
  const replaced: HeaderRule[] = form === 'assignment' ? [{ ...undecided, operation: 'remove' }] : [];
  if (value.kind === 'nothing') return ofNothing ? [ofNothing] : replaced;
  if (value.kind === 'request' && value.input === 'origin') {
    const absent = all([rule.when, not(originPresent)]);
    return [
      { ...rule, when: all([rule.when, originPresent]), value: { kind: 'request-origin' } },
      ...(ofNothing && absent.kind !== 'never' ? [{ ...ofNothing, when: absent }] : []),
    ];
  }
  if (value.kind === 'request' && value.input === 'header' && value.name)
    return [{ ...rule, value: { kind: 'request-header', name: value.name } }];
  if (value.kind === 'list' && !value.open && value.items.every((item) => item.kind === 'text'))
    return value.items.map((item, index) => ({
      ...rule,
      operation: index === 0 ? rule.operation : 'append',
      value: { kind: 'text', text: item.text },
    }));
  return [undecided];
}

/** One header line: API Gateway's `multiValueHeaders` and Node take a list of one. */
function onlyMember(value: Value): Value {
  return value.kind === 'list' && !value.open && value.items.length === 1 ? value.items[0]! : value;
}

/** `req.headers['access-control-request-headers'] || 'Content-Type'`: the fallback, and over it the request's header where there is one. */
function sentChoices(value: Value): ChosenValue[] {
  const [asked, fallback, ...more] = value.kind === 'one-of' ? value.choices : [];
  const isHeader = asked?.value.kind === 'request' && asked.value.input === 'header';
  return isHeader && fallback && more.length === 0
    ? [fallback.value, asked.value].map((choice) => ({ when: always, value: choice }))
    : choicesOf(value);
}

/** `res.vary('Origin')`, `vary(res, 'Origin')`. */
export function varyRules(
  handler: FunctionExpression,
  ways: readonly CalledName[],
  program: Program,
  evaluator: Evaluator,
  under: RequestTest,
): HeaderRule[] {
  return callsIn(handler, ways, program).flatMap((call): HeaderRule[] => {
    const names = call.arguments.map(({ value }) => namesIn(evaluator.evaluate(value))).findLast((name) => name !== '');
    if (names === undefined) return [];
    const when = all([under, assumeReached(evaluator.guard(call))]);
    return [{ name: 'vary', operation: 'merge', value: { kind: 'text', text: names }, when, range: call.range }];
  });
}

function callsIn({ range }: FunctionExpression, ways: readonly CalledName[], program: Program): Call[] {
  const found: Call[] = [];
  for (const { 0: name, index } of program.text.part(range.start, range.end).matchAll(/[\w$]+(?=\s*\()/g)) {
    if (!ways.some((way) => way.name.test(name))) continue;
    const callee = program.expressionAt(range.start + index);
    const call = callee?.parent?.kind === 'member' ? callee.parent.parent : callee?.parent;
    if (call?.kind === 'call' && ways.some((way) => isCalled(way, call))) found.push(call);
  }
  return found;
}

function namesIn(value: Value): string {
  if (value.kind === 'text') return value.text;
  return value.kind === 'list' ? value.items.map((item) => (item.kind === 'text' ? item.text : '')).join(', ') : '';
}
