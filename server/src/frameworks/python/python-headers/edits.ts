/** How Python writes a check on the origin. */
import type { FunctionExpression, Program } from '../../../syntax/programs/program.ts';
import type { ProgramNotation } from '../../../edits/program-notation.ts';
import { quoted } from '../../../edits/program-edits.ts';
import type { HandlerEdits } from '../../../models/handlers/handler-language.ts';
import { classOf } from '../../../models/handlers/handler-parts.ts';
import type { HeaderWrite } from '../../../models/handlers/header-write.ts';

const notation: ProgramNotation = {
  list: (members) => `[${members.join(', ')}]`,
  contains: (list, text) => `${text} in ${list}`,
  choice: (test, yes, no) => `${yes} if ${test} else ${no}`,
  constant: (name, value) => `${name} = ${value}`,
  listNames: ['allowed_origins', 'cors_allowed_origins'],
  condition: (test, statement, step) => [`if ${test}:`, step + statement],
  end: '',
};

export const edits: HandlerEdits = {
  notation,
  checked: ['call', 'assignment', 'property'],
  patternMethods: /^(match|search|fullmatch)$/,
  begin: /\bself\.send_response\s*\(/,
  requestOrigin,
  varyStatement,
};

/** Beside a property of the answer, where it has one for `Vary`, too; undefined where the write has another form. */
function varyStatement(
  { receiver, form }: HeaderWrite,
  _: FunctionExpression | undefined,
  __: Program,
  quote: string,
): string | undefined {
  return form === 'property' && receiver ? `${receiver.text}.vary.add(${quoted('Origin', quote)})` : undefined;
}

/** `request` of Flask, Bottle and Quart is imported; Django, Starlette and others hand it over; classes have it as `self`. */
function requestOrigin(handler: FunctionExpression | undefined, program: Program, quote: string): string | undefined {
  if (handler === undefined) return undefined;
  const origin = quoted('Origin', quote);
  const names = handler.parameters.map(({ name }) => name ?? '');
  const [first] = names;
  const request = names.find((name) => /^(request|req)$/.test(name));
  const isFalcon = request === 'req' && names.includes('resp');
  if (request !== undefined) return isFalcon ? `${request}.get_header(${origin})` : `${request}.headers.get(${origin})`;
  if (names.includes('environ')) return `environ.get(${quoted('HTTP_ORIGIN', quote)})`;
  if (first === 'event') return `event[${quoted('headers', quote)}].get(${quoted('origin', quote)})`;
  const imported = program.imports.some(
    ({ module, local }) => local === 'request' && /^(flask|quart|bottle)$/.test(module),
  );
  if (imported) return `request.headers.get(${origin})`;
  const bases = /^class[^\n]*/.exec(classOf(handler)?.text ?? '')?.[0] ?? '';
  if (first !== 'self' || !/RequestHandler\b/.test(bases)) return undefined;
  return /HTTPRequestHandler\b/.test(bases) ? `self.headers.get(${origin})` : `self.request.headers.get(${origin})`;
}
