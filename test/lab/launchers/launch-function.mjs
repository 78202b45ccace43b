/** Serves the one function that a program exports, on every path, through Express 4, as the Functions Framework does. */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(new URL('../packages/package.json', import.meta.url));
const express = require('express4');
const module = await import(pathToFileURL(process.argv[2]).href);
const served = [...Object.values(module), ...Object.values(module.default ?? {})].find(
  (value) => typeof value === 'function' && '__endpoint' in value,
);
const app = express();
app.use(express.json());
app.all('*', (request, response, next) => {
  Promise.resolve(served(request, response)).catch(next);
});
app.listen(Number(process.env.PORT), '127.0.0.1');
