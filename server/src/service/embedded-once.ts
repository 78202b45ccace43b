/** The files inside a file, read once. */
import { embeddedDocuments } from './embedded.ts';
import type { EmbeddedDocument } from './embedded.ts';
import type { Document } from './other-files.ts';

const embedded = new WeakMap<Document, readonly EmbeddedDocument[]>();

/** The files inside a tree, read once. */
export function embeddedIn(document: Document): readonly EmbeddedDocument[] {
  const known = embedded.get(document);
  if (known || document.shape !== 'tree') return known ?? [];
  const found = embeddedDocuments(document);
  embedded.set(document, found);
  return found;
}
