/** Middleware of the same app that Starlette runs before `CORSMiddleware`, and that answers by itself. */
import type {
  Call,
  ClassExpression,
  Expression,
  FunctionExpression,
  Identifier,
  Program,
} from '../../../syntax/programs/program.ts';
import type { Fact } from '../../../policy/policy.ts';
import type { Evaluator } from '../../../values/evaluator.ts';

/**
 * The middleware that is added last runs first. One that is added after this call and returns a response of its own
 * leaves that response without CORS headers, and a preflight unanswered.
 */
export function orderFacts(call: Call, program: Program, evaluator: Evaluator): Fact[] {
  if (
    call.callee.kind !== 'member' ||
    call.callee.property !== 'add_middleware' ||
    call.callee.object.kind !== 'identifier'
  )
    return [];
  const app = program.resolve(call.callee.object);
  if (app === undefined || app.assignments.length > 0) return [];
  const around = evaluator.enclosingFunction(call);
  for (const reference of program.references(app)) {
    if (reference.range.start < call.range.end) continue;
    const later = laterMiddleware(reference, program, evaluator);
    if (
      later === undefined ||
      !isSameFunction(evaluator.enclosingFunction(later.at), around) ||
      evaluator.guard(later.at).kind !== 'always'
    )
      continue;
    const answers = later.handlers.some(
      (handler) =>
        // One that writes the headers itself lets nobody wait for them.
        !/access-control-allow-origin/i.test(handler.text) &&
        evaluator
          .outcomes(handler, ['request', 'other'])
          .some(
            ({ kind, node }) =>
              kind === 'return' &&
              node?.kind === 'call' &&
              !/access-control-/i.test(node.text) &&
              /(^|\.)\w*Response$/.test(node.callee.text),
          ),
    );
    if (answers)
      return [
        {
          kind: 'middleware-order',
          range: call.range,
          earlier: later.at.range,
          what: later.what,
          order: 'last-runs-first',
        },
      ];
  }
  return [];
}

interface Later {
  readonly at: Expression;
  readonly what: string;
  readonly handlers: readonly FunctionExpression[];
}

/** `@app.middleware("http")` on a function, or `app.add_middleware(Class)` with a class of this file. */
function laterMiddleware(reference: Identifier, program: Program, evaluator: Evaluator): Later | undefined {
  const member = reference.parent;
  const call = member?.kind === 'member' ? member.parent : undefined;
  if (member?.kind !== 'member' || call?.kind !== 'call' || call.callee.range.end !== member.range.end)
    return undefined;
  if (member.property === 'middleware') {
    const handler = decoratedBy(call, program);
    return handler && { at: call, what: `The middleware ${handler.name ?? 'function'}`, handlers: [handler] };
  }
  const [first] = call.arguments;
  if (member.property !== 'add_middleware' || first?.value.kind !== 'identifier') return undefined;
  const value = program.resolve(first.value)?.value;
  return value?.kind === 'class'
    ? { at: call, what: first.value.name, handlers: dispatchOf(value, evaluator) }
    : undefined;
}

/** The function below the decorator. */
function decoratedBy(call: Call, program: Program): FunctionExpression | undefined {
  const definition = /^(?:\s|@.*)*(?=(?:async\s+)?def\b)/.exec(
    program.text.slice(call.range.end, call.range.end + 2000),
  );
  const found = definition && program.expressionAt(call.range.end + definition[0].length);
  return found?.kind === 'function' && found.decorators.some((decorator) => decorator.range.start === call.range.start)
    ? found
    : undefined;
}

/** `BaseHTTPMiddleware` calls its `dispatch(self, request, call_next)`. */
function dispatchOf(of: ClassExpression, evaluator: Evaluator): FunctionExpression[] {
  const dispatch = of.members.find(({ name }) => name === 'dispatch')?.value;
  const value = dispatch && evaluator.evaluate(dispatch);
  return value?.kind === 'function' ? [value.function] : [];
}

function isSameFunction(a: FunctionExpression | undefined, b: FunctionExpression | undefined): boolean {
  return a?.range.start === b?.range.start && a?.range.end === b?.range.end;
}
