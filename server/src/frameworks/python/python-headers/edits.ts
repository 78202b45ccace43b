/** How Python writes a check on the origin. */
import type { FunctionExpression, Program } from '../../../syntax/programs/program.ts';
import type { ProgramNotation } from '../../../edits/program-notation.ts';
import { quoted } from '../../../edits/program-edits.ts';
import type { HandlerEdits } from '../../../models/handlers/handler-language.ts';

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
  checked: ['call', 'assignment'],
  patternMethods: /^(match|search|fullmatch)$/,
  requestOrigin,
};

function requestOrigin(handler: FunctionExpression | undefined, program: Program, quote: string): string | undefined {
  return undefined;
}
