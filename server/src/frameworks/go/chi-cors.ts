/** The Go package `go-chi/cors`, which came from an early rs/cors and kept its ways. */
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { differing } from '../../models/libraries/releases.ts';
import { goCorsPackage } from './go-cors-package.ts';
import { beforeRoutes } from './chi-order.ts';
import { inOrder } from './late-middlewares.ts';
import { inGroup } from './router-groups.ts';
import { open, rsCorsAt } from './rs-cors.ts';
import { placed } from './placed-middlewares.ts';

/** As `cors.go` of 1.2.2 says. See https://pkg.go.dev/github.com/go-chi/cors */
const chiCors = {
  ...differing(rsCorsAt('1.7.0'), {
    origin: { checks: [{ option: 'AllowOriginFunc', roles: ['request', 'origin'] }] },
    allowedHeaders: { default: 'origin,accept,content-type' },
    preflight: { statusOption: undefined },
  }),
  otherOptions: ['OptionsPassthrough', 'Debug'],
  privateNetwork: undefined,
};

const packageName = 'github.com/go-chi/cors';
const { optionsOf, made } = goCorsPackage([packageName]);
const title = 'go-chi/cors';

export const framework = defineCorsLibrary({
  id: 'chi-cors',
  title: 'go-chi/cors (Go)',
  documentation: 'https://pkg.go.dev/github.com/go-chi/cors',
  reads: '`cors.Handler(cors.Options{…})`, `cors.New(…)`, `cors.AllowAll()`; origin functions',
  mentions: ['go-chi/cors'],
  languages: ['go'],
  uses: [
    {
      packageName,
      title,
      options: placed(optionsOf('Handler', 'New'), inOrder(), inGroup, beforeRoutes),
      table: () => chiCors,
    },
    {
      packageName,
      title,
      options: placed(made('AllowAll'), inOrder(), inGroup, beforeRoutes),
      table: () => differing(chiCors, open),
    },
  ],
});
