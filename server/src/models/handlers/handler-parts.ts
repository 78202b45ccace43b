/** What the routes of typed languages are told by: where a handler stands, the types of its parameters, and what it is registered with. */
import type {
  Call,
  ClassExpression,
  Expression,
  FunctionExpression,
  Node,
  Parameter,
} from '../../syntax/programs/program.ts';
import type { Evaluator } from '../../values/evaluator.ts';

/** The class that the function is a method of. */
export function classOf(handler: FunctionExpression): ClassExpression | undefined {
  let node: Node | undefined = handler.parent;
  while (node?.kind === 'block' || node?.kind === 'declaration') node = node.parent;
  return node?.kind === 'class' ? node : undefined;
}

/** The innermost class in which it stands, in whatever method. */
export function classAround({ parent }: Node): ClassExpression | undefined {
  let node: Node | undefined = parent;
  while (node !== undefined && node.kind !== 'class') node = node.parent;
  return node;
}

/** The methods that are written in the class. */
export function methodsOf({ members }: ClassExpression): FunctionExpression[] {
  return members.flatMap(({ value }) => (value?.kind === 'function' ? [value] : []));
}

/** The first parameter whose declared type this finds. */
export function parameterOfType(handler: FunctionExpression | undefined, type: RegExp): Parameter | undefined {
  return handler?.parameters.find((parameter) => parameter.type !== undefined && type.test(parameter.type.text));
}

/** The call that the expression is an argument of. */
export function callAround({ parent, range }: Expression): Call | undefined {
  if (parent?.kind !== 'call') return undefined;
  return parent.arguments.some(({ value }) => value.range.start === range.start) ? parent : undefined;
}

/** One text, or those of a list; undefined for what is neither. */
export function textsOf(expression: Expression | undefined, evaluator: Evaluator): string[] | undefined {
  const value = expression && evaluator.evaluate(expression);
  if (value?.kind === 'text') return [value.text];
  return value?.kind === 'list' ? value.items.flatMap((item) => (item.kind === 'text' ? [item.text] : [])) : undefined;
}
