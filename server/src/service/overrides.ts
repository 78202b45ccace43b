/** Severities that a settings file gives to some files only. */
import { matchesAny } from './globs.ts';
import type { Settings, SettingsOverride } from './settings.ts';

const known = new WeakMap<Settings, Map<string, Settings>>();

/** The settings of one file. The same object for files of the same overrides: the linter recognises unchanged settings by identity. */
export function overridden(settings: Settings, relativePath: string): Settings {
  const matching = (settings.overrides ?? []).filter(({ files }) => matchesAny(files, relativePath));
  if (matching.length === 0) return settings;
  let results = known.get(settings);
  if (!results) known.set(settings, (results = new Map<string, Settings>()));
  const key = matching.map((one) => settings.overrides!.indexOf(one)).join();
  let result = results.get(key);
  if (!result) results.set(key, (result = withRules(settings, matching)));
  return result;
}

function withRules(settings: Settings, overrides: readonly SettingsOverride[]): Settings {
  const { overrides: _applied, ...others } = settings;
  return { ...others, rules: Object.assign({}, settings.rules, ...overrides.map(({ rules }) => rules)) };
}
