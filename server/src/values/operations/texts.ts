/** Changes of a text, the origin and its pieces included, that give a text again. */
import { behindFirst, segment, withoutEdge, withoutPattern, withoutText } from '../cuts.ts';
import { originSubject, partOfInput } from '../inner-value.ts';
import type { Inner } from '../inner-value.ts';
import type { Operation } from '../languages/value-language.ts';
import type { At } from '../session.ts';
import type { Text, Value } from '../value.ts';
import { changing } from './environment-variables.ts';
import { piece } from './pieces.ts';

function changed(receiver: Text, text: string, here: At): Inner {
  return text === receiver.text ? receiver : { kind: 'text', text, ...here };
}

/** What the client sent is asked in words of its own, so that blanks around it or its case change nothing that matters. */
function staysItself(receiver: Inner): boolean {
  return receiver.kind === 'concatenation' || receiver.kind === 'request';
}

/** `toString()`, `encode('utf-8')`: the same text in another form. */
export const unchanged: Operation = changing((receiver) =>
  receiver.kind === 'text' || originSubject(receiver) !== undefined || staysItself(receiver) ? receiver : undefined,
);

/** Without the blanks around it, or at one end. What else is cut off by an argument is not known. */
export function trim(sides: 'both' | 'start' | 'end'): Operation {
  return changing((receiver, values, { here }) => {
    if (values.length > 0) return undefined;
    if (receiver.kind !== 'text')
      return originSubject(receiver) !== undefined || staysItself(receiver) ? receiver : undefined;
    const { text } = receiver;
    return changed(
      receiver,
      sides === 'start' ? text.trimStart() : sides === 'end' ? text.trimEnd() : text.trim(),
      here,
    );
  });
}

/**
 * Without every one of these letters at the ends: `strings.Trim(text, "/")`. Of the origin, what is cut off once is all that there
 * can be.
 */
export function trimLetters(sides: 'both' | 'start' | 'end'): Operation {
  return (receiver, [letters], use) => {
    if (letters?.kind !== 'text') return undefined;
    if (/^\s*$/.test(letters.text)) return trim(sides)(receiver, [], use);
    if (receiver.kind === 'environment') return changing(trimLetters(sides))(receiver, [letters], use);
    if (receiver.kind === 'text')
      return { kind: 'text', text: trimmed(receiver.text, letters.text, sides), ...use.here };
    const subject = originSubject(receiver);
    return subject && letters.text.length === 1 && sides !== 'both'
      ? piece(withoutEdge(subject.part, letters.text, sides), subject, use.here)
      : undefined;
  };
}

function trimmed(text: string, letters: string, sides: 'both' | 'start' | 'end'): string {
  let [start, end] = [0, text.length];
  while (sides !== 'end' && start < end && letters.includes(text[start]!)) start++;
  while (sides !== 'start' && end > start && letters.includes(text[end - 1]!)) end--;
  return text.slice(start, end);
}

/** In lower case. */
export const lowerCase: Operation = changing((receiver, _values, { here }) => {
  if (receiver.kind === 'text') return changed(receiver, receiver.text.toLowerCase(), here);
  const subject = originSubject(receiver);
  if (subject !== undefined) return { kind: 'origin-piece', part: subject.part, ignoreCase: true, ...here };
  return staysItself(receiver) ? receiver : undefined;
});

/** In upper case; of the origin nothing that is asked then is known. */
export const upperCase: Operation = changing((receiver, _values, { here }) => {
  if (receiver.kind === 'text') return changed(receiver, receiver.text.toUpperCase(), here);
  return receiver.kind === 'request' && receiver.input === 'method' ? receiver : undefined;
});

/** `text.replace(from, to)`: all of them, or the first. */
export function replace(which: 'all' | 'first'): Operation {
  return changing((receiver, values, { here }) => {
    const [first, second] = values;
    if (first === undefined || second?.kind !== 'text' || values.length > 2) return undefined;
    if (receiver.kind === 'text') return replacedIn(receiver, first, second.text, which, here);
    const subject = originSubject(receiver);
    if (subject === undefined) return partOfInput(receiver);
    if (second.text !== '') return undefined;
    if (first.kind === 'text')
      return piece(withoutText(subject.part, first.text, which === 'all', subject.ignoreCase), subject, here);
    return first.kind === 'pattern'
      ? piece(withoutPattern(subject.part, first.pattern, subject.ignoreCase), subject, here)
      : undefined;
  });
}

function replacedIn(receiver: Text, from: Inner, to: string, which: 'all' | 'first', here: At): Inner | undefined {
  const { text } = receiver;
  // `.replace(/\/$/, '')` is how a slash at the end is taken away.
  if (from.kind === 'pattern' && /^\\\/[+*]?\$$/.test(from.pattern.source) && to === '')
    return changed(receiver, text.replace(/\/+$/, ''), here);
  if (from.kind !== 'text') return undefined;
  return changed(
    receiver,
    which === 'first' ? text.replace(from.text, () => to) : text.replaceAll(from.text, () => to),
    here,
  );
}

/** Without this text at the beginning or at the end, where it stands there. */
export function withoutAffix(edge: 'start' | 'end'): Operation {
  return changing((receiver, [first], { here }) => {
    if (first?.kind !== 'text') return undefined;
    if (receiver.kind === 'text') {
      const { text } = receiver;
      const stands = edge === 'start' ? text.startsWith(first.text) : text.endsWith(first.text);
      if (!stands) return receiver;
      const { length } = first.text;
      return changed(receiver, edge === 'start' ? text.slice(length) : text.slice(0, text.length - length), here);
    }
    const subject = originSubject(receiver);
    return subject && piece(withoutEdge(subject.part, first.text, edge), subject, here);
  });
}

/** `origin.partition('://')`: what stands before, the separator, and what stands behind. */
export const partition: Operation = (receiver, [first], { here }) => {
  const subject = originSubject(receiver);
  if (subject === undefined || first?.kind !== 'text') return undefined;
  const [before, behind] = [segment(subject.part, first.text, 0), behindFirst(subject.part, first.text, true)];
  if (before === undefined || behind === undefined) return undefined;
  return {
    kind: 'list',
    items: [piece(before, subject, here), { kind: 'unknown', ...here }, piece(behind, subject, here)].map(
      (item) => item as Value,
    ),
    open: false,
    type: 'tuple',
    ...here,
  };
};
