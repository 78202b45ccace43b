/** Pieces of the origin as values. */
import { originSubject } from '../inner-value.ts';
import type { Inner } from '../inner-value.ts';
import type { CutPart, OriginPart } from '../../policy/request-test.ts';
import type { At } from '../session.ts';

/** The part of the origin that a value is. */
export type Subject = NonNullable<ReturnType<typeof originSubject>>;

/** The part as a value; undefined where there is no such part. */
export function piece(
  part: OriginPart | undefined,
  { ignoreCase }: { readonly ignoreCase: boolean },
  here: At,
): Inner | undefined {
  return part === undefined
    ? undefined
    : {
        kind: 'origin-piece',
        part,
        ignoreCase,
        range: here.range,
        ...(here.expression && { expression: here.expression }),
      };
}

/** One cut after the other. */
export function cutBy(
  subject: Subject,
  here: At,
  ...steps: readonly ((of: OriginPart) => OriginPart | CutPart | undefined)[]
): Inner | undefined {
  let part: OriginPart | undefined = subject.part;
  for (const step of steps) part = part === undefined ? undefined : step(part);
  return piece(part, subject, here);
}
