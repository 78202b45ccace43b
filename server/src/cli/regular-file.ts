/**
 * Opens files, and nothing else: a pipe waits for ever, a device never ends, and a link may lead out of the project. What a
 * stranger's repository calls a settings file is not opened before it is known to be one.
 */
import { closeSync, constants, fstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import path from 'node:path';

/** Larger files are no configuration; reading them only to refuse them would cost memory. */
export const largestFile = 16 * 1_048_576;

/** Why a file is not read, for people. */
export class RefusedFile extends Error {}

/** Windows has neither flag, and no pipes among its files. */
const { O_RDONLY, O_NONBLOCK = 0 } = constants;

/** One buffer for all files: most are read by a single call of the system. */
let buffer = Buffer.allocUnsafe(256 * 1024);

/**
 * A descriptor for reading, which the caller closes. Throws a RefusedFile for what is no file, and what the system throws. `isListed`: its
 * folder said just now that it is one.
 */
export function openRegular(file: string, isListed = false): { readonly descriptor: number; readonly facts: Stats } {
  // Opening a device may already do something, so that it is asked before; what was opened is asked again.
  if (!isListed) refuseUnlessRegular(statSync(file));
  const descriptor = openSync(file, O_RDONLY | O_NONBLOCK);
  try {
    const facts = fstatSync(descriptor);
    refuseUnlessRegular(facts);
    return { descriptor, facts };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

function refuseUnlessRegular(facts: Stats): void {
  if (!facts.isFile()) throw new RefusedFile('It is no file.');
}

/** Valid until the next call. Undefined when the file holds more than `most` bytes. Throws when it cannot be read. */
export function readBytes(file: string, most = largestFile, isListed = false): Buffer | undefined {
  const { descriptor } = openRegular(file, isListed);
  try {
    let length = 0;
    for (;;) {
      const read = readSync(descriptor, buffer, length, buffer.length - length, null);
      length += read;
      if (length > most) return undefined;
      // A file gives all that is asked for, until its end.
      if (length < buffer.length) return buffer.subarray(0, length);
      const larger = Buffer.allocUnsafe(buffer.length * 2);
      buffer.copy(larger);
      buffer = larger;
    }
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Where the file really lies, with every link followed; undefined when that is outside of all the folders. Nothing outside is
 * asked for by its name, which on Windows may already reach another machine. Throws what the system throws.
 */
export function realPathWithin(folders: readonly string[], file: string): string | undefined {
  if (!folders.some((folder) => liesWithin(folder, file))) return undefined;
  const real = realpathSync.native(file);
  return folders.some((folder) => liesWithin(realpathSync.native(folder), real)) ? real : undefined;
}

/** Whether a path is that of the folder or of something in it, by the names alone. */
export function liesWithin(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative === '' || !(relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative));
}
