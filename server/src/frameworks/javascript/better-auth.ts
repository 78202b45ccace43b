/** better-auth, whose `trustedOrigins` are no CORS: https://www.better-auth.com/docs/reference/options#trustedorigins. */
import type { Call, Program } from '../../syntax/programs/program.ts';
import type { Fact } from '../../policy/policy.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { defineFramework } from '../../models/framework.ts';
import { exportCalls } from '../../models/libraries/imported-calls.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Value } from '../../values/value.ts';
import { isLoopbackHost } from '../../policy/serialised-origin.ts';
import { parseUrl } from '../../policy/parse-url.ts';

const makers = {
  modules: ['better-auth/next-js', 'better-auth/node', 'better-auth/solid-start', 'better-auth/svelte-kit'],
  names: ['toNextJsHandler', 'toNodeHandler', 'toSolidStartHandler', 'toSvelteKitHandler'],
};

export const framework = defineFramework({
  id: 'better-auth',
  title: 'better-auth',
  documentation: 'https://www.better-auth.com/docs/integrations/next',
  reads: 'handlers that are exported as they are made, beside `trustedOrigins` of other sites',
  mentions: ['better-auth/'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    const calls = exportCalls(program, makers.modules, makers.names);
    return { policies: [], facts: calls.flatMap((call) => unansweredPreflights(call, program, context)) };
  },
});

/** `export const { GET, POST } = toNextJsHandler(auth)`: nothing stands around it that would send a header. */
function unansweredPreflights(call: Call, program: Program, { evaluator }: ProgramContext): Fact[] {
  const isExported =
    call.parent?.kind === 'declaration' &&
    /\bexport\s+const\b[^;=]*=\s*$/.test(program.text.slice(0, call.range.start));
  if (!isExported || program.exports.has('OPTIONS')) return [];
  const auth = call.arguments[0] && evaluator.evaluate(call.arguments[0].value).expression;
  const options = auth?.kind === 'call' ? auth.arguments[0]?.value : undefined;
  const trusted = options && dictEntry(evaluator.evaluate(options), 'trustedOrigins')?.value;
  const site = trusted?.kind === 'list' ? trusted.items.map(foreignOrigin).find((one) => one !== undefined) : undefined;
  if (site === undefined) return [];
  return [
    {
      kind: 'unhandled-preflight',
      range: call.callee.range,
      needs: 'the handlers of better-auth',
      why: `"${site}" is trusted and gets no CORS header: that only tells forged requests apart, and OPTIONS is not exported`,
    },
  ];
}

function foreignOrigin(item: Value): string | undefined {
  if (item.kind !== 'text' || !/^https?:\/\//.test(item.text)) return undefined;
  const url = parseUrl(item.text);
  return url === undefined || isLoopbackHost(url.hostname) ? undefined : item.text;
}
