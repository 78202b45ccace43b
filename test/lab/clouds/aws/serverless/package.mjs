/**
 * Packages services of the Serverless Framework, one after the other in one process: a path a line comes in, the
 * template's path goes out.
 */
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../../packages/package.json', import.meta.url));
const Serverless = require('serverless');
const yaml = require('js-yaml');

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { id, file } = JSON.parse(line);
  const result = await packaged(file).then(
    (files) => ({ files }),
    (error) => ({ error: error instanceof Error ? error.message : String(error) }),
  );
  process.stdout.write(`${JSON.stringify({ id, ...result })}\n`);
}

async function packaged(file) {
  const serviceDir = `${file}.service`;
  fs.mkdirSync(serviceDir, { recursive: true });
  // What the functions do makes no difference, and packing them takes time.
  fs.writeFileSync(path.join(serviceDir, 'functions.zip'), '');
  const configuration = { ...yaml.load(fs.readFileSync(file, 'utf8')), package: { artifact: 'functions.zip' } };
  process.chdir(serviceDir);
  const serverless = new Serverless({
    configuration,
    serviceDir,
    configurationFilename: path.basename(file),
    commands: ['package'],
    options: {},
    variablesMeta: new Map(),
    isConfigurationResolved: true,
  });
  await serverless.init();
  await serverless.run();
  return [path.join(serviceDir, '.serverless', 'cloudformation-template-update-stack.json')];
}
