/** Plugs of a module run in the order of their lines, and a router answers: what stands behind it never runs. */
import type { Call, Node, Program } from '../../../syntax/programs/program.ts';
import type { Fact } from '../../../policy/policy.ts';
import { never } from '../../../policy/request-test.ts';
import type { FoundOptions } from '../../../models/libraries/define-cors-library.ts';
import { sameSpan } from '../../../syntax/range.ts';

/** A router by its name, and what `Plug.Router` calls its own routes by. See https://hexdocs.pm/phoenix/Phoenix.Endpoint.html */
const answers = /^(([A-Z]\w*\.)*\w*Router|:dispatch)$/;

/** The same options; behind a router of the same module they reach nobody. */
export function inPlugOrder(found: FoundOptions, program: Program): FoundOptions {
  const earlier = found.call && routerBefore(found.call, program);
  if (earlier === undefined) return found;
  const { range } = found.call!;
  const fact: Fact = { kind: 'middleware-order', range, earlier: earlier.range, what: `"${earlier.text}"` };
  return { ...found, reach: never, facts: [...(found.facts ?? []), fact] };
}

/** A `plug` of a router that stands above the call, on a line of the same block, without a condition around it. */
function routerBefore(call: Call, program: Program): Call | undefined {
  return program.identifiers('plug').flatMap(({ parent, range }): Call[] => {
    const isPlug =
      parent?.kind === 'call' && parent.callee.range.start === range.start && range.end <= call.range.start;
    const given = isPlug ? parent.arguments[0]?.value.text : undefined;
    return isPlug && given !== undefined && answers.test(given) && isInBlockOf(parent, call) ? [parent] : [];
  })[0];
}

function isInBlockOf(earlier: Call, call: Call): boolean {
  const [block, other] = [blockOf(earlier), blockOf(call)];
  return block !== undefined && other !== undefined && block.kind === other.kind && sameSpan(block.range, other.range);
}

/** What holds the statement that the call is. */
function blockOf(call: Call): Node | undefined {
  const { parent } = call;
  return parent?.kind === 'expression-statement' ? parent.parent : parent;
}
