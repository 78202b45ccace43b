/** A route that needs a preflight while nothing in the file answers OPTIONS. */
import type { Fact } from '../../policy/policy.ts';
import { encloses } from '../../syntax/range.ts';
import type { WatchedText } from '../../syntax/programs/watched-text.ts';
import { isAssetPath } from '../static/asset-paths.ts';
import type { Handling, PreflightSigns, Route } from './handler-language.ts';
import type { HeaderWrite } from './header-write.ts';

type UnhandledPreflight = Fact & { readonly kind: 'unhandled-preflight' };

/** `written`: names of all headers of the handler, in lower case; `allowOrigin`: the write of that header. */
export function preflightFacts(
  handling: Handling,
  signs: PreflightSigns,
  allowOrigin: HeaderWrite | undefined,
  written: readonly string[],
): Fact[] {
  const needs = allowOrigin && needOfPreflight(handling, signs, written);
  if (needs === undefined || isAnswered(handling, signs, written)) return [];
  const handle = signs.answer?.(allowOrigin!, handling);
  return [
    {
      kind: 'unhandled-preflight',
      ...placeOf(allowOrigin!, handling),
      needs,
      why: handling.route.unanswered ?? whyUnanswered(handling.route),
      ...(handle && { handle }),
    },
  ];
}

function whyUnanswered(route: Route): string {
  return route.isMiddleware && refusesOptions(route)
    ? `OPTIONS is answered with ${route.optionsStatus}, and browsers want a success, whatever headers come with it`
    : 'OPTIONS is answered without these headers';
}

/** What a middleware runs around gives OPTIONS no success, if nothing in the file answers it. */
function refusesOptions({ optionsStatus }: Route): boolean {
  return optionsStatus !== null && optionsStatus >= 300;
}

/** The header; where several handlers share it, as a constant or in another file, the one that is meant, and what it sends. */
function placeOf(
  { nameRange }: HeaderWrite,
  { handler }: Handling,
): Pick<UnhandledPreflight, 'range' | 'related' | 'relatedMessage'> {
  if (encloses(handler.range, nameRange)) return { range: nameRange };
  const { start, end, path } = handler.range;
  const signature = handler.text.slice(0, (handler.body?.range.start ?? end) - start).trimEnd();
  return {
    range: { start, end: start + signature.length, path },
    related: nameRange,
    relatedMessage: 'These headers are missing then.',
  };
}

const allowHeaders = 'access-control-allow-headers';
/** More than a form could send. */
const allowsMore = /access-control-allow-headers|\b(PUT|PATCH|DELETE)\b/i;

function needOfPreflight(
  { route, handler, program }: Handling,
  signs: PreflightSigns,
  written: readonly string[],
): string | undefined {
  const { methods = [], path } = route;
  const call = (method: string) => `${method}${path === undefined ? '' : ` ${path}`}`;
  const preflighted = methods.find((method) => /^(PUT|PATCH|DELETE)$/.test(method));
  if (preflighted !== undefined) return call(preflighted);
  const body = program.text.part(handler.range.start, handler.range.end);
  if (methods.includes('POST') && readsJson(body, program.text, signs)) return `${call('POST')} with a JSON body`;
  const [first] = methods.filter((method) => method !== 'OPTIONS');
  const isPlainReading = (): boolean =>
    /^(GET|HEAD)$/.test(first ?? '') && (allowsNothingNew(body) || (path !== undefined && isAssetPath(path)));
  const allows = body.has(/access-control-allow-headers/i) || (first === 'POST' && written.includes(allowHeaders));
  if (first !== undefined && allows && !isPlainReading())
    return `${call(first)} with the request headers that it allows`;
  // What hands on to routes that refuse OPTIONS, and allows what is preflighted.
  if (route.isMiddleware && route.unanswered !== undefined)
    return body.has(allowsMore) ? 'every route with the methods or headers that it allows' : undefined;
  const routed = route.isMiddleware ? program.text.match(signs.routed) : null;
  const method = routed?.slice(1).find((group) => group !== undefined);
  return method === undefined ? undefined : `a ${method.toUpperCase()} route`;
}

/** As text after the header's name. */
const allowedHeaders = /access-control-allow-headers["'`]?\s*\]?\s*[:,=]\s*["'`]([^"'`]*)["'`]/gi;
/** Names that a page may send without asking, and without a body no value of theirs changes that. */
const safelisted = /^(accept|accept-language|content-language|content-type)$/i;

/** What is allowed is allowed anyway: a request without a body that has no more than these headers needs no preflight. */
function allowsNothingNew(body: WatchedText): boolean {
  const lists = [...body.matchAll(allowedHeaders)].map(([, list]) => list!.split(',').map((name) => name.trim()));
  return lists.length > 0 && lists.flat().every((name) => safelisted.test(name));
}

function readsJson(handler: WatchedText, file: WatchedText, signs: PreflightSigns): boolean {
  return signs.readsJson.some((sign) => handler.has(sign.body) && (sign.file === undefined || file.has(sign.file)));
}

function isAnswered({ route, program }: Handling, signs: PreflightSigns, written: readonly string[]): boolean {
  if (route.answersPreflights !== undefined) return route.answersPreflights;
  if (program.text.has(signs.answered)) return true;
  // A middleware's headers are on the application's own answer to OPTIONS too, so the method list is all that it takes.
  return (
    route.isMiddleware === true &&
    route.unanswered === undefined &&
    !refusesOptions(route) &&
    written.includes('access-control-allow-methods')
  );
}
