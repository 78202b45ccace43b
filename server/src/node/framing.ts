/**
 * Looks at the headers of incoming messages before the library does: a length that is none leaves it waiting for a message that
 * never ends, without a word.
 * https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#headerPart
 */
import { Transform } from 'node:stream';
import type { TransformCallback } from 'node:stream';

/** In bytes. A message holds one document at most, and larger ones are not read. */
const longestMessage = 256 * 1_048_576;
const longestHeader = 4096;
const headerEnd = Buffer.from('\r\n\r\n');

/** Passes bytes on as long as they are well-formed messages, and fails with words at the first header that is not. */
export class CheckedFraming extends Transform {
  #header = Buffer.alloc(0);
  /** Of the body, in bytes. */
  #left = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    try {
      for (let rest = chunk; rest.length > 0;) rest = this.#left > 0 ? this.#body(rest) : this.#headers(rest);
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  /** Returns the bytes behind the body. */
  #body(bytes: Buffer): Buffer {
    const own = bytes.subarray(0, this.#left);
    this.#left -= own.length;
    this.push(own);
    return bytes.subarray(own.length);
  }

  /** Returns the bytes behind the headers. */
  #headers(bytes: Buffer): Buffer {
    const all = Buffer.concat([this.#header, bytes]);
    const end = all.indexOf(headerEnd);
    if (end === -1 && all.length <= longestHeader) {
      this.#header = all;
      return Buffer.alloc(0);
    }
    const headers = all.subarray(0, end === -1 ? longestHeader : end).toString('latin1');
    this.#left = end === -1 ? Number.NaN : lengthIn(headers);
    if (!(this.#left <= longestMessage))
      throw new Error(
        `A message has to begin with "Content-Length: <bytes>", and this one began with ${shown(headers)}.`,
      );
    this.push(all.subarray(0, end + headerEnd.length));
    this.#header = Buffer.alloc(0);
    return all.subarray(end + headerEnd.length);
  }
}

function lengthIn(headers: string): number {
  const lengths = [...headers.matchAll(/^Content-Length[ \t]*:[ \t]*(.*?)[ \t]*$/gim)].map(([, length]) => length!);
  return lengths.length > 0 && lengths.every((length) => /^\d+$/.test(length)) ? Number(lengths.at(-1)) : Number.NaN;
}

function shown(headers: string): string {
  return JSON.stringify(headers.length > 80 ? `${headers.slice(0, 80)}…` : headers);
}
