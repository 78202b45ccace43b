/**
 * Micronaut's annotation `@CrossOrigin`, which counts without `micronaut.server.cors.enabled`. Without origins it lets in everybody, with
 * cookies; a `*` that is written is a text like any other.
 *
 * https://docs.micronaut.io/latest/guide/#corsAnnotation
 */
import type { Policy, StatusRule } from '../../policy/policy.ts';
import { all, not, originPresent, some } from '../../policy/request-test.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import type { Expression, Program } from '../../syntax/programs/program.ts';
import type { ProgramContext } from '../../models/framework.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { Found, FoundOptions } from '../../models/libraries/define-cors-library.ts';
import { asksForListed } from '../../models/libraries/library-names.ts';
import { differing } from '../../models/libraries/releases.ts';
import { withoutEdits, withoutLists } from '../../models/libraries/without-edits.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Value } from '../../values/value.ts';
import { crossOrigins, isUnsure } from './cross-origin-annotations.ts';
import type { Annotated, AnnotationDialect, Mapping } from './cross-origin-annotations.ts';
import { wholePattern } from './notation.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

const packageName = 'io.micronaut:micronaut-http-server';
const patternOption = 'allowedOriginsRegex';

/** As `CorsFilter` and `CrossOriginUtil` of release 4 say, and as observed of 4.10. */
const annotation: CorsLibrary = {
  options: {
    origin: ['allowedOrigins'],
    credentials: ['allowCredentials'],
    methods: ['allowedMethods'],
    allowedHeaders: ['allowedHeaders'],
    exposedHeaders: ['exposedHeaders'],
    maxAge: ['maxAge'],
  },
  otherOptions: [],
  privateNetwork: 'allowPrivateNetwork',
  foreignNames: { origins: 'allowedOrigins', originpatterns: patternOption, methods: 'allowedMethods' },
  origin: {
    missing: 'any',
    text: 'compared',
    star: 'compared',
    empty: 'compared',
    ...otherKinds('unknown', 'nobody'),
    nothing: 'unknown',
    list: 'members',
    emptyList: 'any',
    starInList: 'compared',
    patterns: {
      option: patternOption,
      means: { wildcard: wholePattern, wildcardAlone: true, wildcardIsPattern: true },
    },
  },
  credentials: { default: true, on: 'true' },
  anyWithCredentials: 'reflect',
  reflectsAny: true,
  vary: { any: true, sent: true, checked: 'allowed' },
  othersFor: 'allowed',
  needsOrigin: true,
  methods: { default: 'requested', separator: ', ', everyResponse: false, answersAsked: true },
  allowedHeaders: {
    default: 'requested',
    separator: ', ',
    everyResponse: false,
    emptyIsDefault: true,
    answersAsked: true,
    vary: false,
  },
  exposedHeaders: { default: undefined, separator: 'lines', onPreflight: true },
  maxAge: { default: '1800', zero: true, negative: '' },
  preflight: { when: { kind: 'preflight' }, status: 200, refused: null, onlyListed: { methods: true, headers: [] } },
};

export const framework = defineCorsLibrary({
  id: 'micronaut-cors',
  title: 'Micronaut',
  documentation: 'https://docs.micronaut.io/latest/guide/#corsAnnotation',
  reads: '`@CrossOrigin` of `io.micronaut.http.server.cors`, of classes and methods',
  mentions: ['micronaut.http.server.cors'],
  languages: ['java', 'kotlin'],
  uses: [
    {
      packageName,
      title: 'Micronaut’s @CrossOrigin',
      options: annotated,
      table: (_version, found) => ofHandlers(found as Annotated),
      refine: (policy, found) => {
        const whole = withStatuses(policy, found);
        return isUnsure(found)
          ? withoutEdits(whole)
          : dictEntry(found.place.value, patternOption)
            ? withoutList(whole)
            : whole;
      },
    },
  ],
});

const lists = new Set(['allowedOrigins', 'allowedMethods', 'allowedHeaders', 'exposedHeaders']);

const dialect: AnnotationDialect = {
  module: 'io.micronaut.http.server.cors',
  options: { value: 'allowedOrigins' },
  attributes: {},
  literals: { no: 'false' },
  lists,
  taken: (option, written) => (option === patternOption && isEmptyText(written) ? undefined : settled(written)),
  mappingOf,
};

function annotated(program: Program, context: ProgramContext): Found {
  return { options: crossOrigins(program, context, dialect) };
}

function isEmptyText(value: Value): boolean {
  return value.kind === 'text' && value.text === '';
}

/** `${…}` is what a setting says; up to release 3 an origin that began with `^` was a pattern. */
function settled(value: Value): Value {
  if (value.kind === 'list')
    return { ...value, items: value.items.map((item) => (startsPattern(item) ? unread(item) : settled(item))) };
  return value.kind === 'text' && value.text.includes('${') ? unread(value) : value;
}

function startsPattern(item: Value): boolean {
  return item.kind === 'text' && item.text.startsWith('^');
}

function unread({ range }: Value): Value {
  return { kind: 'unknown', range };
}

const handler = /^(?:[\w.]+\.)?(Get|Post|Put|Patch|Delete|Options|Head|Trace|Controller)$/;

/** `@Get("/items")`, which answers HEAD too; the path of `@Controller` stands in front of it. */
function mappingOf(decorators: readonly Expression[], { evaluator }: ProgramContext): Mapping | undefined {
  for (const decorator of decorators) {
    const call = decorator.kind === 'call' ? decorator : undefined;
    const kind = handler.exec((call?.callee ?? decorator).text)?.[1];
    if (kind === undefined) continue;
    const given = call?.arguments.find(({ name = 'value' }) => name === 'value' || name === 'uri');
    const path = given && evaluator.evaluate(given.value);
    const methods = kind === 'Controller' ? [] : kind === 'Get' ? ['GET', 'HEAD'] : [kind.toUpperCase()];
    return { methods, ...(path?.kind === 'text' && { path: path.text }) };
  }
  return undefined;
}

/** A preflight for a method that no handler of the address answers is refused. */
function ofHandlers({ methods }: Annotated): CorsLibrary {
  return methods === undefined ? annotation : differing(annotation, { methods: { default: methods.join(', ') } });
}

/** 403 for preflights that ask for more than is listed, and for requests of a method that is not. */
function withStatuses(policy: Policy, found: FoundOptions): Policy {
  const { methods, allowedHeaders } = policy.settings;
  const none = { value: null };
  const asked = asksForListed({ methods: true, headers: [] }, methods ?? none, allowedHeaders ?? none);
  const refused: StatusRule[] = [{ when: all([{ kind: 'preflight' }, originPresent, not(asked)]), status: 403 }];
  const isMapped = (found as Annotated).methods !== undefined && methods?.written !== true;
  if (Array.isArray(methods?.value) && !isMapped) {
    const listed = some(
      methods.value.map(({ text }: { readonly text: string }): RequestTest => ({ kind: 'method', name: text })),
    );
    refused.push({ when: all([originPresent, not({ kind: 'preflight' }), not(listed)]), status: 403 });
  }
  return { ...policy, fixedVary: true, statuses: [...refused, ...policy.statuses] };
}

/** A list of origins cannot stand where a pattern stands. */
function withoutList(policy: Policy): Policy {
  const { allowOnly: _, repairOrigin: _repair, ...edits } = policy.edits;
  return { ...withoutLists(policy, ({ matching }) => matching === 'regex'), edits };
}
