/** Values that an environment variable chooses, where everybody gets in when it is not set. */
import type { RequestTest } from '../../policy/request-test.ts';
import type { Value } from '../../values/value.ts';

/** `env ? env.split(',') : '*'`: the variable without which everybody gets in. */
export function variableThatOpens(
  { choices }: Value & { kind: 'one-of' },
  opens: (value: Value) => boolean,
): string | undefined {
  const set = choices.map(({ value }) => variableIn(value)).find((name) => name !== undefined);
  if (set === undefined || !choices.some(({ value }) => opens(value))) return undefined;
  return choices.some(({ when }) => asksFor(set, when)) ? set : undefined;
}

/** The variable that the value is, alone or as the only member of a list. */
function variableIn(value: Value): string | undefined {
  if (value.kind === 'list' && value.items.length === 1 && !value.open) return variableIn(value.items[0]!);
  return value.kind === 'environment' ? value.name : undefined;
}

/** Whether the value lets everybody in where `*` does, in a list too. */
export function isOpenValue(value: Value): boolean {
  return (
    (value.kind === 'text' && value.text.includes('*')) ||
    (value.kind === 'list' && value.items.some((item) => item.kind === 'text' && item.text === '*'))
  );
}

/** The condition names the variable: whether it is set, or whether it is a member of what is set. */
export function asksFor(variable: string, test: RequestTest): boolean {
  switch (test.kind) {
    case 'circumstance':
      return test.subject.split(/[^\w$]+/).includes(variable);
    case 'not':
      return asksFor(variable, test.test);
    case 'all':
    case 'some':
      return test.tests.some((part) => asksFor(variable, part));
    default:
      return false;
  }
}
