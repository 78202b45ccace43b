/** `resources`: which paths the options are for, and options of single paths, which stand before those of all. */
import { dictEntry } from '../../../values/dict-entry.ts';
import type { Dict, Value } from '../../../values/value.ts';

/** The options of some paths. */
export interface Resource {
  readonly value: Value | undefined;
  /** As it is written: `/api/*`; undefined for every path, and for what cannot be read. */
  readonly path?: string;
  /** The dictionary that these paths have of their own. */
  readonly own?: Dict;
}

/** The options of each resource; the options themselves where none is written. */
export function resourcesOf(value: Value | undefined): Resource[] {
  const resources = dictEntry(value, 'resources')?.value;
  if (value?.kind !== 'dict' || resources === undefined || resources.kind === 'nothing') return [{ value }];
  if (resources.kind === 'dict' && !resources.open)
    return resources.entries.map(({ key, value: own }) =>
      own.kind === 'dict'
        ? { value: joined(value, own), path: key, own }
        : { value: { ...value, open: true }, path: key },
    );
  if (resources.kind === 'text') return [{ value, path: resources.text }];
  if (resources.kind === 'list' && !resources.open) {
    const paths = resources.items.flatMap((item) => (item.kind === 'text' ? [item.text] : []));
    return [{ value, ...(paths.length > 0 && { path: paths.join(', ') }) }];
  }
  if (resources.kind === 'pattern') return [{ value, path: resources.pattern.source }];
  return [{ value: { ...value, open: true } }];
}

function joined(common: Dict, own: Dict): Dict {
  const names = new Set(own.entries.map(({ key }) => key));
  const left = common.entries.filter(({ key }) => !names.has(key) && key !== 'resources');
  return { ...own, entries: [...left, ...own.entries], open: common.open || own.open };
}
