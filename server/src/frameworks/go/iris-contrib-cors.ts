/** The Go package `iris-contrib/middleware/cors`, which is rs/cors as it was in 2018, for Iris. */
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { differing } from '../../models/libraries/releases.ts';
import { starredMethods } from '../../models/libraries/starred-methods.ts';
import { goCorsPackage } from './go-cors-package.ts';
import { open, rsCorsAt } from './rs-cors.ts';

/** As `cors/cors.go` of February 2025 says: beside credentials everybody gets the own origin back, and who is refused gets a 403. */
const contrib: CorsLibrary = differing(rsCorsAt('1.6.0'), {
  otherOptions: ['OptionsPassthrough', 'Debug'],
  privateNetwork: undefined,
  origin: { checks: [{ option: 'AllowOriginFunc', roles: ['origin'] }], unlistedFails: 403 },
  anyWithCredentials: 'reflect',
  preflight: {
    status: 200,
    refused: 403,
    statusOption: undefined,
    otherOptions: 405,
    onlyListed: { methods: true, headers: ['origin'], refuses: true, otherRequests: true },
  },
});

const packageName = 'github.com/iris-contrib/middleware/cors';
const modules = [packageName];
const { optionsOf, made } = goCorsPackage(modules);
const title = 'iris-contrib/middleware/cors';

export const framework = defineCorsLibrary({
  id: 'iris-contrib-cors',
  title: 'iris-contrib cors (Go)',
  documentation: 'https://github.com/iris-contrib/middleware/tree/master/cors',
  reads: '`cors.New(cors.Options{…})`, `cors.Default()`, `cors.AllowAll()`; origin functions and wildcards',
  mentions: ['iris-contrib/middleware/cors'],
  languages: ['go'],
  uses: [
    {
      packageName,
      title,
      options: optionsOf('New'),
      table: contrib,
      refine: (policy) => ({ ...policy, facts: [...policy.facts, ...starredMethods(policy, title)] }),
    },
    { packageName, title, options: made('Default'), table: contrib },
    {
      packageName,
      title,
      options: made('AllowAll'),
      table: differing(contrib, { ...open, credentials: { default: true } }),
    },
  ],
});
