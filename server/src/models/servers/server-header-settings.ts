/** The settings of a policy that header statements make. */
import type { SourceRange } from '../../syntax/range.ts';
import type { NameEntry, OriginEntry, Setting, Settings } from '../../policy/policy.ts';
import type { ServerValue } from './server-values.ts';

/** A statement, or a line of one, that writes a header. */
export interface WrittenHeader {
  /** Lower case. */
  readonly name: string;
  readonly nameRange: SourceRange;
  /** The value as written, without quotes. */
  readonly text: string;
  /** The value holds variables. */
  readonly dynamic: boolean;
  readonly valueRange: SourceRange;
  readonly contentRange: SourceRange;
  readonly outcomes: readonly { readonly value: ServerValue }[];
}

/** `word` writes a value as one word of this server; without it a list's members cannot be taken away. */
export function settingsOf(
  writes: readonly WrittenHeader[],
  origins: readonly OriginEntry[],
  range: SourceRange,
  word?: (text: string) => string,
): Settings {
  const last = (name: string): WrittenHeader | undefined => writes.findLast((statement) => statement.name === name);
  const setting = <T>(value: T, statement: WrittenHeader | undefined): Setting<T> =>
    statement
      ? { value, range: statement.valueRange, keyRange: statement.nameRange, written: true }
      : { value, range, written: false };
  const credentials = last('access-control-allow-credentials');
  const texts = credentials ? textsOf(credentials) : [];
  const names = (statement: WrittenHeader | undefined) =>
    statement &&
    setting(
      namesOf(
        statement,
        writes.filter((other) => other.name === statement.name && other.text === statement.text && isEditable(other)),
        word,
      ),
      statement,
    );
  const methods = names(last('access-control-allow-methods'));
  const allowedHeaders = names(last('access-control-allow-headers'));
  const exposedHeaders = names(last('access-control-expose-headers'));
  const maxAge = last('access-control-max-age');
  const privateNetwork = last('access-control-allow-private-network');
  return {
    origins: setting(origins, last('access-control-allow-origin')),
    credentials: setting<boolean | 'unknown'>(
      texts.includes('true') ? true : texts.includes(undefined) ? 'unknown' : false,
      credentials,
    ),
    ...(credentials && !credentials.dynamic && { credentialsText: setting(credentials.text, credentials) }),
    ...(methods && { methods }),
    ...(allowedHeaders && { allowedHeaders }),
    ...(exposedHeaders &&
      exposedHeaders.value !== null && { exposedHeaders: { ...exposedHeaders, value: exposedHeaders.value } }),
    ...(maxAge && !maxAge.dynamic && { maxAge: setting(maxAge.text, maxAge) }),
    ...(privateNetwork?.text === 'true' && { privateNetwork: setting(true, privateNetwork) }),
  };
}

/** What the statement can send; undefined for what is not known. */
function textsOf({ outcomes }: WrittenHeader): (string | undefined)[] {
  return outcomes.map(({ value }) => (value.kind === 'text' ? value.text : undefined));
}

/** A text with escapes is not as long as it is written, and a text of another file is not ours to change. */
function isEditable({ contentRange, text }: WrittenHeader): boolean {
  return contentRange.path === undefined && contentRange.end - contentRange.start === text.length;
}

/** The names of a list; null where the request's own are sent back. A preflight is often answered by the same statement `again`. */
function namesOf(
  statement: WrittenHeader,
  again: readonly WrittenHeader[],
  word: ((text: string) => string) | undefined,
): readonly NameEntry[] | null | 'unknown' {
  if (
    statement.outcomes.some(({ value }) => value.kind === 'header' && value.name.startsWith('access-control-request-'))
  )
    return null;
  if (statement.dynamic || textsOf(statement).includes(undefined)) return 'unknown';
  const { contentRange, text, valueRange } = statement;
  const exact = contentRange.end - contentRange.start === text.length;
  return [...text.matchAll(/[^\s,][^,]*/g)].map((match, index, all) => {
    const name = match[0].trim();
    const start = contentRange.start + match.index;
    const range = exact ? { ...contentRange, start, end: start + name.length } : valueRange;
    const rest = all
      .filter((_, other) => other !== index)
      .map(([other]) => other.trim())
      .join(', ');
    return {
      text: name,
      range,
      ...(isEditable(statement) && {
        edits: {
          replaceText: (replacement: string) =>
            again.map((other) => ({
              range: {
                start: other.contentRange.start + match.index,
                end: other.contentRange.start + match.index + name.length,
              },
              newText: replacement,
            })),
          ...(word &&
            rest !== '' && { remove: () => again.map((other) => ({ range: other.valueRange, newText: word(rest) })) }),
        },
      }),
    };
  });
}
