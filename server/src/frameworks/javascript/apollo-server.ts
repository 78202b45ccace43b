/** Apollo Server: the `cors` option of versions 2 and 3, and the standalone server of 4 and later, which is always open. */
import { lt } from 'semver';
import type { Call, Program } from '../../syntax/programs/program.ts';
import type { Fact, Policy } from '../../policy/policy.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Dict, DictEntry, Value } from '../../values/value.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { corsPackage } from './cors-package.ts';
import { fastifyCorsAt } from './fastify-cors.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { defineFramework } from '../../models/framework.ts';
import { hapiCorsFor, hapiIgnoring } from './hapi.ts';
import { koaCors, koaCorsAt } from './koa-cors.ts';
import { exportCalls, methodCalls, usesOf } from '../../models/libraries/imported-calls.ts';
import { libraryPolicy } from '../../models/libraries/library-policy.ts';
import { programText } from '../../models/libraries/origin-entries.ts';
import { insertEntry } from '../../edits/program-edits.ts';

/** Where an integration takes its `cors` option: the call, a dictionary inside its options, and the library that the option is for. */
interface Integration {
  readonly calls: 'constructor' | readonly string[];
  readonly inside?: string;
  readonly library: (cors: Value | undefined) => CorsLibrary;
}

const express: Integration = { calls: ['applyMiddleware', 'getMiddleware'], library: () => corsPackage };
/** The integrations of version 3, each with the version of the library that it depends on. */
const integrations: Readonly<Record<string, Integration>> = {
  'apollo-server': { calls: 'constructor', library: () => corsPackage },
  'apollo-server-express': express,
  'apollo-server-lambda': {
    calls: ['createHandler'],
    inside: 'expressGetMiddlewareOptions',
    library: () => corsPackage,
  },
  'apollo-server-cloud-functions': {
    calls: ['createHandler'],
    inside: 'expressGetMiddlewareOptions',
    library: () => corsPackage,
  },
  'apollo-server-koa': {
    ...express,
    library: (cors) => (cors === undefined || cors.kind === 'boolean' ? koaCors : koaCorsAt('3.1.0')),
  },
  'apollo-server-fastify': { calls: ['createHandler'], library: () => fastifyCorsAt('7.0.0') },
  'apollo-server-hapi': { ...express, library: (cors) => (cors === undefined ? hapiIgnoring : hapiCorsFor(cors)) },
};

export const framework = defineFramework({
  id: 'apollo-server',
  title: 'Apollo Server',
  documentation: 'https://www.apollographql.com/docs/apollo-server/security/cors',
  reads: 'the `cors` option of version 3 and its integrations; `startStandaloneServer`, which takes none',
  mentions: ['apollo-server', '@apollo/server'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    const policies = Object.entries(integrations).flatMap(([module, integration]) =>
      program.imports.some((imported) => imported.module === module)
        ? callsOf(module, integration, program).flatMap((call) => policyOf(call, module, integration, program, context))
        : [],
    );
    const ignored = exportCalls(program, ['@apollo/server'], ['ApolloServer']).flatMap((call) =>
      corsOf(call, 0, context).map((entry) => ignoredOption(entry)),
    );
    const standalone = usesOf(program, {
      modules: ['@apollo/server/standalone'],
      names: ['startStandaloneServer'],
    }).flatMap(({ call }) => (call ? [standalonePolicy(call, ignored, program, context)] : []));
    return {
      policies: [...policies, ...standalone],
      facts: standalone.length > 0 ? [] : ignored.map((fact) => ({ ...fact, opens: false })),
    };
  },
});

function policyOf(
  call: Call,
  module: string,
  integration: Integration,
  program: Program,
  context: ProgramContext,
): Policy[] {
  const given =
    call.arguments[0] && !call.arguments[0].spread ? context.evaluator.evaluate(call.arguments[0].value) : undefined;
  const outer = given?.kind === 'dict' ? given : undefined;
  const version = context.version(module);
  // Version 2 of these takes `cors` itself, and sends nothing without it.
  if (
    integration.inside !== undefined &&
    (version === undefined ? dictEntry(outer, 'cors') !== undefined : lt(version, '3.0.0'))
  )
    return [];
  const inner = integration.inside === undefined ? outer : dictEntry(outer, integration.inside)?.value;
  const cors = dictEntry(inner, 'cors');
  if (
    cors === undefined &&
    (outer === undefined ||
      outer.open ||
      (inner?.kind === 'dict' && inner.open) ||
      (inner !== undefined && inner.kind !== 'dict'))
  )
    return [];
  if (cors?.value.kind === 'boolean' && !cors.value.value) return [];
  const range = cors?.range ?? call.range;
  const library = integration.library(cors?.value);
  const policy = libraryPolicy(
    library,
    { value: cors?.value, range, argumentsRange: cors?.value.range ?? call.argumentsRange },
    { framework: 'apollo-server', packageName: module, version, scope: '/graphql' },
    program,
    context,
  );
  // GraphQL itself answers some of these requests with an error.
  const statuses = [...policy.statuses, { when: { kind: 'always' } as const, status: null }];
  if (cors !== undefined) return [{ ...policy, statuses }];
  const target = inner?.kind === 'dict' ? inner : undefined;
  return [
    {
      ...policy,
      statuses,
      edits:
        target === undefined
          ? {}
          : { allowOnly: (origins, placeholder) => writeCors(target, origins, placeholder, program, context) },
    },
  ];
}

/** Writes the option that is missing. */
function writeCors(
  options: Dict,
  origins: readonly string[],
  placeholder: string | undefined,
  program: Program,
  context: ProgramContext,
) {
  const text = programText(program, context);
  const source = text.textOf(options.range);
  const list = origins.map((origin) => text.quote + origin + text.quote).join(', ');
  return source === undefined ? [] : insertEntry(source, options.range, `cors: { origin: [${list}] }`, placeholder);
}

/** Every request gets what the package `cors` sends without options, and nothing can be set. */
function standalonePolicy(
  call: Call,
  ignored: readonly IgnoredOption[],
  program: Program,
  context: ProgramContext,
): Policy {
  const version = context.version('@apollo/server');
  const policy = libraryPolicy(
    corsPackage,
    { value: undefined, range: call.range, argumentsRange: call.argumentsRange },
    { framework: 'apollo-server', packageName: '@apollo/server standalone', version, scope: 'every request' },
    program,
    context,
  );
  const facts = [...ignored, ...corsOf(call, 1, context).map((entry) => ignoredOption(entry))];
  return { ...policy, facts, edits: {}, statuses: [...policy.statuses, { when: { kind: 'always' }, status: null }] };
}

type IgnoredOption = Fact & { readonly kind: 'unknown-option' };

function ignoredOption(entry: DictEntry): IgnoredOption {
  return { kind: 'unknown-option', name: entry.key, range: entry.keyRange, opens: true };
}

function corsOf(call: Call, index: number, { evaluator }: ProgramContext): DictEntry[] {
  const argument = call.arguments[index];
  const value = argument && !argument.spread ? evaluator.evaluate(argument.value) : undefined;
  const entry = dictEntry(value, 'cors');
  return entry ? [entry] : [];
}

function callsOf(module: string, { calls }: Integration, program: Program): readonly Call[] {
  return calls === 'constructor'
    ? exportCalls(program, [module], ['ApolloServer'])
    : calls.flatMap((name) => methodCalls(program, name));
}
