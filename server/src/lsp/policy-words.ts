/** Descriptions of policies as Markdown and as text without marks. */
import { readNames } from '../service/describe-policy.ts';
import type { PolicyDescription } from '../service/describe-policy.ts';

export function asMarkdown(described: PolicyDescription): string {
  return `**${described.title}**: ${described.scope}\n\n${tableOf(described)}`;
}

export function asText({ title, scope, rows }: PolicyDescription): string {
  return [
    `${title}: ${scope}`,
    ...shortened(rows).map(
      ({ name, value, byDefault }) => `${name}: ${value.replaceAll('`', '')}${byDefault ? ' (default)' : ''}`,
    ),
  ].join('\n');
}

/** A list can be read where nothing turns Markdown into a page, too. */
export function listOf({ rows }: PolicyDescription): string {
  return shortened(rows)
    .map(({ name, value, byDefault }) => `- **${name}**: ${value}${byDefault ? ' _(default)_' : ''}`)
    .join('\n');
}

/** Without a head: the rows' names say enough. */
function tableOf({ rows }: PolicyDescription): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\r?\n/g, ' ');
  const line = ({ name, value, byDefault }: PolicyDescription['rows'][number]): string =>
    `| ${cell(name)} | ${cell(value)}${byDefault ? ' _(default)_' : ''} |`;
  return ['| | |', '|:--|:--|', ...shortened(rows).map(line)].join('\n');
}

/** The first two rows mostly say the same, and a hover has little room. */
function shortened(rows: PolicyDescription['rows']): PolicyDescription['rows'] {
  const [without, withCookies, ...others] = rows;
  if (
    !without ||
    !withCookies ||
    without.value !== withCookies.value ||
    without.name !== readNames.without ||
    withCookies.name !== readNames.withCookies
  )
    return rows;
  return [
    {
      name: 'Read, with cookies and without',
      value: without.value,
      byDefault: without.byDefault && withCookies.byDefault,
    },
    ...others,
  ];
}
