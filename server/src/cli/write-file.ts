/**
 * Writes a fixed text in place of the file that was read, or says why not. A repository belongs to whoever wrote it, so that
 * no name in it is trusted: not that of a temporary file, nor a link.
 */
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import type { Stats } from 'node:fs';
import path from 'node:path';
import { openRegular, realPathWithin, RefusedFile } from './regular-file.ts';

export interface Replacement {
  /** Absolute; a link is followed as far as it stays within the root. */
  readonly file: string;
  /** Folder outside of which nothing is written. */
  readonly root: string;
  /** What the file held when it was read. */
  readonly before: Buffer;
  readonly after: Buffer;
}

const changed = 'It has changed since it was read.';

/**
 * The file keeps its mode and owner, and holds the old text or the new one whatever happens meanwhile. Undefined when it was
 * written, else the reason why not, for people; nothing has changed then.
 */
export function replaceFile({ file, root, before, after }: Replacement): string | undefined {
  try {
    const target = realPathWithin([root], file);
    if (target === undefined) return 'It lies outside of the repository. --root widens that.';
    const read = stillTheSame(target, before);
    const temporary = path.join(path.dirname(target), `.cors-lint-${randomName()}`);
    try {
      writeNew(temporary, after, read);
      // Writing took a while: somebody may have saved the file meanwhile.
      if (!isSame(read, lstatSync(target))) return changed;
      renameSync(temporary, target);
      return undefined;
    } finally {
      removeQuietly(temporary);
    }
  } catch (error) {
    return error instanceof RefusedFile ? error.message : reasonNotToWrite(error);
  }
}

/** Writes a file where there is none, not even a link. Undefined when it was written, else the reason why not, for people. */
export function createFile(file: string, bytes: Buffer): string | undefined {
  try {
    writeFileSync(file, bytes, { flag: 'wx' });
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EEXIST'
      ? 'Something else has its name.'
      : reasonNotToWrite(error);
  }
}

/** Throws a RefusedFile when the file is another one now, or is not to be replaced. */
function stillTheSame(target: string, before: Buffer): Stats {
  const { descriptor, facts } = openRegular(target);
  try {
    // The superuser may write everywhere; whoever made the file read-only meant it for them, too.
    if ((facts.mode & 0o222) === 0) throw new RefusedFile('It is read-only.');
    if (facts.nlink > 1) throw new RefusedFile('It has other names (hard links), which would keep the old text.');
    accessSync(target, constants.W_OK);
    if (facts.size !== before.length || !readFileSync(descriptor).equals(before)) throw new RefusedFile(changed);
    return facts;
  } finally {
    closeSync(descriptor);
  }
}

function isSame(before: Stats, now: Stats): boolean {
  return (['dev', 'ino', 'size', 'mtimeMs', 'ctimeMs'] as const).every((fact) => before[fact] === now[fact]);
}

/** `wx` fails where the name is there already, a link included. */
function writeNew(temporary: string, bytes: Buffer, { mode, uid, gid }: Stats): void {
  const descriptor = openSync(temporary, 'wx', 0o600);
  try {
    writeFileSync(descriptor, bytes);
    if (process.platform !== 'win32') {
      keepOwner(descriptor, uid, gid);
      fchmodSync(descriptor, mode & 0o7777);
    }
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function keepOwner(descriptor: number, uid: number, gid: number): void {
  try {
    fchownSync(descriptor, uid, gid);
  } catch {
    throw new RefusedFile('It belongs to somebody else, and would not afterwards.');
  }
}

/** Once it is renamed, it is not there any more. */
function removeQuietly(temporary: string): void {
  try {
    unlinkSync(temporary);
  } catch {
    // Nothing was made, or it has taken the place of the file.
  }
}

function reasonNotToWrite(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM') return 'It, or its folder, may not be written.';
  if (code === 'EROFS') return 'It lies on a file system that is read-only.';
  return code === 'ENOENT' ? 'It is not there any more.' : `It cannot be written (${code ?? message}).`;
}

/** Of the web's cryptography, because Node's own takes a while to load, and few runs write. */
function randomName(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(8))).toString('hex');
}
