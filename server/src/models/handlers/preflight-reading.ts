/**
 * What a test comes to in a preflight. It carries no cookie, no `Authorization` and no header of the application's own: what is read
 * of these is missing, whoever sends the request afterwards.
 */
import type { Call, Expression } from '../../syntax/programs/program.ts';
import { decide } from '../../policy/decide.ts';
import { isOnPreflights } from '../../policy/preflight-headers.ts';
import type { CorsRequest } from '../../policy/request.ts';
import type { Ternary } from '../../policy/verdict.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import type { Value } from '../../values/value.ts';

/** As a browser asks before a request with a JSON body and a header of its own. */
export const preflightRequest: CorsRequest = {
  origin: 'https://page.example',
  method: 'OPTIONS',
  preflight: { method: 'POST', headers: ['authorization', 'content-type'] },
  cookie: false,
};

/** What gives the signed-in user or nothing. */
const signingIn = new RegExp(
  [
    '\\b(auth|getAuth|getServerSession|getSession|getUser|getCurrentUser|currentUser|requireUser|validateRequest',
    '(verify|decode|authenticate|authorize)\\w*)\\s*(<[^>]*>)?\\(',
  ].join('|'),
  'i',
);
const signedIn =
  /(^|\.)(user|session|userId|user_id|isAuthenticated|is_authenticated|currentUser|current_user)(\(\))?$/;
/** `session.get('user')`, `sess.Get("user")`. */
const sessionRead = /^(\w+\.)?sess(ion)?\.[Gg]et\w*\(/;
const checking = /(valid|verify|check|auth|allow|compare|equal|match)/i;
/** How long it is, or the same as a text. */
const measuring = /^(len|str|string|strlen)$/;
const deepest = 8;

/** Whether the test holds in a preflight, with the name of what it misses there; `unknown` where that decides nothing. */
export interface PreflightOutcome {
  readonly holds: Ternary;
  readonly missing?: string;
}

const open: PreflightOutcome = { holds: 'unknown' };

export function inPreflight(test: Expression, evaluator: Evaluator, depth = 0): PreflightOutcome {
  if (depth > deepest) return open;
  const known = decide(evaluator.test(test), preflightRequest);
  if (known !== 'unknown') return { holds: known };
  const inside = (part: Expression): PreflightOutcome => inPreflight(part, evaluator, depth + 1);
  switch (test.kind) {
    case 'binary':
      if (test.operator === '&&') return both(inside(test.left), inside(test.right));
      if (test.operator === '||') return either(inside(test.left), inside(test.right));
      return compared(test.left, test.operator, test.right, evaluator);
    case 'unary':
      return test.operator === '!' ? denied(inside(test.operand)) : open;
    default: {
      const missing = missingIn(test, evaluator);
      return missing === undefined ? open : { holds: false, missing };
    }
  }
}

function both(left: PreflightOutcome, right: PreflightOutcome): PreflightOutcome {
  if (left.holds === false || right.holds === false) return { holds: false };
  // What else is asked for, a path for example, holds for some requests.
  if (left.holds === true && left.missing !== undefined) return left;
  return right.holds === true ? right : left.holds === true && right.holds === 'unknown' ? open : left;
}

function either(left: PreflightOutcome, right: PreflightOutcome): PreflightOutcome {
  if (left.holds === true) return left;
  if (right.holds === true) return right;
  return left.holds === false && right.holds === false ? left : open;
}

function denied({ holds, missing }: PreflightOutcome): PreflightOutcome {
  return holds === 'unknown' ? open : { holds: !holds, ...(missing !== undefined && { missing }) };
}

/** `key !== process.env.KEY`: what is missing equals nothing that is set. */
function compared(left: Expression, operator: string, right: Expression, evaluator: Evaluator): PreflightOutcome {
  const isEqual = operator === '==';
  if (!isEqual && operator !== '!=') return open;
  const [first, second] = [missingIn(left, evaluator), missingIn(right, evaluator)];
  const missing = first ?? second;
  if (missing === undefined) return open;
  const other = evaluator.evaluate(first === undefined ? left : right);
  if (other.kind === 'number') return { holds: isEqual === (other.value === 0), missing };
  if (other.kind === 'boolean') return { holds: isEqual === !other.value, missing };
  return { holds: isNone(other) === isEqual, missing };
}

/** The name of the header or of the user that the expression is made of, where a preflight has none. */
export function missingIn(expression: Expression, evaluator: Evaluator, depth = 0): string | undefined {
  if (depth > deepest) return undefined;
  const header = missingHeader(evaluator.evaluate(expression));
  if (header !== undefined) return header;
  const inside = (part: Expression) => missingIn(part, evaluator, depth + 1);
  switch (expression.kind) {
    case 'identifier': {
      const { value } = evaluator.program.resolve(expression) ?? {};
      if (value === undefined || /^err(or)?$/i.test(expression.name)) return undefined;
      return value.kind === 'call' && signingIn.test(value.text.slice(0, 200)) ? 'a signed-in user' : inside(value);
    }
    case 'member':
      return signedIn.test(expression.text) ? 'a signed-in user' : inside(expression.object);
    case 'index':
    case 'slice':
      return inside(expression.object);
    case 'binary':
      return /^(\?\?|\|\||&&)$/.test(expression.operator) ? inside(expression.left) : undefined;
    case 'call':
      return missingInCall(expression, inside);
    default:
      return undefined;
  }
}

/** `auth.startsWith('Bearer ')`, `isValid(key)`. */
function missingInCall({ callee, arguments: given, text }: Call, inside: (part: Expression) => string | undefined) {
  const owner = callee.kind === 'member' ? inside(callee.object) : undefined;
  if (owner !== undefined) return owner;
  if (signedIn.test(text) || sessionRead.test(text)) return 'a signed-in user';
  if (measuring.test(callee.text)) return given.map(({ value }) => inside(value))[0];
  return checking.test(callee.text)
    ? given.map(({ value }) => inside(value)).find((one) => one !== undefined)
    : undefined;
}

function missingHeader(value: Value): string | undefined {
  switch (value.kind) {
    case 'request':
      if (value.input === 'header' && value.name !== undefined && !isOnPreflights(value.name)) return `"${value.name}"`;
      return undefined;
    case 'one-of': {
      const [first, ...others] = value.choices.map((choice) => choice.value);
      return first && others.every(isNone) ? missingHeader(first) : undefined;
    }
    default:
      return undefined;
  }
}

function isNone(value: Value): boolean {
  return value.kind === 'nothing' || (value.kind === 'text' && value.text === '');
}
