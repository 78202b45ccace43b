/** Strapi 4 and 5: `strapi::cors` among the middlewares, whose default reflects everybody with credentials. */
import { lt } from 'semver';
import type { Program, StringLiteral } from '../syntax/program.ts';
import type { HeaderRule, Policy } from '../policy/policy.ts';
import { all, not, originPresent } from '../policy/request-test.ts';
import type { CorsLibrary, OptionsPlace } from './cors-library.ts';
import type { ProgramContext } from './framework.ts';
import { defineFramework } from './framework.ts';
import { libraryPolicy } from './library-policy.ts';
import { indentationAt } from './program-edits.ts';

/** As observed of Strapi 5.54's own middleware on `@koa/cors` 5. */
const strapi5: CorsLibrary = {
  options: { origin: ['origin'], credentials: ['credentials'], methods: ['methods'], allowedHeaders: ['headers'], exposedHeaders: ['expose'], maxAge: ['maxAge'] },
  otherOptions: ['keepHeadersOnError', 'keepHeaderOnError', 'enabled'],
  foreignNames: {},
  origin: {
    missing: 'any', text: 'compared', separator: ',', trims: true, star: 'any', empty: 'nobody', true: 'fails', false: 'fails', nothing: 'any', number: 'fails', pattern: 'fails',
    list: 'members', emptyList: 'nobody', starInList: 'any', patternInList: 'nobody',
    callback: { roles: ['context'], answers: 'return', as: 'option', refusal: 'nobody', undefined: 'any' },
  },
  credentials: { default: true, on: 'truthy' },
  anyWithCredentials: 'reflect',
  reflectsAny: true,
  vary: { any: true, sent: true, checked: 'always' },
  othersFor: 'unless-refused',
  needsOrigin: false,
  methods: { default: 'GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS', separator: ',', everyResponse: false },
  allowedHeaders: { default: 'Content-Type,Authorization,Origin,Accept', separator: ',', everyResponse: false, emptyIsDefault: false, vary: false },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: false },
  maxAge: { default: '31536000', zero: false },
  preflight: { when: { kind: 'preflight' }, status: 204, refused: null, otherOptions: 'nothing' },
};

/** Strapi 4 sends a single text to everybody, compares `*` in a list, and fails where the variable is missing. */
const strapi4: CorsLibrary = {
  ...strapi5, reflectsAny: false,
  origin: { ...strapi5.origin, text: 'sent', starInList: 'compared', nothing: 'fails', callback: { ...strapi5.origin.callback!, undefined: 'fails' } },
};

export const framework = defineFramework({
  id: 'strapi',
  title: 'Strapi',
  documentation: 'https://docs.strapi.io/cms/configurations/middlewares#cors',
  reads: '`strapi::cors` of `config/middlewares`, with and without settings; versions 4 and 5',
  mentions: ['strapi::cors'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    return { policies: program.strings(/^strapi::cors$/).flatMap((name) => readMiddleware(name, program, context)), facts: [] };
  },
});

function readMiddleware(name: StringLiteral, program: Program, context: ProgramContext): Policy[] {
  const version = context.version('@strapi/strapi');
  const library = version !== undefined && lt(version, '5.0.0-0') ? strapi4 : strapi5;
  const place = placeOf(name, context);
  if (place === undefined) return [];
  const policy = libraryPolicy(library, place, { framework: 'strapi', packageName: 'Strapi', version, scope: 'every route' }, program, context);
  return [{ ...policy, headers: [...policy.headers, ...withoutOrigin(policy)], ...(place.value === undefined && { edits: bareEdits(name, program) }) }];
}

/** The settings of `{ name: 'strapi::cors', config: { … } }`; none of the bare name in the list. */
function placeOf(name: StringLiteral, { evaluator }: ProgramContext): OptionsPlace | undefined {
  const { parent } = name;
  if (parent?.kind === 'list') return { value: undefined, range: name.range, argumentsRange: name.range };
  const isNamed = parent?.kind === 'object' && parent.entries.some(({ key, value }) => key === 'name' && value.range.start === name.range.start);
  if (parent?.kind !== 'object' || !isNamed) return undefined;
  const config = parent.entries.find(({ key }) => key === 'config');
  if (config === undefined) return parent.entries.some(({ spread }) => spread) ? undefined : { value: undefined, range: parent.range, argumentsRange: name.range, insertAt: name.range.end };
  return { value: evaluator.evaluate(config.value), range: config.range, argumentsRange: config.value.range };
}

/** A request without Origin is answered as if everybody were let in, and `*` becomes its own, empty origin beside credentials. */
function withoutOrigin({ settings, headers, range }: Policy): HeaderRule[] {
  if (headers.length === 0 || headers.every(({ name }) => name !== 'access-control-allow-origin')) return [];
  const bare = all([{ kind: 'method', name: 'OPTIONS' }, not({ kind: 'preflight' })]);
  const { value: credentials } = settings.credentials;
  return [{ name: 'access-control-allow-origin', operation: 'set', value: credentials === 'unknown' ? { kind: 'unknown' } : { kind: 'text', text: credentials ? '' : '*' }, when: all([not(originPresent), not(bare)]), range }];
}

/** The bare name becomes an object with settings. */
function bareEdits(name: StringLiteral, program: Program): Policy['edits'] {
  const { quote, range, parent } = name;
  const write = (config: string, placeholder?: string): { range: typeof range; newText: string; placeholder?: string }[] => {
    if (parent?.kind === 'object') return [{ range: { start: range.end, end: range.end, path: range.path }, newText: `, config: { ${config} }`, placeholder }];
    const indentation = indentationAt(program.text, range.start);
    const newline = program.text.includes('\r\n') ? '\r\n' : '\n';
    const deeper = `${indentation}${/^\t/m.test(program.text) ? '\t' : '  '}`;
    return [{ range, newText: ['{', `${deeper}name: ${quote}strapi::cors${quote},`, `${deeper}config: { ${config} },`, `${indentation}}`].join(newline), placeholder }];
  };
  return {
    allowOnly: (origins, placeholder) => write(`origin: [${origins.map((origin) => `${quote}${origin}${quote}`).join(', ')}]`, placeholder),
  };
}
