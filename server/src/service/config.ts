/** The settings file, `cors-lint.json` or `.cors-lint.yaml`, and how settings from several places come together. */
import { findNodeAtLocation, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';
import { inspectOrigin } from '../policy/serialised-origin.ts';
import { rules } from '../rules/index.ts';
import { nestingOfJson } from '../syntax/trees/json.ts';
import type { Severity } from '../rules/rule.ts';
import { guessedName } from '../edits/nearest-name.ts';
import { parseYamlSettings } from './settings-yaml.ts';
import { defaultSettings } from './settings.ts';
import type { Settings, SettingsOverride } from './settings.ts';
import { shortened, visible } from './visible-text.ts';

export interface ConfigError {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}
/** Rules stand in an object of an object. The parser needs a stack frame for each level. */
const deepest = 20;
/** Nobody reads more of them. */
const mostErrors = 100;
const severities = ['error', 'warning', 'information', 'off'];

/** What a settings file is called. In one folder the first of them counts, and the others are said to be left out. */
export const settingsNames = ['cors-lint.json', '.cors-lint.yaml', '.cors-lint.yml'] as const;

/** Whether a path is that of a settings file, by its name alone. */
export function isSettingsFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return settingsNames.some((known) => known === name);
}

/** Reads a settings file; what is wrong is said with its place, and what is right is kept. Its name says whether it is YAML. */
export function parseConfig(
  text: string,
  name: string = settingsNames[0],
): {
  readonly settings: Partial<Settings>;
  readonly errors: readonly ConfigError[];
} {
  const { root, mistakes } = /\.ya?ml$/.test(name) ? parseYamlSettings(text) : parseJsonSettings(text);
  const errors: ConfigError[] = [...mistakes];
  const complain = (node: Node, message: string): void =>
    void errors.push({ message, start: node.offset, end: node.offset + node.length });
  const settings: GivenSettings = {};
  if (root && root.type !== 'object') complain(root, 'The settings are an object: { … }.');
  for (const property of root?.type === 'object' ? (root.children ?? []) : []) {
    const [key, value] = property.children ?? [];
    if (key && value) readSetting(key, value, settings, complain);
  }
  return { settings, errors: errors.slice(0, mostErrors) };
}

function parseJsonSettings(text: string): ReturnType<typeof parseYamlSettings> {
  if (nestingOfJson(text) > deepest)
    return { root: undefined, mistakes: [{ message: 'The settings are nested too deeply.', start: 0, end: 0 }] };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const mistakes = firstOfPlace(errors).map((error) => ({
    message: `This is not JSON: ${inWords(error)}.`,
    start: error.offset,
    end: error.offset + error.length,
  }));
  return { root, mistakes };
}

type GivenSettings = { -readonly [Key in keyof Settings]?: Settings[Key] };

/** Puts it among the settings where it is right. */
function readSetting(key: Node, value: Node, settings: GivenSettings, complain: Complain): void {
  const name = String(key.value);
  switch (name) {
    case '$schema':
      break;
    case 'trustedOrigins':
    case 'exclude':
    case 'development': {
      const texts = readTexts(value, name, complain);
      if (texts) settings[name] = texts;
      break;
    }
    case 'profile':
      if (value.value === 'default' || value.value === 'thorough') settings.profile = value.value;
      else complain(value, '"profile" is "default" or "thorough".');
      break;
    case 'baseline':
      if (typeof value.value === 'string' && value.value !== '') settings.baseline = value.value;
      else complain(value, '"baseline" is the path of a file.');
      break;
    case 'rules':
      settings.rules = readRules(value, complain);
      break;
    case 'overrides':
      settings.overrides = readOverrides(value, complain);
      break;
    default:
      complain(key, `There is no setting "${shown(name)}". ${knownSettings}`);
  }
}

const knownSettings = 'Known are trustedOrigins, rules, overrides, profile, exclude, development and baseline.';

/** Names of a stranger's file stand in messages. */
function shown(name: string): string {
  return visible(shortened(name, 60));
}

/** What follows a mistake at the same place is only its consequence. */
function firstOfPlace(errors: readonly ParseError[]): readonly ParseError[] {
  return errors.filter(({ offset }, index) => errors[index - 1]?.offset !== offset);
}

/** `PropertyNameExpected` → `property name expected`. */
function inWords({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replaceAll(/\B[A-Z]/g, ' $&')
    .toLowerCase();
}

type Complain = (node: Node, message: string) => void;

function readTexts(value: Node, name: string, complain: Complain): string[] | undefined {
  const members = value.type === 'array' ? (value.children ?? []) : undefined;
  if (!members) complain(value, `"${name}" is a list of texts.`);
  for (const member of members ?? []) {
    if (member.type !== 'string') complain(member, 'This has to be a text.');
    else if (name === 'trustedOrigins') complainOfOrigin(member, complain);
  }
  return members?.flatMap(({ type, value: text }) => (type === 'string' ? [String(text)] : []));
}

/** Fixes write what stands here: it has to be what a browser sends. */
function complainOfOrigin(member: Node, complain: Complain): void {
  const origin = String(member.value);
  const { valid, serialised } = inspectOrigin(origin);
  if (valid) return;
  const instead =
    serialised === undefined ? 'It is a scheme, a host and perhaps a port.' : `Write "${shown(serialised)}".`;
  complain(member, `No page has the origin "${shown(origin)}". ${instead}`);
}

function readOverrides(value: Node, complain: Complain): readonly SettingsOverride[] {
  if (value.type !== 'array') complain(value, '"overrides" is a list of { "files": […], "rules": { … } }.');
  return (value.type === 'array' ? (value.children ?? []) : []).flatMap((member) => {
    const files = findNodeAtLocation(member, ['files']);
    const chosen = findNodeAtLocation(member, ['rules']);
    const globs = files?.type === 'array' ? (files.children ?? []).map((glob): unknown => glob.value) : [];
    const isComplete = globs.length > 0 && globs.every((glob) => typeof glob === 'string') && chosen !== undefined;
    if (!isComplete) complain(member, 'An override has "files", a list of globs, and "rules".');
    return isComplete ? [{ files: globs as string[], rules: readRules(chosen, complain) }] : [];
  });
}

function readRules(value: Node, complain: Complain): Settings['rules'] {
  const chosen: Record<string, Severity | 'off'> = {};
  if (value.type !== 'object') {
    complain(value, '"rules" is an object of rule id and severity.');
    return chosen;
  }
  for (const property of value.children ?? []) {
    const [key, severity] = property.children ?? [];
    if (!key || !severity) continue;
    const known = key.value === '*' || rules.some(({ id }) => id === key.value);
    if (!known) complain(key, `There is no rule "${shown(String(key.value))}".${didYouMean(String(key.value))}`);
    else if (!severities.includes(severity.value)) complain(severity, `A severity is one of ${severities.join(', ')}.`);
    else chosen[key.value] = severity.value;
  }
  return chosen;
}

function didYouMean(rule: string): string {
  const nearest = guessedName(
    rule,
    rules.map(({ id }) => id),
  );
  return nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
}

/** Later ones win, member by member; `rules` are merged rule by rule. The order is: defaults, editor settings, nearest file. */
export function mergeSettings(...parts: readonly (Partial<Settings> | undefined)[]): Settings {
  let merged = defaultSettings;
  for (const part of parts) {
    if (!part) continue;
    const given = Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined && value !== null));
    merged = { ...merged, ...given, rules: { ...merged.rules, ...part.rules } };
  }
  return merged;
}
