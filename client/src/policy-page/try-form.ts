/** The field in which an origin is tried, and the server's answer with the browser's step. */
import type {
  TryOriginParams,
  TryOriginResult,
  ViewedExchange,
  ViewedPolicy,
} from '../../../server/src/lsp/policy-view-protocol.ts';
import { button, element, filled } from './elements.ts';
import { keepingFocus } from './kept-focus.ts';
import type { PageWords } from './messages.ts';

export type Request = Omit<TryOriginParams, 'uri' | 'version' | 'policy'>;

export interface TryForm {
  readonly root: HTMLElement;
  /** Puts an origin into the field and tries it. */
  choose(origin: string): void;
  show(result: TryOriginResult | null): void;
}

/** `id` is unique on the page; `typed` is what stood in the fields before the page was made anew. */
export function tryForm(
  id: string,
  policy: ViewedPolicy,
  words: PageWords,
  typed: Request | undefined,
  send: (request: Request) => void,
  copy: (text: string) => void,
): TryForm {
  const fields = fieldsOf(id, policy, words, typed);
  const { origin } = fields;
  const output = element('div', { class: 'outcome', role: 'status', 'aria-live': 'polite' });
  const form = formOf(id, fields, words);
  const run = (): void => send(requestOf(fields));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    run();
  });
  return {
    root: element('div', {}, element('h3', {}, words.tryOrigin), form, output),
    choose(value) {
      origin.value = value;
      run();
    },
    show: (result) => keepingFocus(() => output.replaceChildren(...outcomeOf(id, result, words, copy))),
  };
}

interface Fields {
  readonly origin: HTMLInputElement;
  readonly method: HTMLSelectElement;
  readonly headers: HTMLInputElement;
  readonly cookies: HTMLInputElement;
}

function fieldsOf(id: string, policy: ViewedPolicy, words: PageWords, typed: Request | undefined): Fields {
  const text = { type: 'text', spellcheck: 'false', autocomplete: 'off' };
  const origin = element('input', { ...text, id: `${id}-origin`, value: typed?.origin ?? 'https://' });
  const methods = ['HEAD', ...policy.methods].map((name) => element('option', { value: name }, name));
  const method = element('select', { id: `${id}-method` }, ...methods);
  method.value = typed?.method ?? 'GET';
  const headers = element('input', { ...text, id: `${id}-headers`, value: typed?.headers.join(', ') ?? '' });
  const cookies = element('input', { id: `${id}-cookies`, type: 'checkbox' });
  cookies.checked = typed?.cookies ?? false;
  return { origin, method, headers, cookies };
}

/** The button has an id as the fields have: who stands on it goes on there when the page is made anew. */
function formOf(id: string, { origin, method, headers, cookies }: Fields, words: PageWords): HTMLFormElement {
  return element(
    'form',
    { 'aria-label': words.tryOrigin },
    field(origin, words.origin),
    field(method, words.method),
    field(headers, words.headers),
    element('div', { class: 'check' }, cookies, element('label', { for: cookies.id }, words.cookies)),
    element('button', { type: 'submit', id: `${id}-run` }, words.run),
  );
}

function requestOf({ origin, method, headers, cookies }: Fields): Request {
  return {
    origin: origin.value.trim(),
    method: method.value,
    headers: headers.value.split(/[\s,]+/).filter((name) => name !== ''),
    cookies: cookies.checked,
  };
}

function field(input: HTMLElement, label: string): HTMLElement {
  return element('div', { class: 'field' }, element('label', { for: input.id }, label), input);
}

function outcomeOf(id: string, result: TryOriginResult | null, words: PageWords, copy: (text: string) => void): Node[] {
  if (result === null) return [element('p', {}, words.changed)];
  if (result.mistake !== undefined) return [element('p', { class: 'verdict not-meant' }, result.mistake)];
  const { readable, explanation, step, specification, exchanges = [] } = result;
  const said = readable === null ? words.outcomeUnknown : readable ? words.outcomeYes : words.outcomeNo;
  return [
    element('p', { class: 'verdict' }, element('strong', {}, said), readable === false ? ` ${explanation}` : undefined),
    ...(step === undefined ? [] : [stepOf(id, step, specification, words)]),
    ...exchanges.map((exchange) => exchangeOf(exchange, words)),
    ...(exchanges.length === 0 ? [] : [copyButton(id, exchanges, words, copy)]),
  ];
}

/** In the order of the browser: the preflight, then the request. */
function copyButton(
  id: string,
  exchanges: readonly ViewedExchange[],
  words: PageWords,
  copy: (text: string) => void,
): HTMLElement {
  const made = button(words.copyAsCurl, { class: 'copy', id: `${id}-copy` }, () => {
    copy(exchanges.map(({ curl }) => curl).join('\n'));
    // The place speaks its changes, and what the button does is seen nowhere else on the page.
    made.textContent = words.copied;
  });
  return made;
}

function stepOf(id: string, step: string, specification: string | undefined, words: PageWords): HTMLElement {
  const attributes = { id: `${id}-standard`, href: specification };
  const link = specification === undefined ? undefined : element('a', attributes, words.standard);
  return element('p', {}, `${words.step}: ${step}. `, link);
}

function exchangeOf({ method, status, headers }: ViewedExchange, words: PageWords): HTMLElement {
  const known = status === null ? words.statusUnknown : filled(words.status, status);
  const title = element('h4', {}, `${filled(words.answerTo, method)}: ${known}`);
  if (headers.length === 0) return element('div', {}, title, element('p', {}, words.noHeaders));
  const rows = headers.flatMap(([name, value]) => [
    element('dt', {}, name),
    element('dd', {}, value === null ? element('em', {}, words.unknown) : element('code', {}, value)),
  ]);
  return element('div', {}, title, element('dl', { class: 'headers' }, ...rows));
}
