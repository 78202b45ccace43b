/** The options of one use of a library, read by the names of its table. */
import type { Dict, DictEntry, Value } from '../../values/value.ts';
import type { NameEntry, Setting, Settings } from '../../policy/policy.ts';
import type { CorsLibrary, OriginCheck } from './cors-library.ts';
import type { EntryOf, OptionsPlace } from './library-context.ts';
import type { Names } from './library-names.ts';
import { defaultNames, exposedNames, headerNames, isCovered, methodNames } from './library-names.ts';
import type { ProgramText } from './origin-entries.ts';

/** What is written; undefined where an option is not. */
export interface LibrarySettings {
  readonly options: Dict | undefined;
  /** What cannot be read may be anything. */
  readonly opaque: boolean;
  readonly entry: EntryOf;
  readonly origin: DictEntry | undefined;
  /** The option of patterns, where one is written beside that of origins; alone it is `origin`. */
  readonly patterns?: DictEntry;
  /** The option is a function of its own, beside which a list of origins counts for nothing. */
  readonly check?: OriginCheck;
  /** Functions that are asked about those whom the list does not let in. */
  readonly besideList: readonly WrittenCheck[];
  /** The switch that lets everybody in. */
  readonly opening: DictEntry | undefined;
  readonly credentials: Setting<boolean | 'unknown'>;
  readonly credentialsEntry: DictEntry | undefined;
  readonly methods: Names | undefined;
  readonly allowedHeaders: Names | undefined;
  readonly exposedHeaders: Names | undefined;
  readonly maxAge: DictEntry | undefined;
  /** The maximum age as it is sent, where it can be read. */
  readonly seconds: string | undefined;
}

/** A function that decides, where it is written. */
export interface WrittenCheck {
  readonly entry: DictEntry;
  readonly check: OriginCheck;
}

/** Anything else than an object changes none of the defaults. */
export function readSettings(library: CorsLibrary, place: OptionsPlace, text: ProgramText): LibrarySettings {
  const options = place.value?.kind === 'dict' ? place.value : undefined;
  const opaque = place.value?.kind === 'unknown' || place.value?.kind === 'environment' || options?.open === true;
  const entry: EntryOf = (names) => options?.entries.find(({ key }) => names.includes(key));
  const { openedBy, checksBesideList } = library.origin;
  const checks = checksIn(library, entry);
  const deciding = checksBesideList ? undefined : checks[0];
  const credentialsEntry = entry(library.options.credentials);
  const maxAge = ageIn(library, entry);
  const origins = deciding?.entry ?? entry(library.options.origin);
  const patterns = library.origin.patterns && entry([library.origin.patterns.option]);
  return {
    options,
    opaque,
    entry,
    origin: origins ?? patterns,
    ...(origins && patterns && { patterns }),
    ...(deciding && { check: deciding.check }),
    besideList: checksBesideList ? checks : [],
    opening: openedBy && entry([openedBy.option]),
    credentials: {
      value: credentialsEntry
        ? switchedOn(credentialsEntry.value, library)
        : opaque
          ? 'unknown'
          : library.credentials.default,
      range: credentialsEntry?.value.range ?? place.range,
      keyRange: credentialsEntry?.keyRange,
      written: credentialsEntry !== undefined,
    },
    credentialsEntry,
    methods: methodNames(library, entry, text),
    allowedHeaders: headerNames(library, entry, text),
    exposedHeaders: exposedNames(library, entry, text),
    maxAge,
    seconds: maxAge && secondsOf(maxAge.value, library.maxAge),
  };
}

/** What decides who gets in, for those who look at the settings. */
export function decidingEntry({ opening, origin, besideList }: LibrarySettings): DictEntry | undefined {
  const isOpening = opening !== undefined && !(opening.value.kind === 'boolean' && !opening.value.value);
  return isOpening ? opening : (origin ?? besideList[0]?.entry);
}

function ageIn({ options, maxAge: { undefinedIsDefault } }: CorsLibrary, entry: EntryOf): DictEntry | undefined {
  const found = entry(options.maxAge);
  const isNone = undefinedIsDefault && found?.value.kind === 'nothing' && isCovered(found.value, 'undefined');
  return isNone ? undefined : found;
}

/** The functions that decide, where they are written and are not nothing. */
function checksIn({ origin: { checks = [] } }: CorsLibrary, entry: EntryOf): readonly WrittenCheck[] {
  return checks.flatMap((check) => {
    const found = entry([check.option]);
    return found !== undefined && found.value.kind !== 'nothing' ? [{ entry: found, check }] : [];
  });
}

type Listed = Setting<readonly NameEntry[] | null | 'unknown'>;

/** The methods that count, null where that is whichever is asked for. */
export function methodsOf({ methods, entry }: LibrarySettings, library: CorsLibrary, { range }: OptionsPlace): Listed {
  return methods ?? writtenOrDefault(entry(library.options.methods), defaultNames(library.methods.default, range));
}

/** The request headers that count, null where those are whichever are asked for. */
export function allowedHeadersOf(
  { allowedHeaders, entry }: LibrarySettings,
  library: CorsLibrary,
  { range }: OptionsPlace,
): Listed {
  const byDefault = defaultNames(library.allowedHeaders.default, range);
  const names = allowedHeaders ?? writtenOrDefault(entry(library.options.allowedHeaders), byDefault);
  const { starIsAny } = library.allowedHeaders;
  return starIsAny && Array.isArray(names.value) && names.value.some(({ text }: NameEntry) => text === '*')
    ? { ...names, value: null }
    : names;
}

/** A star is written where it says what holds without it, too. */
function writtenOrDefault(star: DictEntry | undefined, byDefault: Listed): Listed {
  return star === undefined || byDefault.value !== null
    ? byDefault
    : { ...byDefault, range: star.value.range, keyRange: star.keyRange, written: true };
}

/** All but the origins as the settings of a policy. */
export function policySettings(
  settings: LibrarySettings,
  library: CorsLibrary,
  place: OptionsPlace,
): Omit<Settings, 'origins'> {
  const { credentials, exposedHeaders, maxAge, seconds } = settings;
  return {
    credentials,
    methods: methodsOf(settings, library, place),
    allowedHeaders: allowedHeadersOf(settings, library, place),
    ...(exposedHeaders && { exposedHeaders }),
    ...privateNetworkOf(settings, library, place),
    ...(maxAge &&
      seconds && {
        maxAge: { value: seconds, range: maxAge.value.range, keyRange: maxAge.keyRange, written: true },
      }),
  };
}

function privateNetworkOf(
  { entry, opaque }: LibrarySettings,
  { privateNetwork, privateNetworkByDefault }: CorsLibrary,
  { range }: OptionsPlace,
): Pick<Settings, 'privateNetwork'> {
  const found = privateNetwork === undefined ? undefined : entry([privateNetwork]);
  if (found === undefined && privateNetworkByDefault && !opaque)
    return { privateNetwork: { value: true, range, written: false } };
  return found?.value.kind === 'boolean' && found.value.value
    ? { privateNetwork: { value: true, range: found.value.range, keyRange: found.keyRange, written: true } }
    : {};
}

/** What the text does not decide. */
export function isUndecided({ kind }: Value): boolean {
  return undecided.has(kind);
}

const undecided: ReadonlySet<Value['kind']> = new Set([
  'unknown',
  'environment',
  'one-of',
  'concatenation',
  'predicate',
  'function',
]);

function switchedOn(value: Value, { credentials }: CorsLibrary): boolean | 'unknown' {
  if (isUndecided(value)) return 'unknown';
  if (value.kind === 'nothing' && isCovered(value, credentials.nothingIsDefault)) return credentials.default;
  if (credentials.readsTexts && value.kind === 'text') return value.text.toLowerCase() === 'true';
  if (value.kind === 'boolean') return value.value;
  if (credentials.on === 'true' || value.kind === 'nothing') return false;
  return value.kind === 'number' ? value.value !== 0 : value.kind === 'text' ? value.text !== '' : true;
}

function secondsOf(value: Value, { unit, most = Infinity }: CorsLibrary['maxAge']): string | undefined {
  if (value.kind === 'number')
    return String(Math.min(most, unit ? Math.trunc(value.value / unit.perSecond) : value.value));
  return value.kind === 'text' ? value.text : undefined;
}
