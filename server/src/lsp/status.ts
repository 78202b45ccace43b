/** Answers "why is nothing reported here?", and what a bug report needs. */
import type { Connection } from 'vscode-languageserver';
import { version } from '../../../package.json';
import { codeBlock, markdownText } from '../service/markdown.ts';
import { visible } from '../service/visible-text.ts';
import type { Context } from './context.ts';
import { wholeOf } from './half-typed.ts';
import type { Linted } from './linters.ts';
import { debugInformationMethod, statusChangedMethod, statusMethod } from './protocol.ts';
import { hintsFor } from './setting-users.ts';
import type { SettingUsers } from './setting-users.ts';
import type { Translator } from './translation.ts';
import type { DebugInformationResult, StatusParams, StatusResult } from './protocol.ts';

export function register(connection: Connection, context: Context, users: SettingUsers): void {
  connection.onRequest(statusMethod, async ({ uri }: StatusParams, token): Promise<StatusResult | null> => {
    const linted = await context.session.current(uri, token);
    const { translator } = context.client();
    return linted ? withUses(statusOf(linted, translator), linted, await users.of(uri, token), translator) : null;
  });
  connection.onRequest(debugInformationMethod, (): DebugInformationResult => ({ text: debugInformation(context) }));
  context.onShown((uri) => {
    const linted = context.session.last(uri);
    for (const problem of linted?.result.problems ?? [])
      context.logError(`A rule or framework failed on ${uri} and was left out`, problem);
    if (context.client().options.statusChanges) void connection.sendNotification(statusChangedMethod, { uri });
  });
}

/** Of a file with settings that others use: what is found there because of them counts here too. */
function withUses(
  status: StatusResult,
  { document }: Linted,
  users: readonly Linted[],
  translator: Translator,
): StatusResult {
  if (users.length === 0) return status;
  const usedBy = users.map((user) => user.document.uri);
  return { ...status, findings: status.findings + hintsFor(document, users, translator).length, usedBy };
}

function statusOf(linted: Linted, translator: Translator): StatusResult {
  const { result, settings, known, milliseconds } = linted;
  const { policies, frameworks, findings, suppressed, problems = [], limits = [], skipped, failed } = result;
  return {
    // Where policies were read, those of the others that were looked for say nothing.
    frameworks: policies.length > 0 ? [...new Set(policies.map(({ framework }) => framework))] : frameworks,
    policies: wholeOf(linted).result.policies.length,
    findings: findings.length,
    suppressed: suppressed.length,
    known,
    milliseconds: Math.round(milliseconds * 10) / 10,
    atBound: limits.length,
    problems: [...settings.problems, ...problems.map((problem) => problem.split('\n', 1)[0]!)].map(visible),
    ...(settings.configuration !== undefined && { configuration: settings.configuration }),
    ...(skipped !== undefined && { skipped: translator.say(skipped) }),
    ...(failed !== undefined && { failed: translator.say(failed) }),
  };
}

function debugInformation(context: Context): string {
  const client = context.client();
  const open = context.documents.all();
  const languages = new Map<string, number>();
  for (const { languageId } of open) languages.set(languageId, (languages.get(languageId) ?? 0) + 1);
  const slowest = Math.max(0, ...open.map(({ uri }) => context.session.last(uri)?.milliseconds ?? 0));
  const problems = open.flatMap(({ uri }) => context.session.last(uri)?.result.problems ?? []);
  const facts = [
    ['CORS Lint', version],
    ['Runs in', context.platform.name],
    ['Client', client.name],
    ['Diagnostics', client.pullsDiagnostics ? 'asked for' : 'pushed'],
    ['Snippet edits', client.snippetEdits ? 'yes' : 'no'],
    ['Watches files', context.watching() ? 'yes' : 'no'],
    ['Workspace folders', String(context.folders().length)],
    ['Open documents', [...languages].map(([language, count]) => `${count} ${language}`).join(', ') || 'none'],
    ['Slowest last lint', `${slowest.toFixed(1)} ms`],
  ] as const;
  return [
    ...facts.map(([name, value]) => `- ${name}: ${markdownText(value)}`),
    ...problems.map((problem) => `\n${codeBlock(problem)}`),
  ].join('\n');
}
