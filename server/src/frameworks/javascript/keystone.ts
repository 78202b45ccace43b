/** Keystone: `server.cors` of `config`, which the package `cors` gets; `true` stands for every origin, with credentials. */
import { dictEntry } from '../../values/dict-entry.ts';
import type { DictEntry, Value } from '../../values/value.ts';
import type { Policy } from '../../policy/policy.ts';
import type { FoundOptions, OptionsFinder, UseContext } from '../../models/libraries/define-cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { objectInstead } from '../../models/libraries/object-instead.ts';
import { argumentOf } from '../../models/libraries/option-finders.ts';
import { corsPackageAt } from './cors-package.ts';

export const framework = defineCorsLibrary({
  id: 'keystone',
  title: 'Keystone',
  documentation: 'https://keystonejs.com/docs/config/config#server',
  reads: '`server.cors` of `config(…)`, an object or `true`',
  mentions: ['@keystone-6/core'],
  languages: ['javascript'],
  uses: [
    {
      packageName: '@keystone-6/core',
      options: configuredOptions,
      table: (_version, _found, { context }) => corsPackageAt(context.version('cors')),
      refine: asObject,
    },
  ],
});

const built = argumentOf({ modules: ['@keystone-6/core'], names: ['config'] });

/** As written in the source of @keystone-6/core 6 to 8. */
function configuredOptions(...[program, context]: Parameters<OptionsFinder>): ReturnType<OptionsFinder> {
  return {
    options: built(program, context).options.flatMap(({ call, place }): FoundOptions[] => {
      const cors = dictEntry(dictEntry(place.value, 'server')?.value, 'cors');
      const value = cors && (cors.value.kind === 'dict' ? cors.value : whole(cors));
      return cors && value ? [{ call, place: { value, range: cors.range, argumentsRange: cors.value.range } }] : [];
    }),
  };
}

/** What `true` stands for; without the option there is no CORS. */
function whole({ value, keyRange, range }: DictEntry): Value | undefined {
  if (value.kind !== 'boolean' || !value.value) return undefined;
  const entries = ['origin', 'credentials'].map((key) => ({ key, keyRange, range, value }));
  return { kind: 'dict', open: false, range: value.range, entries };
}

/** Only `true` is written so: an object says itself what it holds. */
function asObject(policy: Policy, found: FoundOptions, use: UseContext): Policy {
  const { value } = found.place;
  const isTrue = dictEntry(value, 'origin')?.value.range === value?.range;
  return isTrue ? objectInstead(policy, found, use, ', credentials: true') : policy;
}
