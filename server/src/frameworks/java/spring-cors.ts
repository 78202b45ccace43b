/** Spring MVC and WebFlux: `@CrossOrigin`, `addCorsMappings`, and `CorsConfiguration` for filters, sources and Spring Security. */
import type { Policy, StatusRule } from '../../policy/policy.ts';
import { all, always, not, originPresent, some } from '../../policy/request-test.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type {
  FoundOptions,
  LibraryUse,
  OptionsFinder,
  UseContext,
} from '../../models/libraries/define-cors-library.ts';
import { differing, isBefore } from '../../models/libraries/releases.ts';
import { springRefusal } from '../../models/services/spring-cors.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import { crossOrigins } from './spring-cors/annotations.ts';
import type { Annotated } from './spring-cors/annotations.ts';
import { configurations, registrations } from './spring-cors/configurations.ts';
import { configurationAt, permitDefaults, permitsOption, withStarredMethods } from './spring-cors/table.ts';

const packageName = 'org.springframework:spring-web';

export const framework = defineCorsLibrary({
  id: 'spring-cors',
  title: 'Spring MVC, WebFlux',
  documentation: 'https://docs.spring.io/spring-framework/reference/web/webmvc-cors.html',
  reads:
    '`@CrossOrigin` of classes and methods, `addCorsMappings`, `CorsConfiguration` for filters and Spring Security',
  mentions: ['crossorigin', 'corsregistry', 'corsconfiguration'],
  languages: ['java'],
  uses: [
    use('@CrossOrigin', finder(crossOrigins), (version, found) => ofHandlers(permitting(version), found as Annotated)),
    use('CorsRegistry', finder(registrations), permitting),
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
    refine,
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

/** What no table says: which requests are refused for their method, and what Spring does with `*` beside credentials since 5.3. */
function refine(policy: Policy, _found: FoundOptions, { version }: UseContext): Policy {
  const title = version === undefined ? policy.title : policy.title.replace(/(\d+\.\d+)\.\d\S*$/, '$1');
  const shown = { ...policy, title, fixedVary: true as const };
  const { origins, credentials, methods } = policy.settings;
  const isOpen = origins.value.some(({ kind, accepts }) => kind === 'any' && accepts === always);
  if (isOpen && credentials.value === true && (version === undefined || !isBefore(version, '5.3.0')))
    return {
      ...shown,
      headers: policy.headers.filter(({ name }) => name === 'vary'),
      statuses: [
        { when: all([originPresent, { kind: 'preflight' }]), status: null },
        { when: originPresent, status: 500 },
      ],
      refusesToStart: springRefusal,
    };
  return { ...shown, statuses: [...(methods?.written ? refusedMethods(methods.value) : []), ...policy.statuses] };
}

function refusedMethods(methods: NonNullable<Policy['settings']['methods']>['value']): StatusRule[] {
  if (methods === null || methods === 'unknown') return [];
  const listed = methods.map(({ text }): RequestTest => ({ kind: 'method', name: text }));
  return [{ when: all([originPresent, not({ kind: 'preflight' }), not(some(listed))]), status: 403 }];
}
