/** The headers that webpack's development server sends: everything that it serves can be read with them, source code and all. */
import { lt } from 'semver';
import type { Edit } from '../../syntax/range.ts';
import type { Expression, Program } from '../../syntax/programs/program.ts';
import type { Fact, HeaderRule, Policy, PolicyEdits, StatusRule } from '../../policy/policy.ts';
import { all, not, optionsMethod, originPresent } from '../../policy/request-test.ts';
import { devServerPlace } from './dev-server-headers.ts';
import { defineFramework } from '../../models/framework.ts';
import { originList, preferredQuote, quoted } from '../../edits/program-edits.ts';
import { headerPolicies } from './raw-headers/raw-headers.ts';

/** Every OPTIONS is answered by the server itself, as observed of 4.15.2, 5.2.0 and 5.2.7; what else it has is up to the build. */
const statuses: readonly StatusRule[] = [
  { when: optionsMethod, status: 204 },
  { when: { kind: 'always' }, status: null },
];

export const framework = defineFramework({
  id: 'webpack-dev-server',
  title: 'webpack-dev-server',
  documentation: 'https://webpack.js.org/configuration/dev-server/#devserverheaders',
  reads:
    '`devServer.headers` as an object, a list or a function: ' +
    'webpack, Rspack, Vue CLI, CRACO, `config-overrides.js`, `new WebpackDevServer(…)`',
  mentions: ['access-control-'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    const version = context.version('webpack-dev-server');
    const policies = headerPolicies(program, context, (write) => devServerPlace(write, program) === 'headers').map(
      (policy) => withFunctions(ofServer(policy, version), version, program),
    );
    return { policies, facts: [] };
  },
});

function ofServer(policy: Policy, version: string | undefined): Policy {
  const named = {
    ...policy,
    framework: 'webpack-dev-server',
    title: version === undefined ? 'webpack-dev-server' : `webpack-dev-server ${version}`,
    ...(version !== undefined && { version }),
    scope: 'the development server',
    purpose: 'development' as const,
  };
  const failing = policy.headers.findIndex(
    ({ name, value, when }) =>
      value.kind === 'request-origin' &&
      when.kind === 'origin-present' &&
      policy.headers.filter((rule) => rule.name === name).length === 1,
  );
  if (failing === -1) return { ...named, statuses };
  // A function that names the caller's origin gives `undefined` where there is none: the server throws at that header, and
  // sets none behind it.
  const headers = policy.headers.map((rule, index): HeaderRule =>
    index > failing ? { ...rule, when: all([originPresent, rule.when]) } : rule,
  );
  return { ...named, headers, statuses: [{ when: not(originPresent), status: 500 }, ...statuses] };
}

/** An object or a list of headers can name one origin. From version 4 a function may stand there, which names the one that asks. */
function withFunctions(policy: Policy, version: string | undefined, program: Program): Policy {
  const [entry, ...others] = policy.settings.origins.value;
  const { allowOnly } = policy.edits;
  const value =
    policy.headers.filter(({ name }) => name === 'access-control-allow-origin').length > 2 || others.length > 0
      ? undefined
      : writtenValue(policy, entry?.range, program);
  const option = value && optionOf(value);
  if (
    value === undefined ||
    option === undefined ||
    allowOnly === undefined ||
    (version !== undefined && lt(version, '4.0.0'))
  )
    return policy;
  const edits: PolicyEdits = {
    ...policy.edits,
    allowOnly: (origins, placeholder) =>
      origins.length === 1
        ? allowOnly(origins, placeholder)
        : asFunction(origins, placeholder, value, option, policy, program),
  };
  const facts = policy.facts.map((fact): Fact =>
    fact.kind === 'multiple-origins'
      ? { ...fact, toList: () => asFunction(fact.origins, undefined, value, option, policy, program) }
      : fact,
  );
  return { ...policy, edits, facts };
}

function writtenValue(policy: Policy, range: Policy['range'] | undefined, program: Program): Expression | undefined {
  const at = range ?? policy.facts.find(({ kind }) => kind === 'multiple-origins')?.range;
  let value = at && at.path === undefined ? program.expressionAt(at.start) : undefined;
  while (value !== undefined && value.range.end < at!.end) value = value.parent as Expression | undefined;
  return value;
}

/** The object or list that is the option's own value: not a constant, which may serve others, and not what a function returns. */
function optionOf(value: Expression): Expression | undefined {
  const holder = value.parent?.kind === 'object' ? value.parent : undefined;
  const option = holder?.parent?.kind === 'list' ? holder.parent : holder;
  const { parent } = option ?? {};
  const isOption =
    parent?.kind === 'object' &&
    parent.entries.some(({ key, value: own }) => key === 'headers' && own.range.start === option!.range.start);
  return isOption ? option : undefined;
}

function asFunction(
  origins: readonly string[],
  placeholder: string | undefined,
  value: Expression,
  option: Expression,
  policy: Policy,
  program: Program,
): Edit[] {
  const quote = preferredQuote(program.text);
  // What is not sent by the browser is no member of any list; TypeScript wants that said.
  const asked = /\.[cm]?tsx?$/.test(program.path) ? `req.headers.origin ?? ${quoted('', quote)}` : 'req.headers.origin';
  const [open, close] = option.kind === 'list' ? ['(req) => ', ''] : ['(req) => (', ')'];
  const varies = policy.headers.some(
    (rule) => rule.name === 'vary' && rule.value.kind === 'text' && /\borigin\b/i.test(rule.value.text),
  );
  const at = (offset: number, newText: string): Edit => ({ range: { start: offset, end: offset }, newText });
  return [
    at(option.range.start, open),
    {
      range: value.range,
      newText: `${originList(origins, quote)}.includes(${asked}) ? ${asked} : ${quoted(origins[0]!, quote)}`,
      placeholder,
    },
    ...(varies ? [] : (policy.edits.addVaryOrigin?.() ?? [])),
    ...(close === '' ? [] : [at(option.range.end, close)]),
  ];
}
