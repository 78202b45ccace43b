/** NestJS: `enableCors`, the `cors` option of `NestFactory.create`, and of WebSocket gateways. */
import { lt } from 'semver';
import type { Call, Expression, Program } from '../../syntax/programs/program.ts';
import type { Policy } from '../../policy/policy.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Value } from '../../values/value.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import type { OptionsPlace } from '../../models/libraries/library-context.ts';
import { corsPackage } from './cors-package.ts';
import { fastifyCorsAt } from './fastify-cors.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { defineFramework } from '../../models/framework.ts';
import { argumentPlace } from '../../models/libraries/option-finders.ts';
import { libraryPolicy } from '../../models/libraries/library-policy.ts';

export const framework = defineFramework({
  id: 'nestjs',
  title: 'NestJS',
  documentation: 'https://docs.nestjs.com/security/cors',
  reads:
    '`app.enableCors(options)`, `NestFactory.create(AppModule, { cors })` on Express and on Fastify, `@WebSocketGateway({ cors })`',
  mentions: ['enablecors', 'nestfactory', 'websocketgateway'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    const library = libraryOf(program, context);
    const policies: Policy[] = [];
    const add = (place: OptionsPlace, scope: string, semantics: CorsLibrary): void => {
      policies.push(
        libraryPolicy(
          semantics,
          place,
          { framework: 'nestjs', packageName: 'NestJS', version: context.version('@nestjs/core'), scope },
          program,
          context,
        ),
      );
    };
    for (const call of callsNamed(/\.enableCors\s*\(/g, program)) {
      const place = argumentPlace(call, 0, context);
      const ownMethod = call.callee.kind === 'member' && call.callee.object.text === 'this';
      if (!ownMethod && !isOff(place.value)) add(place, 'every route', library);
    }
    for (const call of callsNamed(/\bNestFactory\s*\.\s*create\b/g, program)) {
      const option = corsOption(call, context);
      if (option) add(option, 'every route', library);
    }
    for (const call of callsNamed(/@WebSocketGateway\s*\(/g, program)) {
      const option = corsOption(call, context);
      if (option) add(option, 'polling of this gateway; WebSockets themselves are not covered', corsPackage);
    }
    return { policies, facts: [] };
  },
});

/** The platform's own library: Express unless the file names Fastify. */
function libraryOf(program: Program, context: ProgramContext): CorsLibrary {
  if (!/\b(FastifyAdapter|NestFastifyApplication)\b/.test(program.text)) return corsPackage;
  const version = context.version('@nestjs/platform-fastify');
  return fastifyCorsAt(version !== undefined && lt(version, '11.0.0-0') ? '10.0.0' : undefined);
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

/** The `cors` entry of an options object among the arguments; undefined where it is missing or switched off. */
function corsOption(call: Call, { evaluator }: ProgramContext): OptionsPlace | undefined {
  for (const argument of call.arguments) {
    const value = argument.spread ? undefined : evaluator.evaluate(argument.value);
    const entry = dictEntry(value, 'cors');
    if (entry && !isOff(entry.value))
      return { value: entry.value, range: entry.range, argumentsRange: entry.value.range };
  }
  return undefined;
}

function isOff(value: Value | undefined): boolean {
  return value?.kind === 'nothing' || (value?.kind === 'boolean' && !value.value);
}
