/** Answers of origin functions in libraries that make something special of them: errors, and texts that are no origins. */
import type { SourceRange } from '../../syntax/range.ts';
import type { OriginEntry } from '../../policy/policy.ts';
import { always, never, not, originEquals, originPresent } from '../../policy/request-test.ts';
import type { Value } from '../../values/value.ts';
import type { OriginCallback } from './cors-library.ts';
import type { Grant } from './grants.ts';
import { allowOrigin, checked, nothingSent, reflected, unknownGrant, varyOrigin } from './grants.ts';
import type { LibraryContext } from './library-context.ts';
import { merged } from './merged-grants.ts';
import { byMeaning } from './origin-meanings.ts';

/** What the library does where the function says no. */
export function refusalOf({ refusal }: OriginCallback, range: SourceRange, context: LibraryContext): Grant {
  switch (refusal) {
    case 'off':
      return nothingSent;
    case 'nobody':
      return checked([], never, range, context);
    case 'closed':
      return { ...nothingSent, reach: always };
    case 'passes':
      return { ...nothingSent, headers: context.library.vary.checked === 'never' ? [] : [varyOrigin(always, range)] };
    case 'fails':
      return { ...nothingSent, headers: [varyOrigin(always, range)], errors: always };
    case 'option':
      return byMeaning(context.library.origin.false, undefined, context);
  }
}

/** The function came to its end, or returned `undefined`. */
export function isUndefined(value: Value | undefined): value is undefined {
  return value === undefined || (value.kind === 'nothing' && value.expression?.text === 'undefined');
}

/** What the library does where the function gives no answer at all. */
export function unanswered(contract: OriginCallback, range: SourceRange, context: LibraryContext): Grant {
  if (contract.undefined === undefined) return refusalOf(contract, range, context);
  const grant = byMeaning(contract.undefined, undefined, context);
  return { ...grant, entries: grant.entries.map((entry) => ({ ...entry, range, unanswered: true })) };
}

/** The answer as Node writes it into the header, `null` and `false` included; an `undefined` makes Node throw. */
export function readLiteral(value: Value, refusal: Grant, context: LibraryContext): Grant {
  const { range } = value;
  const sent = (text: string): Grant => {
    const entry: OriginEntry =
      text === '*'
        ? { range, kind: 'any', text, accepts: always }
        : { range, kind: 'text', text, accepts: originEquals(text, range), matching: 'sent-as-is' };
    return {
      entries: text === '' || text === 'false' ? [] : [entry],
      headers: [allowOrigin({ kind: 'text', text }, always, range), varyOrigin(always, range)],
      reach: always,
      allowed: always,
      accepted: always,
      facts: [],
    };
  };
  switch (value.kind) {
    case 'text':
      return sent(value.text);
    case 'nothing':
      return value.expression?.text === 'null' ? sent('null') : refusal;
    case 'boolean':
    case 'number':
      return sent(String(value.value));
    case 'predicate':
      return merged([
        { when: value.test, grant: sent('true') },
        { when: always, grant: sent('false') },
      ]);
    case 'request':
      return value.input === 'origin'
        ? merged([
            { when: originPresent, grant: reflected(range, context) },
            { when: not(originPresent), grant: refusal },
          ])
        : unknownGrant(range);
    default:
      return unknownGrant(range);
  }
}
