/** Readers of the shapes that need no grammar. */
import type { DirectiveDocument } from '../syntax/directives.ts';
import type { TreeDocument } from '../syntax/tree.ts';
import { readJson } from '../syntax/json.ts';
import { readNginx } from '../syntax/nginx.ts';
import type { SourceKind } from './language.ts';

/** Undefined for programs, which need a grammar. */
export function readShape(kind: SourceKind, path: string, text: string): TreeDocument | DirectiveDocument | undefined {
  if (kind.shape === 'tree') return readJson(path, text);
  return kind.shape === 'directives' ? readNginx(path, text) : undefined;
}
