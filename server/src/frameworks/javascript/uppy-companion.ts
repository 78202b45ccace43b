/** Uppy Companion: `corsOrigins` of `companion.app`, which is the origin option of the package `cors`, always with credentials. */
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { argumentOf } from '../../models/libraries/option-finders.ts';
import { corsPackageAt } from './cors-package.ts';

/** As written in the source of @uppy/companion 4 to 6, which do not start without the option, or with `*`. */
function companionCors(version: string | undefined): CorsLibrary {
  const table = corsPackageAt(version);
  return {
    ...table,
    options: {
      origin: ['corsOrigins'],
      credentials: [],
      methods: [],
      allowedHeaders: [],
      exposedHeaders: [],
      maxAge: [],
    },
    otherOptions: [],
    foreignNames: {},
    origin: { ...table.origin, missing: 'closed', nothing: 'closed' },
    credentials: { default: true, on: 'true' },
    methods: { default: 'GET,POST,OPTIONS,DELETE', separator: ',', everyResponse: false },
    allowedHeaders: {
      ...table.allowedHeaders,
      default: 'uppy-auth-token,uppy-credentials-params,authorization,origin,content-type,accept',
      vary: false,
    },
  };
}

export const framework = defineCorsLibrary({
  id: 'uppy-companion',
  title: 'Uppy Companion',
  documentation: 'https://uppy.io/docs/companion/#corsorigins-required',
  reads: '`corsOrigins` of `companion.app(…)`',
  mentions: ['@uppy/companion'],
  languages: ['javascript'],
  uses: [
    {
      packageName: '@uppy/companion',
      options: argumentOf({ modules: ['@uppy/companion'], names: ['app'] }),
      table: (_version, _found, { context }) => companionCors(context.version('cors')),
    },
  ],
});
