/** The page of a rule. */
const pages = 'https://github.com/cors-lint/cors-lint/blob/main/server/docs/rules/';

export function documentationOf(rule: string): string {
  return `${pages}${rule}.md`;
}
