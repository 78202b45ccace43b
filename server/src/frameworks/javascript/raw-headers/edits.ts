/** How JavaScript writes a check on the origin. */
import type { FunctionExpression, Program } from '../../../syntax/programs/program.ts';
import type { ProgramNotation } from '../../../edits/program-notation.ts';
import { quoted } from '../../../edits/program-edits.ts';
import type { HandlerEdits } from '../../../models/handlers/handler-language.ts';
import type { HeaderWrite } from '../../../models/handlers/header-write.ts';
import { isKoa } from './answers.ts';

const notation: ProgramNotation = {
  list: (members) => `[${members.join(', ')}]`,
  contains: (list, text) => `${list}.includes(${text})`,
  containsWhereThere: (list, text, replaced) =>
    replaced.startsWith(`${text}?.`) ? `${text} != null && ${list}.includes(${text})` : undefined,
  choice: (test, yes, no) => `${test} ? ${yes} : ${no}`,
  constant: (name, value) => `const ${name} = ${value};`,
  listNames: ['allowedOrigins', 'corsAllowedOrigins'],
  condition: (test, statement, step) => [`if (${test}) {`, step + statement, '}'],
  block: (lines, step) => ['{', ...lines.map((line) => step + line), '}'],
  end: ';',
};

export const edits: HandlerEdits = {
  notation,
  checked: ['call'],
  patternMethods: /^(test|exec)$/,
  requestOrigin,
  orEmpty,
  varyStatement,
};

function requestOrigin(
  handler: FunctionExpression | undefined,
  program: Program,
  quote: string,
  { receiver }: HeaderWrite,
): string | undefined {
  const [first, second] = handler?.parameters ?? [];
  const request = first?.name;
  if (request === undefined || request.startsWith('_')) return undefined;
  const origin = quoted('Origin', quote);
  if (isKoa(handler, program)) return `${request}.get(${origin})`;
  if (isHono(request, program)) return `${request}.req.header(${origin})`;
  if (!/^(req|request)$/.test(request)) return undefined;
  // A response with a `Headers` object answers a request that has one too.
  const isFetch = !/^(res|response|reply)$/.test(second?.name ?? '') || /\.headers$/.test(receiver?.text ?? '');
  return isFetch ? `${request}.headers.get(${origin})` : `${request}.headers.origin`;
}

const isHono = (context: string, program: Program) => /^(c|context)$/.test(context) && program.text.has(/hono/i);

/** Nothing is no member of any list; only TypeScript wants that said. */
function orEmpty(origin: string, program: Program, quote: string): string {
  const isTyped = /\.[cm]?tsx?$/.test(program.path);
  const isSure = origin.includes('??') || /^ctx\.get\(/.test(origin);
  return isTyped && !isSure ? `${origin} ?? ${quoted('', quote)}` : origin;
}

function varyStatement(
  { receiver, via }: HeaderWrite,
  handler: FunctionExpression | undefined,
  program: Program,
  quote: string,
): string | undefined {
  if (receiver === undefined) return undefined;
  const [name, origin] = [quoted('Vary', quote), quoted('Origin', quote)];
  if (/headers$/i.test(receiver.text)) return `${receiver.text}.append(${name}, ${origin});`;
  if (isHono(receiver.text, program)) return `${receiver.text}.header(${name}, ${origin}, { append: true });`;
  const isExpress = program.text.has(/from ['"]express['"]|require\(['"]express['"]\)|import\(['"]express['"]\)/);
  if (isKoa(handler, program) || isExpress) return `${receiver.text}.vary(${origin});`;
  const method = via === 'append' || via === 'writeHead' ? 'setHeader' : via;
  return `${receiver.text}.${method}(${name}, ${origin});`;
}
