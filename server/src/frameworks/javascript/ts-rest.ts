/** ts-rest: `cors` of the handlers of `@ts-rest/serverless`, which is that of itty-router 5, with `Vary` where the origin decides. */
import { dictEntry } from '../../values/dict-entry.ts';
import type { Value } from '../../values/value.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import type { FoundOptions, OptionsFinder } from '../../models/libraries/define-cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { argumentOf } from '../../models/libraries/option-finders.ts';
import { ittyCorsAt } from './itty-router.ts';

const itty = ittyCorsAt('5.0.24');
/** As written in the source of @ts-rest/serverless 3.52. */
const tsRestCors: CorsLibrary = { ...itty, vary: { ...itty.vary, checked: 'always' } };

const modules = ['fetch', 'aws', 'next', 'azure'].map((host) => `@ts-rest/serverless/${host}`);
const made = argumentOf(
  { modules, names: ['createFetchHandler', 'createLambdaHandler', 'createNextHandler', 'createAzureFunctionHandler'] },
  2,
);
const asked = argumentOf({ modules, names: ['fetchRequestHandler'] });

export const framework = defineCorsLibrary({
  id: 'ts-rest',
  title: 'ts-rest',
  documentation: 'https://ts-rest.com/server/serverless/options',
  reads: '`cors` of the options of `createFetchHandler`, `fetchRequestHandler`, `createLambdaHandler` and their like',
  mentions: ['@ts-rest/serverless'],
  languages: ['javascript'],
  uses: [
    {
      packageName: '@ts-rest/serverless',
      options: configuredOptions,
      table: tsRestCors,
      scope: 'the routes of the contract',
    },
  ],
});

/** Without the option there is no CORS. */
function configuredOptions(...[program, context]: Parameters<OptionsFinder>): ReturnType<OptionsFinder> {
  const places = [
    ...made(program, context).options.map(({ call, place }) => ({ call, options: place.value })),
    ...asked(program, context).options.map(({ call, place }) => ({
      call,
      options: dictEntry(place.value, 'options')?.value,
    })),
  ];
  return { options: places.flatMap(({ call, options }) => corsOf(options).map((found) => ({ ...found, call }))) };
}

function corsOf(options: Value | undefined): FoundOptions[] {
  const cors = dictEntry(options, 'cors');
  if (cors?.value.kind !== 'dict') return [];
  return [{ place: { value: cors.value, range: cors.range, argumentsRange: cors.value.range } }];
}
