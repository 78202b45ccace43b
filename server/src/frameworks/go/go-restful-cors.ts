/** The filter for CORS of go-restful: `restful.CrossOriginResourceSharing{…}`, whose method `Filter` is handed on. */
import type { Expression, Program } from '../../syntax/programs/program.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { FoundOptions } from '../../models/libraries/define-cors-library.ts';
import { structForm } from '../../models/libraries/options-form.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

/** As `cors_filter.go` of 3.13.0 says. See https://pkg.go.dev/github.com/emicklei/go-restful/v3#CrossOriginResourceSharing */
const restfulCors: CorsLibrary = {
  options: {
    origin: ['AllowedDomains'],
    credentials: ['CookiesAllowed'],
    methods: ['AllowedMethods'],
    allowedHeaders: ['AllowedHeaders'],
    exposedHeaders: ['ExposeHeaders'],
    maxAge: ['MaxAge'],
  },
  otherOptions: ['Container'],
  foreignNames: {},
  origin: {
    missing: 'any',
    text: 'fails',
    star: 'compared',
    empty: 'fails',
    ...otherKinds('fails', 'fails'),
    nothing: 'any',
    // A variable that is not set is split into one empty text.
    undefined: 'nobody',
    list: 'members',
    emptyList: 'any',
    starInList: 'compared',
    ignoresCase: true,
    // That text alone is special, and no other one is a pattern.
    wildcard: (text) => (text === '.*' ? { source: '.*', flags: '', dialect: 'go', mode: 'full' } : undefined),
    checks: [{ option: 'AllowedDomainFunc', roles: ['origin'] }],
    checksBesideList: true,
    callback: { roles: ['origin'], answers: 'return', as: 'exactly-true', refusal: 'nobody' },
    failure: 'this value is no list of origins, and the program is not compiled',
  },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'reflect',
  reflectsAny: true,
  vary: { any: false, sent: false, checked: 'never' },
  othersFor: 'allowed',
  needsOrigin: true,
  // Without a list it is the methods of the routes that have the path.
  methods: { default: 'unknown', separator: ',', everyResponse: false, emptyIsDefault: true },
  allowedHeaders: {
    default: '',
    separator: ',',
    everyResponse: false,
    emptyIsDefault: false,
    starIsAny: true,
    answersAsked: true,
    vary: false,
  },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: true },
  maxAge: { default: undefined, zero: false, negative: '', everyResponse: true },
  preflight: {
    when: { kind: 'preflight' },
    status: 200,
    refused: null,
    onlyListed: { methods: true, headers: [] },
  },
  refusesUnknown: (name) => `CrossOriginResourceSharing has no field ${name}, and the program is not compiled.`,
};

const packageName = 'github.com/emicklei/go-restful';
const modules = new Set([`${packageName}/v3`, packageName]);
const type = 'CrossOriginResourceSharing';

export const framework = defineCorsLibrary({
  id: 'go-restful-cors',
  title: 'go-restful (Go)',
  documentation: 'https://pkg.go.dev/github.com/emicklei/go-restful/v3#CrossOriginResourceSharing',
  reads: '`restful.CrossOriginResourceSharing{…}` whose `Filter` is handed on; lists, `".*"`, domain functions',
  mentions: ['crossoriginresourcesharing'],
  languages: ['go'],
  uses: [
    {
      packageName: `${packageName}/v3`,
      title: 'go-restful',
      options: (program, context) => ({ options: filtersIn(program, context) }),
      table: restfulCors,
    },
  ],
});

/** Each `cors.Filter` that is handed on: its options are those that the variable has there, fields written later among them. */
function filtersIn(program: Program, { evaluator }: ProgramContext): FoundOptions[] {
  if (!program.imports.some(({ module }) => modules.has(module))) return [];
  const found = new Map<number, FoundOptions>();
  for (const { index } of program.text.matchAll(/\.Filter\b(?!\s*\()/g)) {
    const owner = ownerOf(program.expressionAt(index + 1));
    const value = owner && evaluator.evaluate(owner);
    const literal = value?.expression;
    const name = literal?.kind === 'object' ? literal.type?.text : undefined;
    if (value?.kind !== 'dict' || literal === undefined || !name?.endsWith(`.${type}`)) continue;
    const { range } = literal;
    found.set(range.start, { place: { value, range, argumentsRange: range, form: structForm(name) } });
  }
  return [...found.values()];
}

/** What the method belongs to. */
function ownerOf(named: Expression | undefined): Expression | undefined {
  const member = named?.kind === 'member' ? named : named?.parent;
  return member?.kind === 'member' && member.property === 'Filter' ? member.object : undefined;
}
