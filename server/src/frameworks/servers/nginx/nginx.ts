/** nginx: `add_header` and headers-more, with `map`, `if`, inheritance and includes. */
import type { DirectiveDocument } from '../../../syntax/directives/directives.ts';
import type { Fact, Policy } from '../../../policy/policy.ts';
import type { Block, Item } from './nginx-blocks.ts';
import { allBlocks, childBlocks, readBlocks } from './nginx-blocks.ts';
import { createEdits } from './nginx-edits.ts';
import type { NginxEdits } from './nginx-edits.ts';
import { blockFacts } from './nginx-facts.ts';
import { hasFlow } from './nginx-flow.ts';
import { effectiveLines, ownLines } from './nginx-headers.ts';
import { readMapPolicy, readPolicy } from './nginx-policy.ts';
import { forwardingOf } from './nginx-proxy.ts';
import { onRequest } from './nginx-request-headers.ts';
import { initialVariables } from './nginx-variables.ts';
import type { Variables } from './nginx-variables.ts';
import { defineFramework } from '../../../models/framework.ts';
import { oneByOne } from '../../../models/in-steps.ts';
import { headersOnTheWayIn, writtenOnRequests } from '../../../models/servers/request-headers.ts';
import { isCorsHeader } from '../../../models/servers/server-headers.ts';

export const framework = defineFramework({
  id: 'nginx',
  title: 'nginx',
  documentation: 'https://nginx.org/en/docs/http/ngx_http_headers_module.html',
  reads:
    '`add_header`, `more_set_headers`, `ngx.header` of Lua code, `map`, `if`, `set`, `add_header_inherit`; ' +
    'inheritance between http, server and location; includes',
  // Headers of a file that is included, as its name mostly says, are lost beside other ones of this file.
  mentions: ['access-control-', 'http_origin', 'cors'],
  shape: 'directives',
  formats: ['nginx'],
  *read(document, context) {
    const root = readBlocks(document, context);
    const variables = initialVariables(root, (name) => {
      const other = /[*?[$]/.test(name) ? undefined : context.document(name);
      return other?.shape === 'directives'
        ? other.directives.map((directive): Item => ({ directive, path: other.path }))
        : undefined;
    });
    const edits = createEdits(document, root);
    const headersElsewhere =
      !document.directives.some(({ name }) => name === 'server' || name === 'http') &&
      !/access-control-/i.test(document.text);
    // A file that only includes them keeps them or loses them; what they say is told where they are written.
    const isIncluded = !/access-control-|http_origin/i.test(document.text);
    const policies: Policy[] = headersElsewhere
      ? yield* oneByOne(variables.maps.keys(), (name) => {
          const policy = readMapPolicy(name, variables, edits);
          return policy ? [policy] : [];
        })
      : isIncluded
        ? []
        : yield* oneByOne(answeringBlocks(root), (block) => policyOf(block, variables, edits, document));
    const ofBlocks = yield* oneByOne(allBlocks(root), (block) => blockFacts(block, edits));
    const facts: Fact[] = [
      ...(isIncluded ? ofBlocks.filter(({ kind }) => kind === 'lost-header') : ofBlocks),
      ...headersOnTheWayIn(writtenOnRequests(document.directives, onRequest), (name) => isSent(root, name)),
    ];
    return { policies, facts };
  },
});

/** Some answer of this file carries the header. */
function isSent(root: Block, name: string): boolean {
  return allBlocks(root).some((block) => ownLines(block).some((line) => line.name === name && line.how !== 'clear'));
}

/** A block and those inside it, but for what `if` holds: that answers for the block around it. */
function answeringBlocks(block: Block): Block[] {
  return [block, ...childBlocks(block).flatMap((child) => (child.kind === 'if' ? [] : answeringBlocks(child)))];
}

/** One policy for each block that has headers or rewrites of its own; the others answer as the block around them. */
function policyOf(block: Block, variables: Variables, edits: NginxEdits, document: DirectiveDocument): Policy[] {
  if (!isOwn(block) || !answersItself(block)) return [];
  const policy = readPolicy(block, variables, edits);
  const forwards = policy && forwardingOf(block, document);
  return policy ? [{ ...policy, ...(forwards && { forwards }) }] : [];
}

/** Whether it answers otherwise than the block around it. */
function isOwn(block: Block): boolean {
  const written = [block, ...childBlocks(block).filter((child) => child.kind === 'if')].some((one) =>
    ownLines(one).some((line) => isCorsHeader(line.name)),
  );
  return written || (hasFlow(block) && effectiveLines(block).some((line) => isCorsHeader(line.name)));
}

/** Whether some request gets the block's own headers: the blocks inside may take them all. */
function answersItself(block: Block): boolean {
  if (block.kind === 'location') return true;
  const inner = childBlocks(block).filter((child) => child.kind !== 'if');
  if (inner.some((child) => !isOwn(child) && sendsCors(child) && answersItself(child))) return true;
  if (inner.some((child) => child.kind === 'server' || child.kind === 'http')) return false;
  return !inner.some(takesEverything);
}

function sendsCors(block: Block): boolean {
  return effectiveLines(block).some((line) => isCorsHeader(line.name));
}

function takesEverything(block: Block): boolean {
  const words = block.directive?.args.map(({ text }) => text) ?? [];
  return block.kind === 'location' && words.at(-1) === '/' && (words.length === 1 || words[0] === '^~');
}
