/** What the server may ask of the editor: files it cannot read itself, and its grammars in a browser. */
import { FileType, RelativePattern, Uri, workspace } from 'vscode';
import type { Disposable, ExtensionContext } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { listFilesMethod, readFileMethod, readGrammarMethod } from '../../server/src/lsp/protocol.ts';
import type {
  ListFilesParams,
  ListFilesResult,
  ReadFileParams,
  ReadFileResult,
  ReadGrammarParams,
  ReadGrammarResult,
} from '../../server/src/lsp/protocol.ts';

/** Larger files are data or bundles; the linter would not read them either. */
const mostBytes = 8 * 1_048_576;

export function answerServer(client: BaseLanguageClient, context: ExtensionContext): Disposable[] {
  return [
    client.onRequest(readFileMethod, ({ uri }: ReadFileParams) => readText(Uri.parse(uri, true))),
    client.onRequest(readGrammarMethod, ({ name }: ReadGrammarParams) => readGrammar(context, name)),
    client.onRequest(listFilesMethod, listFiles),
  ];
}

/** The text as the user sees it: of the open document where there is one, else of the file. */
async function readText(uri: Uri): Promise<ReadFileResult> {
  const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open) return { text: open.getText() };
  try {
    const { type, size } = await workspace.fs.stat(uri);
    if ((type & FileType.File) === 0 || size > mostBytes) return {};
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(await workspace.fs.readFile(uri)) };
  } catch {
    return {};
  }
}

async function readGrammar(context: ExtensionContext, name: string): Promise<ReadGrammarResult> {
  if (!/^[a-z-]+\.wasm$/.test(name)) throw new Error(`No grammar has the name ${name}`);
  const bytes = await workspace.fs.readFile(Uri.joinPath(context.extensionUri, 'dist', 'grammars', name));
  return { base64: base64(bytes) };
}

/** In pieces: a call takes only so many arguments. */
function base64(bytes: Uint8Array): string {
  const piece = 0x8000;
  let binary = '';
  for (let start = 0; start < bytes.length; start += piece)
    binary += String.fromCharCode(...bytes.subarray(start, start + piece));
  return btoa(binary);
}

/** Installed packages are nobody's own settings, and there are many of them. */
const installed = ['**/node_modules/**', '**/.git/**'];

async function listFiles({ folder, include, exclude, most }: ListFilesParams): Promise<ListFilesResult> {
  const root = Uri.parse(folder, true);
  // VS Code's search finds nothing for braces within braces, so each glob is a search of its own. The server leaves out what is
  // excluded by itself; here that only saves time.
  const simple = exclude.filter((glob) => !/[{}]/.test(glob));
  const without = new RelativePattern(root, `{${[...installed, ...simple].join(',')}}`);
  const found = await Promise.all(
    include.map((glob) => workspace.findFiles(new RelativePattern(root, glob), without, most)),
  );
  return { uris: [...new Set(found.flat().map(String))].slice(0, most) };
}
