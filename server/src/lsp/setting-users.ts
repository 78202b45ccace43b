/** A file with settings that other files use: who uses them, and what is found there because of them. */
import { DiagnosticSeverity } from 'vscode-languageserver';
import type { CancellationToken, Diagnostic } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { programsBeside } from '../service/languages.ts';
import { setHere } from '../service/one-decision.ts';
import type { Context } from './context.ts';
import { waitsForAnother } from './half-typed.ts';
import type { Linted } from './linters.ts';
import { documentationOf } from '../rules/documentation.ts';
import { rangeIn, source } from './to-diagnostic.ts';
import type { Translator } from './translation.ts';
import { normalisedUri, placeOf } from './uris.ts';

/** Files that are looked at, and uses that are told. */
const mostFiles = 300;
const mostUsers = 5;
/** Only such a text may be somebody's settings. */
const maySet = /cors|origin|https?:\/\//i;
const mayUse = /cors|access-control/i;

export interface SettingUsers {
  /**
   * Results of files whose policies depend on this document; none where it has policies of its own. Looked for among files of the same
   * language, by the document's name.
   */
  of(uri: string, token?: CancellationToken): Promise<readonly Linted[]>;
}

export function createSettingUsers(context: Context): SettingUsers {
  /** URI of a document → those of the files that use it. */
  const known = new Map<string, Promise<readonly string[]>>();
  const { session, files } = context;
  context.onChanged((uris, how) => {
    // What is typed is known of the open documents themselves.
    if (how !== 'text' || uris.some((uri) => !files.open(uri))) known.clear();
  });

  async function usersOf(uri: string, token?: CancellationToken): Promise<readonly Linted[]> {
    const linted = await session.current(uri, token);
    if (!linted?.settings.enable || linted.settings.excluded || linted.result.policies.length > 0) return [];
    if (!maySet.test(linted.document.getText())) return [];
    let users = known.get(uri);
    if (!users) known.set(uri, (users = findUsers(uri, context, token)));
    users.catch(() => known.delete(uri));
    const all = [...new Set([...(await users), ...openUsers(uri, context)])].slice(0, mostUsers);
    const results = await Promise.all(all.map((user) => resultOf(user, token)));
    // While somebody types here, nobody has counted where the places of those are that wait for it.
    return results.filter((result) => result !== undefined).filter((result) => !waitsForAnother(result));
  }

  async function resultOf(uri: string, token?: CancellationToken): Promise<Linted | undefined> {
    if (files.open(uri)) return session.current(uri, token);
    const text = await files.readOnce(uri);
    return text === undefined ? undefined : session.lintText({ uri, text }, undefined, token);
  }

  return {
    async of(given, token) {
      try {
        return await usersOf(normalisedUri(given), token);
      } catch (error) {
        if (token?.isCancellationRequested) throw error;
        context.logError(`The users of ${given} could not be looked for`, error);
        return [];
      }
    },
  };
}

/** Open documents of which the last result says so. */
function openUsers(uri: string, { documents, session }: Context): string[] {
  const { path } = placeOf(uri);
  const open = documents.all().map((document) => normalisedUri(document.uri));
  return open.filter((other) => other !== uri && session.last(other)?.result.dependencies.includes(path));
}

async function findUsers(uri: string, context: Context, token?: CancellationToken): Promise<readonly string[]> {
  const { files, session } = context;
  const { path } = placeOf(uri);
  const users: string[] = [];
  for (const candidate of await candidatesFor(uri, context)) {
    if (users.length >= mostUsers || token?.isCancellationRequested) break;
    const text = await files.readOnce(candidate);
    if (text === undefined || !mayUse.test(text) || !text.includes(nameOf(path))) continue;
    const { result } = await session.lintText({ uri: candidate, text }, undefined, token);
    if (result.policies.length > 0 && result.dependencies.includes(path)) users.push(candidate);
  }
  return users;
}

async function candidatesFor(uri: string, { files, folders, settings }: Context): Promise<readonly string[]> {
  const glob = programsBeside(/\.(\w+)$/.exec(uri)?.[1] ?? '');
  const folder = folders().find((one) => uri.startsWith(`${normalisedUri(one)}/`));
  if (glob === undefined || folder === undefined) return [];
  const { exclude } = (await settings.of(uri)).settings;
  const listed = await files.list({ folder, include: [glob], exclude, most: mostFiles });
  return listed.map(normalisedUri).filter((other) => other !== uri);
}

/** What an import of the file says: its name, or that of its folder. */
function nameOf(path: string): string {
  const [name = '', folder = ''] = path.split('/').reverse();
  const module = name.replace(/\.\w+$/, '');
  return module === 'index' || module === '__init__' ? folder : module;
}

/** What is found in the files that use this one because of what stands in it, at the place where it stands. */
export function hintsFor(document: TextDocument, users: readonly Linted[], translator: Translator): Diagnostic[] {
  const { path } = placeOf(document.uri);
  const hints = new Map<string, Diagnostic>();
  for (const user of users)
    for (const { rule, parts, range, related } of user.result.findings) {
      const set = related.find((one) => one.message === setHere && one.range.path === path)?.range;
      if (set === undefined) continue;
      const used = rangeIn(user.document, range);
      const place = `${user.document.uri.split('/').at(-1)}:${used.start.line + 1}`;
      const key = [rule, set.start, set.end].join(' ');
      hints.set(key, {
        range: rangeIn(document, set),
        severity: DiagnosticSeverity.Hint,
        source,
        code: rule,
        codeDescription: { href: documentationOf(rule) },
        message: [parts[0], `It is reported where it is used, in ${decodeURIComponent(place)}.`]
          .map((part) => translator.say(part))
          .join(' '),
        relatedInformation: [
          { location: { uri: user.document.uri, range: used }, message: translator.say('It is used here.') },
        ],
      });
    }
  return [...hints.values()];
}
