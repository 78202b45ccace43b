/** Options that a library does not know, and origins that were forgotten. */
import type { Fact } from '../../policy/policy.ts';
import type { Dict, DictEntry } from '../../values/value.ts';
import { encloses } from '../../syntax/range.ts';
import { nearestName } from '../../edits/nearest-name.ts';
import type { CorsLibrary } from './cors-library.ts';
import type { LibraryContext } from './library-context.ts';
import { objectForm } from './options-form.ts';
import { listOf } from './origin-entries.ts';

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

/** What the options show beside their policy. */
export function optionFacts(context: LibraryContext, options: Dict | undefined): Fact[] {
  if (options === undefined) return misplacedOrigins(context);
  const { library } = context;
  const originName = library.options.origin[0]!;
  const hasOrigin = options.open || options.entries.some(({ key }) => originNames(library).includes(key));
  const unknown = unknownOptions(context, options, hasOrigin);
  const isOpened = unknown.some((fact) => fact.kind === 'unknown-option' && fact.suggestion === originName);
  const isKnown = ({ key }: DictEntry): boolean => Object.values(library.options).flat().includes(key);
  const isNeeded = opensByDefault(library) || library.origin.forgotten !== undefined;
  const isForgotten = isNeeded && !hasOrigin && !isOpened && options.entries.some(isKnown);
  return isForgotten ? [...unknown, noOrigin(context, options)] : unknown;
}

/** Without an origin everybody gets in. */
function opensByDefault({ origin }: CorsLibrary): boolean {
  return origin.missing === 'any' || origin.missing === 'reflect';
}

/** Origins in place of the options: `cors(['https://a.example'])`. */
function misplacedOrigins({ library, place, text }: LibraryContext): Fact[] {
  const { value, form = objectForm, argument } = place;
  // `*` says what the default does; there is no option to look for.
  if ((value?.kind !== 'text' || value.text === '*') && value?.kind !== 'list') return [];
  const originName = library.options.origin[0]!;
  // A list that is made somewhere else stays there: what is wrong is that it is handed over as the options.
  const range = argument === undefined || encloses(argument, value.range) ? value.range : argument;
  const written = text.textOf(range)?.slice(range.start, range.end);
  return [
    {
      kind: 'unknown-option',
      name: written === undefined ? 'this argument' : inOneLine(written),
      suggestion: originName,
      range,
      opens: opensByDefault(library),
      rename: () => (written === undefined ? [] : [{ range, newText: form.whole(form.entry(originName, written)) }]),
    },
  ];
}

/** As long as it can be read in a sentence. */
const longestQuote = 60;

function inOneLine(written: string): string {
  const line = written.replace(/\s+/g, ' ');
  return line.length > longestQuote ? `${line.slice(0, longestQuote - 1)}…` : line;
}

/** Names that the library does not know, and that are near to one that it does, or that it refuses. */
function unknownOptions({ library, place: { form } }: LibraryContext, options: Dict, hasOrigin: boolean): Fact[] {
  const known = knownNames(library);
  return options.entries
    .filter(({ key }) => !known.includes(key))
    .flatMap((entry): Fact[] => {
      const suggestion = suggestionFor(entry.key, library);
      const refusal = library.refusesUnknown?.(entry.key);
      if (suggestion !== undefined) return [misnamed(entry, suggestion, refusal, library, hasOrigin, form)];
      return refusal === undefined
        ? []
        : [{ kind: 'unknown-option', name: entry.key, range: entry.keyRange, opens: false, refusal }];
    });
}

function misnamed(
  entry: DictEntry,
  suggestion: string,
  refusal: string | undefined,
  library: CorsLibrary,
  hasOrigin: boolean,
  form = objectForm,
): Fact {
  const { key, keyRange, range } = entry;
  // A shorthand property has its value under the key, so that a new key would lose it.
  const shorthand = keyRange.start === range.start && keyRange.end === range.end;
  const isOrigin = suggestion === library.options.origin[0]!;
  return {
    kind: 'unknown-option',
    name: key,
    suggestion,
    range: keyRange,
    opens: opensByDefault(library) && refusal === undefined && isOrigin && !hasOrigin,
    ...(refusal !== undefined && { refusal }),
    rename: () => [{ range: keyRange, newText: shorthand ? form.entry(suggestion, key) : suggestion }],
  };
}

function noOrigin({ library, place, text }: LibraryContext, options: Dict): Fact {
  const { form = objectForm } = place;
  return {
    kind: 'no-origin-configured',
    range: place.range,
    set: options.entries.map(({ key }) => key),
    ...(library.origin.forgotten !== undefined && { why: library.origin.forgotten }),
    addOrigins: (origins, placeholder) => {
      const source = text.textOf(options.range);
      const entry = form.entry(library.options.origin[0]!, listOf(origins, text));
      return source === undefined ? [] : form.insert(source, options, entry, placeholder);
    },
  };
}

function originNames({ options, origin: { checks = [], patterns, openedBy } }: CorsLibrary): string[] {
  const others = [...checks, ...(patterns ? [patterns] : []), ...(openedBy ? [openedBy] : [])];
  return [...options.origin, ...others.map(({ option }) => option)];
}

function knownNames(library: CorsLibrary): string[] {
  const { options, otherOptions, privateNetwork, methods, allowedHeaders, exposedHeaders } = library;
  const additions = [methods, allowedHeaders, exposedHeaders].flatMap(({ addition = [] }) => addition);
  const others = [...otherOptions, ...additions, ...(privateNetwork === undefined ? [] : [privateNetwork])];
  return [...Object.values(options).flat(), ...originNames(library), ...others];
}

function suggestionFor(name: string, library: CorsLibrary): string | undefined {
  const lower = name.toLowerCase();
  const { foreignNames } = library;
  if (Object.hasOwn(foreignNames, lower)) return foreignNames[lower];
  for (const [setting, names] of Object.entries(spellings) as [keyof CorsLibrary['options'], readonly string[]][]) {
    if (names.includes(lower) && library.options[setting][0] !== undefined) return library.options[setting][0];
  }
  return nearestName(name, knownNames(library));
}
