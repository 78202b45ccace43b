/** Versions of Hex packages: what `mix.lock` pins, or the lowest that `mix.exs` allows. https://hexdocs.pm/elixir/Version.html */
import { escaped, nearestVersion } from './ecosystem.ts';
import type { Ecosystem } from './ecosystem.ts';

export const ecosystem = {
  name: 'mix',
  version(packageName, folder, readFile) {
    const name = escaped(packageName);
    const locked = new RegExp(`"${name}": *\\{ *:hex, *:${name}, *"(\\d[\\w.-]*)"`);
    const declared = new RegExp(`\\{ *:${name}, *"(?:~>|>=|==)? *(\\d[\\w.]*)`);
    return nearestVersion(folder, readFile, [
      { file: 'mix.lock', version: locked },
      { file: 'mix.exs', version: declared },
    ]);
  },
} satisfies Ecosystem;
