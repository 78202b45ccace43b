/** Header fields that directives of a Caddyfile write, in the order in which they take effect. */
import type { Directive, Word } from '../../../syntax/directives/directives.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import type { RequestStatement } from '../../../models/servers/request-headers.ts';

/** One header field that a directive writes, in the place where it takes effect. */
export interface HeaderField {
  readonly directive: Directive;
  /** The line of the field: of the directive itself, or inside its block. */
  readonly line: Directive;
  readonly field: Word;
  readonly value?: Word;
  /** `header` with a text and its replacement. */
  readonly replacement?: Word;
  readonly sign: '' | '+' | '-' | '?';
  /** `upstream`: `header_down` of a reverse_proxy, on what the application sends. */
  readonly phase: 'at-once' | 'upstream' | 'deferred';
  readonly when: RequestTest;
  readonly matcher: Word | undefined;
  readonly patterns: ReadonlyMap<string, string>;
}

/** The directive that writes fields, and the requests for which it does. */
export type FieldWriter = Pick<HeaderField, 'directive' | 'when' | 'matcher' | 'patterns'>;

const signOrder = { '+': 0, '': 1, '-': 2, '?': 3 } as const;

/** The fields of `header`: `add` comes before `set` and `set` before `delete`, whatever the order of the lines. */
export function headerFields(writer: FieldWriter, args: readonly Word[]): HeaderField[] {
  const { directive } = writer;
  const lines = args.length > 0 ? [directive] : (directive.block ?? []);
  const deferred = lines.some(
    (line) => line.name === 'defer' || /^[->]/.test(line === directive ? args[0]!.text : line.name),
  );
  return lines
    .filter(({ name }) => name !== 'defer')
    .flatMap((line) => {
      const words = line === directive ? args : [nameWord(line), ...line.args];
      return fieldOf(writer, line, words, deferred ? 'deferred' : 'at-once');
    })
    .sort((one, other) => signOrder[one.sign] - signOrder[other.sign]);
}

/** `header_down` of a reverse_proxy. */
export function upstreamFields(writer: FieldWriter): HeaderField[] {
  const { name, block = [] } = writer.directive;
  return name === 'reverse_proxy'
    ? block
        .filter((line) => line.name === 'header_down')
        .flatMap((line) => fieldOf(writer, line, line.args, 'upstream'))
    : [];
}

/** `header_up` of a reverse_proxy, and `request_header`; a name after a minus is taken away. */
export function onRequest({ name, args, block }: Directive): RequestStatement[] {
  const written = (words: readonly Word[], by: string, instead: string): RequestStatement[] => {
    const [first, value] = words;
    const header = first && { ...first, text: first.text.replace(/^[+>?]/, '') };
    return header && value && !header.text.startsWith('-') ? [{ header, by, instead }] : [];
  };
  if (name === 'header_up') return written(args, name, 'header_down or header');
  if (name !== 'request_header') return [];
  const words = /^[@/*]/.test(args[0]?.text ?? '') ? args.slice(1) : args;
  const lines = (block ?? []).map((line) => [nameWord(line), ...line.args]);
  return [words, ...lines].flatMap((line) => written(line, name, 'header'));
}

export /** What is set at once, what the application adds, and what is deferred: there the outer handlers come last. */
function inOrder(fields: readonly HeaderField[]): HeaderField[] {
  const deferred = fields.filter(({ phase }) => phase === 'deferred');
  const handlers = [...new Set(deferred.map(({ directive }) => directive))].reverse();
  return [
    ...fields.filter(({ phase }) => phase === 'at-once'),
    ...fields.filter(({ phase }) => phase === 'upstream'),
    ...handlers.flatMap((handler) => deferred.filter(({ directive }) => directive === handler)),
  ];
}

/** The words of a line: the name with its sign, the value, and perhaps a replacement. */
function fieldOf(
  writer: FieldWriter,
  line: Directive,
  [name, value, replacement]: readonly Word[],
  phase: HeaderField['phase'],
): HeaderField[] {
  if (!name) return [];
  const written = /^[+?>-]*/.exec(name.text)![0];
  const sign = (['+', '-', '?'] as const).find((one) => written.startsWith(one)) ?? '';
  const cut = written.length;
  const field = {
    ...name,
    text: name.text.slice(cut).replace(/:$/, ''),
    contentRange: { start: Math.min(name.contentRange.start + cut, name.contentRange.end), end: name.contentRange.end },
  };
  return [
    {
      ...writer,
      line,
      field,
      sign,
      phase: sign === '?' ? 'deferred' : phase,
      ...(value && { value }),
      ...(replacement && { replacement }),
    },
  ];
}

function nameWord({ name, nameRange }: Directive): Word {
  return { text: name, range: nameRange, contentRange: nameRange, quote: '' };
}
