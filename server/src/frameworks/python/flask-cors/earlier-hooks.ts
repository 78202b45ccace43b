/**
 * Hooks of the application that add the header which Flask-CORS sends. Flask runs `after_request` hooks from the last one back to the
 * first: what stands before `CORS(app)` runs when the extension has written its header, and what stands behind it runs first, so that the
 * extension finds the header and leaves the answer alone. As observed of Flask-CORS 6.0.2 on Flask 3.1.3.
 */
import type { Call, Expression, FunctionExpression } from '../../../syntax/programs/program.ts';
import type { Fact, Policy } from '../../../policy/policy.ts';
import { wholeLine } from '../../../models/handlers/written-statements.ts';
import { methodCalls } from '../../../models/libraries/imported-calls.ts';
import type { FoundOptions, UseContext } from '../../../models/libraries/define-cors-library.ts';
import { appOf } from './uses.ts';

const header = 'access-control-allow-origin';

/** The policy of the extension, with one fact for each such hook of the same application. */
export function withEarlierHooks(policy: Policy, { call }: FoundOptions, where: UseContext): Policy {
  const app = call && appOf(call);
  if (app?.kind !== 'identifier' || policy.settings.origins.value.length === 0) return policy;
  const facts = methodCalls(where.program, 'add')
    .filter((added) => addsHeader(added, where) && isInEarlierHook(added, call!, app.name, where))
    .map((added) => sentTwice(added, call!, policy.title, where));
  return facts.length === 0 ? policy : { ...policy, facts: [...policy.facts, ...facts] };
}

/** `response.headers.add('Access-Control-Allow-Origin', …)`, whatever the request. */
function addsHeader({ callee, arguments: [name] }: Call, { context: { evaluator } }: UseContext): boolean {
  const isOfHeaders =
    callee.kind === 'member' && callee.object.kind === 'member' && callee.object.property === 'headers';
  const value = isOfHeaders && name ? evaluator.evaluate(name.value) : undefined;
  return value?.kind === 'text' && value.text.toLowerCase() === header && evaluator.guard(callee).kind === 'always';
}

function isInEarlierHook(added: Call, extension: Call, app: string, { context: { evaluator } }: UseContext): boolean {
  const hook = evaluator.enclosingFunction(added);
  const decorator = hook && decoratorOf(hook, app);
  if (decorator === undefined || decorator.range.start > extension.range.start) return false;
  const [around, outer] = [decorator, extension].map((one) => evaluator.enclosingFunction(one)?.range.start);
  return around === outer || around === hook!.range.start;
}

/** `@app.after_request`. */
function decoratorOf({ decorators }: FunctionExpression, app: string): Expression | undefined {
  return decorators.find(
    (one) =>
      one.kind === 'member' &&
      one.property === 'after_request' &&
      one.object.kind === 'identifier' &&
      one.object.name === app,
  );
}

function sentTwice(added: Call, extension: Call, title: string, { program }: UseContext): Fact {
  const statement = added.parent?.kind === 'expression-statement' ? added.parent : undefined;
  return {
    kind: 'duplicate-header',
    header: 'Access-Control-Allow-Origin',
    range: added.range,
    other: extension.range,
    why: `Flask runs such hooks from the last one back to the first, so that this adds a line to that of ${title}`,
    fix: () => (statement ? [{ range: wholeLine(program.text, statement.range), newText: '' }] : []),
  };
}
