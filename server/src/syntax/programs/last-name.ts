/** The name that stands last in a dotted one. */
import type { Expression } from './program.ts';

/** `send` of `send` and of `response.send`; empty for what has no name. */
export function lastName(expression: Expression): string {
  if (expression.kind === 'member') return expression.property;
  return expression.kind === 'identifier' ? expression.name : '';
}
