/** Values of parts of others: members, indexes, slices. */
import type { ClassExpression, Expression, Index, Member, Slice } from '../syntax/programs/program.ts';
import { characterAt } from './cuts.ts';
import { mapChoices, originSubject, partOfInput } from './inner-value.ts';
import type { Inner } from './inner-value.ts';
import { fieldValue } from './fields.ts';
import { languageOf } from './language-of.ts';
import { memberOf, memberOfInstance } from './members.ts';
import { valueByOrigin } from './operations/dicts.ts';
import { piece } from './operations/pieces.ts';
import { extendPath, isHeaders } from './request-inputs.ts';
import { segmentAt } from './operations/segments.ts';
import { slice } from './operations/slices.ts';
import type { At, Place, Session } from './session.ts';

export function memberValue(expression: Member, here: At, session: Session, place: Place): Inner {
  const { object } = expression;
  if (object.kind === 'identifier' && languageOf(place.program).objects.selfNames.has(object.name)) {
    const own = classAround(expression);
    const self: Inner = { kind: 'unknown', ...here };
    const begun = own && memberOfInstance(own, self, expression.property, here, session, place);
    const field = own && fieldValue(begun, own, expression, here, session, place);
    if (field !== undefined && !(own && field === begun && isOnlyAnnotated(own, expression, place))) return field;
  }
  return memberOf(session.value(object, place), expression.property, here, session, place);
}

/** `request: HTTPServerRequest` in a class of Python says the type of what its base class sets. */
function isOnlyAnnotated({ members }: ClassExpression, { property }: Member, { program }: Place): boolean {
  const own = members.find(({ name }) => name === property);
  return (
    languageOf(program).objects.passesSelf && own !== undefined && own.value === undefined && own.type === undefined
  );
}

function classAround(expression: Expression): ClassExpression | undefined {
  for (let parent = expression.parent; parent !== undefined; parent = parent.parent)
    if (parent.kind === 'class') return parent;
  return undefined;
}

export function indexValue(expression: Index, here: At, session: Session, place: Place): Inner {
  const object = session.value(expression.object, place);
  const index = session.value(expression.index, place);
  return mapChoices(index, (key) => mapChoices(object, (one) => indexed(one, key, here, session, place)));
}

/** `origin[8:]`, `origin.split('.')[-2:]`. */
export function sliceValue(expression: Slice, here: At, session: Session, place: Place): Inner {
  const object = session.value(expression.object, place);
  const bound = (one: Expression | undefined): Inner =>
    one ? session.value(one, place) : { kind: 'nothing', ...here };
  const from: Inner = expression.from ? bound(expression.from) : { kind: 'number', value: 0, ...here };
  const bounds = expression.to ? [from, bound(expression.to)] : [from];
  const use = { here, session, place, language: languageOf(place.program) };
  return mapChoices(object, (one) => slice('between')(one, bounds, use) ?? { kind: 'unknown', ...here });
}

function indexed(object: Inner, index: Inner, here: At, session: Session, place: Place): Inner {
  if (index.kind === 'text') return memberOf(object, index.text, here, session, place);
  if (index.kind === 'number') return atPlace(object, index.value, here, place);
  if (object.kind === 'dict' && originSubject(index) !== undefined)
    return valueByOrigin(object, index, { kind: object.open ? 'unknown' : 'nothing', ...here }, here);
  return partOfInput(object) ?? { kind: 'unknown', ...here };
}

/** The first line of a header at Amazon's edge, `headers.origin[0].value`, `["value"]`; of a text it would be a letter. */
function isUnwrapped(first: Expression | undefined, { program }: Place): boolean {
  const whole = first?.parent;
  const index = whole?.kind === 'index' && whole.index.kind === 'string' ? whole.index.value : undefined;
  const name = whole?.kind === 'member' ? whole.property : index;
  return name !== undefined && languageOf(program).objects.wrappedIn?.has(name) === true;
}

/** What stands at this place of a list or text. */
function atPlace(object: Inner, index: number, here: At, place: Place): Inner {
  const notKnown: Inner = { kind: 'unknown', ...here };
  const isPlace = index >= 0 || languageOf(place.program).negativeIndexes;
  if (object.kind === 'segments') return isPlace ? segmentAt(object, index, here) : { kind: 'nothing', ...here };
  if (object.kind === 'request' && index === 0 && isUnwrapped(here.expression, place)) return object;
  // `event.Records[0].cf.request` is as much of the event as `event.request`.
  if (object.kind === 'path' && isPlace && !isHeaders(object, languageOf(place.program)))
    return extendPath(object, String(index), here, languageOf(place.program));
  const subject = originSubject(object);
  if (subject !== undefined && isPlace) return piece(characterAt(subject.part, index), subject, here) ?? notKnown;
  if (object.kind !== 'list') return partOfInput(object) ?? notKnown;
  return object.items.at(index) ?? (object.open ? notKnown : { kind: 'nothing', ...here });
}
