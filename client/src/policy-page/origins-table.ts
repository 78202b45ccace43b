/** The table of origins: what each may read, and which of its preflights are answered with yes. */
import type {
  ViewedCell,
  ViewedOrigin,
  ViewedOutcome,
  ViewedPolicy,
} from '../../../server/src/lsp/policy-view-protocol.ts';
import { button, element, filled } from './elements.ts';
import type { PageWords } from './messages.ts';

/** `id` is unique on the page; `choose` is called with an origin that somebody wants to try. */
export function originsTable(
  id: string,
  policy: ViewedPolicy,
  words: PageWords,
  choose: (origin: string) => void,
): HTMLElement {
  const rows = policy.origins.map((row) => originRow(`${id}-try-${row.origin}`, row, words, choose));
  const table = element(
    'table',
    {},
    element('caption', {}, words.table),
    headOf(policy, words),
    element('tbody', {}, ...rows),
  );
  // It may be wider than the view; keys scroll it where it has the focus.
  const scroller = element(
    'div',
    { class: 'scroller', id: `${id}-table`, role: 'region', 'aria-label': words.table, tabindex: '0' },
    table,
  );
  const left = policy.left > 0 ? element('p', {}, filled(words.left, policy.left)) : undefined;
  return element('div', {}, scroller, left);
}

/** Two lines: the methods stand below what is asked of all of them. */
function headOf({ methods }: ViewedPolicy, words: PageWords): HTMLElement {
  const over = (title: string): HTMLElement => element('th', { scope: 'col', rowspan: '2' }, title);
  const group = element('th', { scope: 'colgroup', colspan: String(methods.length) }, words.preflights);
  return element(
    'thead',
    {},
    element('tr', {}, over(words.origin), over(words.read), over(words.readWithCookies), group, over(words.why)),
    element('tr', {}, ...methods.map((name) => element('th', { scope: 'col' }, name))),
  );
}

function originRow(id: string, row: ViewedOrigin, words: PageWords, choose: (origin: string) => void): HTMLElement {
  const { origin, kind, read, readWithCookies, preflights } = row;
  const name = button(origin, { class: 'origin', id, 'aria-label': filled(words.tryThis, origin) }, () =>
    choose(origin),
  );
  const meant = kind === 'named' || kind === 'matching';
  return element(
    'tr',
    { class: kind },
    element('th', { scope: 'row' }, name, element('span', { class: 'kind' }, words[kind])),
    outcomeCell(read, words[read.outcome], meant),
    outcomeCell(readWithCookies, words[readWithCookies.outcome], meant),
    ...preflights.map((cell) => outcomeCell(cell, preflightWords(cell, words), meant)),
    element('td', { class: 'why' }, whyOf(row)),
  );
}

/** Said in words; the colour only repeats whether it is as somebody means it. */
function outcomeCell({ outcome }: ViewedCell, said: string, meant: boolean): HTMLElement {
  const tone =
    outcome === 'unknown' || outcome === 'sometimes' ? 'open' : (outcome === 'yes') === meant ? 'meant' : 'not-meant';
  return element('td', { class: tone }, said);
}

function preflightWords(
  { outcome, withCookies }: { outcome: ViewedOutcome; withCookies: ViewedOutcome },
  words: PageWords,
): string {
  return outcome === 'yes' && withCookies === 'no' ? words.onlyWithoutCookies : words[outcome];
}

/** The first reason, of the easiest request that fails. */
function whyOf({ read, readWithCookies, preflights }: ViewedOrigin): string {
  return [read, readWithCookies, ...preflights].find(({ why }) => why !== undefined)?.why ?? '';
}
