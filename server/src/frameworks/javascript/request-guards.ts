/** Middlewares that turn away who has not signed in: a preflight never has. */
import type { SourceRange } from '../../syntax/range.ts';
import type { Call, Expression, FunctionExpression, Program } from '../../syntax/programs/program.ts';
import type { Fact } from '../../policy/policy.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import { refusalIn } from '../../models/handlers/refused-preflights.ts';
import { preflightSigns, statuses } from './answer-signs.ts';

/** Names of middlewares that let in who has signed in, in lower case. */
const authenticationNames = new Set([
  'auth',
  'authenticate',
  'authentication',
  'authorize',
  'requireauth',
  'isauthenticated',
  'ensureauthenticated',
  'ensureloggedin',
  'verifytoken',
  'verifyjwt',
  'checkjwt',
  'checkauth',
  'jwt',
  'jwk',
  'koajwt',
  'bearerauth',
  'apikeyauth',
  'passport',
  'basicauth',
  'authmiddleware',
  'requireuser',
  'requirelogin',
]);

/** Passes preflights on that ask for `Authorization`: https://github.com/auth0/express-jwt. */
const letsPreflightsPass = new Set(['express-jwt']);
const signs = { answers: { route: () => undefined, statuses }, preflights: preflightSigns };

/** The CORS middleware that is made here comes behind a guard, where one of the calls that register what runs first has one. */
export function guardedBefore(
  earlier: Iterable<Call>,
  made: SourceRange,
  needs: string,
  program: Program,
  evaluator: Evaluator,
): Fact[] {
  for (const call of earlier) {
    const guard = guardAmong(call, program, evaluator);
    if (guard !== undefined)
      return [
        {
          kind: 'unhandled-preflight',
          range: made,
          needs,
          why: 'authentication runs first and refuses the preflight, which never carries credentials',
          related: guard.range,
        },
      ];
  }
  return [];
}

/** The argument of the registering call that is such a middleware: by its name, or by what its own function does. */
function guardAmong(call: Call, program: Program, evaluator: Evaluator): Expression | undefined {
  return call.arguments
    .map(({ value }) => value)
    .find((value) => isNamedGuard(value, evaluator) || refuses(value, program, evaluator));
}

function isNamedGuard(value: Expression, evaluator: Evaluator): boolean {
  if (
    !authenticationNames.has(lastName(value).toLowerCase()) ||
    /initialize|session|passthrough|optional|credentialsRequired|\.unless\(/.test(value.text)
  )
    return false;
  const made = value.kind === 'call' ? evaluator.calleeOf(value) : undefined;
  return made === undefined || !letsPreflightsPass.has(made.module);
}

function refuses(value: Expression, program: Program, evaluator: Evaluator): boolean {
  const fn = functionOf(value, program);
  return fn !== undefined && refusalIn(fn, { program, evaluator, language: signs }) !== undefined;
}

function functionOf(value: Expression, program: Program): FunctionExpression | undefined {
  if (value.kind === 'function') return value;
  const bound = value.kind === 'identifier' ? program.resolve(value)?.value : undefined;
  return bound?.kind === 'function' ? bound : undefined;
}

function lastName(value: Expression): string {
  if (value.kind === 'identifier') return value.name;
  if (value.kind === 'member')
    return value.object.kind === 'identifier' && value.object.name === 'passport' ? 'passport' : value.property;
  return value.kind === 'call' ? lastName(value.callee) : '';
}
