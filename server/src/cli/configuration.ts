/** The settings that hold for a file: those of the nearest settings file of its repository, or of the one that the call names. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { mergeSettings, parseConfig, settingsNames } from '../service/config.ts';
import { matchesAny } from '../service/globs.ts';
import { longestText } from '../service/linter.ts';
import { overridden } from '../service/overrides.ts';
import { positionsOf } from '../service/positions.ts';
import { defaultSettings } from '../service/settings.ts';
import type { Settings } from '../service/settings.ts';
import { UsageError } from './arguments.ts';
import type { FoundFile } from './files.ts';
import { decodeText } from './read-text.ts';
import { readBytes, realPathWithin } from './regular-file.ts';
import type { Roots } from './roots.ts';
import { reasonOf } from './walk.ts';

export interface FileSettings {
  readonly settings: Settings;
  readonly excluded: boolean;
  /** Path that the `development` globs are matched with: those of a settings file count from its folder, ours from what the call names. */
  readonly relativePath: string;
  /** The settings file in force. Absolute. */
  readonly from: string | undefined;
  /** The baseline that it names. Absolute. */
  readonly baseline: string | undefined;
}
interface SettingsFile {
  readonly file: string;
  readonly settings: Settings;
}

export interface Configuration {
  of(file: FoundFile): FileSettings;
  /** Throws a UsageError with every mistake in the settings files read so far, each with file, line and column. */
  check(): void;
  /** Settings files that are not in force though they are there, and why. */
  ignored(): readonly { readonly file: string; readonly why: string }[];
}

/** Reads each settings file once. Throws a UsageError when one cannot be read. */
export function createConfiguration(chosen: string | undefined, roots: Roots): Configuration {
  const mistakes: string[] = [];
  const today = new Date().toISOString().slice(0, 10);
  const byFolder = new Map<string, SettingsFile | undefined>();
  const settingsBeside = new Map<string, readonly string[]>();
  const above = new Map<string, string | undefined>();

  const read = (file: string): SettingsFile => {
    const text = textOf(file);
    const { settings, errors } = parseConfig(text, file);
    const position = positionsOf(text);
    for (const { message, start } of errors) {
      const { line, column } = position(start);
      mistakes.push(`${shownPath(file)}:${line}:${column}: ${message}`);
    }
    return { file, settings: mergeSettings({ today }, settings) };
  };
  const nearest = (folder: string, root: string): SettingsFile | undefined => {
    if (byFolder.has(folder)) return byFolder.get(folder);
    const files = settingsIn(folder);
    const parent = path.dirname(folder);
    const isLast = folder === root || parent === folder;
    if (isLast && !above.has(root)) above.set(root, settingsAbove(root));
    const found = files.length > 0 ? read(within(root, files[0]!)) : isLast ? undefined : nearest(parent, root);
    byFolder.set(folder, found);
    settingsBeside.set(folder, files);
    return found;
  };

  const named = chosen === undefined ? undefined : read(path.resolve(chosen));
  const defaults = mergeSettings({ today });
  return {
    of({ path: file, base }) {
      const found = named ?? nearest(path.dirname(file), roots.of(file, base));
      const settings = found?.settings ?? defaults;
      const folder = found && path.dirname(found.file);
      const belowBase = pathBelow(base, file) ?? path.basename(file);
      const belowSettings = (folder && pathBelow(folder, file)) ?? belowBase;
      return {
        settings: overridden(settings, belowSettings),
        excluded: matchesAny(settings.exclude, belowSettings),
        relativePath: settings.development === defaultSettings.development ? belowBase : belowSettings,
        from: found?.file,
        baseline: folder && settings.baseline && path.resolve(folder, settings.baseline),
      };
    },
    check() {
      if (mistakes.length > 0) throw new UsageError(mistakes.join('\n'));
    },
    ignored: () => ignoredOf(above.values(), settingsBeside.values()),
  };
}

/** `settings`: what stands in each folder, the one that counts first. */
function ignoredOf(
  above: Iterable<string | undefined>,
  settings: Iterable<readonly string[]>,
): { file: string; why: string }[] {
  const why = 'It lies above the repository. --root or --config brings it in.';
  return [
    ...[...new Set(above)].flatMap((file) => (file === undefined ? [] : [{ file, why }])),
    ...[...settings].flatMap(besideAnother),
  ];
}

/** Those of a folder that another one there keeps from counting. */
function besideAnother([first, ...others]: readonly string[]): { file: string; why: string }[] {
  return others.map((file) => ({ file, why: `${path.basename(first!)} beside it counts alone.` }));
}

/** The first one counts. */
function settingsIn(folder: string): string[] {
  return settingsNames.map((name) => path.join(folder, name)).filter((file) => existsSync(file));
}

/** A link may bring settings from elsewhere in the repository, and from nowhere else. */
function within(root: string, file: string): string {
  if (realPathWithin([root], file) === undefined)
    throw new UsageError(
      `The settings file "${shownPath(file)}" leads out of the repository. --config uses another one.`,
    );
  return file;
}

/** The nearest one above the root. It is looked for, so that nobody wonders, and never opened. */
function settingsAbove(root: string): string | undefined {
  for (let folder = root; folder !== path.dirname(folder);) {
    folder = path.dirname(folder);
    const [file] = settingsIn(folder);
    if (file !== undefined) return file;
  }
  return undefined;
}

function textOf(file: string): string {
  const refused = (reason: string): UsageError =>
    new UsageError(`The settings file "${shownPath(file)}" cannot be read. ${reason}`);
  if (!existsSync(file)) throw new UsageError(`There is no settings file "${shownPath(file)}".`);
  let bytes: Buffer | undefined;
  try {
    bytes = readBytes(file, longestText);
  } catch (error) {
    throw refused(reasonOf(error, file));
  }
  if (!bytes) throw refused(`It is larger than ${longestText / 1_048_576} MB.`);
  return decodeText(bytes).text;
}

/** For people: below the working directory without it. */
export function shownPath(file: string): string {
  return (path.relative(process.cwd(), file) || path.basename(file)).replaceAll('\\', '/');
}

function pathBelow(folder: string, file: string): string | undefined {
  const prefix = folder.endsWith(path.sep) ? folder : folder + path.sep;
  if (!file.startsWith(prefix)) return undefined;
  const relative = file.slice(prefix.length);
  return path.sep === '/' ? relative : relative.replaceAll(path.sep, '/');
}
