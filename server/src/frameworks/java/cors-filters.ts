/** What CORS filters of servlet containers share: their settings are parameters of a filter in `web.xml`. */
import type { TreeDocument, TreeEntry, TreeScalar } from '../../syntax/trees/tree.ts';
import type { Fact, Policy } from '../../policy/policy.ts';
import type { ServiceKeys } from '../../models/services/cors-service.ts';
import type { ServletFilter } from './servlet-filters.ts';
import { entryOf, textOf, unknownKeys } from '../../edits/tree-edits.ts';

/** What a filter calls its parameters. */
export interface FilterNames {
  readonly origins: string;
  readonly methods: string;
  readonly headers: string;
  readonly exposed: string;
  readonly credentials: string;
  readonly maxAge: string;
}

/** The parameters as keys of a policy. A number of seconds that is not above zero is not sent. */
export function filterKeys({ parameters }: ServletFilter, names: FilterNames): ServiceKeys {
  const maxAge = entryOf(parameters, names.maxAge);
  return {
    map: undefined,
    originsKey: names.origins,
    origins: entryOf(parameters, names.origins),
    credentials: entryOf(parameters, names.credentials),
    credentialsKey: names.credentials,
    methods: entryOf(parameters, names.methods),
    allowedHeaders: entryOf(parameters, names.headers),
    exposedHeaders: entryOf(parameters, names.exposed),
    maxAge: sendsMaxAge(maxAge) ? maxAge : undefined,
  };
}

/** Whether the filter names a time at all: it does with its default, and with what is a number above zero. */
export function sendsMaxAge(maxAge: TreeEntry | undefined): boolean {
  return Number(textOf(maxAge?.value) ?? 1) > 0;
}

/** The name of the class stands for a filter that is open because nothing is written. */
export function classEntry(className: TreeScalar): TreeEntry {
  return { key: '#text', keyRange: className.range, value: className, range: className.range };
}

/** Parameters that the filter does not know; `opens`: it is open where its origins stand under another name. */
export function unknownParameters(
  document: TreeDocument,
  { parameters }: ServletFilter,
  names: FilterNames,
  others: readonly string[],
  foreign: Readonly<Record<string, string>>,
  opens: boolean,
): Fact[] {
  const known = [...Object.values(names as unknown as Record<string, string>), ...others];
  return unknownKeys(document, parameters, known, foreign, (suggestion) => opens && suggestion === names.origins);
}

/** A parameter that is not written is added behind the others. Nobody can make the filter send another Vary. */
export function withAddedParameters(policy: Policy, { parameters, add }: ServletFilter, names: FilterNames): Policy {
  const isMissing = (name: string): boolean => entryOf(parameters, name) === undefined;
  return {
    ...policy,
    fixedVary: true,
    edits: {
      ...policy.edits,
      ...(isMissing(names.origins) && {
        allowOnly: (allowed: readonly string[], placeholder?: string) =>
          add(names.origins, allowed.join(','), placeholder),
      }),
      ...(isMissing(names.credentials) && { dropCredentials: () => add(names.credentials, 'false') }),
    },
  };
}
