/** Text of files where a terminal or the log of a build shows it. Both obey what they read, unless it is written in another way. */
import { visible } from '../service/visible-text.ts';

/**
 * On one line, and no command: not of a terminal, and not of a build. GitHub takes a line that begins with `::` for one, and
 * any that holds `##[`; Azure Pipelines `##vso[`.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function printed(text: string): string {
  return visible(text)
    .replace(/^(\s*):(?=:)/, '$1\\x3a')
    .replaceAll(/##(?=(?:vso)?\[)/g, '#\\x23');
}
