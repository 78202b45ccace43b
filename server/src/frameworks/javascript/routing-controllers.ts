/** routing-controllers: `cors` of its options, which the package `cors` gets on Express and `@koa/cors` on Koa; `true` stands for none. */
import { dictEntry } from '../../values/dict-entry.ts';
import type { DictEntry, Value } from '../../values/value.ts';
import type { Policy } from '../../policy/policy.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import type {
  FoundOptions,
  LibraryUse,
  OptionsFinder,
  UseContext,
} from '../../models/libraries/define-cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { objectInstead } from '../../models/libraries/object-instead.ts';
import { argumentOf } from '../../models/libraries/option-finders.ts';
import { corsPackageAt } from './cors-package.ts';
import { koaCorsAt } from './koa-cors.ts';

export const framework = defineCorsLibrary({
  id: 'routing-controllers',
  title: 'routing-controllers',
  documentation: 'https://github.com/typestack/routing-controllers#using-cors',
  reads: '`cors` of `createExpressServer(…)`, `useExpressServer(…)` and the same of Koa: options, or `true`',
  mentions: ['routing-controllers'],
  languages: ['javascript'],
  uses: [
    useOf('createExpressServer', 0, 'cors', corsPackageAt),
    useOf('useExpressServer', 1, 'cors', corsPackageAt),
    useOf('createKoaServer', 0, '@koa/cors', koaCorsAt),
    useOf('useKoaServer', 1, '@koa/cors', koaCorsAt),
  ],
});

/** As written in the drivers of routing-controllers 0.9 to 0.11. */
function useOf(
  name: string,
  index: number,
  library: string,
  at: (version: string | undefined) => CorsLibrary,
): LibraryUse {
  const built = argumentOf({ modules: ['routing-controllers'], names: [name] }, index);
  const options: OptionsFinder = (program, context) => ({
    options: built(program, context).options.flatMap(({ call, place }): FoundOptions[] => {
      const cors = dictEntry(place.value, 'cors');
      const value = cors && (cors.value.kind === 'dict' ? cors.value : defaultsOf(cors));
      return cors && value ? [{ call, place: { value, range: cors.range, argumentsRange: cors.value.range } }] : [];
    }),
  });
  return {
    packageName: 'routing-controllers',
    options,
    table: (_version, _found, { context }) => at(context.version(library)),
    refine: asObject,
  };
}

/** `true` calls the library without options. */
function defaultsOf({ value }: DictEntry): Value | undefined {
  if (value.kind !== 'boolean' || !value.value) return undefined;
  return { kind: 'dict', open: false, range: value.range, entries: [] };
}

/** Only `true` is written so: an object says itself what it holds. */
function asObject(policy: Policy, found: FoundOptions, use: UseContext): Policy {
  const { value } = found.place;
  const isTrue = value?.kind === 'dict' && use.program.text.slice(value.range.start, value.range.end) === 'true';
  return isTrue ? objectInstead(policy, found, use) : policy;
}
