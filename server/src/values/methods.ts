/** Methods of known values, JavaScript's and Python's names side by side: the receiver's kind keeps them apart. */
import type { ProgramLanguage } from '../syntax/programs/program.ts';
import { unknown } from '../policy/request-test.ts';
import { ofFallback } from './conditions.ts';
import { concatenate, joinLists } from './fold.ts';
import { originSubject, predicate, toPublic, truth } from './inner-value.ts';
import type { Inner } from './inner-value.ts';
import { asPattern, lowered, originMethod, joined, sameText, segmentsMethod, uppered } from './origin-methods.ts';
import { equals, membership, patternTest, textTest } from './origin-tests.ts';
import type { At } from './session.ts';
import type { Text, Value } from './value.ts';

/** `receiver.name(...values)`; undefined when the receiver has no method that is known here. */
export function methodCall(
  receiver: Inner,
  name: string,
  values: readonly Inner[],
  here: At,
  language: ProgramLanguage,
): Inner | undefined {
  switch (receiver.kind) {
    case 'text':
      return textMethod(receiver, name, values, here);
    case 'list':
      return listMethod(receiver, name, values, here);
    case 'dict':
      return dictMethod(receiver, name, values, here);
    case 'pattern':
      return patternMethod(receiver, name, values, here);
    case 'segments':
      return segmentsMethod(
        receiver,
        name,
        values,
        here,
        here.expression?.kind === 'call' &&
          here.expression.callee.kind === 'member' &&
          here.expression.callee.object.kind === 'call',
      );
    case 'environment':
      return environmentMethod(receiver, name, values, here);
    case 'request':
    case 'origin-piece':
      return originMethod(receiver, name, values, here, language);
    case 'concatenation':
      return ['toLowerCase', 'toString', 'trim', 'lower', 'strip'].includes(name) ? receiver : undefined;
    default:
      return undefined;
  }
}

function patternMethod(
  receiver: Inner & { kind: 'pattern' },
  name: string,
  values: readonly Inner[],
  here: At,
): Inner | undefined {
  const [first] = values;
  if (first === undefined) return undefined;
  switch (name) {
    case 'test':
      return predicate(patternTest(receiver, first, here.range), here.range, here.expression);
    case 'exec':
    case 'search':
      return { kind: 'match', test: patternTest(receiver, first, here.range), ...here };
    case 'match':
      return { kind: 'match', test: patternTest(receiver, first, here.range, 'prefix'), ...here };
    case 'fullmatch':
      return { kind: 'match', test: patternTest(receiver, first, here.range, 'full'), ...here };
    default:
      return undefined;
  }
}

function textMethod(receiver: Text, name: string, values: readonly Inner[], here: At): Inner | undefined {
  const [first, second] = values;
  const changed = (text: string): Inner => (text === receiver.text ? receiver : { kind: 'text', text, ...here });
  if (lowered.has(name)) return changed(receiver.text.toLowerCase());
  if (uppered.has(name)) return changed(receiver.text.toUpperCase());
  if (first === undefined && sameText.has(name)) {
    return changed(
      name === 'trimStart' || name === 'lstrip'
        ? receiver.text.trimStart()
        : name === 'trimEnd' || name === 'rstrip'
          ? receiver.text.trimEnd()
          : name === 'trim' || name === 'strip'
            ? receiver.text.trim()
            : receiver.text,
    );
  }
  if (name === 'split') return splitText(receiver, first, here);
  if (first === undefined) return undefined;
  switch (name) {
    case 'concat':
      return concatenate([receiver, ...values], here);
    case 'join':
      return first.kind === 'segments'
        ? first.separator === receiver.text
          ? joined(first, here)
          : undefined
        : first.kind === 'list'
          ? joinTexts(first, receiver.text, here)
          : undefined;
    case 'includes':
    case '__contains__':
      return predicate(textTest(first, 'within', receiver, here.range), here.range, here.expression);
    case 'indexOf':
    case 'find':
      return { kind: 'position', found: textTest(first, 'within', receiver, here.range), first: unknown(), ...here };
    case 'match':
      return { kind: 'match', test: patternTest(asPattern(first), receiver, here.range), ...here };
    case 'startsWith':
    case 'startswith':
    case 'endsWith':
    case 'endswith': {
      if (first.kind !== 'text') return { kind: 'predicate', test: unknown(), ...here };
      return {
        kind: 'boolean',
        value: name.startsWith('s') ? receiver.text.startsWith(first.text) : receiver.text.endsWith(first.text),
        ...here,
      };
    }
    case 'replace':
    case 'replaceAll':
      // `.replace(/\/$/, '')` is how a slash at the end is taken away.
      if (
        first.kind === 'pattern' &&
        /^\\\/[+*]?\$$/.test(first.pattern.source) &&
        second?.kind === 'text' &&
        second.text === ''
      )
        return changed(receiver.text.replace(/\/+$/, ''));
      return first.kind === 'text' && second?.kind === 'text'
        ? changed(
            name === 'replace'
              ? receiver.text.replace(first.text, () => second.text)
              : receiver.text.replaceAll(first.text, () => second.text),
          )
        : undefined;
    case 'localeCompare':
      return { kind: 'position', found: unknown(), first: equals(first, receiver, here.range), ...here };
    default:
      return undefined;
  }
}

function splitText(receiver: Text, separator: Inner | undefined, here: At): Inner | undefined {
  const parts =
    separator === undefined
      ? receiver.text.split(/\s+/).filter((part) => part !== '')
      : separator.kind === 'text'
        ? receiver.text.split(separator.text)
        : separator.kind === 'pattern' &&
            /^(\\s\*)?,(\\s\*)?$|^\\s\+?$|^\[[,;\\s ]+\]\+?$/.test(separator.pattern.source)
          ? receiver.text.split(new RegExp(separator.pattern.source))
          : undefined;
  return (
    parts && {
      kind: 'list',
      items: parts.map((text): Value => ({ kind: 'text', text, range: receiver.range })),
      open: false,
      type: 'list',
      ...here,
    }
  );
}

function joinTexts(list: Inner & { kind: 'list' }, separator: string, here: At): Inner {
  if (list.open) return { kind: 'unknown', ...here };
  const parts: Inner[] = [];
  list.items.forEach((item, index) => {
    if (index > 0 && separator !== '') parts.push({ kind: 'text', text: separator, range: here.range });
    parts.push(item);
  });
  return parts.length === 0 ? { kind: 'text', text: '', ...here } : concatenate(parts, here);
}

function listMethod(
  receiver: Inner & { kind: 'list' },
  name: string,
  values: readonly Inner[],
  here: At,
): Inner | undefined {
  const [first] = values;
  switch (name) {
    case 'includes':
    case 'has':
    case '__contains__':
      return first && predicate(membership(receiver, first, here.range), here.range, here.expression);
    case 'indexOf':
    case 'lastIndexOf':
      return (
        first && {
          kind: 'position',
          found: membership(receiver, first, here.range),
          first: receiver.items[0]
            ? equals(first, receiver.items[0], here.range)
            : receiver.open
              ? unknown()
              : { kind: 'never' },
          ...here,
        }
      );
    case 'join':
      return joinTexts(receiver, first?.kind === 'text' ? first.text : ',', here);
    case 'concat':
      return joinLists(
        [
          receiver,
          ...values.map((value): Inner =>
            value.kind === 'list' ||
            value.kind === 'unknown' ||
            value.kind === 'path' ||
            value.kind === 'one-of' ||
            value.kind === 'environment'
              ? value
              : { kind: 'list', items: [toPublic(value)], open: false, type: 'list', ...here },
          ),
        ],
        here,
      );
    case 'slice':
      return values.length === 0 ? receiver : undefined;
    case 'flat':
    case 'sort':
    case 'reverse':
    case 'copy':
    case 'values':
    case 'keys':
    case 'toString':
      return name === 'flat'
        ? joinLists(
            receiver.items.map((item): Inner =>
              item.kind === 'list' ? item : { kind: 'list', items: [item], open: false, type: 'list', ...here },
            ),
            here,
          )
        : name === 'toString'
          ? joinTexts(receiver, ',', here)
          : receiver;
    case 'union':
      return joinLists([receiver, ...values], here, 'set');
    case 'at':
      return first?.kind === 'number' ? (receiver.items.at(first.value) ?? { kind: 'unknown', ...here }) : undefined;
    default:
      return undefined;
  }
}

function dictMethod(
  receiver: Inner & { kind: 'dict' },
  name: string,
  values: readonly Inner[],
  here: At,
): Inner | undefined {
  const [first, second] = values;
  const keys = (): Value[] =>
    receiver.entries.map((entry) => ({ kind: 'text', text: entry.key, range: entry.keyRange }));
  switch (name) {
    case 'has':
    case 'hasOwnProperty':
    case '__contains__':
      return first && predicate(membership(receiver, first, here.range), here.range, here.expression);
    case 'keys':
      return { kind: 'list', items: keys(), open: receiver.open, type: 'list', ...here };
    case 'values':
      return {
        kind: 'list',
        items: receiver.entries.map((entry) => entry.value),
        open: receiver.open,
        type: 'list',
        ...here,
      };
    case 'items':
      return {
        kind: 'list',
        items: receiver.entries.map((entry): Value => ({
          kind: 'list',
          items: [{ kind: 'text', text: entry.key, range: entry.keyRange }, entry.value],
          open: false,
          type: 'tuple',
          range: entry.range,
        })),
        open: receiver.open,
        type: 'list',
        ...here,
      };
    case 'get': {
      if (first?.kind === 'text') {
        const found = receiver.entries.find(({ key }) => key === first.text);
        return (
          found?.value ?? (receiver.open ? { kind: 'unknown', ...here } : (second ?? { kind: 'nothing', ...here }))
        );
      }
      if (first === undefined || originSubject(first) === undefined) return undefined;
      const choices = receiver.entries.map((entry) => ({
        when: equals(first, { kind: 'text', text: entry.key, range: entry.keyRange }, here.range),
        value: entry.value as Inner,
      }));
      const rest: Inner = receiver.open ? { kind: 'unknown', ...here } : (second ?? { kind: 'nothing', ...here });
      return { kind: 'one-of', choices: [...choices, { when: { kind: 'always' }, value: rest }], ...here };
    }
    default:
      return undefined;
  }
}

function environmentMethod(
  receiver: Inner & { kind: 'environment' },
  name: string,
  values: readonly Inner[],
  here: At,
): Inner | undefined {
  const [first] = values;
  if (name === 'split') {
    const fallback =
      receiver.fallback?.kind === 'text'
        ? splitText(receiver.fallback, first, {
            range: receiver.fallback.range,
            expression: receiver.fallback.expression,
          })
        : receiver.fallback;
    return { ...receiver, ...here, ...(fallback && { fallback: toPublic(fallback) }), split: true };
  }
  const ofTheFallback = receiver.fallback && methodCall(receiver.fallback, name, values, here, 'javascript');
  if (
    sameText.has(name) ||
    lowered.has(name) ||
    uppered.has(name) ||
    ['replace', 'replaceAll', 'slice', 'flat', 'sort'].includes(name)
  ) {
    // What cannot be done to the fallback leaves it unknown.
    const { fallback: _, ...rest } = receiver;
    return ofTheFallback ? { ...rest, fallback: toPublic(ofTheFallback) } : rest;
  }
  if (name === 'concat' && receiver.split) return joinLists([receiver, ...values], here);
  if (['includes', 'has', 'startsWith', 'endsWith', 'test', '__contains__'].includes(name)) {
    const whenSet = first && originSubject(first) ? unknown() : unknown('independent');
    return {
      kind: 'predicate',
      test: ofFallback(receiver, () => (ofTheFallback ? truth(ofTheFallback, 'javascript') : unknown()), whenSet),
      ...here,
    };
  }
  if (name === 'indexOf') return { kind: 'position', found: unknown(), first: unknown(), ...here };
  return undefined;
}
