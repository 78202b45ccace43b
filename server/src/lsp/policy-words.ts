/** Descriptions of policies as Markdown and as text without marks. What comes from the file is text in both. */
import { readNames } from '../service/describe-policy.ts';
import type { PolicyDescription } from '../service/describe-policy.ts';
import { markdownText, withoutMarks } from '../service/markdown.ts';
import type { Translator } from './translation.ts';

export function asMarkdown(policy: PolicyDescription, translator: Translator): string {
  const described = inLanguage(policy, translator);
  return `**${markdownText(described.title)}**: ${markdownText(described.scope)}\n\n${tableOf(described, translator)}`;
}

export function asText(policy: PolicyDescription, translator: Translator): string {
  const { title, scope, rows } = inLanguage(policy, translator);
  return [
    `${title}: ${scope}`,
    ...rows.map(
      ({ name, value, byDefault }) =>
        `${name}: ${withoutMarks(value)}${byDefault ? ` ${translator.say('(default)')}` : ''}`,
    ),
  ].join('\n');
}

/** A part of a page. A list can be read where nothing turns Markdown into a page, too. `line` counts from 1. */
export function asSection(policy: PolicyDescription, line: number, translator: Translator): string {
  const { title, scope, rows } = inLanguage(policy, translator);
  const list = rows.map(
    ({ name, value, byDefault }) => `- **${name}**: ${value}${byDefault ? ` _${translator.say('(default)')}_` : ''}`,
  );
  return `## ${markdownText(title)}, line ${line}\n\nFor ${markdownText(scope)}.\n\n${list.join('\n')}\n`;
}

/** Names and values of the rows, as they are shown. */
function inLanguage({ title, scope, rows }: PolicyDescription, translator: Translator): PolicyDescription {
  const said = shortened(rows).map(({ name, value, byDefault }) => ({
    name: translator.say(name),
    value: translator.sayList(value),
    byDefault,
  }));
  return { title, scope: translator.say(scope), rows: said };
}

/** Between a name and its value, which stand side by side without. Blanks at the end of a cell go, unless something is behind them. */
const gap = '\u00a0\u00a0\u200b';

/** Without a head: the rows' names say enough. */
function tableOf({ rows }: PolicyDescription, translator: Translator): string {
  // In a table a bar ends its cell, in a code span too: https://github.github.com/gfm/#example-200
  const cell = (text: string): string => text.replaceAll(/(?<!\\)\|/g, '\\|');
  // The names stay on one line each: else a long value leaves them no room, and the hover scrolls.
  const unbroken = (name: string): string => cell(name).replaceAll(' ', '\u00a0') + gap;
  const line = ({ name, value, byDefault }: PolicyDescription['rows'][number]): string =>
    `| ${unbroken(name)} | ${cell(value)}${byDefault ? ` _${translator.say('(default)')}_` : ''} |`;
  return ['| | |', '|:--|:--|', ...rows.map(line)].join('\n');
}

/** The first two rows mostly say the same, and a hover has little room. */
function shortened(rows: PolicyDescription['rows']): PolicyDescription['rows'] {
  const [without, withCookies, ...others] = rows;
  const sameReaders =
    without?.value === withCookies?.value &&
    without?.name === readNames.without &&
    withCookies?.name === readNames.withCookies;
  if (!without || !withCookies || !sameReaders) return rows;
  const byDefault = without.byDefault && withCookies.byDefault;
  return [{ name: 'Read, with cookies or not', value: without.value, byDefault }, ...others];
}
