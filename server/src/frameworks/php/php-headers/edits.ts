/** How PHP writes a check on the origin. */
import type { FunctionExpression } from '../../../syntax/programs/program.ts';
import { quoted } from '../../../edits/program-edits.ts';
import type { ProgramNotation } from '../../../edits/program-notation.ts';
import type { HandlerEdits } from '../../../models/handlers/handler-language.ts';
import type { HeaderWrite } from '../../../models/handlers/header-write.ts';

/** Of a request without it, the variable has no such key. */
const orEmpty = (text: string): string => (/^\$_SERVER\[/.test(text) ? `${text} ?? ''` : text);

const notation: ProgramNotation = {
  // In double quotes a dollar sign begins a variable.
  quote: "'",
  list: (members) => `[${members.join(', ')}]`,
  contains: (list, text) => `in_array(${orEmpty(text)}, ${list}, true)`,
  choice: (test, yes, no) => `${test} ? ${yes} : ${no}`,
  constant: (name, value) => `${name} = ${value};`,
  listNames: ['$allowedOrigins', '$corsAllowedOrigins'],
  condition: (test, statement, step) => [`if (${test}) {`, step + statement, '}'],
  block: (lines, step) => ['{', ...lines.map((line) => step + line), '}'],
  joined: (text, expression) => `${text} . ${expression}`,
  end: ';',
};

const variable = "$_SERVER['HTTP_ORIGIN']";

export const edits: HandlerEdits = {
  notation,
  checked: ['call', 'assignment', 'line'],
  patternMethods: /^preg_match$/,
  requestOrigin: (handler, _program, quote, write) => originOf(handler, write, quote),
  varyStatement(write) {
    if (write.form === 'line') return varyLine(write);
    const { receiver, via } = write;
    if (receiver === undefined || write.form !== 'call') return undefined;
    if (/^withHeader$/i.test(via)) return `${receiver.text} = ${receiver.text}->withAddedHeader('Vary', 'Origin');`;
    return /^(set|header)$/i.test(via) ? `${receiver.text}->${via}('Vary', 'Origin', false);` : undefined;
  },
};

/** A method of the program's own takes the line as `header()` does. */
function varyLine({ receiver, via, node }: HeaderWrite): string | undefined {
  if (receiver === undefined && /^header$/i.test(via)) return "header('Vary: Origin', false);";
  return node.kind === 'call' ? `${node.callee.text}('Vary: Origin');` : undefined;
}

/** The request that a framework hands over is asked by its own method; PHP's variable is there everywhere. */
function originOf(handler: FunctionExpression | undefined, write: HeaderWrite, quote: string): string {
  const request = write.form === 'line' ? undefined : handler?.parameters.find(({ name }) => name === '$request');
  if (request === undefined) return variable;
  const name = quoted('Origin', quote);
  const type = request.type?.text ?? '';
  if (/ServerRequest/.test(type) || /^with/i.test(write.via)) return `$request->getHeaderLine(${name})`;
  return `$request->headers->get(${name})`;
}
