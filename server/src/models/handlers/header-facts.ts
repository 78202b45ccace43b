/** What is wrong with the headers themselves: a name that is misspelt, several origins in one, a second line of the same. */
import type { Fact, PolicyEdits } from '../../policy/policy.ts';
import type { Value } from '../../values/value.ts';
import { misspelling } from '../cors-header-names.ts';
import type { ReachedWrite } from './reached-writes.ts';
import { choicesOf } from './reached-writes.ts';

export function headerFacts(reached: readonly ReachedWrite[], edits: PolicyEdits): Fact[] {
  return [
    ...reached.flatMap((one): Fact[] => [
      ...misspelt(one),
      ...(one.name === 'access-control-allow-origin' ? severalOrigins(one, edits) : []),
    ]),
    ...secondLine(reached),
    ...joinedOrigins(reached),
  ];
}

function misspelt({ write, name }: ReachedWrite): Fact[] {
  const suggestion = misspelling(name);
  return suggestion === undefined
    ? []
    : [{ kind: 'misspelt-header', name: write.name, suggestion, range: write.nameRange }];
}

function severalOrigins({ write, value }: ReachedWrite, edits: PolicyEdits): Fact[] {
  return choicesOf(value).flatMap((choice): Fact[] => {
    const origins = originsIn(choice.value);
    if (origins.length < 2) return [];
    return [
      {
        kind: 'multiple-origins',
        origins,
        range: choice.value.range.path === undefined ? choice.value.range : write.range,
        ...(edits.allowOnly && { toList: () => edits.allowOnly!(origins) }),
      },
    ];
  });
}

function originsIn(value: Value): string[] {
  if (value.kind === 'list') return value.items.flatMap((item) => (item.kind === 'text' ? [item.text] : []));
  const members = value.kind === 'text' ? value.text.split(/[\s,;]+/).filter((member) => member !== '') : [];
  return members.every((member) => /^[a-z][a-z0-9+.-]*:\/\//i.test(member)) ? members : [];
}

/** It writes Access-Control-Allow-Origin, whoever asks. */
function isCertainOrigin({ name, when }: ReachedWrite): boolean {
  return name === 'access-control-allow-origin' && when.kind === 'always';
}

/** `headers.append` of Fetch behind another write: the values of both stand in one line, with a comma between them. */
function joinedOrigins(reached: readonly ReachedWrite[]): Fact[] {
  const always = reached.filter(isCertainOrigin);
  const last = always.findLast(({ write }) => write.operation === 'merge');
  const origins = always
    .slice(0, last && always.indexOf(last) + 1)
    .flatMap(({ value }) => (value.kind === 'text' ? [value.text] : []));
  if (last === undefined || new Set(origins).size < 2 || origins.length < always.indexOf(last) + 1) return [];
  return [{ kind: 'multiple-origins', origins, range: last.write.range }];
}

/** Browsers refuse two lines of Access-Control-Allow-Origin, even where both say the same. */
function secondLine(reached: readonly ReachedWrite[]): Fact[] {
  const always = reached.filter(isCertainOrigin);
  const added = always.find(
    ({ write }, index) =>
      write.operation === 'append' &&
      always.slice(0, index).some((earlier) => earlier.write.range.start !== write.range.start),
  );
  const before = added && reached.find((one) => one.name === added.name && one !== added);
  if (before === undefined) return [];
  return [
    {
      kind: 'duplicate-header',
      header: 'Access-Control-Allow-Origin',
      range: added!.write.range,
      other: before.write.range,
      why: 'this adds a second line to the one that is already set',
    },
  ];
}
