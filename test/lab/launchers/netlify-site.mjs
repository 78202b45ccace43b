/** What the labs of Netlify's two forms of headers share: a folder with the file in it, and paths that its rules cover. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer } from './processes.mjs';

const script = path.join(path.dirname(fileURLToPath(import.meta.url)), 'netlify-headers.mjs');

/** An address that the rule is for. */
export const pathOf = ({ scope }) => scope.replaceAll('*', 'page').replaceAll(/:\w+/g, 'part');

/** A folder of its own with the file under the name that hosts read. */
export function siteFolder(file, name) {
  const site = `${file}.site`;
  fs.mkdirSync(site, { recursive: true });
  fs.copyFileSync(file, path.join(site, name));
  return site;
}

/** Serves the file under the name that Netlify reads. */
export async function startSite({ file, port, folder }, name) {
  return startServer({
    command: process.execPath,
    args: [script, folder, siteFolder(file, name), String(port)],
    port,
    cwd: folder,
  });
}
