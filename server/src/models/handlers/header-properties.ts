/** Properties that are set on an object of headers, where nothing becomes a header: `headers['Vary'] = …` of a `new Headers()`. */
import type { Program } from '../../syntax/programs/program.ts';
import type { Fact } from '../../policy/policy.ts';
import { isCalled } from './called-names.ts';
import { isCorsResponseHeader } from '../cors-header-names.ts';
import type { HeaderWrite } from './header-write.ts';
import { isShared, nameOf } from './header-write.ts';
import type { WaysOfWriting } from './ways-of-writing.ts';

/** Whether the write is an assignment to a property of an object that keeps its headers inside. */
export function isHeaderProperty(
  { form, operation, receiver }: HeaderWrite,
  program: Program,
  { takers }: WaysOfWriting,
): boolean {
  if (form !== 'assignment' || operation === 'remove' || receiver?.kind !== 'identifier') return false;
  const made = program.resolve(receiver)?.value;
  return (
    made?.kind === 'call' &&
    made.isNew &&
    takers.some((one) => one.is === 'headers' && one.isNew && isCalled(one, made))
  );
}

/** One fact for each header of a response that is written in this way. */
export function headerProperties(writes: readonly HeaderWrite[], program: Program, ways: WaysOfWriting): Fact[] {
  return writes
    .filter((write) => isCorsResponseHeader(nameOf(write)) && isHeaderProperty(write, program, ways))
    .map((write): Fact => ({
      kind: 'lost-header',
      headers: [write.name],
      range: write.nameRange,
      why: 'unset',
      explanation: 'A property of a Headers object is no header.',
      ...(isShared(write, program)
        ? { instead: 'Make the headers anew for each answer, and write it with set().' }
        : {
            instead: 'Write it with set().',
            repeat: () => [{ range: write.range, newText: settingOf(write, program) }],
          }),
    }));
}

function settingOf({ receiver, nameRange, value }: HeaderWrite, { text }: Program): string {
  return `${receiver!.text}.set(${text.slice(nameRange.start, nameRange.end)}, ${value?.text ?? "''"})`;
}
