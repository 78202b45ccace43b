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
  varyStatement,
};

function requestOrigin(handler: FunctionExpression | undefined, program: Program, quote: string): string | undefined {
  const [first, second] = handler?.parameters ?? [];
  const request = first?.name;
  if (request === undefined || request.startsWith('_')) return undefined;
  const origin = quoted('Origin', quote);
  if (isKoa(handler, program)) return `${request}.get(${origin})`;
  if (/^(c|context)$/.test(request) && /hono/i.test(program.text)) return `${request}.req.header(${origin})`;
  if (!/^(req|request)$/.test(request)) return undefined;
  if (!/^(res|response|reply)$/.test(second?.name ?? '')) return `${request}.headers.get(${origin})`;
  // What is not sent by the browser is no member of any list; TypeScript wants that said.
  return `${request}.headers.origin${/\.tsx?$/.test(program.path) ? ` ?? ${quoted('', quote)}` : ''}`;
}

function varyStatement(
  { receiver, via }: HeaderWrite,
  handler: FunctionExpression | undefined,
  program: Program,
  quote: string,
): string | undefined {
  if (receiver === undefined) return undefined;
  const [name, origin] = [quoted('Vary', quote), quoted('Origin', quote)];
  const isExpress = /from ['"]express['"]|require\(['"]express['"]\)|import\(['"]express['"]\)/.test(program.text);
  if (isKoa(handler, program) || isExpress) return `${receiver.text}.vary(${origin});`;
  if (/headers$/i.test(receiver.text)) return `${receiver.text}.append(${name}, ${origin});`;
  const method = via === 'append' || via === 'writeHead' ? 'setHeader' : via;
  return `${receiver.text}.${method}(${name}, ${origin});`;
}
