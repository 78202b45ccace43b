/** CORS headers that JavaScript and TypeScript programs write by hand: Node, Express, Koa, Fastify, Fetch handlers, Next.js. */
import type { Program } from '../../../syntax/programs/program.ts';
import type { Policy } from '../../../policy/policy.ts';
import type { ProgramContext } from '../../../models/framework.ts';
import { defineHandlerFramework } from '../../../models/handlers/define-handler-framework.ts';
import { findWrites } from '../../../models/handlers/find-writes.ts';
import type { HandlerLanguage } from '../../../models/handlers/handler-language.ts';
import { handlerPolicies } from '../../../models/handlers/handler-policies.ts';
import type { HeaderWrite } from '../../../models/handlers/header-write.ts';
import { devServerPlace } from '../dev-server-headers.ts';
import { writes } from './writes.ts';
import { answers, preflights } from './answers.ts';
import { edits } from './edits.ts';
import { finished } from '../../../models/in-steps.ts';

const language: HandlerLanguage = { writes, answers, preflights, edits };

export const framework = defineHandlerFramework({
  id: 'raw-headers',
  title: 'Headers by hand (JS/TS)',
  documentation: 'https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS',
  reads:
    '`setHeader`, `header`, `set`, `append`, `writeHead`, `new Response`, `Headers`, Next.js `headers()`, with the conditions around them',
  mentions: ['access-control-', 'corsheaders', 'alloworigin', 'allow_origin', 'acao'],
  languages: ['javascript'],
  language,
  isOurs: (write, program) => devServerPlace(write, program) !== 'headers',
});

/** Those among them that `isOurs`: a server that takes headers as an option reads its own. */
export function headerPolicies(
  program: Program,
  context: ProgramContext,
  isOurs: (write: HeaderWrite) => boolean,
): Policy[] {
  const own = finished(findWrites(program, context.evaluator, writes)).filter(isOurs);
  const title = { framework: 'raw-headers', title: 'headers by hand' };
  return finished(handlerPolicies(own, program, context, language, title));
}
