/** Whom the texts of a service's list of origins let in, and how each is edited where it stands. */
import type { SourceRange } from '../../syntax/range.ts';
import type { TreeDocument, TreeNode, TreeScalar } from '../../syntax/trees/tree.ts';
import type { EntryEdits, OriginEntry } from '../../policy/policy.ts';
import { all, always, never, originEquals, originMatches, unknown } from '../../policy/request-test.ts';
import type { ServicePolicyInput, CorsService } from './cors-service.ts';
import { isPlaceholder, isString, stringEdits } from '../../edits/tree-edits.ts';

/** The entries of the key of origins, or of that of patterns. */
export function originEntries(value: TreeNode, input: ServicePolicyInput): OriginEntry[] {
  // A list of texts that is empty.
  if (input.service.commas && isString(value) && value.value.trim() === '') return [];
  if (value.kind === 'list') return value.items.flatMap((item) => originEntry(item, true, input));
  if (
    input.service.commas &&
    isString(value) &&
    separationOf(input.service).apart.test(value.value) &&
    !isFilledIn(value.value, input.service)
  )
    return textParts(value, input.service).map((part) => readText(part.text, part.range, part.edits, input.service));
  return originEntry(value, false, input);
}

/** How several texts stand in one. `apart`: what makes several of it, or may be taken off its ends; `between`: as they are written. */
const separations = {
  commas: { apart: /,|^\s|\s$/, piece: /[^,]+/g, between: ',' },
  blanksToo: { apart: /[,\s]/, piece: /[^,\s]+/g, between: ',' },
  blanksOnly: { apart: /\s/, piece: /[^\s]+/g, between: ' ' },
};

export function separationOf({ blanks }: CorsService): (typeof separations)[keyof typeof separations] {
  if (blanks === 'only') return separations.blanksOnly;
  return blanks ? separations.blanksToo : separations.commas;
}

/** The origins of a text with commas, each where it stands; all of them at the text where escapes shift them. */
function textParts(
  node: TreeScalar & { readonly value: string },
  service: CorsService,
): { readonly text: string; readonly range: SourceRange; readonly edits?: EntryEdits }[] {
  const { start, end } = node.contentRange;
  const exact = end - start === node.value.length;
  const { writeOrigin = asItIs } = service;
  const { piece, between } = separationOf(service);
  const pieces = [...node.value.matchAll(piece)];
  return pieces.flatMap((match, index) => {
    const text = match[0].trim();
    if (text === '') return [];
    const at = start + match.index + match[0].indexOf(text);
    if (!exact) return [{ text, range: node.range }];
    const range = { ...node.contentRange, start: at, end: at + text.length };
    const [before, behind] = [pieces[index - 1], pieces[index + 1]];
    const whole = { start: start + match.index, end: start + match.index + match[0].length };
    // With what separates it from the one before it, or the first one from the next.
    const separated = before
      ? { ...range, start: start + before.index + before[0].length, end: whole.end }
      : { ...range, start: whole.start, end: behind ? start + behind.index + /^\s*/.exec(behind[0])![0].length : end };
    return [
      {
        text,
        range,
        edits: {
          replaceText: (other) => [{ range, newText: writeOrigin(other) }],
          remove: () => [{ range: separated, newText: '' }],
          replaceByOrigins: (origins, placeholder) => [
            {
              range,
              newText: origins.map(writeOrigin).join(between),
              placeholder: placeholder && writeOrigin(placeholder),
            },
          ],
        },
      },
    ];
  });
}

function originEntry(
  item: TreeNode,
  inList: boolean,
  { service, document, reference }: ServicePolicyInput,
): OriginEntry[] {
  const { range } = item;
  const found = reference?.(item);
  if (!found && isString(item) && !isFilledIn(item.value, service))
    return [readText(item.value, range, textEdits(document, item, inList, service), service)];
  const opens = found?.fallback.split(',').some((part) => service.origin(part.trim()) === 'any');
  if (found && opens) return [{ range, kind: 'fallback', variable: found.name, accepts: unknown() }];
  const usual = (found?.texts ?? []).filter(isString);
  return [
    { range, kind: 'unknown', accepts: unknown() },
    ...usual.flatMap((text) => usualEntries(text, usual.length > 1, service, document)),
  ];
}

/** What counts where a deployment fills in nothing, which the text does not say. */
function usualEntries(
  node: TreeScalar & { readonly value: string },
  inList: boolean,
  service: CorsService,
  document: TreeDocument,
): OriginEntry[] {
  const entries =
    service.commas && !inList
      ? textParts(node, service).map((part) => readText(part.text, part.range, part.edits, service))
      : [
          readText(
            node.value,
            node.range,
            node.shared ? undefined : textEdits(document, node, inList, service),
            service,
          ),
        ];
  return entries.map((entry) => ({ ...entry, accepts: all([entry.accepts, unknown()]) }));
}

function isFilledIn(text: string, { placeholder }: CorsService): boolean {
  return placeholder ? placeholder.test(text) : isPlaceholder(text);
}

function readText(text: string, range: SourceRange, edits: EntryEdits | undefined, service: CorsService): OriginEntry {
  const meaning = service.origin(text);
  if (meaning === 'any') return { range, kind: 'any', text, accepts: always, edits };
  if (meaning === 'unknown' || meaning === 'nobody')
    return { range, kind: 'unknown', text, accepts: meaning === 'unknown' ? unknown() : never };
  if (meaning === 'exact')
    return { range, kind: 'text', text, accepts: originEquals(text, range), matching: 'exact', edits };
  if ('exactly' in meaning)
    return {
      range,
      kind: 'text',
      text: meaning.exactly,
      accepts: originEquals(meaning.exactly, range, meaning.ignoreCase),
      matching: 'exact',
      edits,
    };
  return {
    range,
    kind: 'pattern',
    text,
    pattern: meaning,
    accepts: originMatches(meaning, range),
    // What is taken as it is written is a regular expression; the stars of a wildcard are put into other words.
    matching: text.includes(meaning.source) ? 'regex' : 'wildcard',
    edits,
  };
}

/** A pattern is a text as any other where it stands; an origin may have to become one. */
function textEdits(
  document: TreeDocument,
  item: TreeScalar,
  inList: boolean,
  { writeOrigin, writePattern }: CorsService,
): EntryEdits {
  const { replaceText } = stringEdits(document, item, inList);
  return {
    ...stringEdits(document, item, inList, writeOrigin),
    ...(writePattern && { replacePattern: (source) => replaceText!(writePattern(source)) }),
  };
}

const asItIs = (text: string): string => text;

/** The source of a pattern that fits this origin only, over the whole of it. */
export function originSource(origin: string): string {
  return origin.replaceAll('.', '\\.');
}
