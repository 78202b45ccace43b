/** Middleware of the same app that Starlette runs beside `CORSMiddleware`, and that answers by itself. */
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

/** What the other middleware of the app make of `CORSMiddleware`. */
export interface Surroundings {
  readonly facts: readonly Fact[];
  /** One of them looks at the origin and refuses by itself: who reads what is worth reading is its decision. */
  readonly guarded: boolean;
}

/**
 * The middleware that is added last runs first. One that is added after this call and returns a response of its own
 * leaves that response without CORS headers, and a preflight unanswered.
 */
export function surroundingsOf(call: Call, program: Program, evaluator: Evaluator): Surroundings {
  const others = answeringBeside(call, program, evaluator);
  const later = others.find(({ at }) => at.range.start >= call.range.end);
  if (others.some(looksAtOrigin)) return { facts: [], guarded: true };
  if (later === undefined) return { facts: [], guarded: false };
  const { at, what } = later;
  const fact: Fact = { kind: 'middleware-order', range: call.range, earlier: at.range, what, order: 'last-runs-first' };
  return { facts: [fact], guarded: false };
}

/** Middleware of the same app, added in the same function, that may answer by itself; in the order of the text. */
function answeringBeside(call: Call, program: Program, evaluator: Evaluator): Added[] {
  const { callee } = call;
  if (callee.kind !== 'member' || callee.property !== 'add_middleware' || callee.object.kind !== 'identifier')
    return [];
  const app = program.resolve(callee.object);
  if (app === undefined || app.assignments.length > 0) return [];
  const around = evaluator.enclosingFunction(call);
  return program.references(app).flatMap((reference) => {
    const added = addedMiddleware(reference, program, evaluator);
    const counts =
      added !== undefined &&
      isSameFunction(evaluator.enclosingFunction(added.at), around) &&
      evaluator.guard(added.at).kind === 'always' &&
      added.handlers.some((handler) => answersItself(handler, evaluator));
    return counts ? [added] : [];
  });
}

/** One that writes the headers itself lets nobody wait for them. */
function answersItself(handler: FunctionExpression, evaluator: Evaluator): boolean {
  if (/access-control-allow-origin/i.test(handler.text)) return false;
  return evaluator
    .outcomes(handler, ['request', 'other'])
    .some(
      ({ kind, node }) =>
        kind === 'return' &&
        node?.kind === 'call' &&
        !/access-control-/i.test(node.text) &&
        /(^|\.)\w*Response$/.test(node.callee.text),
    );
}

/** `request.headers.get("origin")`, `request.headers["Origin"]` */
function looksAtOrigin({ handlers }: Added): boolean {
  return handlers.some(({ text }) => /\bheaders\s*(\.\s*get\s*\(|\[)\s*["']origin["']/i.test(text));
}

interface Added {
  readonly at: Expression;
  readonly what: string;
  readonly handlers: readonly FunctionExpression[];
}

/** `@app.middleware("http")` on a function, or `app.add_middleware(Class)` with a class of this file. */
function addedMiddleware(reference: Identifier, program: Program, evaluator: Evaluator): Added | undefined {
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
