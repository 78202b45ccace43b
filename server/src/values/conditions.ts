/** The condition under which an expression is truthy: what it asks of the origin, and the circumstances that it names. */
import type { Binary, Expression, Node } from '../syntax/programs/program.ts';
import type { RequestTest } from '../policy/request-test.ts';
import { fold } from '../policy/condition-walk.ts';
import { replaced } from '../policy/replaced-tests.ts';
import { all, always, not, some, undecided } from '../policy/request-test.ts';
import { asOptIn, circumstance, constantText, isOffUnset, isSet } from './circumstances.ts';
import { isChain, mayLookAtOrigin } from './influence.ts';
import { choose, comparedWithEmpty, holdsUnknown, truth } from './inner-value.ts';
import type { Inner } from './inner-value.ts';
import { languageOf } from './language-of.ts';
import { isNullish } from './origin-tests.ts';
import { isHeaders } from './request-inputs.ts';
import { functionAround, sameNode } from './session.ts';
import type { Place, Session } from './session.ts';

/** What the text does not decide is a circumstance where it cannot look at the origin, else unknown. */
export function conditionOf(expression: Expression, session: Session, place: Place): RequestTest {
  if (isPromise(expression, session, place)) return always;
  const test = truth(session.value(expression, place), languageOf(place.program).falsy);
  if (!holdsUnknown(test)) return test;
  switch (expression.kind) {
    case 'binary':
      if (expression.operator === '&&')
        return all([session.test(expression.left, place), session.test(expression.right, place)]);
      if (expression.operator === '||')
        return some([session.test(expression.left, place), session.test(expression.right, place)]);
      return mayLookAtOrigin(expression, session, place)
        ? named(test, expression, session, place)
        : comparison(expression, session, place);
    case 'unary':
      if (expression.operator === '!') return not(session.test(expression.operand, place));
      break;
    case 'conditional':
      return choose(
        session.test(expression.test, place),
        session.test(expression.consequent, place),
        session.test(expression.alternate, place),
      );
    case 'identifier': {
      // `const isProduction = process.env.NODE_ENV === 'production'`: the same circumstance under another name.
      const binding = place.program.resolve(expression);
      if (
        binding?.value !== undefined &&
        binding.assignments.length === 0 &&
        binding.path.length === 0 &&
        isTest(binding.value)
      )
        return session.test(binding.value, place);
    }
  }
  const value = session.value(expression, place);
  // Whether there are headers at all is not who asks.
  const areHeaders = value.kind === 'path' && (isChain(expression) || isHeaders(value, languageOf(place.program)));
  const isFree = areHeaders || isChosenByCaller(value) || !mayLookAtOrigin(expression, session, place);
  if (isFree) {
    const met = circumstance(subjectOf(expression, value), undefined, languageOf(place.program).phases);
    const open = value.kind === 'environment' && isOffUnset(value) ? asOptIn(met) : met;
    // Several parts that are not known are not one and the same: what asks for one of them and for the absence of another can be met.
    if (isOpenBothWays(test)) return open;
    // What is known of a variable's fallback stays known.
    return replaced(test, (single) => (single.kind === 'unknown' ? open : single));
  }
  return named(test, expression, session, place);
}

/** Whether what is not known is asked for in one part of the condition, and its absence in another. */
function isOpenBothWays(test: RequestTest): boolean {
  interface Open {
    readonly asked: boolean;
    readonly refused: boolean;
  }
  const { asked, refused } = fold<Open>(test, (part, parts) => {
    if (part.kind === 'not') return { asked: parts[0]!.refused, refused: parts[0]!.asked };
    return {
      asked: part.kind === 'unknown' || parts.some((one) => one.asked),
      refused: parts.some((one) => one.refused),
    };
  });
  return asked && refused;
}

/** What any page may write or leave out: a parameter of the address, the Referer. That it is there says nothing of who asks. */
function isChosenByCaller(value: Inner): boolean {
  return (
    value.kind === 'request' &&
    (value.input === 'other' || (value.input === 'header' && /^referr?er$/.test(value.name ?? '')))
  );
}

/**
 * An unknown condition under the name of its evaluation, where there is one in a request: in no loop, and in a function whose parameters
 * stand for nothing but the request. The name does not change when the text before the function does.
 */
function named(test: RequestTest, expression: Expression, session: Session, place: Place): RequestTest {
  if (test.kind !== 'unknown' || test.reason !== undefined || place.frames.length > 0) return test;
  const evaluated = onceBound(expression, place) ?? expression;
  const around = functionAround(evaluated);
  const asking = functionAround(expression);
  if (around === undefined || asking === undefined || !sameNode(around, asking)) return test;
  if (isInLoop(expression) || isInLoop(evaluated)) return test;
  const { start } = around.range;
  const file = place.program === session.root ? '' : place.program.path;
  return undecided(`${evaluated.text} at ${evaluated.range.start - start} of ${around.text.length} ${file}`.trim());
}

/** Where the name of a constant gets its value. */
function onceBound(expression: Expression, { program }: Place): Expression | undefined {
  const binding = expression.kind === 'identifier' ? program.resolve(expression) : undefined;
  return binding?.assignments.length === 0 && binding.path.length === 0 ? binding.value : undefined;
}

function isInLoop(node: Node): boolean {
  for (let parent = node.parent; parent !== undefined && parent.kind !== 'function'; parent = parent.parent)
    if (parent.kind === 'loop') return true;
  return false;
}

/** Whether it is there at all: a circumstance, where it is no part of the request. */
export function isGiven(expression: Expression, value: Inner, session: Session, place: Place): RequestTest {
  const given = not(isNullish(value));
  return holdsUnknown(given) && !mayLookAtOrigin(expression, session, place)
    ? circumstance(subjectOf(expression, value))
    : given;
}

function comparison({ operator, left, right, text }: Binary, session: Session, place: Place): RequestTest {
  const { phases, missingIsEmpty } = languageOf(place.program);
  if (operator !== '==' && operator !== '!=') return circumstance(text, undefined, phases);
  const [first, second] = [session.value(left, place), session.value(right, place)];
  const variable = missingIsEmpty ? comparedWithEmpty(first, second) : undefined;
  if (variable?.kind === 'environment') return operator === '==' ? not(isSet(variable.name)) : isSet(variable.name);
  const [firstText, secondText] = [constantText(first), constantText(second)];
  const met =
    secondText !== undefined
      ? circumstance(subjectOf(left, first), secondText, phases)
      : firstText !== undefined
        ? circumstance(subjectOf(right, second), firstText, phases)
        : circumstance(`${left.text} == ${right.text}`, undefined, phases);
  return operator === '==' ? met : not(met);
}

/** A variable of the environment is the same under every name that the program has for it. */
function subjectOf({ text }: Expression, value: Inner): string {
  return value.kind === 'environment' ? `environment variable ${value.name}` : text;
}

function isTest({ kind }: Expression): boolean {
  return kind === 'binary' || kind === 'unary' || kind === 'conditional';
}

/** What an async function gives back before anybody awaits it: an object, and so true whatever comes of it. */
function isPromise(expression: Expression, session: Session, place: Place): boolean {
  const { program } = place;
  if (expression.kind !== 'call' || expression.isNew || !languageOf(program).hasPromises) return false;
  const called = session.value(expression.callee, place);
  const { start } = expression.range;
  return (
    called.kind === 'function' &&
    called.function.async &&
    !/\bawait[\s(]*$/.test(program.text.slice(Math.max(0, start - 12), start))
  );
}
