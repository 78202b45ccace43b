/** Headers that are written behind what sends the answer, in the same block. */
import type { Node, Statement } from '../../syntax/programs/program.ts';
import type { Fact } from '../../policy/policy.ts';
import { rootOf } from './called-names.ts';
import type { HeaderWrite } from './header-write.ts';

/** What is handed on is the response itself, and no context around it. */
const handedOn = /^_?(res|response|w|rw|writer)$/;

/** One fact for each answer that is sent too early; `sends`: how a statement begins that sends it, its receiver in a group. */
export function lateHeaders(writes: readonly HeaderWrite[], sends: RegExp): Fact[] {
  const found = new Map<number, Fact & { readonly kind: 'lost-header' }>();
  for (const write of writes) {
    const sent = sentEarlier(write, sends);
    if (sent === undefined) continue;
    const known = found.get(sent.range.start);
    found.set(sent.range.start, {
      kind: 'lost-header',
      headers: [...(known?.headers ?? []), write.name],
      range: known?.range ?? write.nameRange,
      from: sent.range,
      why: 'sent',
    });
  }
  return [...found.values()];
}

/** What sends the answer stands before it in the same block, or before a block around it. */
export function isWrittenLate(write: HeaderWrite, sends: RegExp): boolean {
  return sentEarlier(write, sends) !== undefined;
}

function sentEarlier(write: HeaderWrite, sends: RegExp): Statement | undefined {
  return write.form === 'call' && write.operation !== 'remove' ? sentBefore(write, sends) : undefined;
}

function sentBefore({ node, receiver }: HeaderWrite, sends: RegExp): Statement | undefined {
  const root = receiver && rootOf(receiver).text;
  for (
    let child: Node = node, parent = node.parent;
    parent !== undefined && child.kind !== 'function';
    child = parent, parent = parent.parent
  ) {
    if (parent.kind !== 'block') continue;
    const start = child.range.start;
    const earlier = parent.statements.find((statement) => {
      const sent =
        statement.range.end <= start && statement.kind === 'expression-statement' ? sends.exec(statement.text) : null;
      return sent !== null && (sent[1] === undefined ? handedOn.test(root ?? '') : sent[1] === root);
    });
    if (earlier !== undefined) return earlier;
  }
  return undefined;
}
