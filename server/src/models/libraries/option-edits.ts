/** Edits of the options of a library: of the object, or of the call where there is none. */
import type { Edit, SourceRange } from '../../syntax/range.ts';
import type { SourceText } from '../../syntax/source-text.ts';
import { encloses } from '../../syntax/range.ts';
import type { PolicyEdits } from '../../policy/policy.ts';
import type { DictEntry, Value } from '../../values/value.ts';
import { removeMember } from '../../edits/program-edits.ts';
import type { CorsLibrary } from './cors-library.ts';
import type { LibraryContext } from './library-context.ts';
import type { LibrarySettings } from './library-settings.ts';
import type { OptionsForm } from './options-form.ts';
import { objectForm } from './options-form.ts';
import { listOf } from './origin-entries.ts';

/** The edits that the rules ask a policy for; `fails` where the origin option makes the library fail. */
export function optionEdits(context: LibraryContext, settings: LibrarySettings, fails: boolean): PolicyEdits {
  const { origin, maxAge } = settings;
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
    ...(maxAge && { setMaxAge: (seconds: number) => ageEdits(context, maxAge.value, seconds) }),
    ...closingEdits(context, origin),
  };
}

/** The maximum age in the form and the unit in which it is written. */
function ageEdits({ text, library }: LibraryContext, { kind, range }: Value, seconds: number): Edit[] {
  const { unit } = library.maxAge;
  const before = text.textOf(range)?.slice(range.start, range.end) ?? '';
  const newText = unit
    ? unit.written(seconds, before)
    : kind === 'text'
      ? text.literals.text(String(seconds), text.quote)
      : (text.literals.seconds?.(seconds) ?? String(seconds));
  return newText === undefined ? [] : [{ range, newText }];
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
  const { separator, trims } = library.origin;
  if (!takesList(context) && origins.length !== 1 && separator === undefined) return [];
  const between = trims && separator?.trim() ? `${separator} ` : separator;
  const { origin } = settings;
  // What stands in place of a whole step is no list that shows how it is to be written.
  const like = origin && !isMethod(origin) ? origin.value.range : undefined;
  const value = takesList(context)
    ? listOf(origins, text, like)
    : text.literals.text(origins.join(between), text.quote);
  const name = library.options.origin[0]!;
  const entry = form.entry(name, value);
  const replaced = replacedEntries(settings);
  if (replaced.length > 1) return [];
  if (replaced[0]) return insteadOfEntry(context, settings, replaced[0], entry, value, placeholder);
  if (origin === undefined) return writeOption(context, settings, entry, placeholder);
  if (isGrown(origin.value)) return [];
  if (isNamedElsewhere(origin)) return insteadOfName(origin, value, text, placeholder);
  if (!isMethod(origin)) return [{ range: origin.value.range, newText: value, placeholder }];
  const written = text.textOf(origin.range)?.slice(origin.range.start, origin.range.end) ?? '';
  return form.isScattered?.(written) ? [] : [{ range: origin.range, newText: entry, placeholder }];
}

/** Whoever asks is put into the list elsewhere, where an edit of the list changes nothing. */
function isGrown(value: Value): boolean {
  return value.kind === 'list' && value.open && value.items.some(({ kind }) => kind === 'request');
}

/** The function or the switch that decides, or those of them that do. */
function replacedEntries({ check, origin, besideList, opening }: LibrarySettings): readonly DictEntry[] {
  const isOpen = opening !== undefined && !(opening.value.kind === 'boolean' && !opening.value.value);
  const checks = check && origin ? [origin] : besideList.map(({ entry }) => entry);
  return isOpen ? [opening, ...checks] : checks;
}

/** The list in place of a function or a switch; where there is a list already, the other goes. */
function insteadOfEntry(
  { library, text, place: { form = objectForm } }: LibraryContext,
  { entry: entryOf }: LibrarySettings,
  other: DictEntry,
  entry: string,
  value: string,
  placeholder: string | undefined,
): Edit[] {
  const source = text.textOf(other.range);
  if (source === undefined) return [];
  const name = library.options.origin[0]!;
  const list = entryOf(library.options.origin);
  const rest = text.literals.leftOver?.(source, other.range) ?? [];
  if (list) {
    const removal = isStatement(other) ? withoutLine(source, other.range) : removalOf(source, other.range, form);
    return [{ range: list.value.range, newText: value, placeholder }, ...removal, ...rest];
  }
  // `options.AllowAll = true`: the name and the value are written anew, and what stands before and between them stays.
  if (isStatement(other))
    return [
      { range: other.keyRange, newText: name },
      { range: other.value.range, newText: value, placeholder },
      ...rest,
    ];
  const [edit, ...others] = form.replace?.(source, other.range, name, value) ?? [
    { range: other.range, newText: entry },
  ];
  return [{ ...edit!, placeholder }, ...others, ...rest];
}

function removalOf(source: SourceText, range: SourceRange, form: OptionsForm): Edit[] {
  return form.remove?.(source, range) ?? removeMember(source, range);
}

/** The entry is an assignment of its own, `options.Origins = list`, and no member of a literal. */
function isStatement({ range, keyRange, value }: DictEntry): boolean {
  return range.start < keyRange.start && keyRange.end <= value.range.start;
}

/** A statement that has its lines for itself goes with them. */
function withoutLine(source: SourceText, { start, end, path }: SourceRange): Edit[] {
  const first = source.lastIndexOf('\n', start - 1) + 1;
  const next = source.indexOf('\n', end);
  const isAlone = source.slice(first, start).trim() === '' && next >= 0 && /^,?\s*$/.test(source.slice(end, next));
  return isAlone ? [{ range: { start: first, end: next + 1, path }, newText: '' }] : [];
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

/**
 * A method, `origin(origin, callback) { … }`, has its name inside of the value; so has a step that says all by its name. An argument
 * that is known by its position has no name.
 */
function isMethod({ keyRange, value }: DictEntry): boolean {
  return keyRange.end > keyRange.start && keyRange.start >= value.range.start && keyRange.end <= value.range.end;
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
    if (!isMember && place.form?.switchesAreCalls) return {};
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
