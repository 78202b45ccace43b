/** AWS Chalice: `cors=True` and `cors=CORSConfig(…)` of routes, and `app.api.cors` for all of them. */
import type { Node, Program } from '../../syntax/programs/program.ts';
import { optionsMethod } from '../../policy/request-test.ts';
import type { ProgramContext } from '../../models/framework.ts';
import type { Policy, PolicyEdits } from '../../policy/policy.ts';
import type { Edit } from '../../syntax/range.ts';
import { pythonLiterals } from '../../edits/literals.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { Found, FoundOptions } from '../../models/libraries/define-cors-library.ts';
import { usesOf } from '../../models/libraries/imported-calls.ts';
import { keywordPlace } from '../../models/libraries/option-finders.ts';
import { withoutEdits } from '../../models/libraries/without-edits.ts';
import { withRequiredHeaders } from './required-headers.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

/** As observed of 1.34.0. */
const chalice: CorsLibrary = {
  options: {
    origin: ['allow_origin'],
    credentials: ['allow_credentials'],
    methods: [],
    allowedHeaders: ['allow_headers'],
    exposedHeaders: ['expose_headers'],
    maxAge: ['max_age'],
  },
  otherOptions: [],
  foreignNames: { allow_origins: 'allow_origin', origins: 'allow_origin', supports_credentials: 'allow_credentials' },
  origin: {
    missing: 'any',
    text: 'sent',
    star: 'any',
    empty: 'unknown',
    ...otherKinds('unknown', 'fails'),
    nothing: 'unknown',
    list: 'fails',
    emptyList: 'fails',
    starInList: 'compared',
  },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'literal',
  vary: { any: false, sent: false, checked: 'never' },
  othersFor: 'everybody',
  needsOrigin: false,
  // Those of the routes with this path.
  methods: { default: 'unknown', separator: ',', everyResponse: false },
  allowedHeaders: {
    default: 'Authorization,Content-Type,X-Amz-Date,X-Amz-Security-Token,X-Api-Key',
    separator: ',',
    everyResponse: true,
    emptyIsDefault: true,
    vary: false,
    sorted: true,
  },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: true },
  maxAge: { default: undefined, zero: true, everyResponse: true },
  preflight: { when: optionsMethod, status: null },
  refusesUnknown: (name) => `TypeError: CORSConfig.__init__() got an unexpected keyword argument '${name}'`,
};

const modules = ['chalice', 'chalice.app'];
const byPlace = ['allow_origin', 'allow_headers', 'expose_headers', 'max_age', 'allow_credentials'];

export const framework = defineCorsLibrary({
  id: 'chalice-cors',
  title: 'AWS Chalice',
  documentation: 'https://aws.github.io/chalice/topics/views.html#cors-support',
  reads: '`cors=True`, `CORSConfig(…)`, `app.api.cors`',
  mentions: ['chalice'],
  languages: ['python'],
  uses: [
    {
      packageName: 'chalice',
      title: 'Chalice',
      options: configurations,
      table: chalice,
      refine: (policy, found, { program }) => (found.call ? policy : withConfigurationInstead(policy, found, program)),
    },
  ],
});

function configurations(program: Program, context: ProgramContext): Found {
  if (!program.imports.some(({ module }) => modules.includes(module))) return { options: [] };
  const made = usesOf(program, { modules, names: ['CORSConfig'] }).flatMap(({ call }): FoundOptions[] => {
    const place = call && keywordPlace(call, context, byPlace);
    const value = place?.value?.kind === 'dict' ? withRequiredHeaders(place.value, 'allow_headers') : place?.value;
    return place ? [{ call, place: { ...place, value } }] : [];
  });
  return { options: [...made, ...switchedOn(program)] };
}

/** What is switched on as a whole is repaired by a configuration: `cors=CORSConfig(allow_origin="…")`. */
function withConfigurationInstead(policy: Policy, { place: { range } }: FoundOptions, program: Program): Policy {
  const configuration = configurationName(program);
  if (configuration === undefined) return withoutEdits(policy);
  const { name, imports } = configuration;
  const start = range.end - switchValue.length;
  const allowOnly: PolicyEdits['allowOnly'] = ([origin, ...others], placeholder) =>
    // It takes one origin.
    origin === undefined || others.length > 0
      ? []
      : [
          {
            range: { ...range, start },
            newText: `${name}(allow_origin=${pythonLiterals.text(origin, '"')})`,
            placeholder,
          },
          ...imports,
        ];
  return { ...policy, edits: { allowOnly } };
}

/** How the program calls `CORSConfig`, and what has to be written so that it may. */
function configurationName({ imports }: Program): { name: string; imports: readonly Edit[] } | undefined {
  const ofModule = imports.filter(({ module, typeOnly }) => modules.includes(module) && !typeOnly);
  const known = ofModule.find(({ imported, local }) => imported === 'CORSConfig' && local !== undefined);
  if (known) return { name: known.local!, imports: [] };
  const whole = ofModule.find(({ imported, local }) => imported === '*' && local !== undefined);
  if (whole) return { name: `${whole.local}.CORSConfig`, imports: [] };
  const beside = ofModule.find(({ binding }) => binding !== undefined)?.binding?.nameRange;
  if (beside === undefined) return undefined;
  return {
    name: 'CORSConfig',
    imports: [{ range: { ...beside, start: beside.end }, newText: ', CORSConfig' }],
  };
}

const switchValue = 'True';

/** `@app.route('/basket', cors=True)`, `app.api.cors = True`: the configuration without options. */
function switchedOn(program: Program): FoundOptions[] {
  return [...program.text.matchAll(/\bcors\s*=\s*True\b/g)].flatMap((match): FoundOptions[] => {
    const range = { start: match.index, end: match.index + match[0].length };
    let node: Node | undefined = program.expressionAt(range.end - 1);
    while (node && node.kind !== 'call' && node.kind !== 'assignment') node = node.parent;
    const isRoute = node?.kind === 'call' && node.callee.kind === 'member';
    const isForAll = node?.kind === 'assignment' && /\.api\.cors$/.test(node.target.text);
    if (!isRoute && !isForAll) return [];
    return [
      { scope: isForAll ? 'every route' : 'one route', place: { value: undefined, range, argumentsRange: range } },
    ];
  });
}
