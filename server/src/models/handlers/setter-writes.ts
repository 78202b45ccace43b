/** Methods that are named after the header that they set: `headers.setAccessControlAllowOrigin(origin)`. */
import type { Call, Node, Program } from '../../syntax/programs/program.ts';
import { calledName } from './called-names.ts';
import type { HeaderWrite } from './header-write.ts';
import { corsHeaderName } from './header-write.ts';
import type { WaysOfWriting } from './ways-of-writing.ts';

/** Calls of the methods that `setters` names; none where the language has no such methods. */
export function setterWrites(program: Program, { setters, headersObject }: WaysOfWriting): HeaderWrite[] {
  if (setters === undefined) return [];
  return [...program.text.matchAll(setters)].flatMap(({ index, 0: whole, 1: words = '' }): HeaderWrite[] => {
    const name = words.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-');
    const call = callAt(index + whole.length - 1, program);
    const receiver = call && calledName(call).receiver;
    const [first] = call?.arguments ?? [];
    if (call?.callee.kind !== 'member' || receiver === undefined || first === undefined || !corsHeaderName.test(name))
      return [];
    return [
      {
        name,
        nameRange: call.callee.propertyRange,
        form: 'call',
        operation: 'set',
        value: first.value,
        node: call,
        range: call.range,
        receiver,
        via: call.callee.property,
        isMade: headersObject.test(receiver.text),
        direction: 'response',
      },
    ];
  });
}

function callAt(offset: number, program: Program): Call | undefined {
  let node: Node | undefined = program.expressionAt(offset);
  while (node !== undefined && node.kind !== 'call') node = node.parent;
  return node?.kind === 'call' ? node : undefined;
}
