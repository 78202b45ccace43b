/** What the view of policies shows: tables of origins, layers, settings; and the field in which an origin is tried. */
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Connection } from 'vscode-languageserver';
import type { Layer, Policy } from '../policy/policy.ts';
import { describePolicy } from '../service/describe-policy.ts';
import { withoutMarks } from '../service/markdown.ts';
import { summaryOf } from '../service/policy-summary.ts';
import { tableOf } from '../service/policy-table.ts';
import { mistakeIn, tryOrigin } from '../service/try-origin.ts';
import { visible } from '../service/visible-text.ts';
import type { Context } from './context.ts';
import { wholeOf } from './half-typed.ts';
import type { Linted } from './linters.ts';
import { policyViewMethod, tryOriginMethod } from './policy-view-protocol.ts';
import type {
  PolicyViewParams,
  PolicyViewResult,
  TryOriginParams,
  TryOriginResult,
  ViewedCell,
  ViewedLayer,
  ViewedPolicy,
} from './policy-view-protocol.ts';
import type { Translator } from './translation.ts';
import { placeOf, uriOf } from './uris.ts';

export function register(connection: Connection, { session, files, client }: Context): void {
  connection.onRequest(policyViewMethod, async ({ uri }: PolicyViewParams, token): Promise<PolicyViewResult | null> => {
    const current = await session.current(uri, token);
    if (!current) return null;
    const linted = wholeOf(current);
    const { document, result } = linted;
    const textOf = async (other: string): Promise<string | undefined> =>
      other === document.uri ? document.getText() : files.read(other);
    const policies = await Promise.all(
      result.policies.map(async (policy) => inLanguage(await viewed(policy, linted, textOf), client().translator)),
    );
    const why = result.skipped ?? result.failed ?? 'Nothing in it is known to set CORS headers.';
    return {
      version: document.version,
      policies,
      ...(policies.length === 0 && { nothing: visible(client().translator.say(why)) }),
    };
  });
  connection.onRequest(tryOriginMethod, async (asked: TryOriginParams, token): Promise<TryOriginResult | null> => {
    const current = await session.current(asked.uri, token);
    const linted = current && wholeOf(current);
    const policy = linted?.document.version === asked.version ? linted.result.policies[asked.policy] : undefined;
    if (policy === undefined) return null;
    const mistake = mistakeIn(asked);
    const { translator } = client();
    if (mistake !== undefined) return { mistake: visible(translator.say(mistake)) };
    const outcome = tryOrigin(policy, asked);
    return { ...outcome, explanation: translator.say(outcome.explanation) };
  });
}

type TextOf = (uri: string) => Promise<string | undefined>;

async function viewed(policy: Policy, linted: Linted, textOf: TextOf): Promise<ViewedPolicy> {
  const { document } = linted;
  const text = document.getText();
  const { title, scope, rows } = describePolicy(policy, text);
  const { methods, rows: origins, left } = tableOf(policy, text);
  return {
    title,
    scope,
    line: document.positionAt(policy.range.start).line,
    summary: summaryOf(policy, text),
    methods,
    origins,
    left,
    settings: rows.map((row) => ({ ...row, value: withoutMarks(row.value) })),
    layers: await Promise.all((policy.layers ?? []).map((layer) => viewedLayer(layer, linted, textOf))),
  };
}

/** Words about the policy; what stands in the file stays as it is. */
function inLanguage(policy: ViewedPolicy, translator: Translator): ViewedPolicy {
  const cell = <Cell extends ViewedCell>(one: Cell): Cell =>
    one.why === undefined ? one : { ...one, why: translator.say(one.why) };
  return {
    ...policy,
    scope: translator.say(policy.scope),
    summary: translator.sayList(policy.summary),
    origins: policy.origins.map((row) => ({
      ...row,
      read: cell(row.read),
      readWithCookies: cell(row.readWithCookies),
      preflights: row.preflights.map(cell),
    })),
    settings: policy.settings.map((row) => ({
      ...row,
      name: translator.say(row.name),
      value: translator.sayList(row.value),
    })),
  };
}

async function viewedLayer(
  { role, title, scope, range }: Layer,
  { document }: Linted,
  textOf: TextOf,
): Promise<ViewedLayer> {
  const { system, path } = placeOf(document.uri);
  const isHere = range.path === undefined || range.path === path;
  const uri = isHere ? document.uri : uriOf({ system, path: range.path! });
  const text = await textOf(uri);
  return {
    role,
    title: visible(title),
    scope: visible(scope),
    uri,
    ...(text !== undefined && { line: TextDocument.create(uri, '', 0, text).positionAt(range.start).line }),
  };
}
