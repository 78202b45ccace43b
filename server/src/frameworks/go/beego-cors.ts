/** The filter for CORS of Beego: `cors.Allow(&cors.Options{…})`. */
import type { HeaderRule, NameEntry, Policy } from '../../policy/policy.ts';
import { all, not, some } from '../../policy/request-test.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { globPattern } from '../../models/services/wildcard-pattern.ts';
import { goCorsPackage } from './go-cors-package.ts';
import { duration } from './go-durations.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

/** As `server/web/filter/cors/cors.go` of 2.3.9 says. See https://pkg.go.dev/github.com/beego/beego/v2/server/web/filter/cors */
const beegoCors: CorsLibrary = {
  options: {
    origin: ['AllowOrigins'],
    credentials: ['AllowCredentials'],
    methods: ['AllowMethods'],
    allowedHeaders: ['AllowHeaders'],
    exposedHeaders: ['ExposeHeaders'],
    maxAge: ['MaxAge'],
  },
  otherOptions: [],
  foreignNames: {},
  origin: {
    missing: 'closed',
    forgotten: 'Nobody gets in without AllowOrigins or AllowAllOrigins.',
    text: 'fails',
    star: 'reflect',
    empty: 'fails',
    ...otherKinds('fails', 'fails'),
    nothing: 'closed',
    // A variable that is not set is split into one empty text.
    undefined: 'nobody',
    list: 'members',
    emptyList: 'closed',
    starInList: 'reflect',
    // `*` stands for any text and `?` for one character, in the whole origin.
    wildcard: (text) => (/[*?]/.test(text) ? globPattern(text) : undefined),
    openedBy: { option: 'AllowAllOrigins' },
    failure: 'this value is no list of origins, and the program is not compiled',
  },
  credentials: { default: false, on: 'true', saysOff: true },
  anyWithCredentials: 'literal',
  vary: { any: false, sent: false, checked: 'never' },
  othersFor: 'accepted',
  needsOrigin: false,
  methods: { default: undefined, separator: ',', everyResponse: true },
  allowedHeaders: {
    default: 'Origin,Accept,Content-Type,Authorization',
    separator: ',',
    everyResponse: true,
    emptyIsDefault: true,
    answersListed: true,
    vary: false,
  },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: true },
  maxAge: { default: undefined, zero: false, negative: '', unit: duration, everyResponse: true },
  preflight: { when: { kind: 'preflight' }, status: 200, refused: 200 },
  refusesUnknown: (name) => `cors.Options has no field ${name}, and the program is not compiled.`,
};

const home = 'github.com/beego/beego';
const packageName = `${home}/v2`;
const modules = [
  `${packageName}/server/web/filter/cors`,
  `${home}/server/web/filter/cors`,
  `${home}/plugins/cors`,
  'github.com/astaxie/beego/plugins/cors',
];
const { optionsOf } = goCorsPackage(modules, { maker: 'Allow' });

export const framework = defineCorsLibrary({
  id: 'beego-cors',
  title: 'Beego (Go)',
  documentation: 'https://pkg.go.dev/github.com/beego/beego/v2/server/web/filter/cors',
  reads: '`cors.Allow(&cors.Options{…})`; wildcards, and a `*` in the list, which is every caller’s own origin',
  mentions: ['beego'],
  languages: ['go'],
  uses: [
    {
      packageName,
      title: 'beego',
      options: optionsOf('Allow'),
      table: beegoCors,
      refine: asAnswered,
    },
  ],
});

/** Preflights get the methods where they ask for one of them. */
function asAnswered(policy: Policy): Policy {
  const { methods } = policy.settings;
  const names = methods && Array.isArray(methods.value) ? methods.value.map(({ text }: NameEntry) => text) : [];
  const asked = some([not({ kind: 'preflight' }), { kind: 'requested-method', names }]);
  const headers = policy.headers.map((rule): HeaderRule =>
    rule.name === 'access-control-allow-methods' ? { ...rule, when: all([rule.when, asked]) } : rule,
  );
  return { ...policy, headers };
}
