/** The Go package `hertz-contrib/cors`, which is gin-contrib/cors as it was in 2022, for Hertz. */
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { starredMethods } from '../../models/libraries/starred-methods.ts';
import { ginRoutes, inOrder } from './late-middlewares.ts';
import { ginCorsAt, ginDefaultAt, ginNames } from './gin-cors.ts';
import { goCorsPackage } from './go-cors-package.ts';
import { placed } from './placed-middlewares.ts';

/** The release that `config.go` and `cors.go` of 0.1.0 came from: wildcards lose a letter before a star at their end. */
const origin = '1.4.0';

const packageName = 'github.com/hertz-contrib/cors';
const { optionsOf, made } = goCorsPackage([packageName], ginNames);
const title = 'hertz-contrib/cors';

export const framework = defineCorsLibrary({
  id: 'hertz-cors',
  title: 'hertz-contrib/cors (Go)',
  documentation: 'https://pkg.go.dev/github.com/hertz-contrib/cors',
  reads:
    '`cors.New(cors.Config{…})`, `cors.DefaultConfig()` and the fields written to it, `cors.Default()`; wildcards, origin functions',
  mentions: ['hertz-contrib/cors'],
  languages: ['go'],
  uses: [
    {
      packageName,
      title,
      options: placed(optionsOf('New'), inOrder(ginRoutes)),
      table: () => ginCorsAt(origin),
      refine: (policy) => ({ ...policy, facts: [...policy.facts, ...starredMethods(policy, title)] }),
    },
    { packageName, title, options: placed(made('Default'), inOrder(ginRoutes)), table: () => ginDefaultAt(origin) },
  ],
});
