/** Matchers of texts as Envoy and those who write for it have them: `exact`, `prefix`, `suffix`, `contains`, a pattern. */
import type { TreeNode } from '../../syntax/trees/tree.ts';
import { isPlaceholder, textOf, valueAt } from '../../edits/tree-edits.ts';
import { matchesPattern } from '../../policy/patterns/pattern-match.ts';
import { fullMatch } from '../../models/gateways/envoy-cors.ts';

const comparisons: Readonly<Record<string, (text: string, given: string) => boolean>> = {
  exact: (text, given) => text === given,
  prefix: (text, given) => text.startsWith(given),
  suffix: (text, given) => text.endsWith(given),
  contains: (text, given) => text.includes(given),
};

/** Whether the matcher takes a text; undefined where that is not known. */
export function matchesText(matcher: TreeNode | undefined): (text: string) => boolean | undefined {
  for (const [key, compare] of Object.entries(comparisons)) {
    const given = textOf(valueAt(matcher, key));
    if (given !== undefined) return (text) => (isPlaceholder(given) ? undefined : compare(text, given));
  }
  const safe = valueAt(matcher, 'safe_regex') ?? valueAt(matcher, 'safeRegex');
  const source = textOf(valueAt(safe, 'regex') ?? valueAt(matcher, 'regex'));
  if (source === undefined || isPlaceholder(source.replace(/\$$/, ''))) return () => undefined;
  return matchesSource(source);
}

/** Whether a pattern takes the whole of a text. */
export function matchesSource(source: string): (text: string) => boolean | undefined {
  return (text) => {
    const found = matchesPattern(fullMatch(source), text);
    return typeof found === 'boolean' ? found : undefined;
  };
}

/** How the paths begin that a matcher takes; undefined where it is a pattern or none. */
export function pathOf(matcher: TreeNode | undefined): string | undefined {
  return textOf(valueAt(matcher, 'prefix')) ?? textOf(valueAt(matcher, 'exact'));
}
