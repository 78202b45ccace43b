/** Policies that are mounted on apps, and which of them run for the same requests as another one. */
import type { Mounted, Policy } from '../policy/policy.ts';

export type MountedPolicy = Policy & { readonly mounted: Mounted };

/** Finds those that may run too by where they are mounted, so that each of many is compared with few. */
export class MountedPolicies {
  /** Places in the list by app and path, and by app and registering call. */
  private readonly places = new Map<string, number[]>();

  constructor(readonly all: readonly MountedPolicy[]) {
    for (const [index, policy] of all.entries())
      for (const key of keysOf(policy)) {
        const there = this.places.get(key);
        if (there) there.push(index);
        else this.places.set(key, [index]);
      }
  }

  /** Those that run for every request that the policy is about, and itself, in the order of the list; no more than `most`. */
  with(policy: MountedPolicy, most: number): MountedPolicy[] {
    const found: MountedPolicy[] = [];
    for (const index of this.candidates(policy, 1)) {
      const other = this.all[index]!;
      if (other === policy || runsToo(other, policy)) found.push(other);
      if (found.length === most) break;
    }
    return found;
  }

  /** The last one in the list that runs for every request that the policy is about, and meets the condition. */
  lastWith(policy: MountedPolicy, holds: (other: MountedPolicy) => boolean): MountedPolicy | undefined {
    for (const index of this.candidates(policy, -1)) {
      const other = this.all[index]!;
      if (runsToo(other, policy) && holds(other)) return other;
    }
    return undefined;
  }

  /** Their places in the list, forwards or backwards. */
  private candidates({ mounted }: MountedPolicy, direction: 1 | -1): Iterable<number> {
    const keys = mounted.places.flatMap(({ app, at, path }) => [
      `${app} at ${at}`,
      `${app} anywhere`,
      ...(path === null ? [] : pathsOver(path).map((over) => `${app} on ${over}`)),
    ]);
    const lists = [...new Set(keys)].flatMap((key) => {
      const list = this.places.get(key);
      return list ? [list] : [];
    });
    return inTurn(lists, direction);
  }
}

/** The numbers of lists that ascend, each once, in the same order or in the opposite one; only as far as somebody asks. */
function* inTurn(lists: readonly (readonly number[])[], direction: 1 | -1): Generator<number> {
  const at = lists.map((list) => (direction === 1 ? 0 : list.length - 1));
  for (;;) {
    let next: number | undefined;
    for (const [index, list] of lists.entries()) {
      const here = list[at[index]!];
      if (here !== undefined && (next === undefined || (here - next) * direction < 0)) next = here;
    }
    if (next === undefined) return;
    yield next;
    for (const [index, list] of lists.entries()) if (list[at[index]!] === next) at[index]! += direction;
  }
}

/** The path itself, and all that it is below. */
function pathsOver(path: string): readonly string[] {
  return [path, ...[...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index))];
}

/** Under which keys the policy is found by those for whose requests it may run. */
function keysOf({ mounted: { method, places } }: MountedPolicy): readonly string[] {
  const { app, at, path } = places[0]!;
  const own = `${app} at ${at}`;
  if (path === null) return [own];
  if (isAnyPath(path, method === 'use')) return [own, `${app} anywhere`];
  return [own, ...new Set([path, withoutSlash(path)].map((one) => `${app} on ${one}`))];
}

/** Where on the other's app the first one stands: a router stands where it is mounted. */
function placeOn(one: MountedPolicy, app: number): Mounted['places'][number] | undefined {
  return one.mounted.places.find((place) => place.app === app);
}

/** A router's middlewares run where it is mounted, among those of the app. */
export function byPlace(a: MountedPolicy, b: MountedPolicy): number {
  const [left, right] = [a, b].map(({ mounted }) => mounted.places.map(({ at }) => at).reverse());
  const differing = left!.findIndex((at, index) => at !== right![index]);
  return (left![differing] ?? 0) - (right![differing] ?? left![differing] ?? 0) || a.range.start - b.range.start;
}

/** Whether `other` runs for every request that `policy` is about: before it, or for its preflights. */
function runsToo(other: MountedPolicy, policy: MountedPolicy): boolean {
  const [own] = other.mounted.places;
  const place = placeOn(policy, own!.app);
  if (place === undefined) return false;
  if (own!.at === place.at) return !answersAnyMethod(other) || other.range.start < policy.range.start;
  if (
    other.mounted.method === 'options'
      ? policy.mounted.method === 'options' && own!.at > place.at
      : !answersAnyMethod(other) || own!.at > place.at
  )
    return false;
  return covers(own!.path, other.mounted.method === 'use', place.path);
}

/** A path of Express: of a route exactly, of `use` with all that is below it. What is not a plain text covers nothing for certain. */
function covers(path: string | null, isPrefix: boolean, other: string | null): boolean {
  if (path === null) return false;
  if (isAnyPath(path, isPrefix)) return true;
  if (other === null) return false;
  const plain = withoutSlash(path);
  return !/[*:(){}?+]/.test(plain) || plain === other
    ? other === plain || other === path || (isPrefix && other.startsWith(`${plain}/`))
    : false;
}

function isAnyPath(path: string, isPrefix: boolean): boolean {
  return isPrefix ? path === '/' : /^(\*|\/\*|\(\.\*\)|\/\(\.\*\)|\/?\{?\*\w+\}?)$/.test(path);
}

function withoutSlash(path: string): string {
  return path.replace(/\/$/, '');
}

export function answersAnyMethod({ mounted: { method } }: MountedPolicy): boolean {
  return method === 'use' || method === 'all';
}
