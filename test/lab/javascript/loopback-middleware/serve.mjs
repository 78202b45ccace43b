/** Boots LoopBack 3 with a `middleware.json`; what the phases name is looked up from a folder beside it. */
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const file = process.argv[3];
const require = createRequire(file);
const loopback = require('loopback');
const boot = require('loopback-boot');

const appRootDir = fs.mkdtempSync(path.join(path.dirname(file), '..', 'server-'));
fs.writeFileSync(path.join(appRootDir, 'config.json'), '{ "restApiRoot": "/api" }');
fs.writeFileSync(path.join(appRootDir, 'model-config.json'), '{}');
fs.copyFileSync(file, path.join(appRootDir, 'middleware.json'));
const app = loopback();
boot(app, { appRootDir }, (error) => {
  if (error) throw error;
  app.middleware('routes', (_request, response) => {
    response.send('ok');
  });
  app.listen(Number(process.env.PORT), '127.0.0.1');
});
