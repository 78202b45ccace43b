/** `policy <file>`: the effective policies. */
import { describePolicy } from '../service/describe-policy.ts';
import type { PolicyDescription } from '../service/describe-policy.ts';
import { withoutMarks } from '../service/markdown.ts';
import { positionsOf } from '../service/positions.ts';
import { printed } from './printed.ts';
import type { FileReport } from './report.ts';
import type { Style } from './style.ts';
import { visibleJson } from '../service/visible-text.ts';

export interface PolicyOptions {
  readonly asJson: boolean;
  readonly style: Style;
}

export function describePolicies(files: readonly FileReport[], { asJson, style }: PolicyOptions): string {
  const policies = files.flatMap(({ path, text, result }) => {
    const position = positionsOf(text);
    return result.policies.map((policy) => ({
      path,
      line: position(policy.range.start).line,
      framework: policy.framework,
      ...inPlainText(describePolicy(policy, text)),
    }));
  });
  if (asJson) return `${visibleJson({ version: 1, policies })}\n`;
  if (policies.length === 0) return 'No CORS policy was found.\n';
  return `${policies
    .map(({ path, line, title, scope, rows }) => {
      const width = Math.max(...rows.map(({ name }) => name.length));
      return [
        `${style('cyan', `${printed(path)}:${line}`)} ${style('bold', printed(title))}, ${printed(scope)}`,
        ...rows.map(
          ({ name, value, byDefault }) =>
            `  ${style('gray', name.padEnd(width))}  ${printed(value)}${byDefault ? style('gray', '  (default)') : ''}`,
        ),
      ].join('\n');
    })
    .join('\n\n')}\n`;
}

/** Descriptions are Markdown for editors. */
function inPlainText(described: PolicyDescription): PolicyDescription {
  return { ...described, rows: described.rows.map((row) => ({ ...row, value: withoutMarks(row.value) })) };
}
