/** Runs Vite's development server, or its preview where the configuration is named after that, with a configuration as it stands. */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { answerAsHost } from '../../launchers/node-host.mjs';

answerAsHost(async ({ file, port, folder }) => {
  const vite = await import(pathToFileURL(path.join(folder, 'node_modules', 'vite', 'dist', 'node', 'index.js')).href);
  // Each server has a root of its own: it watches over it and keeps a cache there.
  const root = `${file}.root`;
  for (const name of ['index.html', 'dist/index.html']) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), '<!doctype html><title>Shop</title>');
  }
  const listen = { host: '127.0.0.1', port, strictPort: true, open: false };
  const inline = {
    configFile: file,
    root,
    logLevel: 'silent',
    server: { ...listen, hmr: false, watch: null },
    preview: listen,
    optimizeDeps: { noDiscovery: true, include: [] },
  };
  if (/preview/.test(path.basename(file))) {
    const server = await vite.preview(inline);
    return () =>
      new Promise((resolve) => {
        server.httpServer.close(resolve);
      });
  }
  const server = await vite.createServer(inline);
  await server.listen();
  return () => server.close();
});
