/** Edits of a use of Starlette's `CORSMiddleware`, in Python's own style. */
import type { Edit } from '../../../syntax/range.ts';
import type { PolicyEdits } from '../../../policy/policy.ts';
import type { Text, Value } from '../../../values/value.ts';
import type { ProgramText } from '../../../models/libraries/origin-entries.ts';
import { indentationAt, lineEnd, originList, quoted, removeMember } from '../../../edits/program-edits.ts';
import type { CorsMiddleware } from './starlette-options.ts';
import type { Option, Options } from './starlette-options.ts';
import { isOpenValue, variableThatOpens } from '../../../models/libraries/open-fallbacks.ts';

export function policyEdits(use: CorsMiddleware): PolicyEdits {
  const { options, text } = use;
  const credentials = options.written.get('allow_credentials');
  const maxAge = options.written.get('max_age');
  const fallback = [options.written.get('allow_origins'), options.written.get('allow_origin_regex')].flatMap(
    (option) => (option ? openFallbacks(option.value) : []),
  )[0];
  return {
    allowOnly: (origins, placeholder) => allowOnly(use, originList(origins, text.quote), placeholder),
    ...(credentials && {
      dropCredentials: () =>
        credentials.positional
          ? [{ range: credentials.value.range, newText: 'False' }]
          : withoutOption(credentials, text),
    }),
    ...(maxAge && {
      setMaxAge: (seconds: number) => [
        {
          range: maxAge.value.range,
          newText: maxAge.value.kind === 'text' ? quoted(String(seconds), text.quote) : String(seconds),
        },
      ],
    }),
    ...(fallback && { failClosed: () => withoutFallback(fallback, text) }),
  };
}

/** The list takes the place of what is written; a pattern beside it would still let others in. */
function allowOnly({ options, text }: CorsMiddleware, list: string, placeholder: string | undefined): Edit[] {
  const origins = options.written.get('allow_origins');
  const regex = options.written.get('allow_origin_regex');
  if (origins) {
    const isOneText = origins.value.kind === 'text' && origins.given !== undefined;
    const isPlain = regex === undefined || regex.value.kind === 'nothing';
    if (!isPlain && regex.positional) return [];
    return [
      { range: isOneText ? origins.given! : origins.value.range, newText: list, placeholder },
      ...(isPlain ? [] : withoutOption(regex, text)),
    ];
  }
  if (regex && !regex.positional) {
    // Between the name and the value of a dictionary's entry stands something else than in a call.
    const source = text.textOf(regex.range)?.slice(regex.keyRange.end, regex.value.range.start);
    if (source === undefined || regex.keyRange.path !== regex.value.range.path) return [];
    const isKeyword = /^\s*=\s*$/.test(source);
    if (isKeyword) return [{ range: regex.range, newText: `allow_origins=${list}`, placeholder }];
    return /^["']?\s*:\s*$/.test(source)
      ? [{ range: regex.range, newText: `${quoted('allow_origins', text.quote)}: ${list}`, placeholder }]
      : [];
  }
  return regex ? [] : insertOption(`allow_origins=${list}`, options, text, placeholder);
}

/** Before the first keyword, on a line of its own where that has one; else after the last argument. */
function insertOption(
  option: string,
  { firstKeyword, lastArgument }: Options,
  text: ProgramText,
  placeholder: string | undefined,
): Edit[] {
  const place = firstKeyword ?? lastArgument;
  const source = place && text.textOf(place);
  if (place === undefined || source === undefined) return [];
  if (firstKeyword === undefined)
    return [{ range: { ...place, start: place.end }, newText: `, ${option}`, placeholder }];
  const lineStart = source.lastIndexOf('\n', place.start - 1) + 1;
  const aloneOnLine = source.slice(lineStart, place.start).trim() === '';
  const separator = aloneOnLine ? `,${lineEnd(source)}${indentationAt(source, place.start)}` : ', ';
  return [{ range: { ...place, end: place.start }, newText: option + separator, placeholder }];
}

function withoutOption(option: Option, text: ProgramText): Edit[] {
  const source = text.textOf(option.range);
  return source === undefined ? [] : removeMember(source, option.range);
}

/** A key of a dictionary keeps its quotes, a keyword has none. */
export function renamed(option: Option, name: string, text: ProgramText): Edit[] {
  const written = text.textOf(option.keyRange)?.slice(option.keyRange.start, option.keyRange.end);
  if (written === undefined) return [];
  const quote = /^["']/.exec(written)?.[0];
  return [{ range: option.keyRange, newText: quote === undefined ? name : quoted(name, quote) }];
}

interface OpenFallback {
  readonly star: Text;
  /** It is a literal of its own in a list. */
  readonly isMember: boolean;
}

/** The `*` of fallbacks that let everybody in. */
function openFallbacks(value: Value): OpenFallback[] {
  switch (value.kind) {
    case 'environment':
      return value.fallback === undefined ? [] : starsOf(value.fallback);
    case 'list':
      return value.items.flatMap(openFallbacks);
    case 'one-of':
      return value.choices.flatMap((choice) => [
        ...openFallbacks(choice.value),
        ...(variableThatOpens(value, isOpenValue) === undefined ? [] : starsOf(choice.value)),
      ]);
    default:
      return [];
  }
}

function starsOf(fallback: Value): OpenFallback[] {
  if (fallback.kind === 'text') return fallback.text.includes('*') ? [{ star: fallback, isMember: false }] : [];
  if (fallback.kind !== 'list') return [];
  return fallback.items.flatMap((item) =>
    item.kind === 'text' && item.text === '*' ? [{ star: item, isMember: item.contentRange !== undefined }] : [],
  );
}

/** A member goes from its list; a text, or what is split into a list, becomes an empty text. */
function withoutFallback({ star: { range }, isMember }: OpenFallback, text: ProgramText): Edit[] {
  const source = text.textOf(range);
  const quote = source && /^[a-z]{0,2}(["'])/i.exec(source.slice(range.start, range.end))?.[1];
  // Where the text was made of others there is no literal to change.
  if (source === undefined || quote === undefined) return [];
  return isMember ? removeMember(source, range) : [{ range, newText: quote + quote }];
}
