/** Handlers that send their answers past what a plugin has set on it, so that its CORS headers are not among them. */
import type { SourceRange } from '../../syntax/range.ts';
import type { Node, Program } from '../../syntax/programs/program.ts';
import type { Fact } from '../../policy/policy.ts';
import type { Evaluator } from '../../values/evaluator.ts';

const takesOver = /\b(?:reply|response|res|rep)\.raw\.(?:writeHead|flushHeaders)(?=\()/g;
/** Headers of the reply, or headers of its own, are handed over. */
const handsOver = /\bgetHeaders\(|cors|access-control/i;

/** `reply.raw.writeHead(200, …)`: Node's own response knows nothing of what plugins of Fastify have set on the reply. */
export function sentRaw(program: Program, { enclosingFunction }: Evaluator): Fact[] {
  return [...program.text.matchAll(takesOver)].flatMap(({ index, 0: { length } }): Fact[] => {
    const range = { start: index, end: index + length };
    const node = program.expressionAt(range.end - 1);
    const handler = node && enclosingFunction(node);
    if (handler === undefined || program.text.part(handler.range.start, handler.range.end).has(handsOver)) return [];
    return [
      lost(
        range,
        'What is written to the raw response goes out without what plugins have set on the reply.',
        'Hand reply.getHeaders() over to it.',
      ),
    ];
  });
}

/** `set.headers = { … }` of Elysia: a new object in place of the one that the plugin has written into. */
export function replacedHeaders(program: Program): Fact[] {
  return [...program.text.matchAll(/\bset\.headers(?=\s*=(?!=))/g)].flatMap(({ index, 0: { length } }): Fact[] => {
    const range = { start: index, end: index + length };
    let node: Node | undefined = program.expressionAt(range.end - 1);
    while (node !== undefined && node.kind !== 'assignment' && node.kind !== 'function') node = node.parent;
    const value = node?.kind === 'assignment' ? node.value : undefined;
    if (value?.kind !== 'object' || value.entries.some(({ spread, key }) => spread || isAllowOrigin(key))) return [];
    return [
      lost(
        range,
        'A new object takes the place of the one into which the plugin has written.',
        "Set each header in it: set.headers['x-name'] = value.",
      ),
    ];
  });
}

function isAllowOrigin(key: string | undefined): boolean {
  return key?.toLowerCase() === 'access-control-allow-origin';
}

function lost(range: SourceRange, explanation: string, instead: string): Fact {
  return { kind: 'lost-header', headers: ['Access-Control-Allow-Origin'], range, why: 'unset', explanation, instead };
}
