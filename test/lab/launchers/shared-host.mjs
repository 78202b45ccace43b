/**
 * One process that runs many small programs of Node side by side, each on the port that `PORT` says while it is loaded. What one of them
 * throws while nobody waits ends none of the others.
 */
import { pathToFileURL } from 'node:url';
import { answerAsHost } from './node-host.mjs';
import { accepts } from './processes.mjs';

let thrown;
for (const event of ['uncaughtException', 'unhandledRejection'])
  process.on(event, (error) => {
    thrown = error;
  });

answerAsHost(async ({ file, port }) => {
  thrown = undefined;
  process.env.PORT = String(port);
  const module = await import(pathToFileURL(file).href);
  const app = [module.default, module.app].find((candidate) => typeof candidate?.listen === 'function');
  if (app) app.listen(port, '127.0.0.1');
  for (let attempt = 0; attempt < 250; attempt++) {
    if (await accepts(port)) return () => undefined;
    if (thrown) throw thrown;
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
  throw new Error('the program does not listen');
});
