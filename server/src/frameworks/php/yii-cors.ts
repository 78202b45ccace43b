/** Yii 2: the filter `yii\filters\Cors`, which controllers attach as a behaviour. */
import type { Expression, Program } from '../../syntax/programs/program.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Value } from '../../values/value.ts';
import type { ProgramContext } from '../../models/framework.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import type { Found, FoundOptions } from '../../models/libraries/define-cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { arrayForm } from '../../models/libraries/options-form.ts';
import { byRelease } from '../../models/libraries/releases.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

/** As `Cors.php` of 2.0.16 and later says. See https://www.yiiframework.com/doc/api/2.0/yii-filters-cors */
const yii: CorsLibrary = {
  options: {
    origin: ['Origin'],
    credentials: ['Access-Control-Allow-Credentials'],
    methods: ['Access-Control-Request-Method'],
    allowedHeaders: ['Access-Control-Request-Headers'],
    exposedHeaders: ['Access-Control-Expose-Headers'],
    maxAge: ['Access-Control-Max-Age'],
  },
  otherOptions: ['Access-Control-Allow-Headers'],
  foreignNames: {
    'access-control-allow-origin': 'Origin',
    'access-control-allow-methods': 'Access-Control-Request-Method',
  },
  origin: {
    missing: 'nobody',
    text: 'fails',
    star: 'compared',
    empty: 'fails',
    ...otherKinds('fails', 'nobody'),
    nothing: 'nobody',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'any',
    failure: 'the origins have to be an array: every request is answered by an error',
  },
  credentials: { default: false, on: 'truthy', forEverybody: true },
  anyWithCredentials: 'reflect',
  vary: { any: false, sent: false, checked: 'never' },
  othersFor: 'everybody',
  needsOrigin: false,
  methods: { default: undefined, separator: ', ', everyResponse: false },
  allowedHeaders: {
    default: undefined,
    separator: ', ',
    everyResponse: false,
    emptyIsDefault: false,
    vary: false,
    starIsAny: true,
    answersListed: true,
  },
  exposedHeaders: { default: undefined, separator: ', ', onPreflight: true },
  maxAge: { default: undefined, zero: true },
  preflight: { when: { kind: 'preflight' }, status: 200 },
};

/** Together with credentials, a star lets nobody in, or stops the request while errors are shown. */
const refusing: CorsLibrary = { ...yii, origin: { ...yii.origin, starInList: 'compared' } };

/** Until 2.0.15 everybody got the own origin back for a star. */
const yiiAt = byRelease(yii, [{ before: '2.0.16', differs: { reflectsAny: true } }]);

/** Without `cors` the filter has settings of its own. */
const standard = {
  missing: 'any',
} as const;

function tableFor(version: string | undefined, options: Value | undefined): CorsLibrary {
  const at = yiiAt(version);
  const credentials = dictEntry(options, 'Access-Control-Allow-Credentials')?.value;
  const isOn = credentials?.kind === 'boolean' && credentials.value;
  if (options === undefined) return { ...at, origin: { ...at.origin, ...standard } };
  return isOn && at.reflectsAny !== true ? { ...at, origin: refusing.origin } : at;
}

/** Arrays with the filter's class, and what they give it under `cors`. */
function behaviours(program: Program, { evaluator }: ProgramContext): Found {
  const found = [
    ...program.text.matchAll(
      /['"]class['"]\s*=>\s*(?:\\?[\w\\]*\bCors::(?:class\b|className\(\))|['"][\w\\]*Cors['"])/g,
    ),
  ];
  return {
    options: found.flatMap(({ index, 0: written }): FoundOptions[] => {
      const holder = arrayAround(program.expressionAt(index + 1));
      const named = /(\\?[\w\\]*)Cors::/.exec(written)?.[1] ?? written;
      const isFilter =
        /filters\\$/.test(named) ||
        /filters\\+Cors['"]/.test(written) ||
        program.imports.some(({ module }) => module === 'yii\\filters\\Cors');
      if (holder?.kind !== 'object' || !isFilter) return [];
      const entry = holder.entries.find(({ key }) => key === 'cors');
      const value = entry && evaluator.evaluate(entry.value);
      const range = value?.range ?? holder.range;
      return [
        { place: { value, range, argumentsRange: range, form: arrayForm }, scope: 'the actions of this controller' },
      ];
    }),
  };
}

function arrayAround(expression: Expression | undefined): Expression | undefined {
  const holder = expression?.parent;
  return holder?.kind === 'object' ? holder : undefined;
}

export const framework = defineCorsLibrary({
  id: 'yii-cors',
  title: 'Yii 2, filters\\Cors',
  documentation: 'https://www.yiiframework.com/doc/api/2.0/yii-filters-cors',
  reads: '`yii\\filters\\Cors` among the behaviours of a controller, with its `cors` settings',
  mentions: ['filters\\cors', 'filters\\\\cors'],
  languages: ['php'],
  uses: [
    {
      packageName: 'yiisoft/yii2',
      title: 'Yii',
      options: behaviours,
      table: (version, { place }) => tableFor(version, place.value),
    },
  ],
});
