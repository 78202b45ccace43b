/** `oakCors` and its siblings of the Deno module `cors`, which take the options of the package `cors`. */
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import type { OptionsFinder } from '../../models/libraries/define-cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { middlewareArgument } from '../../models/libraries/option-finders.ts';
import { corsPackage } from './cors-package.ts';

/** As written in the source of version 1.2.2: that of the package, but that functions return what they answer, or a promise of it. */
const oakCors: CorsLibrary = {
  ...corsPackage,
  origin: {
    ...corsPackage.origin,
    callback: { roles: ['origin'], answers: 'return', as: 'option', refusal: 'off' },
  },
  delegate: { answers: 'either' },
};

const moduleSpecifier =
  /^(jsr:\/?|npm:@jsr\/|https:\/\/(deno\.land\/x|esm\.sh)\/(jsr\/)?|@)?(@?tajpouria\/)?cors(@[^/]+)?(\/mod\.ts)?$/;

export const framework = defineCorsLibrary({
  id: 'oak-cors',
  title: 'cors (Deno)',
  documentation: 'https://deno.land/x/cors',
  reads:
    '`oakCors(options)` of `https://deno.land/x/cors` and `jsr:@tajpouria/cors`, and its siblings for opine, abc, mith and attain',
  mentions: ['oakcors', 'opinecors', 'abccors', 'mithcors', 'attaincors'],
  languages: ['javascript'],
  uses: [{ packageName: '@tajpouria/cors', options: middlewareOptions, table: oakCors }],
});

/** The argument of the middleware's maker, whatever version its module is imported in. */
function middlewareOptions(...[program, context]: Parameters<OptionsFinder>): ReturnType<OptionsFinder> {
  const modules = program.imports.map(({ module }) => module).filter((module) => moduleSpecifier.test(module));
  const names = ['oakCors', 'opineCors', 'abcCors', 'mithCors', 'attainCors'];
  return middlewareArgument({ modules, names })(program, context);
}
