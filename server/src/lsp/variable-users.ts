/** A file of environment variables: hints that lead from a variable to the CORS settings that are made of it. */
import { DiagnosticSeverity } from 'vscode-languageserver';
import type { CancellationToken, Diagnostic } from 'vscode-languageserver';
import type { Policy } from '../policy/policy.ts';
import { sourceKind } from '../service/language.ts';
import { programEndings } from '../service/languages.ts';
import { readEnv } from '../syntax/trees/env.ts';
import type { SourceRange } from '../syntax/range.ts';
import type { Context } from './context.ts';
import type { Linted } from './linters.ts';
import { rangeIn, source } from './to-diagnostic.ts';
import { normalisedUri, placeOf } from './uris.ts';

/** Files that are looked at, and uses that are told. */
const mostFiles = 300;
const mostUses = 20;
const mayUse = /cors|access-control/i;

interface Use {
  readonly variable: string;
  readonly uri: string;
  /** From 0. */
  readonly line: number;
}

export interface VariableUsers {
  /** None where the document is no file of environment variables. */
  hints(linted: Linted, token?: CancellationToken): Promise<Diagnostic[]>;
}

export function createVariableUsers(context: Context): VariableUsers {
  /** URI of a document, and the names in it → who uses them. */
  const known = new Map<string, Promise<readonly Use[]>>();
  context.onChanged((uris, how) => {
    // Values of variables are nothing to who uses them.
    if (how !== 'text' || uris.some((uri) => !isEnv(uri, undefined, ''))) known.clear();
  });
  return {
    async hints({ document, settings }, token) {
      const text = document.getText();
      if (!settings.enable || settings.excluded || !isEnv(document.uri, document.languageId, text)) return [];
      const { root } = readEnv(document.uri, text);
      const entries = root?.kind === 'map' ? root.entries : [];
      const names = [...new Set(entries.map(({ key }) => key))];
      const key = [normalisedUri(document.uri), ...names].join('\n');
      let uses = known.get(key);
      if (!uses) known.set(key, (uses = findUses(document.uri, names, context, token)));
      uses.catch(() => known.delete(key));
      const found = await uses;
      return entries.flatMap(({ key: name, range }) => {
        const own = found.filter(({ variable }) => variable === name);
        return own.length === 0 ? [] : [hintOf(rangeIn(document, range), own, context)];
      });
    },
  };
}

function isEnv(uri: string, languageId: string | undefined, text: string): boolean {
  const kind = sourceKind(placeOf(uri).path, languageId, text);
  return kind?.shape === 'tree' && kind.format === 'env';
}

function hintOf(range: Diagnostic['range'], uses: readonly Use[], context: Context): Diagnostic {
  const { translator } = context.client();
  const places = uses.map(({ uri, line }) => `${decodeURIComponent(uri.split('/').at(-1)!)}:${line + 1}`);
  return {
    range,
    severity: DiagnosticSeverity.Hint,
    source,
    code: 'variable',
    message: translator.say(`CORS settings are made of this variable, in ${places.join(', ')}.`),
    relatedInformation: uses.map(({ uri, line }) => ({
      location: { uri, range: { start: { line, character: 0 }, end: { line, character: 0 } } },
      message: translator.say('It is used here.'),
    })),
  };
}

async function findUses(
  given: string,
  names: readonly string[],
  { files, folders, session, settings }: Context,
  token?: CancellationToken,
): Promise<readonly Use[]> {
  const uri = normalisedUri(given);
  const folder = folders().find((one) => uri.startsWith(`${normalisedUri(one)}/`));
  if (folder === undefined || names.length === 0) return [];
  const { exclude } = (await settings.of(uri)).settings;
  const include = [`**/*.{${programEndings.join(',')}}`];
  const uses: Use[] = [];
  for (const candidate of (await files.list({ folder, include, exclude, most: mostFiles })).map(normalisedUri)) {
    if (uses.length >= mostUses || token?.isCancellationRequested) break;
    const text = await files.readOnce(candidate);
    if (text === undefined || !mayUse.test(text)) continue;
    const mentioned = names.filter((name) => text.includes(name));
    if (mentioned.length === 0) continue;
    const { result, document } = await session.lintText({ uri: candidate, text }, undefined, token);
    for (const policy of result.policies)
      for (const variable of mentioned)
        if (isMadeOf(policy, variable, text))
          uses.push({ variable, uri: candidate, line: document.positionAt(policy.range.start).line });
  }
  return uses.slice(0, mostUses);
}

/** The variable stands in the text of the policy, or a name does that is set in a line with the variable. */
function isMadeOf(policy: Policy, variable: string, text: string): boolean {
  const settings = Object.values(policy.settings) as readonly ({ readonly range: SourceRange } | undefined)[];
  const parts = [policy.range, ...settings.flatMap((setting) => setting?.range ?? [])];
  const own = parts.filter(({ path }) => path === undefined).map(({ start, end }) => text.slice(start, end));
  const names = [variable, ...namesSetFrom(variable, text)];
  return own.some((part) => names.some((name) => wordOf(name).test(part)));
}

function namesSetFrom(variable: string, text: string): string[] {
  const used = wordOf(variable);
  return text
    .split('\n')
    .filter((line) => used.test(line))
    .flatMap((line) => /([A-Za-z_$][\w$]*)\s*(?::[^=]*)?(?<![=!<>]):?=(?!=)/.exec(line)?.[1] ?? [])
    .filter((name) => name !== variable);
}

function wordOf(name: string): RegExp {
  return new RegExp(`(?<![\\w$-])${escaped(name)}(?![\\w$-])`);
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
