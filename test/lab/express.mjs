/** Express programs: the npm package `cors` and headers by hand, on Express 5 and Express 4. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import Module from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLinter } from '../../server/src/service/linter.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';
import { answer } from '../../server/src/policy/answer.ts';
import { nodeHost } from '../../server/src/node/host.ts';
import { differences, origins, requestsFrom, send } from './observations.mjs';

const require = createRequire(import.meta.url);
const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'express');
const linter = createLinter(nodeHost());

/** `require('express')` inside the programs gives the version under test. */
function useExpress(packageName) {
  const resolve = Module._resolveFilename;
  Module._resolveFilename = function (request, ...rest) {
    return resolve.call(this, request === 'express' ? packageName : request, ...rest);
  };
  return () => { Module._resolveFilename = resolve; };
}

let agreed = 0;
const open = new Set();
const mismatches = [];
const table = [];
for (const packageName of ['express', 'express4']) {
  const restore = useExpress(packageName);
  const version = require(`${packageName}/package.json`).version;
  let here = 0;
  let wrong = 0;
  for (const name of fs.readdirSync(folder).sort()) {
    const file = path.join(folder, name);
    const { policies } = await linter.lint({ path: file.replaceAll('\\', '/'), text: fs.readFileSync(file, 'utf8') }, defaultSettings);
    if (policies.length !== 1) {
      mismatches.push(`${name}: the linter read ${policies.length} policies, not one`);
      wrong += 1;
      continue;
    }
    delete require.cache[file];
    const server = require(file).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    for (const origin of origins) {
      for (const request of requestsFrom(origin)) {
        const received = await send(server.address().port, '/', request);
        const modelled = answer(policies[0], request);
        // A header that the model does not know agrees with everything, so that it has to be counted.
        if ([...modelled.headers.values()].includes(null)) open.add(`${name} (${[...modelled.headers].filter(([, lines]) => lines === null).map(([header]) => header).join(', ')})`);
        const found = differences(received, modelled);
        if (found.length === 0) here += 1;
        else {
          wrong += 1;
          mismatches.push(`${packageName} ${name} ${request.method} ${origin}: ${found.join('; ')}`);
        }
      }
    }
    await new Promise((resolve) => server.close(resolve));
  }
  restore();
  agreed += here;
  table.push({ framework: `Express ${version}`, programs: fs.readdirSync(folder).length, observations: here + wrong, agreed: here });
}
console.table(table);
for (const mismatch of mismatches.slice(0, 60)) console.log(mismatch);
if (open.size > 0) console.log(`LEFT OPEN by the model, and so not compared: ${[...open].join('; ')}`);
console.log(`${agreed} passed, ${mismatches.length} failed`);
process.exitCode = mismatches.length > 0 || agreed === 0 ? 1 : 0;
