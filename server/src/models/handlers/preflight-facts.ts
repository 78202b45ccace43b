/** A route that needs a preflight while nothing in the file answers OPTIONS. */
import type { Fact } from '../../policy/policy.ts';
import type { Handling, PreflightSigns } from './handler-language.ts';
import type { HeaderWrite } from './header-write.ts';

/** `written`: names of all headers of the handler, in lower case; `allowOrigin`: the write of that header. */
export function preflightFacts(
  handling: Handling,
  signs: PreflightSigns,
  allowOrigin: HeaderWrite | undefined,
  written: readonly string[],
): Fact[] {
  const needs = allowOrigin && needOfPreflight(handling, signs);
  if (needs === undefined || isAnswered(handling, signs, written)) return [];
  const handle = signs.answer?.(allowOrigin!, handling);
  return [
    {
      kind: 'unhandled-preflight',
      range: allowOrigin!.nameRange,
      needs,
      why: handling.route.unanswered ?? 'OPTIONS is answered without these headers',
      ...(handle && { handle }),
    },
  ];
}

function needOfPreflight({ route, handler, program }: Handling, signs: PreflightSigns): string | undefined {
  const { method, path } = route;
  const call = `${method}${path === undefined ? '' : ` ${path}`}`;
  if (method === 'PUT' || method === 'PATCH' || method === 'DELETE') return call;
  const body = program.text.slice(handler.range.start, handler.range.end);
  const readsJson = signs.readsJson.some(
    (sign) => sign.body.test(body) && (sign.file === undefined || sign.file.test(program.text)),
  );
  if (method === 'POST' && readsJson) return `${call} with a JSON body`;
  if (/access-control-allow-headers/i.test(body) && method !== undefined && method !== 'OPTIONS')
    return `${call} with the request headers that it allows`;
  const routed = route.isMiddleware ? signs.routed.exec(program.text) : null;
  return routed ? `a ${routed[1]!.toUpperCase()} route` : undefined;
}

function isAnswered({ route, program }: Handling, signs: PreflightSigns, written: readonly string[]): boolean {
  if (signs.answered.test(program.text)) return true;
  // A middleware's headers are on the application's own answer to OPTIONS too, so the method list is all that it takes.
  return route.isMiddleware === true && written.includes('access-control-allow-methods');
}
