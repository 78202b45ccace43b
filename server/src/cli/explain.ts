/** `explain <rule>`: the rule's documentation on the terminal. */
import type { Rule } from '../rules/rule.ts';
import { severityColors, styleFor } from './style.ts';
import type { Style } from './style.ts';

export function explain(rule: Rule, style: Style = styleFor(false)): string {
  const indent = (code: string): string =>
    code
      .trim()
      .split('\n')
      .map((line) => (line === '' ? '' : `    ${line}`))
      .join('\n');
  const severity =
    style(severityColors[rule.severity], rule.severity) + (rule.severityNote ? ` (${rule.severityNote})` : '');
  const weakness = rule.cwe ? ` CWE-${rule.cwe}.` : '';
  return `${style('bold', `${rule.id}: ${rule.title}.`)}

${rule.description.trim()}

Severity: ${severity}. Profile: ${rule.profile}. Fix: ${rule.fix}.${weakness}

${style('bold', 'Reported:')}
${indent(rule.bad.code)}

${style('bold', 'Right:')}
${indent(rule.good.code)}

${rule.specification}
`;
}

/** All rules, one a line, the gravest first. */
export function listRules(rules: readonly Rule[], style: Style): string {
  const ordered = [...rules].sort((a, b) => rank[a.severity] - rank[b.severity] || (a.id < b.id ? -1 : 1));
  const width = Math.max(...rules.map(({ id }) => id.length));
  const lines = ordered.map(({ id, severity, title, profile }) => {
    const review = profile === 'thorough' ? style('gray', ' (profile "thorough")') : '';
    return `${style('bold', id.padEnd(width))}  ${style(severityColors[severity], severity.padEnd(11))}  ${title}.${review}`;
  });
  return `${lines.join('\n')}\n\ncors-lint explain <rule> says why one matters, with an example.\n`;
}

const rank = { error: 0, warning: 1, information: 2 } as const;
