/** Settings of the linter: one type, one set of defaults, for editor, command line and `cors-lint.json`. */
import type { Severity } from '../rules/rule.ts';
import { asideGlobs } from './aside-globs.ts';

export interface Settings {
  /** Origins that may read responses; used by allowlist fixes, and never reported as strangers. Serialised origins. */
  readonly trustedOrigins: readonly string[];
  /** Rule id or `*` → severity, or `off`. An id counts before `*`, in whatever order they stand. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  /** `default`, or `thorough` for review rules too, and for files that are set aside otherwise. */
  readonly profile: 'default' | 'thorough';
  /** Globs of files that are not linted. */
  readonly exclude: readonly string[];
  /**
   * Globs of files that serve nobody: tests, examples, foreign code, a developer's own settings. `!` takes back what earlier ones
   * match.
   */
  readonly development: readonly string[];
  /** Severities for some files only; later ones win. Globs count from the folder of the settings file. */
  readonly overrides?: readonly SettingsOverride[];
  /** Path of the baseline (`baseline.ts`) from the folder of the settings file: what it knows is left out. */
  readonly baseline?: string;
  /** ISO date of the day, in UTC: comments that accept something until a day end by it. Without it none ends. */
  readonly today?: string;
  /** Origins that other files of the workspace name; offered by allowlist fixes where nothing is trusted explicitly. */
  readonly workspaceOrigins?: readonly string[];
}

/** `rules` of the files that one of the globs matches. */
export interface SettingsOverride {
  readonly files: readonly string[];
  readonly rules: Settings['rules'];
}

export const defaultSettings: Settings = {
  trustedOrigins: [],
  rules: {},
  profile: 'default',
  exclude: [],
  development: asideGlobs,
};
