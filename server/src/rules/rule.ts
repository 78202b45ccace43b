/** What a rule's file exports, and what it sees: policies, verdicts and facts, never a syntax tree. */
import type { Edit, SourceRange } from '../syntax/range.ts';
import type { Fact, Policy } from '../policy/policy.ts';
import type { Verdict } from '../policy/verdict.ts';

export type Severity = 'error' | 'warning' | 'information';
/** `certain`: proven by the model; `likely`: holds unless code that cannot be read says otherwise; `possible`: worth a look. */
export type Confidence = 'certain' | 'likely' | 'possible';

export interface RuleExample {
  /** Path of a file of this name, for example `server.js`, `nginx.conf`, `cors.json`. */ readonly file: string;
  readonly code: string;
}

export interface RuleMetadata {
  /** The file's name. */
  readonly id: string;
  /** A short noun phrase: what is wrong. */
  readonly title: string;
  /** Markdown for the documentation page: what it finds and why it matters. */
  readonly description: string;
  /** The severity that it mostly has; a report may say otherwise. */
  readonly severity: Severity;
  readonly severityNote?: string;
  readonly profile: 'default' | 'thorough';
  readonly fix: 'safe' | 'unsafe' | 'none';
  readonly cwe?: number;
  /** Whoever sets a switch that opens means what this rule says: it weighs one step less where only that switch lets it happen. */
  readonly isMeantBySwitches?: true;
  /** Section of the Fetch standard, RFC or other source behind the rule. */
  readonly specification: string;
  readonly since: string;
  readonly bad: RuleExample;
  readonly good: RuleExample;
}

export interface Fix {
  /** What applying it does, in the imperative: `Allow only https://app.example.com`. */
  readonly title: string;
  readonly safety: 'safe' | 'unsafe';
  /** What an unsafe one changes for those who ask, as a clause: `pages read without cookies then`. */
  readonly changes?: string;
  readonly preferred?: boolean;
  readonly edits: readonly Edit[];
}

/** What a rule reports; the runner adds the rule id and the file. */
export interface Report {
  readonly range: SourceRange;
  /**
   * Three parts: what it is (one short sentence that stands alone, since lists of problems show no more of it), why it matters
   * here, what to do. Begins of ordinary words and full stops are put right by whoever shows it, so that words of frameworks fit in.
   */
  readonly message: readonly [what: string, why: string, whatToDo: string];
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  /** An origin that gets in and should not, proven by `answer` and the browser's decision. */
  readonly witness?: string;
  readonly related?: readonly { readonly range: SourceRange; readonly message: string }[];
  readonly fixes?: readonly (Fix | undefined)[];
}

export interface RuleContext {
  readonly policy: Policy;
  readonly verdict: Verdict;
  /** Origins for an allowlist: of the settings, else those that the workspace names, else none. */
  readonly trustedOrigins: readonly string[];
  /** `trustedOrigins`, or one placeholder origin to type over, as arguments for the edit functions. */
  readonly allowlist: { readonly origins: readonly string[]; readonly placeholder?: string };
  /** The file is for development only (`development` globs, or the policy's own purpose). */
  readonly development: boolean;
}

export interface Rule extends RuleMetadata {
  /** Looks at one policy. */
  policy?(context: RuleContext): Iterable<Report>;
  /** Looks at one fact; `policy` is absent for a fact of the document. */
  fact?(fact: Fact, context: RuleContext | undefined): Iterable<Report>;
}

export function defineRule(rule: Rule): Rule {
  return rule;
}
export type { Edit };
