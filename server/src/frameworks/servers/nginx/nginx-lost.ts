/** Headers that headers-more never sends, and preflights that nginx refuses before any header helps. */
import type { Word } from '../../../syntax/directives/directives.ts';
import { optionsMethod } from '../../../policy/request-test.ts';
import type { Fact } from '../../../policy/policy.ts';
import { headerTitle } from '../../../models/servers/server-header-facts.ts';
import { both } from '../../../models/servers/server-conditions.ts';
import type { Block, Item } from './nginx-blocks.ts';
import { itemsNamed, rangeIn, scopeOf, statementRange } from './nginx-blocks.ts';
import type { Flow } from './nginx-flow.ts';
import { moreArguments } from './nginx-headers.ts';
import type { SentLine } from './nginx-sent-lines.ts';

/** `more_set_headers 'Name' 'value'`: each word is a header of its own, so that the first is cleared and the second is another one. */
export function withoutColon(block: Block): Fact[] {
  return block.items.flatMap((item): Fact[] => {
    if (item.directive.name !== 'more_set_headers' || item.path !== undefined) return [];
    const { headers } = moreArguments(item.directive.args);
    return headers.flatMap((word, index) => lostHeader(item, word, headers[index + 1]));
  });
}

/** The name without a colon, with its value in the same word or in the next one. */
function lostHeader(item: Item, word: Word, next: Word | undefined): Fact[] {
  const [, named, inside] = /^(access-control-[\w-]+)(?:\s+(\S.*))?$/i.exec(word.text.trim()) ?? [];
  const value = inside ?? (next && looksLikeValue(next.text) ? next.text : undefined);
  if (named === undefined || value === undefined) return [];
  const name = headerTitle(named.toLowerCase());
  const end = inside === undefined ? next!.range.end : word.range.end;
  return [
    {
      kind: 'lost-header',
      headers: [name],
      range: rangeIn(item, { start: word.range.start, end }),
      why: 'unset',
      explanation:
        inside === undefined
          ? 'more_set_headers takes each word as "Name: value", and a name without a colon clears the header.'
          : 'more_set_headers splits the word at its first colon, so that a header with another name is sent or cleared.',
      instead: `Write "${name}: ${value}" as one word.`,
    },
  ];
}

/** No other header: neither `Name: value` nor a bare name, which would be cleared on purpose. */
function looksLikeValue(text: string): boolean {
  if (/^[\w-]+\s*:(?!\/\/)/.test(text)) return false;
  return /[^\w-]/.test(text) || /^(true|false|\d+|[A-Z]+)$/.test(text);
}

/** A browser sends no password with a preflight; `return` in an `if` runs before the password is asked for. */
export function preflightNeedsPassword(block: Block, sent: readonly SentLine[], flow: Flow): Fact[] {
  const asks = passwordOf(block);
  const own = sent.filter(({ line }) => line.how !== 'clear' && line.item.path === undefined);
  const line = own.find((one) => one.line.name === 'access-control-allow-origin')?.line;
  const meant = own.some((one) => /^access-control-allow-(headers|methods)$/.test(one.line.name));
  if (!asks || !line || !meant || passesOtherwise(block) || answersOptions(flow)) return [];
  return [
    {
      kind: 'unhandled-preflight',
      range: line.range,
      needs: `${scopeOf(block)} with PUT, DELETE or a JSON body`,
      why: `the preflight is refused with 401: ${asks.directive.name} asks, and a browser sends no password or token with it`,
      instead: `Answer OPTIONS with "return 204" in an "if ($request_method = OPTIONS)", which runs before ${asks.directive.name}`,
      ...(asks.path === undefined && { related: statementRange(asks), relatedMessage: 'It is asked for here.' }),
    },
  ];
}

/** The directive in force that asks; a realm with variables may be "off" for some requests. */
function passwordOf(block: Block): Item | undefined {
  for (const name of ['auth_basic', 'auth_jwt', 'auth_request'])
    for (let outer: Block | undefined = block; outer; outer = outer.parent) {
      const [item] = itemsNamed(outer, name);
      const realm = item?.directive.args[0]?.text ?? '';
      if (item && realm !== 'off' && !/[${]/.test(realm)) return item;
      if (item) break;
    }
  return undefined;
}

/** `satisfy any` may let the preflight in by its address, and an error page may answer it. */
function passesOtherwise(block: Block): boolean {
  for (let outer: Block | undefined = block; outer; outer = outer.parent)
    if (
      itemsNamed(outer, 'satisfy').some(({ directive: { args } }) => args[0]?.text !== 'all') ||
      itemsNamed(outer, 'error_page').some(({ directive: { args } }) => args.some(({ text }) => text === '401')) ||
      itemsNamed(outer, 'include').length > 0
    )
      return true;
  return false;
}

function answersOptions({ statuses, configurations }: Flow): boolean {
  return (
    statuses.some(({ when, status }) => status !== null && both(when, optionsMethod).kind !== 'never') ||
    configurations.some(({ when }) => when.kind === 'method' && when.name === 'OPTIONS')
  );
}
