/** The settings of one document: defaults, then the editor's, then those of the nearest `cors-lint.json`. */
import type { Connection } from 'vscode-languageserver';
import { inspectOrigin } from '../policy/serialised-origin.ts';
import type { KnownFinding } from '../service/baseline.ts';
import { isSettingsFile, mergeSettings, parseConfig, settingsNames } from '../service/config.ts';
import { matchesAny } from '../service/globs.ts';
import { overridden } from '../service/overrides.ts';
import { positionsOf } from '../service/positions.ts';
import { defaultSettings } from '../service/settings.ts';
import type { Settings } from '../service/settings.ts';
import { createBaselineFiles } from './baseline-files.ts';
import type { FoundBaseline } from './baseline-files.ts';
import type { Client } from './client.ts';
import type { Files } from './files.ts';
import type { EditorSettings } from './protocol.ts';
import { rootsOf } from './roots.ts';
import { isOrLiesBelow, pathWithin, placeOf, uriOf } from './uris.ts';

const mostFolders = 40;

export interface DocumentSettings {
  readonly enable: boolean;
  readonly run: 'onType' | 'onSave';
  readonly codeLens: boolean;
  readonly settings: Settings;
  /** URI of the `cors-lint.json` in force. */
  readonly configuration?: string;
  /** Mistakes in it, in words, with line and column. */
  readonly problems: readonly string[];
  /** One of the `exclude` globs covers it. */
  readonly excluded: boolean;
  /** What the baseline knows of it, which is left out. */
  readonly known: readonly KnownFinding[];
  /** Path below the folder of the settings file, else below the folder that was opened, else the file's name. */
  readonly relativePath: string;
}
type FolderSettings = Omit<DocumentSettings, 'excluded' | 'relativePath' | 'known'> & {
  readonly baseline?: FoundBaseline;
};

export interface DocumentSettingsReader {
  of(uri: string): Promise<DocumentSettings>;
  /**
   * What the file says is a part of somebody's settings: a `cors-lint.json`, or a baseline that one of them names. So is what a folder
   * holds, if that is one that was read.
   */
  isPart(uri: string): boolean;
  /** Editor settings or a `cors-lint.json` changed. */
  forget(): void;
}

export function createDocumentSettings(
  connection: Connection,
  client: () => Client,
  files: Files,
  folders: () => readonly string[],
): DocumentSettingsReader {
  const byFolder = new Map<string, Promise<FolderSettings>>();
  const baselines = createBaselineFiles(files);
  /** URIs of the settings files that were read. */
  const found: string[] = [];

  async function editorSettings(scopeUri: string): Promise<EditorSettings> {
    if (!client().configuration) return {};
    const given: unknown = await connection.workspace.getConfiguration({ scopeUri, section: 'corsLint' });
    return typeof given === 'object' && given !== null ? given : {};
  }

  async function read(uri: string): Promise<FolderSettings> {
    const [editor, nearest] = await Promise.all([
      editorSettings(uri),
      nearestConfiguration(uri, rootsOf(uri, folders()), files),
    ]);
    if (nearest) found.push(nearest.uri);
    const settings = folderSettings(editor, nearest);
    if (editor.onlyNewFindings === false || !nearest || settings.settings.baseline === undefined) return settings;
    const baseline = await baselines.read(nearest.uri, settings.settings.baseline, rootsOf(uri, folders()));
    return 'problem' in baseline
      ? { ...settings, problems: [...settings.problems, baseline.problem] }
      : { ...settings, baseline };
  }

  let day = today();
  return {
    async of(uri) {
      const { system, path } = placeOf(uri);
      const now = today();
      if (now !== day) byFolder.clear();
      day = now;
      const key = `${system} ${parentOf(path) ?? ''}`;
      let known = byFolder.get(key);
      if (!known) {
        byFolder.set(key, (known = read(uri)));
        known.catch(() => byFolder.delete(key));
      }
      return documentSettings(await known, path, folders());
    },
    isPart: (uri) => isSettingsFile(uri) || baselines.has(uri) || found.some((file) => isOrLiesBelow(file, uri)),
    forget() {
      byFolder.clear();
      found.length = 0;
    },
  };
}

interface Configuration {
  readonly uri: string;
  readonly text: string;
}

/** The one in the folder of the document, else the nearest one above it that still lies in what was opened. */
async function nearestConfiguration(
  uri: string,
  roots: readonly string[],
  files: Files,
): Promise<Configuration | undefined> {
  const { system, path } = placeOf(uri);
  let folder = parentOf(path);
  for (let steps = 0; folder !== undefined && steps < mostFolders; steps++) {
    for (const name of settingsNames) {
      const candidate = uriOf({ system, path: `${folder}/${name}` });
      const text = await files.readWithin(roots, candidate);
      if (text !== undefined) return { uri: candidate, text };
    }
    folder = parentOf(folder);
  }
  return undefined;
}

/** One object for all documents of a folder: the linter recognises unchanged settings by identity. */
function folderSettings(editor: EditorSettings, found: Configuration | undefined): FolderSettings {
  const configuration = found && parseConfig(found.text, found.uri);
  const position = positionsOf(found?.text ?? '');
  const mistakes = configuration?.errors ?? [];
  const name = found?.uri.slice(found.uri.lastIndexOf('/') + 1);
  return {
    enable: editor.enable !== false,
    run: editor.run === 'onSave' ? 'onSave' : 'onType',
    codeLens: editor.codeLens !== false,
    settings: mergeSettings(defaultSettings, { today: today() }, wellFormed(editor), configuration?.settings),
    ...(found && { configuration: found.uri }),
    problems: mistakes.map(
      ({ message, start }) => `${name}:${position(start).line}:${position(start).column}: ${message}`,
    ),
  };
}

/** As on the command line: globs count from the folder of the settings file, else from the folder that was opened. */
function documentSettings(known: FolderSettings, path: string, folders: readonly string[]): DocumentSettings {
  const bases =
    known.configuration === undefined
      ? folders.map((folder) => placeOf(folder).path)
      : [parentOf(placeOf(known.configuration).path) ?? ''];
  const below = bases.map((base) => pathWithin(base, path)).filter((relative) => relative !== undefined);
  const [shortest = path.slice(path.lastIndexOf('/') + 1)] = [...below].sort((a, b) => a.length - b.length);
  const { baseline, ...ofFolder } = known;
  const inBaseline = baseline && pathWithin(baseline.folder, path);
  return {
    ...ofFolder,
    known: (inBaseline !== undefined && baseline?.known.get(inBaseline)) || [],
    settings: overridden(known.settings, shortest),
    excluded: below.some((relative) => matchesAny(known.settings.exclude, relative)),
    relativePath: shortest,
  };
}

/** ISO date in UTC, as on the command line. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function parentOf(path: string): string | undefined {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? undefined : path.slice(0, slash);
}

/** What of the editor's settings has the right type. */
function wellFormed(editor: EditorSettings): Partial<Settings> {
  const texts = (value: unknown): string[] | undefined =>
    Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;
  const rules =
    typeof editor.rules === 'object' && editor.rules !== null
      ? Object.fromEntries(
          Object.entries(editor.rules).filter(([, severity]) =>
            ['error', 'warning', 'information', 'off'].includes(severity),
          ),
        )
      : undefined;
  const given = {
    // One that no page has would be written by fixes; the editor's own schema says so where it stands.
    trustedOrigins: texts(editor.trustedOrigins)?.filter((origin) => inspectOrigin(origin).valid),
    exclude: texts(editor.exclude),
    development: texts(editor.development),
    rules,
    profile: editor.profile === 'default' || editor.profile === 'thorough' ? editor.profile : undefined,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
