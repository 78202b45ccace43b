/** The npm package `cors` in Express, connect, polka and plain Node programs. */
import type { Argument, Call, Program } from '../../syntax/programs/program.ts';
import type { Fact, Policy } from '../../policy/policy.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import type { Value } from '../../values/value.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { defineFramework } from '../../models/framework.ts';
import { isUnused, notCalled, notUsed, usesOf } from '../../models/libraries/imported-calls.ts';
import type { Mount } from './express-mounts.ts';
import { mountFacts, mountOf, mountedAmong, mountedWhen } from './express-mounts.ts';
import type { CorsPackagePolicy } from './cors-package.ts';
import { corsPackageAt, readCorsPackageOptions } from './cors-package.ts';
import { isBefore } from '../../models/libraries/releases.ts';
import type { ProgramText } from '../../models/libraries/origin-entries.ts';
import { programText } from '../../models/libraries/origin-entries.ts';

export const framework = defineFramework({
  id: 'express-cors',
  title: 'cors (Express)',
  documentation: 'https://expressjs.com/en/resources/middleware/cors.html',
  reads:
    '`cors(options)`, per app, router or route; options delegates and origin callbacks; also through `@feathersjs/express`',
  mentions: ['cors'],
  shape: 'program',
  languages: ['javascript'],
  *read(program, context) {
    const text = programText(program, context);
    const policies: Policy[] = [];
    const facts: Fact[] = [];
    for (const use of [
      ...usesOf(program, { modules: ['cors'], names: ['default'] }),
      ...usesOf(program, { modules: ['@feathersjs/express'], names: ['cors'] }),
    ]) {
      if (context.isLeftOut?.(use.call?.range, policies.length)) continue;
      if (use.call && isUnused(use.call, program)) facts.push(notUsed(use.call));
      else if (use.call) policies.push(readCall(use.call, program, context, text));
      else if (use.uncalled) facts.push(notCalled(use.uncalled));
      yield;
    }
    return { policies, facts };
  },
});

function readCall(call: Call, program: Program, context: ProgramContext, text: ProgramText): Policy {
  const version = context.version('cors');
  const mount = mountOf(call, program, context.evaluator);
  const parts = readArgument(
    call,
    call.arguments[0],
    version,
    mountedWhen(mount, call, context.evaluator),
    context,
    text,
  );
  return {
    framework: 'express-cors',
    title: version === undefined ? 'cors' : `cors ${version}`,
    version,
    range: call.range,
    scope: mount.scope,
    purpose: mount.servesAssets ? 'static' : 'application',
    settings: parts.settings,
    headers: parts.headers,
    statuses: parts.statuses,
    facts: [
      ...parts.facts,
      ...mountFacts(mount, call, program, context.evaluator),
      ...refusedPath(mount, context.version('express')),
    ],
    edits: parts.edits,
    mounted: mountedAmong(
      mount,
      parts.statuses.filter(({ status }) => status !== null),
      program,
      context.evaluator,
    ),
  };
}

function readArgument(
  call: Call,
  argument: Argument | undefined,
  version: string | undefined,
  reach: RequestTest,
  context: ProgramContext,
  text: ProgramText,
): CorsPackagePolicy {
  const place = {
    range: call.range,
    argumentsRange: call.argumentsRange,
    ...(argument && { argument: argument.value.range }),
  };
  const { evaluator } = context;
  const library = corsPackageAt(version);
  if (argument === undefined)
    return readCorsPackageOptions({ ...place, value: undefined }, evaluator, text, reach, library);
  const value: Value = argument.spread
    ? { kind: 'unknown', range: argument.range }
    : evaluator.evaluate(argument.value);
  return readCorsPackageOptions({ ...place, value }, evaluator, text, reach, library);
}

/** Express 5 throws for a wildcard without a name: https://expressjs.com/en/guide/migrating-5.html#path-syntax. */
function refusedPath({ path, call }: Mount, version: string | undefined): Fact[] {
  const written = call?.arguments[0]?.value;
  const isRefused = path !== undefined && /\*(?!\w)/.test(path) && version !== undefined && !isBefore(version, '5.0.0');
  if (!isRefused || written?.kind !== 'string') return [];
  const { contentRange } = written;
  const named = path.replace(/^\*/, '/*').replaceAll(/\*(?!\w)/g, '*splat');
  return [
    {
      kind: 'unhandled-preflight',
      range: written.range,
      needs: 'any route',
      why: `Express 5 throws at start for the path "${path}", because a wildcard needs a name, and nothing is answered`,
      handle: () => [{ range: contentRange, newText: named }],
    },
  ];
}
