/** Spring MVC and WebFlux: `@CrossOrigin`, `addCorsMappings`, and `CorsConfiguration` for filters, sources and Spring Security. */
import type { NameEntry, Policy, StatusRule } from '../../policy/policy.ts';
import { all, always, never, not, originPresent, some } from '../../policy/request-test.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type {
  FoundOptions,
  LibraryUse,
  OptionsFinder,
  UseContext,
} from '../../models/libraries/define-cors-library.ts';
import { asksForListed } from '../../models/libraries/library-names.ts';
import { differing, isBefore } from '../../models/libraries/releases.ts';
import { withoutEdits } from '../../models/libraries/without-edits.ts';
import { springRefusal } from '../../models/services/spring-cors.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import { isUnsure } from './cross-origin-annotations.ts';
import type { Annotated } from './cross-origin-annotations.ts';
import { springCrossOrigins } from './spring-cors/annotations.ts';
import { configurations, registrations } from './spring-cors/configurations.ts';
import { securityFacts } from './spring-cors/security.ts';
import { sockJsEndpoints } from './spring-cors/sockjs.ts';
import { configurationAt, permitDefaults, permitsOption, sockJs, withStarredMethods } from './spring-cors/table.ts';

const packageName = 'org.springframework:spring-web';

export const framework = defineCorsLibrary({
  id: 'spring-cors',
  title: 'Spring MVC, WebFlux',
  documentation: 'https://docs.spring.io/spring-framework/reference/web/webmvc-cors.html',
  reads:
    '`@CrossOrigin` of classes and methods, `addCorsMappings`, `CorsConfiguration` for filters and Spring Security, ' +
    'SockJS endpoints',
  mentions: ['crossorigin', 'corsregistry', 'corsconfiguration', 'withsockjs', 'httpsecurity'],
  languages: ['java', 'kotlin'],
  uses: [
    use('@CrossOrigin', finder(springCrossOrigins), (version, found) =>
      ofHandlers(permitting(version), found as Annotated),
    ),
    use('CorsRegistry', finder(registrations), permitting),
    use('Spring Security', (program, context) => ({ options: [], facts: securityFacts(program, context) }), permitting),
    use('SockJS endpoint', finder(sockJsEndpoints), (version) => differing(configurationAt(version), sockJs)),
    use('CorsConfiguration', finder(configurations), (version, { place }) =>
      dictEntry(place.value, permitsOption)
        ? differing(configurationAt(version), permitDefaults)
        : configurationAt(version),
    ),
  ],
});

function use(
  name: string,
  options: OptionsFinder,
  table: (version: string | undefined, found: FoundOptions) => CorsLibrary,
): LibraryUse {
  return {
    packageName,
    title: `Spring’s ${name}`,
    options,
    table: (version, found) => withStarredMethods(table(version, found), found.place.value),
    refine: (policy, found, where) =>
      isUnsure(found) || isOfSettings(policy)
        ? withoutEdits(refine(policy, found, where))
        : refine(policy, found, where),
  };
}

/** Finders are told whether a text with commas is taken apart. */
function finder(find: (...given: [...Parameters<OptionsFinder>, boolean]) => readonly FoundOptions[]): OptionsFinder {
  return (program, context) => {
    const version = context.version(packageName);
    return { options: find(program, context, version === undefined || !isBefore(version, '6.0.0')) };
  };
}

/** With the defaults that let everybody in, which switched credentials on until 4.3.28 and 5.0.2. */
function permitting(version: string | undefined): CorsLibrary {
  const library = differing(configurationAt(version), permitDefaults);
  const isOld =
    version !== undefined && (isBefore(version, '4.3.28') || (/^5\.0\./.test(version) && isBefore(version, '5.0.2')));
  return isOld ? differing(library, { credentials: { default: true } }) : library;
}

/** Without methods of its own an annotation allows those that the handlers are mapped to. */
function ofHandlers(library: CorsLibrary, { methods, differ }: Annotated): CorsLibrary {
  if (methods === undefined) return library;
  const { onlyListed } = library.preflight;
  return differing(library, {
    methods: { default: methods.join(','), ...(differ && { answersAsked: true }) },
    // A request of another method gets to another handler.
    preflight: { ...(onlyListed && { onlyListed: { ...onlyListed, otherRequests: false } }) },
  });
}

/** What a file of settings says is not written as a program writes it. */
function isOfSettings({ settings: { origins, credentials, maxAge } }: Policy): boolean {
  const ranges = [...origins.value, credentials, ...(maxAge ? [maxAge] : [])].map(({ range }) => range);
  return ranges.some(({ path }) => path !== undefined && /\.(properties|ya?ml)$/.test(path));
}

/** What no table says: with which status requests are refused, and what Spring does with `*` beside credentials since 5.3. */
function refine(policy: Policy, found: FoundOptions, { version }: UseContext): Policy {
  const title = version === undefined ? policy.title : policy.title.replace(/(\d+\.\d+)\.\d\S*$/, '$1');
  const shown = { ...policy, title, fixedVary: true as const };
  const { origins, credentials } = policy.settings;
  const isOpen = origins.value.some(({ kind, accepts }) => kind === 'any' && accepts === always);
  if (isOpen && credentials.value === true && (version === undefined || !isBefore(version, '5.3.0')))
    return { ...shown, ...failing(policy, found) };
  const isMapped = 'methods' in found && found.methods !== undefined;
  return {
    ...shown,
    ...(isMapped ? withoutHead(policy) : {}),
    statuses: [...refusals(policy, isMapped), ...policy.statuses],
  };
}

/** A filter fails where there is an Origin, and says by what it varies; what is mapped fails for every request. */
function failing({ headers }: Policy, { call }: FoundOptions): Partial<Policy> {
  const isFilter = call?.isNew === true;
  const preflight: StatusRule = { when: { kind: 'preflight' }, status: null };
  return {
    headers: isFilter ? headers.filter(({ name }) => name === 'vary') : [],
    statuses: [preflight, { when: isFilter ? originPresent : always, status: 500 }],
    refusesToStart: springRefusal,
  };
}

/** A handler for GET answers HEAD, too, but its methods are those that it is mapped to. */
function withoutHead({ headers, settings }: Policy): Partial<Policy> {
  const { value } = settings.methods ?? { value: null };
  if (!Array.isArray(value) || value.some(({ text }: NameEntry) => text === 'HEAD')) return {};
  const others = not(headMethod);
  return {
    headers: headers.map((rule) => (rule.name === 'vary' ? rule : { ...rule, when: all([rule.when, others]) })),
  };
}

const headMethod: RequestTest = { kind: 'method', name: 'HEAD' };

/** 403 for preflights that ask for more than is listed, and for requests of another method. */
function refusals({ settings: { methods, allowedHeaders } }: Policy, isMapped: boolean): StatusRule[] {
  const none = { value: null };
  const asked = asksForListed({ methods: true, headers: [], oneHeader: true }, methods ?? none, allowedHeaders ?? none);
  const refused: StatusRule[] = [{ when: all([{ kind: 'preflight' }, not(asked)]), status: 403 }];
  const { value } = methods ?? none;
  if (!Array.isArray(value)) return refused;
  const names = value.map(({ text }: NameEntry) => text);
  const listed = some(names.map((name): RequestTest => ({ kind: 'method', name })));
  const other = isMapped ? (names.includes('HEAD') ? never : headMethod) : not(listed);
  return [...refused, { when: all([originPresent, not({ kind: 'preflight' }), other]), status: 403 }];
}
