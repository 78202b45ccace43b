/** Versions of Ruby gems: what `Gemfile.lock` pins, or the lowest that a Gemfile allows. https://bundler.io/man/gemfile.5.html */
import { upwards } from './ecosystem.ts';
import type { Ecosystem } from './ecosystem.ts';

export const ecosystem = {
  name: 'rubygems',
  version(packageName, folder, readFile) {
    const name = packageName.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const locked = new RegExp(`^ {4}${name} \\((\\d[\\w.]*)`, 'm');
    const declared = new RegExp(
      `^\\s*gem\\s*\\(?\\s*["']${name}["']\\s*,\\s*["'](?:~>|>=|=)?\\s*(\\d[\\w.]*)["']`,
      'm',
    );
    let found: string | undefined;
    // Every file is asked for, even when an earlier one has the answer: what is unread is read all at once.
    for (const directory of upwards(folder)) {
      const [lock, manifest] = [readFile(`${directory}/Gemfile.lock`), readFile(`${directory}/Gemfile`)];
      const version =
        (lock === undefined ? undefined : locked.exec(lock)?.[1]) ??
        (manifest === undefined ? undefined : declared.exec(manifest)?.[1]);
      found ??= version;
    }
    return found;
  },
} satisfies Ecosystem;
