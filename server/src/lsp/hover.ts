/** On a CORS setting: who can read, what a preflight gets, and which values nobody wrote. */
import type { CancellationToken, Connection } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Policy } from '../policy/policy.ts';
import { describeTogether } from '../service/describe-policy.ts';
import type { PolicyDescription } from '../service/describe-policy.ts';
import type { SourceRange } from '../syntax/range.ts';
import type { Context } from './context.ts';
import type { Linted } from './linters.ts';
import { asMarkdown, asText } from './policy-words.ts';
import type { SettingUsers } from './setting-users.ts';
import { rangeIn } from './to-diagnostic.ts';
import { placeOf } from './uris.ts';

/** Told in one hover, and looked at to find what differs. */
const mostPolicies = 3;
const mostDescribed = 20;

export function register(connection: Connection, { session, client }: Context, users: SettingUsers): void {
  connection.onHover(async ({ textDocument: { uri }, position }, token) => {
    const linted = await session.current(uri, token);
    if (!linted) return null;
    const { document } = linted;
    const offset = document.offsetAt(position);
    const own = settingsAt(linted, undefined, offset, document.getText());
    const here = own.length > 0 ? own : await usedSettings(document, offset, users, token);
    if (here.length === 0) return null;
    const narrowest = here
      .map(({ range }) => range)
      .reduce((left, right) => (right.end - right.start < left.end - left.start ? right : left));
    const all = describeTogether(
      here.slice(0, mostDescribed).map(({ policy }) => policy),
      here[0]!.text,
    );
    const described = all.slice(0, mostPolicies);
    const left = Math.max(0, here.length - mostDescribed) + all.length - described.length;
    const more = left > 0 ? [`${left} more ${left === 1 ? 'policy is' : 'policies are'} set here.`] : [];
    const { markdown, translator } = client();
    const sentences = [...more, ...doubtsAt(linted, offset)].map((one) => translator.say(one));
    const describe = (one: PolicyDescription): string => (markdown ? asMarkdown : asText)(one, translator);
    return {
      contents: {
        kind: markdown ? 'markdown' : 'plaintext',
        value: [...described.map(describe), ...sentences].join('\n\n'),
      },
      range: rangeIn(document, narrowest),
    };
  });
}

/** A problem that shows here, and that the text makes likely without deciding it. */
function doubtsAt({ result }: Linted, offset: number): string[] {
  const unsure = result.findings.filter(
    ({ confidence, range }) => confidence !== 'certain' && range.start <= offset && offset <= range.end,
  );
  return [...new Set(unsure.map(({ rule, confidence }) => `Confidence of ${rule}: ${confidence}.`))];
}

interface SettingHere {
  readonly policy: Policy;
  readonly range: SourceRange;
  /** Of the file that the policy was read from. */
  readonly text: string;
}

/** `path` is that of the document where the result is of another file, which uses what stands here. */
function settingsAt(
  { document, result }: Linted,
  path: string | undefined,
  offset: number,
  here: string,
): SettingHere[] {
  const text = document.getText();
  return result.policies.flatMap((policy) => {
    const range = settingAt(policy, offset, here, path);
    return range ? [{ policy, range, text }] : [];
  });
}

async function usedSettings(
  document: TextDocument,
  offset: number,
  users: SettingUsers,
  token: CancellationToken,
): Promise<SettingHere[]> {
  const { path } = placeOf(document.uri);
  for (const user of await users.of(document.uri, token)) {
    const found = settingsAt(user, path, offset, document.getText());
    if (found.length > 0) return found;
  }
  return [];
}

/** The narrowest setting of the policy at this offset. */
function settingAt(policy: Policy, offset: number, text: string, path: string | undefined): SourceRange | undefined {
  const { origins, ...others } = policy.settings;
  const settings = [origins, ...Object.values(others)].filter((setting) => setting !== undefined && setting.written);
  const ranges: (SourceRange | undefined)[] = [
    ...settings.flatMap((setting) => [setting!.range, setting!.keyRange]),
    ...origins.value.map(({ range }) => range),
    ...policy.headers.map(({ range }) => range),
    ...(path === undefined ? [firstLine(policy.range, text)] : []),
  ];
  return ranges
    .filter((range) => range !== undefined && range.path === path && range.start <= offset && offset <= range.end)
    .reduce((left, right) => (!left || right!.end - right!.start < left.end - left.start ? right : left), undefined);
}

/** A policy may be a whole block; only its beginning stands for it. */
function firstLine(range: SourceRange, text: string): SourceRange {
  const newline = text.indexOf('\n', range.start);
  return { ...range, end: newline === -1 ? range.end : Math.min(range.end, newline) };
}
