/** What Sails makes of its CORS settings: one table, the check of origins when it lifts, and the settings of the whole application. */
import type { Program } from '../../../syntax/programs/program.ts';
import type { Policy } from '../../../policy/policy.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import { optionsMethod } from '../../../policy/request-test.ts';
import { dictEntry, isTrue } from '../../../values/dict-entry.ts';
import { createEvaluator } from '../../../values/evaluate.ts';
import type { Dict, DictEntry, Value } from '../../../values/value.ts';
import type { CorsLibrary } from '../../../models/libraries/cors-library.ts';
import type { ProgramContext } from '../../../models/framework.ts';
import { libraryPolicy } from '../../../models/libraries/library-policy.ts';
import { otherKinds } from '../../../models/libraries/other-kinds.ts';

/** As observed of sails 1.5.18. */
export const sailsCors: CorsLibrary = {
  options: {
    origin: ['allowOrigins', 'origin'],
    credentials: ['allowCredentials', 'credentials'],
    methods: ['allowRequestMethods', 'methods'],
    allowedHeaders: ['allowRequestHeaders', 'headers'],
    exposedHeaders: ['allowResponseHeaders', 'exposeHeaders'],
    maxAge: [],
  },
  otherOptions: ['allRoutes', 'allowAnyOriginWithCredentialsUnsafe', 'securityLevel'],
  foreignNames: {
    origins: 'allowOrigins',
    alloworigin: 'allowOrigins',
    allowedorigins: 'allowOrigins',
    allowedheaders: 'allowRequestHeaders',
    allowheaders: 'allowRequestHeaders',
    allowmethods: 'allowRequestMethods',
    exposedheaders: 'allowResponseHeaders',
  },
  origin: {
    missing: 'any',
    text: 'compared',
    separator: ',',
    trims: true,
    star: 'any',
    empty: 'fails',
    ...otherKinds('fails', 'fails'),
    nothing: 'fails',
    undefined: 'any',
    number: 'fails',
    list: 'members',
    emptyList: 'closed',
    starInList: 'compared',
    failure: 'the application does not lift, because this value is no origin',
  },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'literal',
  vary: { any: false, sent: false, checked: 'accepted' },
  othersFor: 'accepted',
  needsOrigin: false,
  methods: { default: 'GET,HEAD,PUT,PATCH,POST,DELETE', separator: ',', everyResponse: false },
  allowedHeaders: { default: 'content-type', separator: ',', everyResponse: false, emptyIsDefault: false, vary: false },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: true },
  maxAge: { default: undefined, zero: false },
  preflight: { when: optionsMethod, status: 200 },
};

/** Settings that change what others mean. */
function libraryFor({ entries }: Dict, unsafe: boolean): CorsLibrary {
  const named = entries.find(({ key }) => sailsCors.options.allowedHeaders.includes(key))?.value;
  // An empty text lets pages send whatever they ask for.
  const mirrors = named?.kind === 'text' && named.text === '';
  return {
    ...sailsCors,
    ...(unsafe && { anyWithCredentials: 'reflect' }),
    ...(mirrors && { allowedHeaders: { ...sailsCors.allowedHeaders, default: 'requested', emptyIsDefault: true } }),
  };
}

const refusal = "if allowOrigins is '*', allowCredentials cannot also be true";

/** Where settings stand, and whom they concern. */
export interface SailsSettings {
  readonly value: Dict;
  readonly entry: Pick<DictEntry, 'range'> & { readonly valueRange: DictEntry['range'] };
  readonly scope: string;
  readonly reach?: RequestTest;
}

export function sailsPolicy(
  { value, entry, scope, reach }: SailsSettings,
  program: Program,
  context: ProgramContext,
): Policy {
  const unsafe = isTrue(value, 'allowAnyOriginWithCredentialsUnsafe');
  const site = { framework: 'sails', packageName: 'Sails', version: context.version('sails'), scope };
  const policy = libraryPolicy(
    libraryFor(value, unsafe),
    { value, range: entry.range, argumentsRange: entry.valueRange },
    site,
    program,
    context,
    reach,
  );
  const open = policy.settings.origins.value.some(({ kind }) => kind === 'any');
  if (open && !unsafe && policy.settings.credentials.value === true && policy.refusesToStart === undefined)
    return { ...policy, headers: [], refusesToStart: refusal };
  return isRefused(value) ? { ...policy, headers: [] } : policy;
}

/** Texts are checked when the application lifts: one that is no origin stops it, which the text's own finding says. */
function isRefused({ entries }: Dict): boolean {
  const origins = entries.find(({ key }) => sailsCors.options.origin.includes(key))?.value;
  const texts: readonly Value[] =
    origins?.kind === 'list' ? origins.items : origins?.kind === 'text' && origins.text !== '*' ? [origins] : [];
  const members = texts.flatMap((item) =>
    item.kind !== 'text'
      ? []
      : origins?.kind === 'list'
        ? [item.text]
        : item.text.split(',').map((part) => part.trim()),
  );
  return members.some((text) => !/^https?:\/\/[^\s/?#]+$/.test(text) || /^https:.*:443$|^http:.*:80$/.test(text));
}

/** `security.cors` of the application, seen from a file of `config/`: its own, or that of `security.js` beside it. */
export function securityOf(
  program: Program,
  context: ProgramContext,
): { readonly value: Dict; readonly elsewhere: boolean } | undefined {
  const own = corsOf(program, (expression) => context.evaluator.evaluate(expression));
  if (own !== undefined) return { value: own, elsewhere: false };
  for (const name of ['security.js', 'security.ts']) {
    const other = context.document(name);
    if (other?.shape !== 'program') continue;
    const evaluator = createEvaluator(other, { program: () => undefined });
    const value = corsOf(other, (expression) => evaluator.evaluate(expression));
    if (value !== undefined) return { value, elsewhere: true };
  }
  return undefined;
}

function corsOf(program: Program, evaluate: ProgramContext['evaluator']['evaluate']): Dict | undefined {
  const security = program.exports.get('security');
  const value = security && evaluate(security);
  const cors = dictEntry(value, 'cors')?.value;
  return cors?.kind === 'dict' ? cors : undefined;
}
