/** Wildcards of services as patterns. */
import type { Pattern } from '../../policy/request-test.ts';

/** A wildcard of the service's own as a pattern over the whole origin; each `*` becomes `replacement`. */
export function wildcardPattern(text: string, replacement = '.*'): Pattern {
  return {
    source: text
      .split('*')
      .map((part) => part.replaceAll(/[\\^$.+?()[\]{}|/]/g, '\\$&'))
      .join(replacement),
    flags: '',
    dialect: 'javascript',
    mode: 'full',
  };
}

/** The same, where `?` stands for one character. */
export function globPattern(text: string): Pattern {
  const pattern = wildcardPattern(text);
  return { ...pattern, source: pattern.source.replaceAll('\\?', '.') };
}
