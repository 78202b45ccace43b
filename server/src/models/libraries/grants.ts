/** What an origin option grants, and the simple grants that all others are made of. */
import type { SourceRange } from '../../syntax/range.ts';
import type { Fact, HeaderRule, OriginEntry } from '../../policy/policy.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import { all, always, never, not, optionsMethod, originPresent, some, unknown } from '../../policy/request-test.ts';
import type { CorsLibrary } from './cors-library.ts';
import type { LibraryContext } from './library-context.ts';

export interface Grant {
  readonly entries: readonly OriginEntry[];
  /** Access-Control-Allow-Origin and Vary. */
  readonly headers: readonly HeaderRule[];
  /** Where this is false the middleware passes the request on without a word. */
  readonly reach: RequestTest;
  /** Requests that pass the check. */
  readonly allowed: RequestTest;
  /** The same, where a request without Origin passes a check that takes everybody. */
  readonly accepted: RequestTest;
  readonly facts: readonly Fact[];
  /** Requests that are answered by an error. */
  readonly errors?: RequestTest;
  /** Set when every request fails with this option. */
  readonly fails?: string;
}

export const varyOrigin = (when: RequestTest, range: SourceRange): HeaderRule => ({
  name: 'vary',
  operation: 'merge',
  value: { kind: 'text', text: 'Origin' },
  when,
  range,
});

export const allowOrigin = (value: HeaderRule['value'], when: RequestTest, range: SourceRange): HeaderRule => ({
  name: 'access-control-allow-origin',
  operation: 'set',
  value,
  when,
  range,
});

export const nothingSent: Grant = {
  entries: [],
  headers: [],
  reach: never,
  allowed: never,
  accepted: never,
  facts: [],
};

/** Where everybody gets the own origin back. */
const whoVaries: Record<CorsLibrary['vary']['checked'], RequestTest> = {
  always,
  accepted: always,
  allowed: originPresent,
  'unless-refused': originPresent,
  never,
};

/** Everybody: `*`, or the caller's own origin where the library does that beside credentials. */
export function openToAll(entry: OriginEntry, { library, credentials }: LibraryContext): Grant {
  if (library.anyWithCredentials === 'fails' && credentials === true)
    return {
      ...nothingSent,
      entries: [entry],
      fails: 'Everybody beside credentials is refused, and the program does not start',
    };
  const reflects: RequestTest = library.reflectsAny
    ? always
    : library.anyWithCredentials !== 'reflect' || credentials === false
      ? never
      : credentials === 'unknown'
        ? unknown()
        : always;
  const headers = reflects === always ? [] : [allowOrigin({ kind: 'text', text: '*' }, not(reflects), entry.range)];
  if (reflects !== never)
    headers.push(allowOrigin({ kind: 'request-origin' }, all([originPresent, reflects]), entry.range));
  const star = starFor(library, credentials);
  if (reflects !== never && star !== never)
    headers.push(allowOrigin({ kind: 'text', text: '*' }, all([not(originPresent), star]), entry.range));
  if (library.vary.any || reflects !== never)
    headers.push(
      varyOrigin(
        library.vary.any
          ? library.vary.any === 'options'
            ? all([originPresent, optionsMethod])
            : always
          : all([reflects, whoVaries[library.vary.checked]]),
        entry.range,
      ),
    );
  return {
    entries: [entry],
    headers,
    reach: always,
    allowed: library.reflectsAny ? originPresent : always,
    accepted: library.origin.starWithoutOrigin === 'unless-credentials' ? some([originPresent, star]) : always,
    facts: [],
  };
}

/** Everybody gets the star, but for those whom these entries let in: they get their own origin. */
export function openBut(
  open: Grant,
  entries: readonly OriginEntry[],
  range: SourceRange,
  accepted = some(entries.map(({ accepts }) => accepts)),
): Grant {
  const named = all([originPresent, accepted]);
  return {
    ...open,
    entries: [...entries, ...open.entries],
    headers: [
      ...open.headers,
      allowOrigin({ kind: 'request-origin' }, named, range),
      // A function may say yes to a request without Origin, whose origin is empty.
      allowOrigin({ kind: 'text', text: '' }, all([not(originPresent), accepted]), range),
    ],
  };
}

/** Whether a request without Origin gets a `*`. */
function starFor({ origin: { starWithoutOrigin } }: CorsLibrary, credentials: boolean | 'unknown'): RequestTest {
  if (!starWithoutOrigin) return never;
  if (starWithoutOrigin === true || credentials === false) return always;
  return credentials === 'unknown' ? unknown() : never;
}

/** With what a request without Origin gets where texts are compared; `texts` are those of the check, of `all` its members. */
export function withFirstText(
  grant: Grant,
  texts: readonly string[],
  members: number,
  range: SourceRange,
  { library }: LibraryContext,
): Grant {
  const isOne = members === 1 && texts.length === 1;
  const headers = isOne && library.vary.notForOne ? grant.headers.filter(({ name }) => name !== 'vary') : grant.headers;
  const [first] = library.origin.firstWithoutOrigin ? texts.toSorted() : [];
  if (first === undefined) return headers === grant.headers ? grant : { ...grant, headers };
  const without = not(originPresent);
  const varied = headers.some(({ name }) => name === 'vary') ? [varyOrigin(without, range)] : [];
  return {
    ...grant,
    headers: [...headers, allowOrigin({ kind: 'text', text: first }, without, range), ...varied],
    accepted: some([grant.accepted, without]),
  };
}

export function reflected(range: SourceRange, context: LibraryContext, byDefault = false): Grant {
  const grant = checked(
    [{ range, kind: 'reflect', accepts: always, ...(byDefault && { byDefault }) }],
    always,
    range,
    context,
  );
  if (!context.library.origin.starWithoutOrigin) return grant;
  return { ...grant, headers: [...grant.headers, allowOrigin({ kind: 'text', text: '*' }, not(originPresent), range)] };
}

/** Reflects the request's Origin under `accepts`. */
export function checked(
  entries: readonly OriginEntry[],
  accepts: RequestTest,
  range: SourceRange,
  { library }: LibraryContext,
): Grant {
  const allowed = all([originPresent, accepts]);
  const headers = [allowOrigin({ kind: 'request-origin' }, allowed, range)];
  if (library.origin.unlisted === 'empty') headers.unshift(allowOrigin({ kind: 'text', text: '' }, always, range));
  const varies = { always, allowed, accepted: accepts, 'unless-refused': some([not(originPresent), accepts]), never };
  if (library.vary.checked !== 'never') headers.push(varyOrigin(varies[library.vary.checked], range));
  return { entries, headers, reach: always, allowed, accepted: accepts, facts: [] };
}

export function unknownGrant(
  range: SourceRange,
  entries: readonly OriginEntry[] = [{ range, kind: 'unknown', accepts: unknown() }],
): Grant {
  const undecided = (name: string): HeaderRule => ({
    name,
    operation: 'set',
    value: { kind: 'unknown' },
    when: always,
    range,
  });
  return {
    entries,
    headers: [undecided('access-control-allow-origin'), undecided('vary')],
    reach: unknown(),
    allowed: unknown(),
    accepted: unknown(),
    facts: [],
  };
}

export function isOpenGrant({ entries, fails }: Grant): boolean {
  return fails === undefined && entries.some(({ kind }) => kind === 'any' || kind === 'reflect');
}
