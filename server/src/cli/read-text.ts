/** Bytes of files, and the text that they stand for. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';
export interface DecodedText {
  /** Without a byte order mark, as editors show it. */
  readonly text: string;
  /** The bytes of another text in the same encoding, with the mark that was there. */
  readonly encode: (text: string) => Buffer;
  /** False when letters would be lost in writing: the bytes are not valid in their encoding. */
  readonly valid: boolean;
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
