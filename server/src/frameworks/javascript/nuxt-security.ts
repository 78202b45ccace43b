/** `nuxt-security`: `corsHandler` in the settings of the module and of routes, which h3's `handleCors` gets. */
import type { ObjectExpression, Program } from '../../syntax/programs/program.ts';
import { encloses } from '../../syntax/range.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Pattern } from '../../policy/request-test.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Value } from '../../values/value.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import type { ProgramContext } from '../../models/framework.ts';
import type { Found, FoundOptions } from '../../models/libraries/define-cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { entriesWithKey, keyOf } from '../../models/libraries/object-keys.ts';
import { differing } from '../../models/libraries/releases.ts';
import { firstH3Cors, starWithoutOrigin } from './h3.ts';

/** As written in the source of nuxt-security 2.5.1: without `origin` it is the address of the site itself. */
const corsHandler = differing(firstH3Cors, {
  otherOptions: ['preflight', 'maxAge', 'useRegExp'],
  origin: { missing: 'nobody', text: 'compared', nothing: 'nobody' },
  methods: { default: 'GET,HEAD,PUT,PATCH,POST,DELETE' },
});

/** With `useRegExp` every text is a pattern. */
const withPatterns = differing(corsHandler, {
  origin: { wildcard: patternOf, wildcardAlone: true, wildcardIsPattern: true },
});

export const framework = defineCorsLibrary({
  id: 'nuxt-security',
  title: 'nuxt-security',
  documentation: 'https://nuxt-security.vercel.app/middleware/cors-handler',
  reads: '`security.corsHandler` of `nuxt.config` and of its `routeRules`',
  mentions: ['corshandler'],
  languages: ['javascript'],
  uses: [
    {
      packageName: 'nuxt-security',
      options: handlerOptions,
      table: tableFor,
      refine: (policy: Policy): Policy => ({ ...policy, headers: [...policy.headers, ...starWithoutOrigin(policy)] }),
    },
  ],
});

function handlerOptions(program: Program, { evaluator }: ProgramContext): Found {
  return {
    options: entriesWithKey(program, 'corsHandler').flatMap(({ object, entry }): FoundOptions[] => {
      const path = keyOf(object)?.entry.key === 'security' ? routeAround(object) : undefined;
      const isOfModule = path !== undefined || object.parent?.kind === 'list';
      const value = isOfModule ? evaluator.evaluate(entry.value) : undefined;
      if (value?.kind !== 'dict') return [];
      const scope = path === undefined || path === '' ? 'every route' : `routes of ${path}`;
      // Origins that an edit writes would be patterns.
      const isUnedited = isOfPatterns(value);
      return [{ place: { value, range: entry.range, argumentsRange: entry.value.range }, scope, isUnedited }];
    }),
  };
}

/** The path of the rule that holds the settings; empty for those of the whole site. */
function routeAround(settings: ObjectExpression): string {
  const rule = keyOf(settings)?.object;
  const around = rule && keyOf(rule);
  const rules = around && keyOf(around.object);
  return rules?.entry.key === 'routeRules' && encloses(rules.entry.range, settings.range)
    ? (around?.entry.key ?? '')
    : '';
}

function tableFor(_version: string | undefined, { place }: FoundOptions): CorsLibrary {
  return isOfPatterns(place.value) ? withPatterns : corsHandler;
}

function isOfPatterns(options: Value | undefined): boolean {
  const flag = dictEntry(options, 'useRegExp')?.value;
  return flag?.kind === 'boolean' && flag.value;
}

function patternOf(source: string): Pattern {
  return { source, flags: 'i', dialect: 'javascript', mode: 'search' };
}
