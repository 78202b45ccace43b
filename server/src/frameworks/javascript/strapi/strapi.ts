/**
 * Strapi: the middleware `strapi::cors` of versions 4 and 5, whose default reflects everybody with credentials, and
 * `settings.cors` of version 3.
 */
import type { Program, StringLiteral } from '../../../syntax/programs/program.ts';
import type { HeaderRule, NameEntry, Policy } from '../../../policy/policy.ts';
import { all, not, optionsMethod, originPresent } from '../../../policy/request-test.ts';
import type { OptionsPlace } from '../../../models/libraries/library-context.ts';
import type { ProgramContext } from '../../../models/framework.ts';
import { defineFramework } from '../../../models/framework.ts';
import { libraryPolicy } from '../../../models/libraries/library-policy.ts';
import type { KeyedEntry } from '../../../models/libraries/object-keys.ts';
import { entriesWithKey, keyOf } from '../../../models/libraries/object-keys.ts';
import { indentationAt, lineEnd } from '../../../edits/program-edits.ts';
import type { StrapiRelease } from './strapi-releases.ts';
import { strapi3Release, strapiRelease } from './strapi-releases.ts';

export const framework = defineFramework({
  id: 'strapi',
  title: 'Strapi',
  documentation: 'https://docs.strapi.io/cms/configurations/middlewares#cors',
  reads:
    '`strapi::cors` of `config/middlewares`, with and without settings, and `settings.cors` of `config/middleware`; versions 3, 4 and 5',
  mentions: ['cors'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    return {
      policies: [
        ...program.strings(/^strapi::cors$/).flatMap((name) => readMiddleware(name, program, context)),
        ...readElder(program, context),
      ],
      facts: [],
    };
  },
});

function readMiddleware(name: StringLiteral, program: Program, context: ProgramContext): Policy[] {
  const version = context.version('@strapi/strapi');
  const place = placeOf(name, program, context);
  if (place === undefined) return [];
  const policy = policyOf(strapiRelease(version), place, version, program, context);
  return [{ ...policy, ...(place.value === undefined && { edits: bareEdits(name, program) }) }];
}

/** `settings: { cors: … }` of a project that depends on version 3, whose package is called `strapi`. */
function readElder(program: Program, context: ProgramContext): Policy[] {
  const settings = entriesWithKey(program, 'cors').filter(
    ({ object }: KeyedEntry) => keyOf(object)?.entry.key === 'settings',
  );
  const version = settings.length > 0 ? context.version('strapi') : undefined;
  if (version === undefined) return [];
  return settings.flatMap(({ entry }): Policy[] => {
    const value = context.evaluator.evaluate(entry.value);
    const isOff =
      value.kind !== 'dict' ||
      value.entries.some(({ key, value: given }) => key === 'enabled' && given.kind === 'boolean' && !given.value);
    return isOff
      ? []
      : [
          policyOf(
            strapi3Release(context.version('@koa/cors')),
            { value, range: entry.range, argumentsRange: entry.value.range },
            version,
            program,
            context,
          ),
        ];
  });
}

function policyOf(
  { library, answersWithoutOrigin, fillsLists }: StrapiRelease,
  place: OptionsPlace,
  version: string | undefined,
  program: Program,
  context: ProgramContext,
): Policy {
  const policy = libraryPolicy(
    library,
    place,
    { framework: 'strapi', packageName: 'Strapi', version, scope: 'every route' },
    program,
    context,
  );
  if (answersWithoutOrigin) return { ...policy, headers: [...policy.headers, ...withoutOrigin(policy)] };
  const refusing = {
    ...policy,
    headers: policy.headers.map((rule) =>
      rule.name === 'vary' ? rule : { ...rule, when: all([originPresent, rule.when]) },
    ),
  };
  return fillsLists ? filled(filled(refusing, place, 'methods', library), place, 'allowedHeaders', library) : refusing;
}

/** A list that is shorter than the default one ends as that one does. */
function filled(
  policy: Policy,
  { value: options }: OptionsPlace,
  setting: 'methods' | 'allowedHeaders',
  library: StrapiRelease['library'],
): Policy {
  const written =
    options?.kind === 'dict'
      ? options.entries.find(({ key }) => library.options[setting].includes(key))?.value
      : undefined;
  const names = policy.settings[setting];
  if (names === undefined || !Array.isArray(names.value) || written?.kind !== 'list' || written.open) return policy;
  const value: readonly NameEntry[] = [
    ...(names.value as readonly NameEntry[]),
    ...library[setting]
      .default!.split(',')
      .slice(written.items.length)
      .map((text) => ({ text, range: written.range })),
  ];
  const header = setting === 'methods' ? 'access-control-allow-methods' : 'access-control-allow-headers';
  const text = value.map((name) => name.text).join(',');
  return {
    ...policy,
    settings: { ...policy.settings, [setting]: { ...names, value } },
    headers: policy.headers.map((rule) => (rule.name === header ? { ...rule, value: { kind: 'text', text } } : rule)),
  };
}

/** Strapi reads what the files of `config` export; a list of names elsewhere may be of anything. */
function isConfigured({ range }: StringLiteral, program: Program): boolean {
  if (/(^|\/)config\/|(^|\/)middlewares?\.[cm]?[jt]s$/.test(program.path)) return true;
  return [...program.exports.values()].some((exported) => {
    const listed = exported.kind === 'identifier' ? program.resolve(exported)?.value : exported;
    return listed !== undefined && listed.range.start <= range.start && range.end <= listed.range.end;
  });
}

/** The settings of `{ name: 'strapi::cors', config: { … } }`; none of the bare name in the list. */
function placeOf(name: StringLiteral, program: Program, { evaluator }: ProgramContext): OptionsPlace | undefined {
  const { parent } = name;
  if (parent?.kind === 'list' && !isConfigured(name, program)) return undefined;
  if (parent?.kind === 'list') return { value: undefined, range: name.range, argumentsRange: name.range };
  const isNamed =
    parent?.kind === 'object' &&
    parent.entries.some(({ key, value }) => key === 'name' && value.range.start === name.range.start);
  if (parent?.kind !== 'object' || !isNamed) return undefined;
  const config = parent.entries.find(({ key }) => key === 'config');
  if (config === undefined)
    return parent.entries.some(({ spread }) => spread)
      ? undefined
      : { value: undefined, range: parent.range, argumentsRange: name.range, insertAt: name.range.end };
  return { value: evaluator.evaluate(config.value), range: config.range, argumentsRange: config.value.range };
}

/** A request without Origin is answered as if everybody were let in, and `*` becomes its own, empty origin beside credentials. */
function withoutOrigin({ settings, headers, range }: Policy): HeaderRule[] {
  if (headers.length === 0 || headers.every(({ name }) => name !== 'access-control-allow-origin')) return [];
  const bare = all([optionsMethod, not({ kind: 'preflight' })]);
  const { value: credentials } = settings.credentials;
  return [
    {
      name: 'access-control-allow-origin',
      operation: 'set',
      value: credentials === 'unknown' ? { kind: 'unknown' } : { kind: 'text', text: credentials ? '' : '*' },
      when: all([not(originPresent), not(bare)]),
      range,
    },
  ];
}

/** The bare name becomes an object with settings. */
function bareEdits(name: StringLiteral, program: Program): Policy['edits'] {
  const { quote, range, parent } = name;
  const write = (
    config: string,
    placeholder?: string,
  ): { range: typeof range; newText: string; placeholder?: string }[] => {
    if (parent?.kind === 'object')
      return [
        {
          range: { start: range.end, end: range.end, path: range.path },
          newText: `, config: { ${config} }`,
          placeholder,
        },
      ];
    const indentation = indentationAt(program.text, range.start);
    const newline = lineEnd(program.text);
    const deeper = `${indentation}${program.text.has(/^\t/m) ? '\t' : '  '}`;
    return [
      {
        range,
        newText: [
          '{',
          `${deeper}name: ${quote}strapi::cors${quote},`,
          `${deeper}config: { ${config} },`,
          `${indentation}}`,
        ].join(newline),
        placeholder,
      },
    ];
  };
  return {
    allowOnly: (origins, placeholder) =>
      write(`origin: [${origins.map((origin) => `${quote}${origin}${quote}`).join(', ')}]`, placeholder),
  };
}
