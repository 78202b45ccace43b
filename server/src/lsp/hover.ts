/** On a CORS setting: who can read, what a preflight gets, and which values nobody wrote. */
import type { Connection } from 'vscode-languageserver';
import type { Policy } from '../policy/policy.ts';
import { describeTogether } from '../service/describe-policy.ts';
import type { SourceRange } from '../syntax/range.ts';
import type { Context } from './context.ts';
import { asMarkdown, asText } from './policy-words.ts';
import { rangeIn } from './to-diagnostic.ts';

/** Told in one hover, and looked at to find what differs. */
const mostPolicies = 3;
const mostDescribed = 20;

export function register(connection: Connection, { session, client }: Context): void {
  connection.onHover(async ({ textDocument: { uri }, position }, token) => {
    const linted = await session.current(uri, token);
    if (!linted) return null;
    const { document, result } = linted;
    const offset = document.offsetAt(position);
    const here = result.policies.flatMap((policy) => {
      const range = settingAt(policy, offset, document.getText());
      return range ? [{ policy, range }] : [];
    });
    if (here.length === 0) return null;
    const narrowest = here
      .map(({ range }) => range)
      .reduce((left, right) => (right.end - right.start < left.end - left.start ? right : left));
    const all = describeTogether(
      here.slice(0, mostDescribed).map(({ policy }) => policy),
      document.getText(),
    );
    const described = all.slice(0, mostPolicies);
    const left = Math.max(0, here.length - mostDescribed) + all.length - described.length;
    const more = left > 0 ? [`${left} more ${left === 1 ? 'policy is' : 'policies are'} set here.`] : [];
    const { markdown } = client();
    return {
      contents: {
        kind: markdown ? 'markdown' : 'plaintext',
        value: [...described.map(markdown ? asMarkdown : asText), ...more].join('\n\n'),
      },
      range: rangeIn(document, narrowest),
    };
  });
}

/** The narrowest setting of the policy at this offset. */
function settingAt(policy: Policy, offset: number, text: string): SourceRange | undefined {
  const { origins, ...others } = policy.settings;
  const settings = [origins, ...Object.values(others)].filter((setting) => setting !== undefined && setting.written);
  const ranges: (SourceRange | undefined)[] = [
    ...settings.flatMap((setting) => [setting!.range, setting!.keyRange]),
    ...origins.value.map(({ range }) => range),
    ...policy.headers.map(({ range }) => range),
    firstLine(policy.range, text),
  ];
  return ranges
    .filter((range) => range !== undefined && range.path === undefined && range.start <= offset && offset <= range.end)
    .reduce((left, right) => (!left || right!.end - right!.start < left.end - left.start ? right : left), undefined);
}

/** A policy may be a whole block; only its beginning stands for it. */
function firstLine(range: SourceRange, text: string): SourceRange {
  const newline = text.indexOf('\n', range.start);
  return { ...range, end: newline === -1 ? range.end : Math.min(range.end, newline) };
}
