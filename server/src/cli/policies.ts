/** `policy <file>`: the effective policies. */
import { describePolicy } from '../service/describe-policy.ts';
import { withoutMarks } from '../service/markdown.ts';
import { positionsOf } from '../service/positions.ts';
import { printed } from './printed.ts';
import type { FileReport } from './report.ts';

export function describePolicies(files: readonly FileReport[], asJson: boolean): string {
  const policies = files.flatMap(({ path, text, result }) => {
    const position = positionsOf(text);
    return result.policies.map((policy) => ({
      path,
      line: position(policy.range.start).line,
      framework: policy.framework,
      ...describePolicy(policy, text),
    }));
  });
  if (asJson) return `${JSON.stringify({ version: 1, policies }, null, 2)}\n`;
  if (policies.length === 0) return 'No CORS policy was found.\n';
  return `${policies
    .map(({ path, line, title, scope, rows }) => {
      const width = Math.max(...rows.map(({ name }) => name.length));
      return [
        `${printed(path)}:${line} ${printed(title)}, ${printed(scope)}`,
        ...rows.map(
          ({ name, value, byDefault }) =>
            `  ${name.padEnd(width)}  ${printed(withoutMarks(value))}${byDefault ? '  (default)' : ''}`,
        ),
      ].join('\n');
    })
    .join('\n\n')}\n`;
}
