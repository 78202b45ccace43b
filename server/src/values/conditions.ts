/** The condition under which an expression is truthy: what it asks of the origin, and the circumstances that it names. */
import type { Binary, Expression } from '../syntax/programs/program.ts';
import type { RequestTest } from '../policy/request-test.ts';
import { all, not, some, unknown } from '../policy/request-test.ts';
import { isChain, mayLookAtOrigin } from './influence.ts';
import { choose, holdsUnknown, truth } from './inner-value.ts';
import type { Inner } from './inner-value.ts';
import { phaseOf } from './phase-words.ts';
import type { Place, Session } from './session.ts';

/** What the text does not decide is a circumstance where it cannot look at the origin, else unknown. */
export function conditionOf(expression: Expression, session: Session, place: Place): RequestTest {
  const test = truth(session.value(expression, place), place.program.language);
  if (!holdsUnknown(test)) return test;
  switch (expression.kind) {
    case 'binary':
      if (expression.operator === '&&')
        return all([session.test(expression.left, place), session.test(expression.right, place)]);
      if (expression.operator === '||')
        return some([session.test(expression.left, place), session.test(expression.right, place)]);
      return mayLookAtOrigin(expression, session, place) ? test : comparison(expression, session, place);
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
  const isFree = (value.kind === 'path' && isChain(expression)) || !mayLookAtOrigin(expression, session, place);
  return isFree ? circumstance(subjectOf(expression, value)) : test;
}

/** The circumstance that an environment variable is set. */
export function isSet(variable: string): RequestTest {
  return circumstance(`environment variable ${variable}`);
}

/** What is asked of a variable with a fallback: unknown where it is set, else what the fallback says. */
export function ofFallback(
  value: Inner & { kind: 'environment' },
  ask: (fallback: Inner) => RequestTest,
  whenSet: RequestTest = unknown(),
): RequestTest {
  return value.fallback === undefined ? whenSet : choose(isSet(value.name), whenSet, ask(value.fallback));
}

/** A circumstance by the words that it is written in. */
export function circumstance(subject: string, value?: string): RequestTest {
  const name = subject
    .replaceAll(/\s+/g, ' ')
    .replace(/^await /, '')
    .trim();
  const phase = phaseOf(value === undefined ? name : `${name} ${value}`);
  return { kind: 'circumstance', subject: name, ...(value !== undefined && { value }), ...(phase && { phase }) };
}

/** What the value is where it is compared with a constant; undefined for anything else. */
export function constantText(value: Inner): string | undefined {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'number':
    case 'boolean':
      return String(value.value);
    case 'nothing':
      return 'null';
    default:
      return undefined;
  }
}

function comparison({ operator, left, right, text }: Binary, session: Session, place: Place): RequestTest {
  if (operator !== '==' && operator !== '!=') return circumstance(text);
  const [first, second] = [session.value(left, place), session.value(right, place)];
  const [firstText, secondText] = [constantText(first), constantText(second)];
  const met =
    secondText !== undefined
      ? circumstance(subjectOf(left, first), secondText)
      : firstText !== undefined
        ? circumstance(subjectOf(right, second), firstText)
        : circumstance(`${left.text} == ${right.text}`);
  return operator === '==' ? met : not(met);
}

/** A variable of the environment is the same under every name that the program has for it. */
function subjectOf({ text }: Expression, value: Inner): string {
  return value.kind === 'environment' ? `environment variable ${value.name}` : text;
}

function isTest({ kind }: Expression): boolean {
  return kind === 'binary' || kind === 'unary' || kind === 'conditional';
}
