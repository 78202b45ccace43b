/** Fields of a struct that a library fills from the environment, as the tags behind them say: `env:"CORS_ORIGINS" envDefault:"*"`. */
import type { ClassExpression } from '../syntax/programs/program.ts';
import type { Inner } from './inner-value.ts';
import { toPublic } from './inner-value.ts';
import { languageOf } from './language-of.ts';
import type { Tag } from './languages/value-language.ts';
import { instanceOfType } from './instance-of-type.ts';
import type { At, Place, Session } from './session.ts';
import { rangeIn } from './session.ts';
import type { Dict } from './value.ts';

type Entries = Dict['entries'];
type Field = ClassExpression['members'][number];

const deepestStruct = 4;

/** An entry for each field with the name of a variable, also in structs within; none where no field has one. */
export function taggedFields(of: ClassExpression, session: Session, place: Place, prefix = '', depth = 0): Entries {
  const home = session.homeOf(of);
  const tagOf = languageOf(home).pointers?.tagOf;
  if (tagOf === undefined || depth > deepestStruct) return [];
  const inside: Place = { program: home, frames: [], calls: place.calls };
  return of.members.flatMap((field): Entries => {
    if (field.value !== undefined) return [];
    const line = home.text.slice(field.range.start, field.range.end);
    const start = field.range.start + Math.max(0, line.search(new RegExp(`\\b${field.name}\\b`)));
    const range = rangeIn({ start, end: start + field.name.length }, inside, session);
    const tag = tagOf(line) ?? {};
    const value =
      tag.name === undefined
        ? structWithin(field, { range }, session, inside, prefix + (tag.prefix ?? ''), depth)
        : settingOf(field, tag, prefix, { range });
    return value === undefined ? [] : [{ key: field.name, keyRange: range, range, value: toPublic(value) }];
  });
}

function structWithin(
  { type }: Field,
  here: At,
  session: Session,
  inside: Place,
  prefix: string,
  depth: number,
): Inner | undefined {
  const held = type && instanceOfType(type, here, session, inside);
  const entries = held?.kind === 'instance' ? taggedFields(held.of, session, inside, prefix, depth + 1) : [];
  return held?.kind === 'instance' && entries.length > 0
    ? { kind: 'dict', entries, open: true, of: held.of, ...here }
    : undefined;
}

function settingOf({ type }: Field, { name = '', usual, separator = ',' }: Tag, prefix: string, here: At): Inner {
  const isList = type?.text.startsWith('[') === true;
  const fallback = usual === undefined ? undefined : usualOf(usual, type?.text ?? '', separator, here);
  return {
    kind: 'environment',
    name: prefix + name,
    ...(fallback && { fallback: toPublic(fallback) }),
    ...(isList && { split: true }),
    ...here,
  };
}

function usualOf(usual: string, type: string, separator: string, here: At): Inner | undefined {
  const text = (one: string): Inner => ({ kind: 'text', text: one, ...here });
  if (type === 'string') return text(usual);
  if (type === 'bool') return { kind: 'boolean', value: usual === 'true', ...here };
  if (type !== '[]string') return undefined;
  const items = usual.split(separator).map((one) => toPublic(text(one)));
  return { kind: 'list', type: 'list', open: false, items, ...here };
}
