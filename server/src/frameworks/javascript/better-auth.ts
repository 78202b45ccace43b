/** better-auth, whose `trustedOrigins` are no CORS: https://www.better-auth.com/docs/reference/options#trustedorigins. */
import type { Call, Expression, Program } from '../../syntax/programs/program.ts';
import type { Fact } from '../../policy/policy.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { defineFramework } from '../../models/framework.ts';
import { exportCalls } from '../../models/libraries/imported-calls.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Value } from '../../values/value.ts';
import { isLoopbackHost } from '../../policy/serialised-origin.ts';
import { parseUrl } from '../../policy/parse-url.ts';

const exported = {
  modules: ['better-auth/next-js', 'better-auth/solid-start', 'better-auth/svelte-kit'],
  names: ['toNextJsHandler', 'toSolidStartHandler', 'toSvelteKitHandler'],
};
const mounted = { modules: ['better-auth/node'], names: ['toNodeHandler'] };

/** `app.on(['POST', 'GET'], '/api/auth/*', (c) => auth.handler(c.req.raw))`. */
const calledHandlers = /\bauth\w*\.handler\s*\(/g;
/** Something in the file sends headers, or hands requests on to what may. */
const sendsHeaders = /cors|access-control/i;
/** What the file makes is what answers, and no part that another app mounts. */
const isServed =
  /\bserve\s*\(|\bDeno\.serve\b|\.listen\s*\(|\bfetch\s*:\s*\w+\.fetch\b|\bcreateServer\s*\(|\bexport\s+default\s+\{/;

export const framework = defineFramework({
  id: 'better-auth',
  title: 'better-auth',
  documentation: 'https://www.better-auth.com/docs/integrations/next',
  reads: 'handlers that are exported or mounted as they are made, beside `trustedOrigins` of other sites',
  mentions: ['better-auth/', 'auth.handler'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    return {
      policies: [],
      facts: [...exportedHandlers(program, context), ...mountedHandlers(program, context)],
    };
  },
});

/** `export const { GET, POST } = toNextJsHandler(auth)`: nothing stands around it that would send a header. */
function exportedHandlers(program: Program, context: ProgramContext): Fact[] {
  if (program.exports.has('OPTIONS')) return [];
  return exportCalls(program, exported.modules, exported.names)
    .filter((call) => isExported(call, program))
    .flatMap((call) => unanswered(call, call.arguments[0]?.value, context, 'OPTIONS is not exported'));
}

/** The call is exported itself, or members of what it makes are: `export const GET = handlers.GET`. */
function isExported({ parent, range }: Call, program: Program): boolean {
  if (parent?.kind !== 'declaration') return false;
  if (/\bexport\s+const\b[^;=]*=\s*$/.test(program.text.slice(0, range.start))) return true;
  const members = parent.bindings.flatMap((binding) => program.references(binding)).map((name) => name.parent);
  return [...program.exports.values()].some((one) =>
    members.some(
      (member) => member?.kind === 'member' && one.range.start === member.range.start && one.text === member.text,
    ),
  );
}

/** A server that hands requests on to better-auth, in a file without a word of CORS. */
function mountedHandlers(program: Program, context: ProgramContext): Fact[] {
  const { text } = program;
  if (!text.has(isServed) || text.has(sendsHeaders)) return [];
  const why = 'nothing in front of it answers OPTIONS';
  return [
    ...exportCalls(program, mounted.modules, mounted.names).flatMap((call) =>
      unanswered(call, call.arguments[0]?.value, context, why),
    ),
    ...[...text.matchAll(calledHandlers)].flatMap(({ index, 0: { length } }) => {
      const callee = program.expressionAt(index + length - 2);
      const member = callee?.kind === 'member' ? callee : callee?.parent;
      const call = member?.parent;
      return member?.kind === 'member' && call?.kind === 'call' ? unanswered(call, member.object, context, why) : [];
    }),
  ];
}

/** `auth`: what `betterAuth({ trustedOrigins: […] })` makes. */
function unanswered(call: Call, auth: Expression | undefined, context: ProgramContext, why: string): Fact[] {
  const site = auth && trustedSite(auth, context);
  if (site === undefined) return [];
  return [
    {
      kind: 'unhandled-preflight',
      range: call.callee.range,
      needs: 'the handlers of better-auth',
      why: `"${site}" is trusted and gets no CORS header: that only tells forged requests apart, and ${why}`,
    },
  ];
}

/** The first trusted origin of another site, of what better-auth makes or of its handler. */
function trustedSite(auth: Expression, { evaluator }: ProgramContext): string | undefined {
  const of = auth.kind === 'member' && auth.property === 'handler' ? auth.object : auth;
  const made = evaluator.evaluate(of).expression;
  const options = made?.kind === 'call' ? made.arguments[0]?.value : undefined;
  const trusted = options && dictEntry(evaluator.evaluate(options), 'trustedOrigins')?.value;
  return trusted?.kind === 'list' ? trusted.items.map(foreignOrigin).find((one) => one !== undefined) : undefined;
}

function foreignOrigin(item: Value): string | undefined {
  if (item.kind !== 'text' || !/^https?:\/\//.test(item.text)) return undefined;
  const url = parseUrl(item.text);
  return url === undefined || isLoopbackHost(url.hostname) ? undefined : item.text;
}
