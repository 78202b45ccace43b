/** `nextjs-cors`, which runs the package `cors` inside an API route of Next.js. */
import type { Policy } from '../../policy/policy.ts';
import { corsPackageAt } from './cors-package.ts';
import { defineFramework } from '../../models/framework.ts';
import { usesOf } from '../../models/libraries/imported-calls.ts';
import { libraryPolicy, optionsBehind } from '../../models/libraries/library-policy.ts';

export const framework = defineFramework({
  id: 'nextjs-cors',
  title: 'nextjs-cors',
  documentation: 'https://github.com/yonycalsin/nextjs-cors#readme',
  reads: '`NextCors(req, res, options)` in API routes; options as those of the package `cors`, by its version',
  mentions: ['nextjs-cors'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    const library = corsPackageAt(context.version('cors'));
    const version = context.version('nextjs-cors');
    const policies = usesOf(program, { modules: ['nextjs-cors'], names: ['default'] }).flatMap(({ call }): Policy[] =>
      call
        ? [
            libraryPolicy(
              library,
              optionsBehind(call, 2, context),
              { framework: 'nextjs-cors', packageName: 'nextjs-cors', version, scope: 'this API route' },
              program,
              context,
            ),
          ]
        : [],
    );
    return { policies, facts: [] };
  },
});
