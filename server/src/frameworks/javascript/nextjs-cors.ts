/** `nextjs-cors`, which runs the package `cors` inside an API route of Next.js. */
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { argumentOf } from '../../models/libraries/option-finders.ts';
import { corsPackageAt } from './cors-package.ts';

export const framework = defineCorsLibrary({
  id: 'nextjs-cors',
  title: 'nextjs-cors',
  documentation: 'https://github.com/yonycalsin/nextjs-cors#readme',
  reads: '`NextCors(req, res, options)` in API routes; options as those of the package `cors`, by its version',
  mentions: ['nextjs-cors'],
  languages: ['javascript'],
  uses: [
    {
      packageName: 'nextjs-cors',
      options: argumentOf({ modules: ['nextjs-cors'], names: ['default'] }, 2),
      table: (_version, _found, { context }) => corsPackageAt(context.version('cors')),
      scope: 'this API route',
    },
  ],
});
