/** What the Go packages rs/cors and go-chi/cors make of the text of an origin. */
import type { OriginMeaning } from './cors-service.ts';
import { wildcardPattern } from './wildcard-pattern.ts';

/** Compared in lower case; the first star stands for any text, and a second one for itself, so that no origin fits. */
export function rsCorsOrigin(text: string): OriginMeaning {
  if (text === '*') return 'any';
  if (/\*.*\*/.test(text)) return 'nobody';
  return text.includes('*') ? { ...wildcardPattern(text), flags: 'i' } : { exactly: text, ignoreCase: true };
}
