/** Edits of the options of a library: of the object, or of the call where there is none. */
import type { Edit } from '../../syntax/range.ts';
import { encloses } from '../../syntax/range.ts';
import type { PolicyEdits } from '../../policy/policy.ts';
import type { DictEntry, Value } from '../../values/value.ts';
import { removeMember } from '../../edits/program-edits.ts';
import type { CorsLibrary } from './cors-library.ts';
import type { LibraryContext } from './library-context.ts';
import type { LibrarySettings } from './library-settings.ts';
import { objectForm } from './options-form.ts';
import { listOf } from './origin-entries.ts';

/** The edits that the rules ask a policy for; `fails` where the origin option makes the library fail. */
export function optionEdits(context: LibraryContext, settings: LibrarySettings, fails: boolean): PolicyEdits {
  const { origin, maxAge } = settings;
  const { text } = context;
  const { writtenAs = (one: string) => one } = context.library.origin;
  const allowOnly = (origins: readonly string[], placeholder?: string): Edit[] =>
    writeOrigins(context, settings, origins.map(writtenAs), placeholder && writtenAs(placeholder));
  return {
    allowOnly,
    // A single origin where a list is wanted becomes that list.
    ...(fails &&
      origin && {
        repairOrigin: (origins: readonly string[], placeholder?: string) =>
          takesList(context) && origin.value.kind === 'text' && /^https?:/.test(origin.value.text)
            ? allowOnly([origin.value.text])
            : allowOnly(origins, placeholder),
      }),
    ...credentialsEdits(context, settings),
    ...(maxAge && {
      setMaxAge: (seconds: number) => [
        {
          range: maxAge.value.range,
          newText:
            maxAge.value.kind === 'text'
              ? text.literals.text(String(seconds), text.quote)
              : (text.literals.seconds?.(seconds) ?? String(seconds)),
        },
      ],
    }),
    ...closingEdits(context, origin),
  };
}

function takesList({ library }: LibraryContext): boolean {
  return library.origin.list === 'members';
}

/** The origins in place of what is written; one as a text where the library takes no list. */
function writeOrigins(
  context: LibraryContext,
  settings: LibrarySettings,
  origins: readonly string[],
  placeholder: string | undefined,
): Edit[] {
  const { library, place, text } = context;
  const { form = objectForm } = place;
  if (!takesList(context) && origins.length !== 1) return [];
  const { origin } = settings;
  // What stands in place of a whole step is no list that shows how it is to be written.
  const replaced = origin && !isMethod(origin) ? origin.value.range : undefined;
  const value = takesList(context) ? listOf(origins, text, replaced) : text.literals.text(origins[0]!, text.quote);
  const name = library.options.origin[0]!;
  const entry = form.entry(name, value);
  if (origin === undefined) return writeOption(context, settings, entry, placeholder);
  if (isGrown(origin.value)) return [];
  if (settings.check) return insteadOfCheck(context, settings, origin, entry, value, placeholder);
  if (isNamedElsewhere(origin)) return insteadOfName(origin, value, text, placeholder);
  if (!isMethod(origin)) return [{ range: origin.value.range, newText: value, placeholder }];
  const written = text.textOf(origin.range)?.slice(origin.range.start, origin.range.end) ?? '';
  return form.isScattered?.(written) ? [] : [{ range: origin.range, newText: entry, placeholder }];
}

/** Whoever asks is put into the list elsewhere, where an edit of the list changes nothing. */
function isGrown(value: Value): boolean {
  return value.kind === 'list' && value.open && value.items.some(({ kind }) => kind === 'request');
}

/** The list in place of the function that decides; where there is a list already, the function goes. */
function insteadOfCheck(
  { library, text, place: { form = objectForm } }: LibraryContext,
  { entry: entryOf }: LibrarySettings,
  check: DictEntry,
  entry: string,
  value: string,
  placeholder: string | undefined,
): Edit[] {
  const source = text.textOf(check.range);
  if (source === undefined) return [];
  const list = entryOf(library.options.origin);
  const rest = text.literals.leftOver?.(source, check.range) ?? [];
  if (list) {
    const removal = form.remove?.(source, check.range) ?? removeMember(source, check.range);
    return [{ range: list.value.range, newText: value, placeholder }, ...removal, ...rest];
  }
  const [edit, ...others] = form.replace?.(source, check.range, library.options.origin[0]!, value) ?? [
    { range: check.range, newText: entry },
  ];
  return [{ ...edit!, placeholder }, ...others, ...rest];
}

/** A function that is only named here: what stands at its own place stays. */
function isNamedElsewhere({ range, value }: DictEntry): boolean {
  return value.kind === 'function' && range.path === value.range.path && !encloses(range, value.range);
}

/** The value in place of the name behind the `:` or `=` of the entry. */
function insteadOfName(
  { keyRange, range }: DictEntry,
  value: string,
  text: LibraryContext['text'],
  placeholder: string | undefined,
): Edit[] {
  const written = text.textOf(range)?.slice(keyRange.end, range.end);
  const before = written === undefined ? undefined : /^["']?\s*[:=]\s*/.exec(written)?.[0];
  return before === undefined
    ? []
    : [{ range: { ...range, start: keyRange.end + before.length }, newText: value, placeholder }];
}

/** A method, `origin(origin, callback) { … }`, has its name inside of the value; so has a step that says all by its name. */
function isMethod({ keyRange, value }: DictEntry): boolean {
  return keyRange.start >= value.range.start && keyRange.end <= value.range.end;
}

/** A new entry of the options, or new options. */
function writeOption(
  { place, text }: LibraryContext,
  { options }: LibrarySettings,
  entry: string,
  placeholder?: string,
): Edit[] {
  const { form = objectForm } = place;
  if (options) {
    const source = text.textOf(options.range);
    return source === undefined ? [] : form.insert(source, options, entry, placeholder);
  }
  if (place.value !== undefined) return [{ range: place.value.range, newText: form.whole(entry), placeholder }];
  if (place.insertAt !== undefined)
    return [{ range: { start: place.insertAt, end: place.insertAt }, newText: `, ${form.whole(entry)}`, placeholder }];
  const newText = form.call?.(entry) ?? `(${form.whole(entry)})`;
  return [{ range: place.argumentsRange, newText, placeholder }];
}

function credentialsEdits(context: LibraryContext, settings: LibrarySettings): PolicyEdits {
  const { library, place, text } = context;
  const { options, credentialsEntry: written } = settings;
  if (written) {
    const source = text.textOf(written.range);
    if (source === undefined) return {};
    // What a statement of its own writes is no member of the options.
    const isMember = options !== undefined && encloses(options.range, written.range);
    return library.credentials.default || !isMember
      ? { dropCredentials: () => [{ range: written.value.range, newText: text.literals.no }] }
      : { dropCredentials: () => place.form?.remove?.(source, written.range) ?? removeMember(source, written.range) };
  }
  const isReadable = options ? !options.open : place.value === undefined;
  const { form = objectForm } = place;
  const [name] = library.options.credentials;
  // Where the library has no such option, nothing switches them off.
  return library.credentials.default && isReadable && name !== undefined
    ? { dropCredentials: () => writeOption(context, settings, form.entry(name, text.literals.no)) }
    : {};
}

/** A fallback that lets everybody in becomes one that lets in nobody, where the library has a word for that. */
function closingEdits({ library, text }: LibraryContext, origin: DictEntry | undefined): PolicyEdits {
  const fallback = origin && openFallback(origin.value);
  if (fallback === undefined || !closes(fallback, library)) return {};
  return {
    failClosed: () => [
      {
        range: fallback.range,
        newText: fallback.kind === 'boolean' ? text.literals.no : text.literals.text('', text.quote),
      },
    ],
  };
}

function closes({ kind }: Value, { origin }: CorsLibrary): boolean {
  if (kind === 'boolean' || origin.false === 'off') return origin.false === 'off' && origin.empty === 'off';
  return kind === 'text' && (origin.empty === 'closed' || origin.empty === 'nobody');
}

function openFallback(value: Value): Value | undefined {
  if (value.kind === 'environment') return value.fallback;
  if (value.kind !== 'one-of') return undefined;
  return value.choices
    .map((choice) => choice.value)
    .find((choice) => (choice.kind === 'text' && choice.text === '*') || (choice.kind === 'boolean' && choice.value));
}
