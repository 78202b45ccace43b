/** Tests whose result is compared with a constant: `strpos($origin, 'x') === 0`, `preg_match($pattern, $origin) === 1`. */
import type { SourceRange } from '../../syntax/range.ts';
import type { Binary, Call, Expression } from '../../syntax/programs/program.ts';

/** The test with the comparison that it stands in; undefined where that asks for something else than whether it holds. */
export function comparedTest(call: Call): SourceRange | undefined {
  const { parent } = call;
  if (parent?.kind !== 'binary' || !/^([<>]=?|[!=]=)$/.test(parent.operator)) return call.range;
  const isLeft = parent.left.range.start === call.range.start;
  return isLeft && asksWhether(parent, parent.right)
    ? parent.range
    : !isLeft && asksWhether(parent, parent.left)
      ? parent.range
      : undefined;
}

/** `=== 0` and `=== 1`, `!== false`, `> 0`, `> -1`. */
function asksWhether({ operator }: Binary, other: Expression): boolean {
  if (other.kind === 'boolean') return operator === (other.value ? '==' : '!=');
  if (other.kind === 'number') return operator === '==' || (operator === '>' && other.value === 0);
  return operator === '>' && other.kind === 'unary' && other.text === '-1';
}
