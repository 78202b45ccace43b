/** The page of the view of policies. It runs in the view's own frame, where only this script may run. */
import type { ViewedLayer, ViewedPolicy } from '../../../server/src/lsp/policy-view-protocol.ts';
import { button, element, filled } from './elements.ts';
import type { FromPage, PageWords, ToPage } from './messages.ts';
import { keepingFocus } from './kept-focus.ts';
import { originsTable } from './origins-table.ts';
import { tryForm } from './try-form.ts';
import type { Request, TryForm } from './try-form.ts';

interface Editor {
  postMessage(message: FromPage): void;
  getState(): PageState | undefined;
  setState(state: PageState): void;
}
declare function acquireVsCodeApi(): Editor;

/** Outlives a page that is hidden, and a window that is loaded again. */
interface PageState {
  readonly uri: string;
  /** By the place of the policy. */
  readonly typed: Readonly<Record<number, Request>>;
}
type Shown = Extract<ToPage, { kind: 'show' }>;

const editor = acquireVsCodeApi();
const main = document.querySelector('main')!;
let typed: Record<number, Request> = { ...editor.getState()?.typed };
let forms: readonly TryForm[] = [];
let shown: Shown | undefined;

window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  if (data.kind === 'show') show(data);
  else if (data.kind === 'focus') focusLine(data.line);
  else forms[data.policy]?.show(data.result);
});
editor.postMessage({ kind: 'ready' });

function show(message: Shown): void {
  // Nothing is made anew under the hands of somebody who reads or types.
  if (JSON.stringify(shown) === JSON.stringify(message)) return;
  if (shown && shown.uri !== message.uri) typed = {};
  const drafts = shown?.uri === message.uri ? draftsIn(main) : [];
  shown = message;
  const { view, words, name } = message;
  const policies = view?.policies ?? [];
  const sections = policies.map((policy, index) => sectionOf(policy, index, message));
  forms = sections.map(({ form }) => form);
  const nothing = view === null ? words.closed : `${words.noPolicy} ${view.nothing ?? ''}`;
  keepingFocus(() => {
    main.replaceChildren(
      element('h1', {}, name),
      ...(sections.length > 0 ? sections.map(({ root }) => root) : [element('p', {}, nothing)]),
    );
    for (const draft of drafts) draft();
  });
  remember();
  // What was tried is tried on the text as it is now.
  for (const [index, request] of Object.entries(typed)) if (forms[Number(index)]) ask(Number(index), request);
  const rows = policies.reduce((sum, { origins }) => sum + origins.length, 0);
  editor.postMessage({ kind: 'shown', policies: policies.length, rows });
}

/** What stands in the fields and was not sent yet: each puts it back into the field that has the place of its own. */
function draftsIn(root: HTMLElement): readonly (() => void)[] {
  const fields = root.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input[id], select[id]');
  return Array.from(fields, (before) => () => {
    const now = document.getElementById(before.id);
    if (now instanceof HTMLInputElement && before instanceof HTMLInputElement) {
      now.value = before.value;
      now.checked = before.checked;
      if (now.type === 'text') now.setSelectionRange(before.selectionStart, before.selectionEnd);
    } else if (now instanceof HTMLSelectElement) now.value = before.value;
  });
}

function remember(): void {
  if (shown) editor.setState({ uri: shown.uri, typed });
}

function ask(policy: number, request: Request): void {
  const version = shown?.view?.version;
  if (version !== undefined) editor.postMessage({ kind: 'try', request: { ...request, version, policy } });
}

function sectionOf(policy: ViewedPolicy, index: number, { uri, words }: Shown): { root: HTMLElement; form: TryForm } {
  const id = `policy-${index}`;
  const send = (request: Request): void => {
    typed[index] = request;
    remember();
    ask(index, request);
  };
  const form = tryForm(id, policy, words, typed[index], send, (text) => editor.postMessage({ kind: 'copy', text }));
  const number = policy.line + 1;
  const place = button(
    filled(words.line, number),
    { class: 'link', id: `${id}-line`, 'aria-label': filled(words.goToLine, number) },
    () => editor.postMessage({ kind: 'open', uri: policy.uri ?? uri, line: policy.line }),
  );
  const root = element(
    'section',
    { 'aria-labelledby': id, 'data-line': (policy.uri ?? uri) === uri ? String(policy.line) : '' },
    element('h2', { id, tabindex: '-1' }, policy.title),
    element('p', { class: 'summary' }, policy.summary),
    element('p', {}, `${filled(words.appliesTo, policy.scope)} · `, place),
    layersOf(id, policy.layers, words),
    originsTable(id, policy, words, (origin) => form.choose(origin)),
    form.root,
    settingsOf(policy, words),
  );
  return { root, form };
}

function layersOf(id: string, layers: readonly ViewedLayer[], words: PageWords): HTMLElement | undefined {
  if (layers.length === 0) return undefined;
  const items = layers.map(({ role, title, scope, uri, line }, index) => {
    const file = decodeURIComponent(uri.split('/').at(-1)!);
    const open = (): void => editor.postMessage({ kind: 'open', uri, line: line ?? 0 });
    const shownPlace = line === undefined ? file : `${file}:${line + 1}`;
    const place = button(shownPlace, { class: 'link', id: `${id}-layer-${index}` }, open);
    return element('li', {}, element('strong', {}, words[role]), `: ${title}, ${scope} · `, place);
  });
  return element('div', {}, element('h3', {}, words.layers), element('ol', {}, ...items));
}

function settingsOf({ settings }: ViewedPolicy, words: PageWords): HTMLElement {
  const rows = settings.flatMap(({ name, value, byDefault }) => [
    element('dt', {}, name),
    element('dd', {}, value, byDefault ? element('span', { class: 'kind' }, ` ${words.byDefault}`) : undefined),
  ]);
  return element('div', {}, element('h3', {}, words.settings), element('dl', {}, ...rows));
}

/** The policy on this line, else the last one above it. */
function focusLine(line: number): void {
  const sections = Array.from(main.querySelectorAll('section'));
  // What stands in another cell of a notebook has no line of this one.
  const lineOf = (section: HTMLElement): number => Number(section.dataset['line'] || 'none');
  const wanted =
    sections.find((section) => lineOf(section) === line) ?? sections.findLast((section) => lineOf(section) <= line);
  const heading = wanted?.querySelector<HTMLElement>('h2');
  heading?.focus();
  heading?.scrollIntoView({ block: 'start' });
}
