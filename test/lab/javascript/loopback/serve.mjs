/** Starts the application of a program: what it exports, or what its `createApp()` makes. */
import { pathToFileURL } from 'node:url';

const module = await import(pathToFileURL(process.argv[2]).href);
const { createApp } = module;
const app = createApp ? await createApp() : module.default;
for (const verb of ['get', 'head', 'post']) app.route(verb, '/', { responses: {} }, () => 'ok');
await app.start();
