/** `explain <rule>`: the rule's documentation on the terminal. */
import type { Rule } from '../rules/rule.ts';

export function explain(rule: Rule): string {
  const indent = (code: string): string =>
    code
      .trim()
      .split('\n')
      .map((line) => `    ${line}`)
      .join('\n');
  const severity = rule.severity + (rule.severityNote ? ` (${rule.severityNote})` : '');
  const weakness = rule.cwe ? ` CWE-${rule.cwe}.` : '';
  return `${rule.id}: ${rule.title}.

${rule.description.trim()}

Severity: ${severity}. Profile: ${rule.profile}. Fix: ${rule.fix}.${weakness}

Reported:
${indent(rule.bad.code)}

Right:
${indent(rule.good.code)}

${rule.specification}
`;
}
