/** Versions of Rust crates: what `Cargo.lock` pins, or the lowest that a manifest allows. https://doc.rust-lang.org/cargo/reference/manifest.html */
import { escaped, upwards } from './ecosystem.ts';
import type { Ecosystem } from './ecosystem.ts';

export const ecosystem = {
  name: 'cargo',
  version(packageName, folder, readFile) {
    let [locked, declared]: (string | undefined)[] = [];
    // Every file is asked for, even when an earlier one has the answer: what is unread is read all at once.
    for (const directory of upwards(folder)) {
      const [lock, manifest] = [readFile(`${directory}/Cargo.lock`), readFile(`${directory}/Cargo.toml`)];
      locked ??= lock === undefined ? undefined : lockedVersion(packageName, lock);
      declared ??= manifest === undefined ? undefined : declaredVersion(packageName, manifest);
    }
    return locked ?? declared;
  },
} satisfies Ecosystem;

/** A lock may have several versions of a crate, of which others ask for one: then the manifest says which is meant. */
function lockedVersion(name: string, lock: string): string | undefined {
  const entry = new RegExp(`^name = "${escaped(name)}"\\r?\\nversion = "(\\d[\\w.+-]*)"`, 'gm');
  const found = [...lock.matchAll(entry)].map(([, version]) => version!);
  return found.length === 1 ? found[0] : undefined;
}

/** `name = "0.6"`, `name = { version = "0.6", … }`, `[dependencies.name]`; the crate may have another name here. */
function declaredVersion(name: string, manifest: string): string | undefined {
  const crate = escaped(name);
  const version = '[\\s^~>=]*(\\d+(?:\\.\\d+){0,2}[\\w.-]*)';
  const forms = [
    `^\\s*"?${crate}"?\\s*=\\s*["']${version}`,
    `^\\s*"?${crate}"?\\s*=\\s*\\{[^}]*\\bversion\\s*=\\s*["']${version}`,
    `^\\s*[\\w-]+\\s*=\\s*\\{[^}]*\\bpackage\\s*=\\s*["']${crate}["'][^}]*\\bversion\\s*=\\s*["']${version}`,
    `^\\[(?:[\\w.-]+\\.)?dependencies\\.${crate}\\]\\s*\\n(?:[^\\[\\n]*\\n)*?\\s*version\\s*=\\s*["']${version}`,
  ];
  for (const form of forms) {
    const [, digits] = new RegExp(form, 'm').exec(manifest) ?? [];
    if (digits !== undefined) return whole(digits);
  }
  return undefined;
}

/** `0.6` is the lowest release of it. */
function whole(version: string): string {
  const [major, minor = '0', patch = '0'] = version.split('.');
  return `${major}.${minor}.${patch}`;
}
