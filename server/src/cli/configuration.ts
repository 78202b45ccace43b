/** The settings that hold for a file: the nearest `cors-lint.json`, or the one that the call names. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import picomatch from 'picomatch';
import { mergeSettings, parseConfig } from '../service/config.ts';
import { positionsOf } from '../service/positions.ts';
import type { Settings } from '../service/settings.ts';
import { UsageError } from './arguments.ts';

export interface FileSettings { readonly settings: Settings; readonly excluded: boolean; readonly configuration: string | undefined }

/** Reads each settings file once. Throws a UsageError that names file, line and column when one is wrong. */
export function createConfiguration(chosen: string | undefined): (file: string) => FileSettings {
  const read = new Map<string, Settings | undefined>();
  const load = (file: string, required: boolean): Settings | undefined => {
    if (read.has(file)) return read.get(file);
    let text: string | undefined;
    try {
      text = readFileSync(file, 'utf8');
    } catch {
      if (required) throw new UsageError(`The settings file "${file}" cannot be read.`);
    }
    const settings = text === undefined ? undefined : settingsOf(file, text);
    read.set(file, settings);
    return settings;
  };
  const nearest = (folder: string): { file: string; settings: Settings } | undefined => {
    for (let current = folder; ; current = path.dirname(current)) {
      const file = path.join(current, 'cors-lint.json');
      const settings = load(file, false);
      if (settings) return { file, settings };
      if (path.dirname(current) === current) return undefined;
    }
  };
  return (file) => {
    const found = chosen === undefined ? nearest(path.dirname(file)) : { file: path.resolve(chosen), settings: load(path.resolve(chosen), true)! };
    const settings = found?.settings ?? mergeSettings();
    const base = found ? path.dirname(found.file) : process.cwd();
    const relative = path.relative(base, file).replaceAll('\\', '/');
    return { settings, excluded: settings.exclude.length > 0 && picomatch([...settings.exclude], { dot: true })(relative), configuration: found?.file };
  };
}

function settingsOf(file: string, text: string): Settings {
  const { settings, errors } = parseConfig(text);
  const [first] = errors;
  if (first) {
    const { line, column } = positionsOf(text)(first.start);
    throw new UsageError(`${path.relative(process.cwd(), file) || file}:${line}:${column}: ${first.message}`);
  }
  return mergeSettings(settings);
}
