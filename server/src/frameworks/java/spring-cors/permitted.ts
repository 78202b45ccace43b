/** What `applyPermitDefaultValues()` has set already where something is added after it. */
import type { BuilderStep } from '../../../models/libraries/builder-steps.ts';
import type { Dict, DictEntry, Value } from '../../../values/value.ts';

/** By the option: the method that adds to it, the one that sets it, and what it holds by then. */
const permitted: Readonly<
  Record<string, { readonly adds: string; readonly sets: string; readonly by: readonly string[] }>
> = {
  allowedOrigins: { adds: 'addAllowedOrigin', sets: 'setAllowedOrigins', by: ['*'] },
  allowedMethods: { adds: 'addAllowedMethod', sets: 'setAllowedMethods', by: ['GET', 'HEAD', 'POST'] },
  allowedHeaders: { adds: 'addAllowedHeader', sets: 'setAllowedHeaders', by: ['*'] },
};

/** `config.applyPermitDefaultValues(); config.addAllowedOrigin("https://a")` lets everybody in: the star is there before. */
export function withPermitted(options: Dict, steps: readonly BuilderStep[]): Dict {
  const permits = steps.findIndex(({ name }) => name === 'applyPermitDefaultValues');
  if (permits < 0) return options;
  const before = new Set(steps.slice(0, permits).map(({ name }) => name));
  const isPatterned = [...before].some((name) => /AllowedOriginPattern/.test(name));
  const { nameRange } = steps[permits]!;
  const entries = options.entries.map((entry): DictEntry => {
    const meaning = Object.hasOwn(permitted, entry.key) ? permitted[entry.key] : undefined;
    if (meaning === undefined) return entry;
    const isFilled = !before.has(meaning.adds) && !(entry.key === 'allowedOrigins' && isPatterned);
    const isAdded = !steps.some(({ name }) => name === meaning.sets);
    if (!isFilled || !isAdded || entry.value.kind !== 'list') return entry;
    const items = meaning.by.map((text): Value => ({ kind: 'text', text, range: nameRange }));
    return { ...entry, value: { ...entry.value, items: [...items, ...entry.value.items] } };
  });
  return { ...options, entries };
}
