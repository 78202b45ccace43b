/**
 * Synthesizes programs of the CDK, one after the other in one process, since loading the CDK takes seconds. What a
 * program exports is put into an
 * app: stacks as they are, other constructs in a stack of their own. The CDK's own check of the templates is part of it.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import readline from 'node:readline';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { id, file } = JSON.parse(line);
  const result = await synthesize(file).then(
    (files) => ({ files }),
    (error) => ({ error: error instanceof Error ? error.message : String(error) }),
  );
  console.log(JSON.stringify({ id, ...result }));
}

async function synthesize(file) {
  const outfile = `${file}.cjs`;
  await build({
    entryPoints: [file],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'silent',
  });
  // An app of the program's own leaves its assembly there.
  process.env.TMPDIR = path.dirname(file);
  const requireThere = createRequire(outfile);
  const { App, Stack } = requireThere('aws-cdk-lib');
  const { Construct } = requireThere('constructs');
  const exported = Object.values(require(outfile));
  const own = exported.find((value) => value instanceof App);
  const app = own ?? new App({ outdir: `${file}.out` });
  for (const value of own ? [] : exported) {
    if (typeof value !== 'function' || !(value.prototype instanceof Construct)) continue;
    if (value.prototype instanceof Stack) new value(app, value.name);
    else new value(new Stack(app, `${value.name}Stack`), value.name);
  }
  const { stacks } = app.synth();
  return stacks.map(({ templateFullPath }) => path.resolve(templateFullPath));
}
