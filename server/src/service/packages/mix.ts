/** Versions of Hex packages: what `mix.lock` pins, or the lowest that `mix.exs` allows. https://hexdocs.pm/elixir/Version.html */
import { upwards } from './ecosystem.ts';
import type { Ecosystem } from './ecosystem.ts';

export const ecosystem = {
  name: 'mix',
  version(packageName, folder, readFile) {
    const name = packageName.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const locked = new RegExp(`"${name}": *\\{ *:hex, *:${name}, *"(\\d[\\w.-]*)"`);
    const declared = new RegExp(`\\{ *:${name}, *"(?:~>|>=|==)? *(\\d[\\w.]*)`);
    let found: string | undefined;
    // Every file is asked for, even when an earlier one has the answer: what is unread is read all at once.
    for (const directory of upwards(folder)) {
      const [lock, manifest] = [readFile(`${directory}/mix.lock`), readFile(`${directory}/mix.exs`)];
      const version =
        (lock === undefined ? undefined : locked.exec(lock)?.[1]) ??
        (manifest === undefined ? undefined : declared.exec(manifest)?.[1]);
      found ??= version;
    }
    return found;
  },
} satisfies Ecosystem;
