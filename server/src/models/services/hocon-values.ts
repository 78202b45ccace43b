/** Values of HOCON as the library that reads them takes them: switches in words, and lengths of time with a unit. */
import type { TreeEntry } from '../../syntax/trees/tree.ts';

/** With `yes` and `on` as `true`, `no` and `off` as `false`. */
export function switchIn(entry: TreeEntry | undefined): TreeEntry | undefined {
  if (entry?.value.kind !== 'scalar') return entry;
  const { value } = entry.value;
  const isOn = value === 'yes' || value === 'on' || value === 'true';
  const isOff = value === 'no' || value === 'off' || value === 'false';
  return isOn || isOff ? { ...entry, value: { ...entry.value, value: isOn } } : entry;
}

const seconds = new Map(
  Object.entries({
    ns: 1e-9,
    nano: 1e-9,
    us: 1e-6,
    micro: 1e-6,
    '': 1e-3,
    ms: 1e-3,
    milli: 1e-3,
    millisecond: 1e-3,
    s: 1,
    second: 1,
    m: 60,
    minute: 60,
    h: 3600,
    hour: 3600,
    d: 86_400,
    day: 86_400,
  }),
);

/** A length of time as whole seconds: `1 hour`, `30m`, `1.day`; `unit` counts where none is written. Undefined where it is none. */
export function secondsIn(entry: TreeEntry | undefined, unit: '' | 's'): number | undefined {
  if (entry?.value.kind !== 'scalar') return undefined;
  const [, number, word] = /^(\d+(?:\.\d+)?)[\s.]*([a-z]*)$/i.exec(String(entry.value.value).trim()) ?? [];
  if (number === undefined) return undefined;
  const name = word === '' ? unit : word!.toLowerCase();
  const factor = seconds.get(name) ?? seconds.get(name.replace(/s$/, ''));
  return factor === undefined ? undefined : Math.floor(Number(number) * factor);
}
