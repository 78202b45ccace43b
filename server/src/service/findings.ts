/** Runs the rules over what was read, and makes findings of their reports. */
import type { Fact, Policy, Reading } from '../policy/policy.ts';
import { canAlwaysRead, verdictOf } from '../verdict/analyse.ts';
import { phasesOf } from '../policy/phases.ts';
import { rules } from '../rules/index.ts';
import type { Confidence, Report, Rule, RuleContext, Severity } from '../rules/rule.ts';
import type { SourceRange } from '../syntax/range.ts';
import { matchesAny } from './globs.ts';
import type { Finding, LintDocument } from './lint.ts';
import { namedOrigins } from './named-origins.ts';
import type { Settings } from './settings.ts';

/** Typed over by the user where neither the settings nor the workspace names an origin. */
export const placeholderOrigin = 'https://app.example.com';

export interface FindingsInput {
  readonly document: LintDocument;
  readonly settings: Settings;
  readonly problems: string[];
}

/**
 * The severity that the settings choose for a rule, `off` when it does not run; undefined leaves it to the rule. A rule for a
 * review runs when its own id is named, but `*` alone does not switch it on.
 */
export function chosenSeverity(rule: Pick<Rule, 'id' | 'profile'>, settings: Settings): Severity | 'off' | undefined {
  const named = settings.rules[rule.id];
  if (named !== undefined) return named;
  return rule.profile === 'thorough' && settings.profile !== 'thorough' ? 'off' : settings.rules['*'];
}

/** Findings in the order of the text; one per rule and place. */
export function findingsOf(readings: readonly Reading[], input: FindingsInput): Finding[] {
  const { settings, document } = input;
  const active = rules
    .map((rule) => ({ rule, severity: chosenSeverity(rule, settings) }))
    .filter(({ severity }) => severity !== 'off');
  const development = matchesAny(settings.development, document.relativePath ?? withoutRoot(document.path));
  const allowlist = allowlistOf(readings, settings);
  const found: Finding[] = [];
  for (const reading of readings) {
    // What a policy does in production comes first: what it also does in development is the same finding.
    const contexts = reading.policies.flatMap((policy): RuleContext[] => {
      const phases = phasesOf(policy);
      const contextOf = (one: Policy, isDevelopment: boolean): RuleContext => ({
        policy: one,
        verdict: verdictOf(one),
        trustedOrigins: settings.trustedOrigins,
        allowlist,
        development: isDevelopment || development || policy.purpose === 'development',
      });
      return [
        contextOf(phases.production, false),
        ...(phases.development ? [contextOf(phases.development, true)] : []),
      ];
    });
    for (const { rule, severity } of active) {
      for (const context of contexts) {
        collect(rule, severity, () => rule.policy?.(context) ?? [], context.policy, found, input);
        for (const fact of context.policy.facts)
          collect(rule, severity, () => rule.fact?.(fact, context) ?? [], context.policy, found, input);
      }
      for (const fact of reading.facts)
        collect(rule, severity, () => rule.fact?.(fact as Fact, undefined) ?? [], undefined, found, input);
    }
  }
  found.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end || a.rule.localeCompare(b.rule));
  return found.filter(
    ({ rule, range }, index) =>
      index === 0 ||
      found[index - 1]!.rule !== rule ||
      found[index - 1]!.range.start !== range.start ||
      found[index - 1]!.range.end !== range.end,
  );
}

/** Trusted origins of the settings, else those that this file names, else those of the workspace, else one to type over. */
function allowlistOf(readings: readonly Reading[], settings: Settings): RuleContext['allowlist'] {
  const candidates = [
    settings.trustedOrigins,
    namedOrigins(readings.flatMap(({ policies }) => policies)),
    settings.workspaceOrigins ?? [],
  ];
  const origins = candidates.find((list) => list.length > 0);
  return origins ? { origins } : { origins: [placeholderOrigin], placeholder: placeholderOrigin };
}

function withoutRoot(path: string): string {
  return path.replace(/^[a-z][a-z0-9+.-]*:\/*/i, '').replace(/^\//, '');
}

function collect(
  rule: Rule,
  chosen: Severity | 'off' | undefined,
  run: () => Iterable<Report>,
  policy: Policy | undefined,
  found: Finding[],
  { document: { path, text }, problems }: FindingsInput,
): void {
  try {
    for (const report of run()) {
      const elsewhere = (range: SourceRange) => range.path !== undefined && range.path !== path;
      const moved = elsewhere(report.range);
      const range = clamped(moved && policy ? policy.range : report.range, text);
      const related = [
        ...(moved ? [{ range: report.range, message: 'It is set here.' }] : []),
        ...(report.related ?? []),
      ];
      found.push({
        rule: rule.id,
        severity: chosen && chosen !== 'off' ? chosen : (report.severity ?? rule.severity),
        confidence: report.confidence ?? confidenceOf(report, policy),
        message: report.message.join(' '),
        parts: report.message,
        range,
        ...(report.witness !== undefined && { witness: report.witness }),
        related,
        fixes: (report.fixes ?? []).flatMap((fix) => (fix && fix.edits.length > 0 ? [fix] : [])),
        ...(policy && { framework: policy.framework }),
      });
    }
  } catch (error) {
    problems.push(`${rule.id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}

/** Who gets in under circumstances that only the run of the program decides likely gets in. */
function confidenceOf({ witness }: Report, policy: Policy | undefined): Confidence {
  if (witness === undefined || policy === undefined) return 'certain';
  const { readers, credentialedReaders } = verdictOf(policy);
  if (!readers.depends && !credentialedReaders.depends) return 'certain';
  return [true, false].some((credentials) => canAlwaysRead(policy, witness, { credentials })) ? 'certain' : 'likely';
}

function clamped(range: SourceRange, text: string): SourceRange {
  const start = Math.min(Math.max(range.start, 0), text.length);
  return { start, end: Math.min(Math.max(range.end, start), text.length) };
}
