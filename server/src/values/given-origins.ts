/** Parameters that hold the origin that asks: by what callers hand over, or by how a function for other files looks at it. */
import type { FunctionExpression, Program } from '../syntax/programs/program.ts';
import type { CallSite } from './callers.ts';
import { callsOf } from './callers.ts';
import { nameOfFunction } from './function-uses.ts';
import type { Inner } from './inner-value.ts';
import type { At, Place, Session } from './session.ts';

/** Says that it is the request's own. */
const ofRequest = /^_?(?:request|req|client|caller|incoming|http)_?origin(?:_?header)?$|^origin_?header$/i;

/** The Origin header, where the parameter at this place is given that; undefined where nothing says so. */
export function givenOrigin(
  fn: FunctionExpression,
  index: number,
  here: At,
  session: Session,
  place: Place,
): Inner | undefined {
  const parameter = fn.parameters[index]?.name;
  if (place.calls > 2 || parameter === undefined || !/^\w*origin\w*$/i.test(parameter)) return undefined;
  const sites = callsOf(fn, session, place);
  if (sites === undefined || sites.length > 0) return sites && argumentOfCallers(sites, index, session);
  const isAsked = ofRequest.test(parameter) || (/^_?origin$/i.test(parameter) && isChecked(parameter, fn));
  return isAsked && !isMethodCalled(fn, place.program) ? { kind: 'request', input: 'origin', ...here } : undefined;
}

/** What every caller passes. */
function argumentOfCallers(sites: readonly CallSite[], index: number, session: Session): Inner | undefined {
  let found: Inner | undefined;
  for (const { call, place } of sites) {
    const argument = call.arguments[index];
    if (argument === undefined || argument.spread) return undefined;
    found = session.value(argument.value, place);
    if (!isOrigin(found)) return undefined;
  }
  return found;
}

/** The Origin header, or nothing or a star where there is none: `req.headers.get('Origin') ?? ''`, `|| '*'`. */
function isOrigin(value: Inner): boolean {
  if (value.kind === 'one-of') {
    const [first, ...others] = value.choices.map((choice) => choice.value);
    return first !== undefined && isOrigin(first) && others.every(isNothing);
  }
  return value.kind === 'request' && value.input === 'origin';
}

function isNothing(value: Inner): boolean {
  return value.kind === 'nothing' || (value.kind === 'text' && (value.text === '' || value.text === '*'));
}

/** `this.allow(origin)` in the same file: what it is given there is for the call to say. */
function isMethodCalled(fn: FunctionExpression, { text }: Program): boolean {
  const name = nameOfFunction(fn);
  if (name === undefined) return false;
  const call = new RegExp(`\\.${name.replaceAll('$', '\\$')}\\s*\\(`);
  return call.test(text.slice(0, fn.range.start)) || call.test(text.slice(fn.range.end));
}

/** A function for other files that asks whether the origin is listed, or how it begins or ends: nobody asks that of a setting. */
function isChecked(parameter: string, { body }: FunctionExpression): boolean {
  const asking =
    '(?:includes|has|indexOf|test|exec|contains|match(?:es|String)?|has(?:Prefix|Suffix)|in_array|equalFold';
  const naming = '|\\w*(?:allow|trust|valid|permit|whitelist|match)\\w*)';
  const own = '(?:startsWith|endsWith|includes|match|indexOf|contains|equals)';
  const nothing = `(?!null|undefined|nil|None|''|""|\\*)`;
  return new RegExp(
    [
      `\\b${asking}${naming}\\s*\\(\\s*(?:[\\w.]+,\\s*)?${parameter}\\b`,
      `\\b${parameter}\\s*(?:\\?\\.|!?\\.)\\s*${own}\\b`,
      `\\b${parameter}\\s*(?:[!=]==?)\\s*${nothing}`,
      `\\b${parameter}\\s+(?:not\\s+)?in\\b`,
    ].join('|'),
    'i',
  ).test(body?.text ?? '');
}
