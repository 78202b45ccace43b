/** `explain <rule>`: the rule's documentation on the terminal. */
import type { Rule } from '../rules/rule.ts';

export function explain(rule: Rule): string {
  const indent = (code: string): string =>
    code
      .trim()
      .split('\n')
      .map((line) => `    ${line}`)
      .join('\n');
  return `${rule.id}: ${rule.title}.

${rule.description.trim()}

Severity: ${rule.severity}${rule.severityNote ? ` (${rule.severityNote})` : ''}. Profile: ${rule.profile}. Fix: ${rule.fix}.${rule.cwe ? ` CWE-${rule.cwe}.` : ''}

Reported:
${indent(rule.bad.code)}

Right:
${indent(rule.good.code)}

${rule.specification}
`;
}
