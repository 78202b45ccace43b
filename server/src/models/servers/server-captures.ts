/** What a pattern has caught of the origin, where a server sends that instead of the origin itself. */
import type { Pattern, RequestTest } from '../../policy/request-test.ts';
import { all } from '../../policy/request-test.ts';
import { placeholder } from './server-tests.ts';
import type { OriginPart, ServerValue } from './server-values.ts';

/**
 * What a match of an unanchored pattern holds is a part of the origin. It is the whole only where the anchored pattern matches too, and
 * a part is never equal to the origin of the page that asks: it is as good as nothing. A later member replaces an earlier one where
 * both apply.
 */
export function captured(pattern: Pattern, matched: RequestTest): { when: RequestTest; value: ServerValue }[] {
  const { source } = pattern;
  if (/[*+?}]\?/.test(source) || placeholder.test(source)) return [{ when: matched, value: { kind: 'unknown' } }];
  if (/^\^.*(?<!\\)\$$/s.test(source) && !/\|/.test(source)) return [{ when: matched, value: { kind: 'origin' } }];
  // Patterns that take everything to the end are whole matches already.
  if (/^\^?\(?\.[*+]\)?\$?$/.test(source)) return [{ when: matched, value: { kind: 'origin' } }];
  const whole: RequestTest = {
    kind: 'origin',
    part: 'origin',
    operator: 'matches',
    pattern: { ...pattern, source: `^(?:${source})$` },
  };
  return [
    { when: matched, value: { kind: 'text', text: '' } },
    { when: all([matched, whole]), value: { kind: 'origin' } },
  ];
}

/** The first group holds all that the pattern matches. */
export function wholeGroup(source: string): boolean {
  const inner = /^\^?\((?!\?)(.*)\)\$?$/s.exec(source)?.[1];
  if (inner === undefined) return false;
  let depth = 0;
  for (const [piece] of inner.matchAll(/\\.|\[(?:\\.|[^\]\\])*\]|[()]/gs)) {
    if (piece === '(') depth++;
    if (piece === ')' && --depth < 0) return false;
  }
  return true;
}

/** The names under which a pattern that is one group as a whole holds what it matches: its number, and its name where it has one. */
export function wholeGroupNames(source: string): readonly string[] {
  const named = /^\^?\(\?P?[<'](\w+)[>']/.exec(source);
  if (named) return wholeGroup(source.replace(/\(\?P?[<']\w+[>']/, '(')) ? ['1', named[1]!.toLowerCase()] : [];
  return wholeGroup(source) ? ['1'] : [];
}

/** The names of the one group of a pattern, which begins where the origin does, and what it holds; undefined for other patterns. */
export function capturedPart(
  source: string,
  ignoreCase: boolean,
): { readonly names: readonly string[]; readonly part: OriginPart } | undefined {
  const [, before, name, group, after] =
    /^(\^[^()|]*)\((?:\?P?[<'](\w+)[>'])?(?!\?)((?:\\.|[^()\\])+)\)([^()|]*)$/.exec(source) ?? [];
  if (before === undefined || /\\$/.test(before)) return undefined;
  const names = name === undefined ? ['1'] : ['1', name.toLowerCase()];
  return { names, part: { before, group: group!, after: after!, ignoreCase } };
}
