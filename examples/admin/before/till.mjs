import * as esbuild from 'esbuild';

const context = await esbuild.context({ entryPoints: ['src/till.ts'], outdir: 'www', bundle: true });
await context.serve({ servedir: 'www', cors: { origin: '*' } });
