/** Versions of Ruby gems: what `Gemfile.lock` pins, or the lowest that a Gemfile allows. https://bundler.io/man/gemfile.5.html */
import { escaped, nearestVersion } from './ecosystem.ts';
import type { Ecosystem } from './ecosystem.ts';

export const ecosystem = {
  name: 'rubygems',
  version(packageName, folder, readFile) {
    const name = escaped(packageName);
    const locked = new RegExp(`^ {4}${name} \\((\\d[\\w.]*)`, 'm');
    const declared = new RegExp(
      `^\\s*gem\\s*\\(?\\s*["']${name}["']\\s*,\\s*["'](?:~>|>=|=)?\\s*(\\d[\\w.]*)["']`,
      'm',
    );
    return nearestVersion(folder, readFile, [
      { file: 'Gemfile.lock', version: locked },
      { file: 'Gemfile', version: declared },
    ]);
  },
} satisfies Ecosystem;
