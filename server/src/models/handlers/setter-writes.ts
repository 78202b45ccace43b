/** Methods that are named after the header that they set: `headers.setAccessControlAllowOrigin(origin)`. */
import type { Call, Expression, Member, Node, Program } from '../../syntax/programs/program.ts';
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

/** Values of types that are named after their header; what they are made of is its value. None where the language has no such types. */
export function typedHeaderWrites(program: Program, { headerTypes }: WaysOfWriting): HeaderWrite[] {
  if (headerTypes === undefined) return [];
  return [...program.text.matchAll(headerTypes)].flatMap(({ index, 1: name = '' }): HeaderWrite[] => {
    const type = program.expressionAt(index + 1);
    const made = type && madeOf(type);
    if (type === undefined || made === undefined || !corsHeaderName.test(name)) return [];
    // Several names are one value, which is no text of the program.
    const value = made.kind === 'call' && made.arguments.length <= 1 ? made.arguments[0]?.value : made;
    if (value === undefined) return [];
    const { range } = made;
    return [
      {
        name,
        nameRange: type.range,
        form: 'call',
        operation: 'set',
        value,
        node: made,
        range,
        via: name,
        isMade: true,
        direction: 'response',
      },
    ];
  });
}

/** What is made of the type: by a call, or a member that stands for one value. */
function madeOf(type: Expression): Call | Member | undefined {
  const { parent } = type;
  if (
    parent?.kind === 'call' &&
    parent.callee.range.start === type.range.start &&
    parent.callee.range.end === type.range.end
  )
    return parent;
  if (parent?.kind !== 'member' || parent.object.range.end !== type.range.end) return undefined;
  const call = parent.parent;
  return call?.kind === 'call' && call.callee.range.end === parent.range.end ? call : parent;
}

function callAt(offset: number, program: Program): Call | undefined {
  let node: Node | undefined = program.expressionAt(offset);
  while (node !== undefined && node.kind !== 'call') node = node.parent;
  return node?.kind === 'call' ? node : undefined;
}
