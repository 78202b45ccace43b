/** What a library makes of the names of its options, and the edits of an options object. */
import type { Edit } from '../../syntax/range.ts';
import type { Fact, PolicyEdits } from '../../policy/policy.ts';
import type { Dict, DictEntry } from '../../values/value.ts';
import type { CorsLibrary, LibraryContext } from './cors-library.ts';
import { insertEntry, nearestName, originList, quoted, removeMember } from '../../edits/program-edits.ts';

/** Names for the six settings as one library or another spells them, in lower case. */
const spellings: Readonly<Record<keyof CorsLibrary['options'], readonly string[]>> = {
  origin: [
    'origin',
    'origins',
    'allowedorigins',
    'allowedorigin',
    'alloworigin',
    'alloworigins',
    'whitelist',
    'allowlist',
    'allow_origins',
    'accesscontrolalloworigin',
  ],
  credentials: [
    'credentials',
    'allowcredentials',
    'allow_credentials',
    'supportscredentials',
    'supportcredentials',
    'withcredentials',
  ],
  methods: ['methods', 'allowmethods', 'allowedmethods', 'allow_methods'],
  allowedHeaders: ['allowedheaders', 'allowheaders', 'allow_headers', 'headers'],
  exposedHeaders: ['exposedheaders', 'exposeheaders', 'expose_headers'],
  maxAge: ['maxage', 'max_age', 'preflightmaxage'],
};

function knownNames({ options, otherOptions }: CorsLibrary): string[] {
  return [...Object.values(options).flat(), ...otherOptions];
}

function suggestionFor(name: string, library: CorsLibrary): string | null {
  const lower = name.toLowerCase();
  const foreign = library.foreignNames[lower];
  if (foreign !== undefined) return foreign;
  for (const [setting, names] of Object.entries(spellings) as [keyof CorsLibrary['options'], readonly string[]][]) {
    if (names.includes(lower) && library.options[setting][0] !== undefined) return library.options[setting][0];
  }
  return nearestName(name, knownNames(library));
}

/** Options that the library does not know, and origins that were forgotten. */
export function optionFacts(context: LibraryContext, options: Dict | undefined): Fact[] {
  const { library, place, text } = context;
  const originName = library.options.origin[0]!;
  const isOpen = library.origin.missing === 'any' || library.origin.missing === 'reflect';
  if (options === undefined) {
    const { value } = place;
    // `*` says what the default does; there is no option to look for.
    if ((value?.kind !== 'text' || value.text === '*') && value?.kind !== 'list') return [];
    const written = text.textOf(value.range)?.slice(value.range.start, value.range.end);
    return [
      {
        kind: 'unknown-option',
        name: written ?? 'this argument',
        suggestion: originName,
        range: value.range,
        opens: isOpen,
        rename: () => (written === undefined ? [] : [{ range: value.range, newText: `{ ${originName}: ${written} }` }]),
      },
    ];
  }
  const known = knownNames(library);
  const hasOrigin = options.open || options.entries.some(({ key }) => library.options.origin.includes(key));
  const facts: Fact[] = options.entries
    .filter(({ key }) => !known.includes(key))
    .flatMap((entry): Fact[] => {
      const suggestion = suggestionFor(entry.key, library) ?? undefined;
      const refusal = library.refusesUnknown?.(entry.key);
      if (suggestion === undefined)
        return refusal === undefined
          ? []
          : [{ kind: 'unknown-option', name: entry.key, range: entry.keyRange, opens: false, refusal }];
      // A shorthand property has its value under the key, so that a new key would lose it.
      const shorthand = entry.keyRange.start === entry.range.start && entry.keyRange.end === entry.range.end;
      return [
        {
          kind: 'unknown-option',
          name: entry.key,
          suggestion,
          range: entry.keyRange,
          opens: isOpen && refusal === undefined && suggestion === originName && !hasOrigin,
          ...(refusal !== undefined && { refusal }),
          rename: () => [{ range: entry.keyRange, newText: shorthand ? `${suggestion}: ${entry.key}` : suggestion }],
        },
      ];
    });
  const opened = facts.some((fact) => fact.kind === 'unknown-option' && fact.suggestion === originName);
  if (
    isOpen &&
    !hasOrigin &&
    !opened &&
    options.entries.some(({ key }) => Object.values(library.options).flat().includes(key))
  ) {
    facts.push({
      kind: 'no-origin-configured',
      range: place.range,
      set: options.entries.map(({ key }) => key),
      addOrigins: (origins, placeholder) => {
        const source = text.textOf(options.range);
        return source === undefined
          ? []
          : insertEntry(source, options.range, `${originName}: ${originList(origins, text.quote)}`, placeholder);
      },
    });
  }
  return facts;
}

/** Edits of the options object, or of the call where there is none. */
export function optionEdits(
  { library, place, text }: LibraryContext,
  options: Dict | undefined,
  entries: {
    readonly origin: DictEntry | undefined;
    readonly credentials: DictEntry | undefined;
    readonly maxAge: DictEntry | undefined;
  },
  fails = false,
): PolicyEdits {
  const { origin, credentials, maxAge } = entries;
  const originName = library.options.origin[0]!;
  const takesList = library.origin.list === 'members';
  const writeOption = (entry: string, placeholder?: string): Edit[] => {
    if (options) {
      const source = text.textOf(options.range);
      return source === undefined ? [] : insertEntry(source, options.range, entry, placeholder);
    }
    if (place.value !== undefined) return [{ range: place.value.range, newText: `{ ${entry} }`, placeholder }];
    if (place.insertAt !== undefined)
      return [{ range: { start: place.insertAt, end: place.insertAt }, newText: `, { ${entry} }`, placeholder }];
    return [{ range: place.argumentsRange, newText: `({ ${entry} })`, placeholder }];
  };
  const allowOnly = (origins: readonly string[], placeholder?: string): Edit[] => {
    if (!takesList && origins.length !== 1) return [];
    const value = takesList ? originList(origins, text.quote) : quoted(origins[0]!, text.quote);
    // A method, `origin(origin, callback) { … }`, has its name inside of the value.
    const isMethod =
      origin !== undefined &&
      origin.keyRange.start >= origin.value.range.start &&
      origin.keyRange.end <= origin.value.range.end;
    if (origin)
      return [
        {
          range: isMethod ? origin.range : origin.value.range,
          newText: isMethod ? `${originName}: ${value}` : value,
          placeholder,
        },
      ];
    return writeOption(`${originName}: ${value}`, placeholder);
  };
  const source = credentials && text.textOf(credentials.range);
  const fallback =
    origin?.value.kind === 'environment'
      ? origin.value.fallback
      : origin?.value.kind === 'one-of'
        ? origin.value.choices.find(
            ({ value }) => (value.kind === 'text' && value.text === '*') || (value.kind === 'boolean' && value.value),
          )?.value
        : undefined;
  return {
    allowOnly,
    // A single origin where a list is wanted becomes that list.
    ...(fails &&
      origin && {
        repairOrigin: (origins: readonly string[], placeholder?: string) =>
          takesList && origin.value.kind === 'text' && /^https?:/.test(origin.value.text)
            ? allowOnly([origin.value.text])
            : allowOnly(origins, placeholder),
      }),
    ...(credentials &&
      source !== undefined && {
        dropCredentials: () =>
          library.credentials.default
            ? [{ range: credentials.value.range, newText: 'false' }]
            : removeMember(source, credentials.range),
      }),
    ...(!credentials &&
      library.credentials.default &&
      (options ? !options.open : place.value === undefined) && {
        dropCredentials: () => writeOption(`${library.options.credentials[0]!}: false`),
      }),
    ...(maxAge && {
      setMaxAge: (seconds: number) => [
        {
          range: maxAge.value.range,
          newText: maxAge.value.kind === 'text' ? quoted(String(seconds), text.quote) : String(seconds),
        },
      ],
    }),
    ...(fallback &&
      library.origin.false === 'off' &&
      library.origin.empty === 'off' && {
        failClosed: () => [
          { range: fallback.range, newText: fallback.kind === 'boolean' ? 'false' : quoted('', text.quote) },
        ],
      }),
  };
}
