/** The settings that hold for a file: the nearest `cors-lint.json`, or the one that the call names. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { mergeSettings, parseConfig } from '../service/config.ts';
import { matchesAny } from '../service/globs.ts';
import { positionsOf } from '../service/positions.ts';
import type { Settings } from '../service/settings.ts';
import { UsageError } from './arguments.ts';
import type { FoundFile } from './files.ts';
import { decodeText, readBytes } from './read-text.ts';

export interface FileSettings {
  readonly settings: Settings;
  readonly excluded: boolean;
  /** Path that the globs of the settings are matched with. */
  readonly relativePath: string;
}
interface SettingsFile {
  readonly folder: string;
  readonly settings: Settings;
}

export interface Configuration {
  of(file: FoundFile): FileSettings;
  /** Throws a UsageError with every mistake in the settings files read so far, each with file, line and column. */
  check(): void;
}

/** Reads each settings file once. Throws a UsageError when the named one cannot be read. */
export function createConfiguration(chosen: string | undefined): Configuration {
  const mistakes: string[] = [];
  const byFolder = new Map<string, SettingsFile | undefined>();

  const read = (file: string): SettingsFile => {
    const text = textOf(file);
    const { settings, errors } = parseConfig(text);
    const position = positionsOf(text);
    for (const { message, start } of errors) {
      const { line, column } = position(start);
      mistakes.push(`${shownPath(file)}:${line}:${column}: ${message}`);
    }
    return { folder: path.dirname(file), settings: mergeSettings(settings) };
  };
  const nearest = (folder: string): SettingsFile | undefined => {
    if (byFolder.has(folder)) return byFolder.get(folder);
    const file = path.join(folder, 'cors-lint.json');
    const parent = path.dirname(folder);
    const found = existsSync(file) ? read(file) : parent === folder ? undefined : nearest(parent);
    byFolder.set(folder, found);
    return found;
  };

  const named = chosen === undefined ? undefined : read(path.resolve(chosen));
  const defaults = mergeSettings();
  return {
    of({ path: file, base }) {
      const found = named ?? nearest(path.dirname(file));
      const settings = found?.settings ?? defaults;
      const relativePath = (found && pathBelow(found.folder, file)) ?? pathBelow(base, file) ?? path.basename(file);
      return { settings, excluded: matchesAny(settings.exclude, relativePath), relativePath };
    },
    check() {
      if (mistakes.length > 0) throw new UsageError(mistakes.join('\n'));
    },
  };
}

function textOf(file: string): string {
  let bytes: Buffer | undefined;
  try {
    bytes = readBytes(file);
  } catch {
    bytes = undefined;
  }
  if (!bytes) throw new UsageError(`The settings file "${shownPath(file)}" cannot be read.`);
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
