/** NestJS: `enableCors`, the `cors` option of `NestFactory.create`, and of WebSocket gateways. */
import type { Call, Expression, FunctionExpression, Program } from '../../syntax/programs/program.ts';
import type { Fact } from '../../policy/policy.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { corsPackage } from './cors-package.ts';
import { elderOption } from './socket-io.ts';
import { fastifyCorsAt } from './fastify-cors.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { Found, FoundOptions, OptionsFinder, UseContext } from '../../models/libraries/define-cors-library.ts';
import { argumentPlace } from '../../models/libraries/option-finders.ts';
import { isBefore } from '../../models/libraries/releases.ts';
import { switchedOn } from '../../models/libraries/switched-options.ts';

export const framework = defineCorsLibrary({
  id: 'nestjs',
  title: 'NestJS',
  documentation: 'https://docs.nestjs.com/security/cors',
  reads:
    '`app.enableCors(options)`, `NestFactory.create(AppModule, { cors })` on Express and on Fastify, `@WebSocketGateway({ cors })`',
  mentions: ['enablecors', 'nestfactory', 'websocketgateway'],
  languages: ['javascript'],
  uses: [
    { packageName: '@nestjs/core', title: 'NestJS', options: enabledCors, table: libraryOfPlatform },
    {
      packageName: '@nestjs/core',
      title: 'NestJS',
      options: corsOptionOf(/\bNestFactory\s*\.\s*create\b/g),
      table: libraryOfPlatform,
    },
    {
      packageName: '@nestjs/core',
      title: 'NestJS',
      options: gatewayOptions,
      table: corsPackage,
      scope: 'polling of this gateway; WebSockets themselves are not covered',
    },
  ],
});

/** The platform's own library: Express unless the file names Fastify. */
function libraryOfPlatform(_version: string | undefined, _found: FoundOptions, use: UseContext): CorsLibrary {
  if (!use.program.text.has(/\b(FastifyAdapter|NestFastifyApplication)\b/)) return corsPackage;
  return fastifyCorsAt(
    use.context.version('@fastify/cors') ?? use.context.version('fastify-cors') ?? pluginOfAdapter(use.context),
  );
}

/** The plugin that the adapter brings along, for its releases before each: it is pinned there. */
const plugins: readonly (readonly [before: string, plugin: string])[] = [
  ['9.0.0', '6.0.1'],
  ['9.3.11', '8.2.0'],
  ['10.3.2', '8.5.0'],
  ['11.0.11', '10.0.2'],
];

/** Undefined for the newest, and where the adapter's release is not known. */
function pluginOfAdapter({ version }: ProgramContext): string | undefined {
  const adapter = version('@nestjs/platform-fastify') ?? version('@nestjs/core');
  return adapter === undefined ? undefined : plugins.find(([before]) => isBefore(adapter, before))?.[1];
}

/** `app.enableCors(options)`; a class may have a method of that name by itself. */
function enabledCors(program: Program, context: ProgramContext): Found {
  const calls = callsNamed(/\.enableCors\s*\(/g, program).filter(
    ({ callee }) => callee.kind !== 'member' || callee.object.text !== 'this',
  );
  return {
    options: calls.map((call) => ({
      call,
      place: argumentPlace(call, 0, context),
      facts: afterStart(call, program, context.evaluator),
    })),
  };
}

/** `await app.listen(3000); app.enableCors()`: the routes stand already, and answer before what comes now. */
function afterStart(call: Call, program: Program, evaluator: Evaluator): Fact[] {
  const { callee } = call;
  if (callee.kind !== 'member' || callee.object.kind !== 'identifier') return [];
  const app = callee.object.name;
  const fn = evaluator.enclosingFunction(call);
  const started = program
    .identifiers(app)
    .map(({ parent }) =>
      parent?.kind === 'member' && /^(listen|init)$/.test(parent.property) ? parent.parent : undefined,
    )
    .find((one) => one?.kind === 'call' && one.range.end < call.range.start && sameFunction(one, fn, evaluator));
  return started?.kind === 'call'
    ? [
        {
          kind: 'middleware-order',
          range: callee.propertyRange,
          earlier: started.callee.range,
          what: app,
          order: 'after-start',
        },
      ]
    : [];
}

function sameFunction(call: Call, fn: FunctionExpression | undefined, evaluator: Evaluator): boolean {
  return evaluator.enclosingFunction(call)?.range.start === fn?.range.start;
}

/** The `cors` entry of an options object among the arguments; none where it is missing or switched off. */
function corsOptionOf(calls: RegExp): OptionsFinder {
  return (program, context) => ({
    options: callsNamed(calls, program).flatMap((call): FoundOptions[] => {
      const entry = call.arguments
        .map(({ spread, value }) => (spread ? undefined : dictEntry(context.evaluator.evaluate(value), 'cors')))
        .find((one) => one !== undefined);
      const on = entry && switchedOn(entry.value);
      if (entry === undefined || on === undefined) return [];
      const { range } = entry;
      return [{ call, place: { value: on.value, range, argumentsRange: entry.value.range }, reach: on.when }];
    }),
  });
}

/** The `cors` of a gateway, and `origins` of socket.io 2, which nothing reads since `@nestjs/platform-socket.io` 8. */
function gatewayOptions(program: Program, context: ProgramContext): Found {
  const gateways = /@WebSocketGateway\s*\(/g;
  const release = context.version('@nestjs/platform-socket.io') ?? context.version('@nestjs/websockets');
  const isElder = release === undefined || isBefore(release, '8.0.0');
  const facts = callsNamed(gateways, program).flatMap(({ arguments: given }) =>
    given.flatMap(({ spread, value }) => (spread || isElder ? [] : elderOption(context.evaluator.evaluate(value)))),
  );
  return { ...corsOptionOf(gateways)(program, context), facts };
}

/** Calls at the matches of a pattern, in source order. */
function callsNamed(pattern: RegExp, program: Program): Call[] {
  const found = new Map<number, Call>();
  for (const match of program.text.matchAll(pattern)) {
    const at = match.index + match[0].search(/\w+\s*\(?$/);
    for (
      let node: Expression | undefined = program.expressionAt(at), depth = 0;
      node !== undefined && depth < 4;
      node = node.parent as Expression | undefined, depth += 1
    ) {
      if (node.kind !== 'call') continue;
      if (node.callee.range.start <= at && at < node.callee.range.end) found.set(node.range.start, node);
      break;
    }
  }
  return [...found.values()];
}
