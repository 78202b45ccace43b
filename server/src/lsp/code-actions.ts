/** Quick fixes, "fix all of this rule", suppressions, and `source.fixAll.corsLint`. */
import { CodeActionKind, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { CancellationToken, CodeAction, CodeActionParams, Connection } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { isNotebookPath, languageOfId } from '../service/languages.ts';
import { documentationOf } from '../rules/documentation.ts';
import type { Fix } from '../rules/rule.ts';
import type { Finding, LintResult } from '../service/lint.ts';
import { suppressionEdit } from '../service/suppression.ts';
import type { SuppressionPlace } from '../service/suppression.ts';
import { tryOrigin } from '../service/try-origin.ts';
import type { Edit, SourceRange } from '../syntax/range.ts';
import type { Client } from './client.ts';
import type { Context } from './context.ts';
import { fixAllEdits, fixOfRule, safeFix } from './fix-all.ts';
import { meantOf } from './half-typed.ts';
import type { Linted } from './linters.ts';
import { diagnosticOf } from './to-diagnostic.ts';
import type { Translator } from './translation.ts';
import { placeOf } from './uris.ts';
import { workspaceEdit } from './workspace-edit.ts';

export const fixAllKind = `${CodeActionKind.SourceFixAll}.corsLint`;

/** What is needed to make the edit once the user has chosen the action. */
type Work =
  | { readonly kind: 'fix'; readonly finding: FindingPlace; readonly fix: number }
  | { readonly kind: 'suppress'; readonly finding: FindingPlace; readonly place: SuppressionPlace }
  | { readonly kind: 'rule'; readonly rule: string }
  | { readonly kind: 'all' };
/** Of a finding; what is said of one text may be another after a pause in typing. */
interface FindingPlace {
  readonly index: number;
  readonly rule: string;
  readonly start: number;
}
interface ActionData {
  readonly uri: string;
  readonly version: number;
  readonly work: Work;
}

const acceptTitles: Readonly<Record<SuppressionPlace, (rule: string) => string>> = {
  'next-line': (rule) => `Accept "${rule}" in the line above, with a reason`,
  line: (rule) => `Accept "${rule}" at the end of this line, with a reason`,
  file: (rule) => `Accept "${rule}" for this file, with a reason`,
};

export function register(connection: Connection, context: Context): void {
  connection.onCodeAction(async (params, token) => {
    const linted = await context.session.current(params.textDocument.uri, token);
    if (!linted) return [];
    const actions = actionsFor(linted, params, context.client());
    return context.client().resolvesEdits ? actions : withEdits(actions, context, token);
  });
  connection.onCodeActionResolve((action, token) => resolve(action, context, token));
}

function actionsFor(
  linted: Linted,
  { range, context: { only } }: CodeActionParams,
  { options: { opensLinks, copiesText }, translator }: Client,
): CodeAction[] {
  const { document, result } = linted;
  const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  const wants = (kind: string): boolean =>
    !only || only.some((wanted) => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`));
  const data = (work: Work): ActionData => ({ uri: document.uri, version: document.version, work });
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) {
    const here = [...result.findings.entries()]
      .filter(([, finding]) => finding.range.start <= end && start <= finding.range.end)
      .sort(([, one], [, other]) => weights[one.severity] - weights[other.severity]);
    const ofHere = new Set(here.map(([, finding]) => finding.rule));
    for (const [index, finding] of here)
      actions.push(
        ...fixesOf(finding, index, linted, data, translator).map((fix) =>
          ofHere.size > 1 ? named(fix, finding) : fix,
        ),
      );
    for (const rule of ofHere) {
      const choose = fixOfRule(rule);
      if (result.findings.filter((finding) => choose(finding)).length > 1)
        actions.push({
          title: translator.say(`Fix all "${rule}" in this file`),
          kind: CodeActionKind.QuickFix,
          data: data({ kind: 'rule', rule }),
        });
    }
    for (const [index, finding] of here) actions.push(...suppressionsOf(finding, index, linted, data, translator));
    if (copiesText) for (const [, finding] of here) actions.push(...curlActions(finding, result, translator));
    if (opensLinks) actions.push(...[...ofHere].map((rule) => documentationAction(rule, translator)));
  }
  // Only where source actions are asked for: in the list of every light bulb it would be noise.
  if (only && wants(fixAllKind) && meantOf(linted).result.findings.some((finding) => safeFix(finding))) {
    actions.push({
      title: translator.say('Apply all safe fixes of CORS Lint'),
      kind: fixAllKind,
      data: data({ kind: 'all' }),
    });
  }
  return actions;
}

/** What is repaired first. */
const weights = { error: 0, warning: 1, information: 2 } as const;

/** Where several findings meet, a fix says whose it is. */
function named(fix: CodeAction, { rule }: Finding): CodeAction {
  return { ...fix, title: `${fix.title} (${rule})` };
}

function documentationAction(rule: string, translator: Translator): CodeAction {
  const title = translator.say(`Show documentation of "${rule}"`);
  return {
    title,
    kind: CodeActionKind.QuickFix,
    command: { title, command: 'vscode.open', arguments: [documentationOf(rule)] },
  };
}

/** The request of the origin that gets in and should not, to be asked of the real server. */
function curlActions(
  { witness: origin, range }: Finding,
  { policies }: LintResult,
  translator: Translator,
): CodeAction[] {
  const policy = policies.find((one) => isWithin(range, one.range));
  if (origin === undefined || policy === undefined) return [];
  const request = (cookies: boolean) => tryOrigin(policy, { origin, method: 'GET', headers: [], cookies });
  const withCookies = request(true);
  const { exchanges } = withCookies.readable === true ? withCookies : request(false);
  const text = exchanges.map(({ curl }) => curl).join('\n');
  const title = translator.say(`Copy the request of ${origin} as curl`);
  return [
    {
      title,
      kind: CodeActionKind.QuickFix,
      command: { title, command: 'corsLint.copyText', arguments: [text] },
    },
  ];
}

function isWithin(inner: SourceRange, outer: SourceRange): boolean {
  return inner.path === outer.path && outer.start <= inner.start && inner.end <= outer.end;
}

function fixesOf(
  finding: Finding,
  index: number,
  { document }: Linted,
  data: (work: Work) => ActionData,
  translator: Translator,
): CodeAction[] {
  const preferred = finding.fixes.findIndex((fix) => fix.preferred);
  return finding.fixes.map((fix, number) => ({
    title: titleOf(fix, translator),
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnosticOf(finding, document, translator)],
    ...((number === preferred || (preferred === -1 && number === 0 && fix.safety === 'safe')) && { isPreferred: true }),
    data: data({ kind: 'fix', finding: placeOfFinding(finding, index), fix: number }),
  }));
}

/** What an unsafe fix changes is read before it is chosen. */
function titleOf({ title, changes }: Fix, translator: Translator): string {
  return [title, ...(changes === undefined ? [] : [changes])].map((part) => translator.say(part)).join('; ');
}

function suppressionsOf(
  finding: Finding,
  index: number,
  { document }: Linted,
  data: (work: Work) => ActionData,
  translator: Translator,
): CodeAction[] {
  if (finding.rule === 'unused-suppression' || isWithoutComments(document)) return [];
  return (['next-line', 'line', 'file'] as const).map((place) => ({
    title: translator.say(acceptTitles[place](finding.rule)),
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnosticOf(finding, document, translator)],
    data: data({ kind: 'suppress', finding: placeOfFinding(finding, index), place }),
  }));
}

/** Actions whose edit cannot be made are left out. */
async function withEdits(
  actions: readonly CodeAction[],
  context: Context,
  token: CancellationToken,
): Promise<CodeAction[]> {
  const resolved = await Promise.all(actions.map((action) => resolve(action, context, token)));
  return resolved.filter(({ edit, command }) => edit ?? command).map(({ data: _data, ...action }) => action);
}

async function resolve(action: CodeAction, context: Context, token: CancellationToken): Promise<CodeAction> {
  if (action.data === undefined) return action;
  const { uri, version, work } = action.data as ActionData;
  const linted = await context.session.current(uri, token);
  if (!linted || linted.document.version !== version)
    throw new ResponseError(LSPErrorCodes.ContentModified, 'The text has changed since this action was offered.');
  const edits = await editsFor(work, linted, context, token);
  const edit = await workspaceEdit(edits, linted.document, context);
  return edit && edits.length > 0 ? { ...action, edit } : action;
}

async function editsFor(
  work: Work,
  linted: Linted,
  { session }: Context,
  token: CancellationToken,
): Promise<readonly Edit[]> {
  const { document, settings } = linted;
  const finding = 'finding' in work ? findingOf(work, linted.result) : undefined;
  switch (work.kind) {
    case 'fix':
      return finding?.fixes[work.fix]?.edits ?? [];
    case 'suppress':
      return finding
        ? [suppressionEdit(finding, work.place, document.getText(), document.languageId, document.uri)]
        : [];
    default: {
      const choose = work.kind === 'all' ? safeFix : fixOfRule(work.rule);
      const lint = async (text: string) =>
        (await session.lintText({ uri: document.uri, languageId: document.languageId, text }, settings, token)).result;
      return fixAllEdits(document.getText(), meantOf(linted).result, choose, lint);
    }
  }
}

function placeOfFinding({ rule, range }: Finding, index: number): FindingPlace {
  return { index, rule, start: range.start };
}

function findingOf(
  { finding: { index, rule, start } }: Extract<Work, { readonly finding: FindingPlace }>,
  { findings }: LintResult,
): Finding {
  const finding = findings[index];
  if (finding?.rule !== rule || finding.range.start !== start)
    throw new ResponseError(LSPErrorCodes.ContentModified, 'The text has changed since this action was offered.');
  return finding;
}

/** A notebook's file, which is JSON, too; its cells are programs, whatever they are called. */
function isWithoutComments({ languageId, uri }: TextDocument): boolean {
  const language = languageOfId(languageId);
  if (isNotebookPath(placeOf(uri).path) && language?.kind.shape !== 'program') return true;
  return language !== undefined && language.comment === undefined;
}
