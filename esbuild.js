// Bundles the extension, the language server and the command line into dist/, and lays the grammars beside them.
// With names (`node esbuild.js server.js`) only these bundles are made, and the rest of dist/ stays. With `--stale` only those
// that are older than what they are made from. What is bundled of others is written down in dist/THIRD-PARTY-NOTICES.txt.
const {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} = require('node:fs');
const { basename, join } = require('node:path');
const { brotliCompressSync, constants } = require('node:zlib');
const esbuild = require('esbuild');
const { noteFile, noticedPackages, noticesText } = require('./esbuild.notices.js');
const { bundlePrograms, exportsOf, factsOfLanguages } = require('./esbuild.programs.js');
const { compactRanges } = require('./esbuild.ranges.js');

const production = process.argv.includes('--production');
const onlyStale = process.argv.includes('--stale');
const packed = process.argv.includes('--packed');
/** Bytes. */
const leastPacked = 2_000_000;
const named = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const dist = join(__dirname, 'dist');

/** The automata's package requires what we import, and each way leads to a file of its own that says the same. */
const onlyOnce = { '@eslint-community/regexpp': require.resolve('@eslint-community/regexpp') };

const shared = {
  bundle: true,
  minify: production,
  sourcemap: !production,
  target: 'es2022',
  logLevel: 'warning',
  absWorkingDir: __dirname,
  // Its CommonJS build requires its parts in a way that cannot be bundled.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js', ...onlyOnce },
  external: ['vscode', 'fs/promises', 'module', 'fs'],
  // The parser's runtime builds a URL from its own address even when it is given its bytes; a worker has none.
  define: { 'import.meta.url': '"https://extension.invalid/x"' },
};
// Packages that find their files by their own address get the bundle's.
const bundleAddress = "const bundleAddress = require('node:url').pathToFileURL(__filename).href;";
// The parser's runtime asks for these on paths that a worker never takes.
const nodeOnly = ['fs', 'fs/promises', 'module', 'url', 'path', 'crypto'];
// The parser's runtime wants its script's address before it looks at the bytes that it is given, and fails where there is none.
const parserWithoutAddress = {
  name: 'parser without address',
  setup: (build) =>
    build.onLoad({ filter: /tree-sitter-wasm[\\/]wasm[\\/]tree-sitter\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const contents = source.replace(
        /throw new Error\((["'])Unable to determine script URL\1\)/,
        "return 'https://extension.invalid/x'",
      );
      if (contents === source) throw new Error(`${path} no longer asks for its address in the known way`);
      return { contents, loader: 'js' };
    }),
};
const inNode = {
  platform: 'node',
  format: 'cjs',
  define: { 'import.meta.url': 'bundleAddress' },
  banner: { js: bundleAddress },
};

const bundles = [
  {
    entry: 'client/src/extension.ts',
    out: 'client.js',
    options: { ...inNode, plugins: [factsOfLanguages(shared)] },
  },
  { entry: 'client/src/policy-page/page.ts', out: 'policy-page.js', options: { platform: 'browser', format: 'iife' } },
  { entry: 'client/media/policy-page.css', out: 'policy-page.css', options: {} },
  {
    entry: 'client/src/extension.web.ts',
    out: 'client.web.js',
    options: { platform: 'browser', format: 'cjs', plugins: [factsOfLanguages(shared)] },
  },
  {
    entry: 'server/src/browser-worker/server.ts',
    out: 'server.web.js',
    options: {
      platform: 'browser',
      format: 'iife',
      external: nodeOnly,
      plugins: [parserWithoutAddress, compactRanges],
    },
  },
];

/** Programs for Node: name of the file that starts it → its entry. What they share is one file that both load. */
const programs = { 'cli.js': 'server/src/node/cli.ts', 'server.js': 'server/src/node/server.ts' };
const programsFolder = join(dist, 'node');
/**
 * Node keeps what it compiles of a file only where it is told so before it loads that file.
 *
 * Most of what runs runs briefly, and the engine takes it for hot too early: the parser's largest functions after a file of sixty
 * lines, which costs more than all that is read in it. With these budgets a start costs a third less, and a scan of thousands of files
 * a tenth less. Newer engines have no budget of the second name, and count better by themselves.
 */
const startOf = (out, entry) => `#!/usr/bin/env node
'use strict';
require('node:module').enableCompileCache?.();
const v8 = require('node:v8');
v8.setFlagsFromString('--wasm-tiering-budget=1000000000');
if (Number.parseInt(process.versions.v8, 10) < 12) v8.setFlagsFromString('--interrupt-budget=500000');
${out === 'cli.js' ? smallYoungGeneration : ''}require('./node/${basename(entry, '.ts')}.cjs');
`;
/**
 * What a lint makes is soon of no use: a young generation that does not grow takes a fifth off the memory of a scan, for little
 * time. An engine that does not have the flag would say so on standard error, and go on.
 */
const smallYoungGeneration = `v8.setFlagsFromString('--semi-space-growth-factor=1');\n`;

/** What the languages name, from the table of all of them. */
function grammarFiles() {
  const { grammarSources } = exportsOf(join(__dirname, 'server/src/service/languages.ts'), shared);
  const sources = [{ name: 'tree-sitter', folder: '@vscode/tree-sitter-wasm/wasm' }, ...grammarSources];
  return sources.map(({ name, folder }) =>
    require.resolve(`${folder}/${name === 'tree-sitter' ? name : `tree-sitter-${name}`}.wasm`),
  );
}

/**
 * With `--packed` a large one is compressed: the registry's package has a limit, and these are of languages that few files are in.
 * Node unpacks one in 6 ms (host.ts); a browser could not, so that the extension ships them as they are.
 */
function layGrammar(file, target) {
  rmSync(`${target}.br`, { force: true });
  if (!packed || statSync(file).size < leastPacked) return copyFileSync(file, target);
  const { BROTLI_PARAM_LGWIN: window, BROTLI_PARAM_QUALITY: quality } = constants;
  writeFileSync(`${target}.br`, brotliCompressSync(readFileSync(file), { params: { [window]: 24, [quality]: 10 } }));
  rmSync(target, { force: true });
}

const timeOf = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** When a source was last changed. */
function newestSource() {
  const sources = ['server/src', 'client/src'].flatMap((folder) =>
    readdirSync(join(__dirname, folder), { recursive: true }).map((name) => join(__dirname, folder, name)),
  );
  return Math.max(...[...sources, __filename, join(__dirname, 'package-lock.json')].map(timeOf));
}

/** Whether somebody asked for this bundle, in words or by leaving all of them away. */
const areNamed = (outs) => named.length === 0 || outs.some((out) => named.includes(out));

async function build() {
  const newest = onlyStale ? newestSource() : Infinity;
  const wanted = bundles.filter(({ out }) => areNamed([out])).filter(({ out }) => timeOf(join(dist, out)) < newest);
  const startsPrograms =
    areNamed(Object.keys(programs)) && Object.keys(programs).some((out) => timeOf(join(dist, out)) < newest);
  if (wanted.length === 0 && !startsPrograms) return;
  if (named.length === 0 && !onlyStale) rmSync(dist, { recursive: true, force: true });
  mkdirSync(join(dist, 'grammars'), { recursive: true });
  for (const file of grammarFiles()) {
    noteFile(file);
    layGrammar(file, join(dist, 'grammars', basename(file)));
  }
  await Promise.all([...wanted.map(bundle), ...(startsPrograms ? [bundleBoth()] : [])]);
  writeFileSync(join(dist, 'THIRD-PARTY-NOTICES.txt'), `${noticesText()}\n`);
}

/** Both at once, for the sake of what they share. */
async function bundleBoth() {
  await bundlePrograms(
    { ...shared, plugins: [noticedPackages, compactRanges] },
    inNode,
    Object.values(programs),
    programsFolder,
  );
  for (const [out, entry] of Object.entries(programs)) {
    writeFileSync(join(dist, out), startOf(out, entry));
    chmodSync(join(dist, out), 0o755);
  }
}

async function bundle({ entry, out, options }) {
  if (!existsSync(join(__dirname, entry))) {
    console.error(`SKIPPED dist/${out}: its entry ${entry} does not exist`);
    return;
  }
  const outfile = join(dist, out);
  const plugins = [noticedPackages, ...(options.plugins ?? [])];
  await esbuild.build({ ...shared, ...options, plugins, entryPoints: [entry], outfile });
}

build().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
