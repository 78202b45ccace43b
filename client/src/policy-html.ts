/** The page of the view of policies as HTML: style and script stand in it, and nothing else may be loaded or run. */
import { Uri, env, workspace } from 'vscode';

/** The same in desktop, remote and web: the files of the extension are read, and not linked to. */
export async function pageOf(extension: Uri): Promise<string> {
  const [style, script] = await Promise.all(
    ['dist/policy-page.css', 'dist/policy-page.js'].map((file) => textOf(Uri.joinPath(extension, file))),
  );
  const nonce = freshNonce();
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${env.language.replaceAll(/[^\w-]/g, '')}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main></main>
<script nonce="${nonce}">${script!.replaceAll('</', '<\\/')}</script>
</body>
</html>`;
}

async function textOf(file: Uri): Promise<string> {
  return new TextDecoder().decode(await workspace.fs.readFile(file));
}

/** 128 bits that nobody can guess. https://www.w3.org/TR/CSP3/#security-nonces */
function freshNonce(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
