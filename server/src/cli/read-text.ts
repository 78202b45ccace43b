/** Bytes of files, and the text that they stand for. */
import { closeSync, openSync, readSync } from 'node:fs';

/** Larger files are no configuration; reading them only to refuse them would cost memory. */
export const largestFile = 16 * 1_048_576;

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';
export interface DecodedText {
  /** Without a byte order mark, as editors show it. */
  readonly text: string;
  /** The bytes of another text in the same encoding, with the mark that was there. */
  readonly encode: (text: string) => Buffer;
  /** False when letters would be lost in writing: the bytes are not valid in their encoding. */
  readonly valid: boolean;
}

/** One buffer for all files: most are read by a single call of the system. */
let buffer = Buffer.allocUnsafe(256 * 1024);

/** Valid until the next call. Undefined when the file is too large. Throws when it cannot be read. */
export function readBytes(file: string): Buffer | undefined {
  const descriptor = openSync(file, 'r');
  try {
    let length = 0;
    for (;;) {
      const read = readSync(descriptor, buffer, length, buffer.length - length, null);
      length += read;
      if (length > largestFile) return undefined;
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

/** UTF-16 is recognised by its mark; what is not valid becomes U+FFFD. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const encoding: Encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  const mark = encoding !== 'utf-8' || (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) ? '\ufeff' : '';
  const text = new TextDecoder(encoding).decode(bytes);
  const encode = (written: string): Buffer => {
    const encoded = Buffer.from(mark + written, encoding === 'utf-8' ? 'utf8' : 'utf16le');
    return encoding === 'utf-16be' ? encoded.swap16() : encoded;
  };
  return { text, encode, valid: encode(text).equals(bytes) };
}

/** Whether the bytes are UTF-16, so that a search for ASCII words finds nothing in them. */
export function isUtf16(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}
