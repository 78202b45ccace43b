/** Whether a program reaches an expression on a developer's machine only, as its conditions are named. */
import type { Expression, Node } from '../../syntax/programs/program.ts';
import { phaseOf } from '../../values/phase-words.ts';

const negation = /!|\bnot\b/;

/** True below `if DEBUG`, `if settings.env != "production"`, and in the other branch of their contraries. */
export function isForDevelopment(expression: Expression): boolean {
  let child: Node = expression;
  for (let node: Node | undefined = expression.parent; node !== undefined; node = node.parent) {
    if ((node.kind === 'if' || node.kind === 'conditional') && child.range.start >= node.consequent.range.start) {
      const isConsequent = child.range.end <= node.consequent.range.end;
      if (holdsInDevelopment(node.test.text) === isConsequent) return true;
    }
    child = node;
  }
  return false;
}

/** Undefined where the text names neither, or more than one thing. */
function holdsInDevelopment(test: string): boolean | undefined {
  if (/&&|\|\||\b(?:and|or)\b/.test(test)) return undefined;
  const phase = phaseOf(test);
  return phase === undefined ? undefined : (phase === 'development') !== negation.test(test);
}
