/** Loads one program of the lab. Programs listen on `process.env.PORT` themselves; what exports an app is made to. */
import { pathToFileURL } from 'node:url';

const module = await import(pathToFileURL(process.argv[2]).href);
const app = [module.default, module.app, module.default?.default].find(
  (candidate) => typeof candidate?.listen === 'function',
);
if (app) app.listen(Number(process.env.PORT), '127.0.0.1');
