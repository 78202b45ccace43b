// Packages that are large and that most files need nothing of: in Node each group of them is a file of its own, which is read when
// something of it is used for the first time. So are some modules of Node. What imports them does not know it.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const esbuild = require('esbuild');

/** Name of the file → the packages in it. Those that need each other stand together, so that none is there twice. */
const groups = {
  patterns: ['refa', 'scslre', '@eslint-community/regexpp'],
  suffixes: ['tldts'],
  yaml: ['yaml'],
  toml: ['toml-eslint-parser'],
  xml: ['htmlparser2'],
  versions: ['semver'],
  patches: ['diff'],
  programs: ['@vscode/tree-sitter-wasm'],
};
/** Modules of Node that it has to make first, and that most calls need nothing of. */
const builtIn = ['child_process', 'crypto', 'net', 'zlib'];
const groupOf = new Map(Object.entries(groups).flatMap(([group, names]) => names.map((name) => [name, group])));

/** Puts in place of each of these packages a module that has the same names and gives what they stand for when it is asked. */
const lazyPackages = {
  name: 'lazy packages',
  setup(build) {
    const filter = new RegExp(`^(${[...groupOf.keys()].join('|')})$`);
    build.onResolve({ filter }, ({ path }) => ({ path, namespace: 'lazy' }));
    build.onResolve({ filter: new RegExp(`^(node:)?(${builtIn.join('|')})$`) }, ({ path, namespace }) =>
      namespace === 'lazy' ? { path, external: true } : { path: path.replace('node:', ''), namespace: 'lazy' },
    );
    build.onResolve({ filter: /^\.\/packages\//, namespace: 'lazy' }, ({ path }) => ({ path, external: true }));
    build.onLoad({ filter: /^/, namespace: 'lazy' }, ({ path: name }) => ({
      contents: standIn(name),
      resolveDir: __dirname,
    }));
  },
};

function standIn(name) {
  const source = builtIn.includes(name)
    ? `require('node:${name}')`
    : `require('./packages/${groupOf.get(name)}.cjs')[${JSON.stringify(name)}]`;
  const names = Object.keys(require(name)).filter((key) => key !== 'default' && key !== '__esModule');
  return [
    'let all;',
    `const load = () => (all ??= ${source});`,
    "Object.defineProperty(exports, '__esModule', { value: true });",
    ...names.map((key) => `Object.defineProperty(exports, '${key}', { enumerable: true, get: () => load().${key} });`),
  ].join('\n');
}

/** Node makes a loader for the first module that somebody waits for; its own modules need none. */
const importedAtOnce = {
  name: 'modules of Node that are imported at once',
  setup(build) {
    const whole = 'const importedAtOnce = (name) => Promise.resolve(require(name));';
    build.initialOptions.banner = { js: `${build.initialOptions.banner?.js ?? ''}\n${whole}` };
    build.onLoad({ filter: /tree-sitter-wasm[\\/]wasm[\\/]tree-sitter\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll(/\bimport\((?="[a-z/]+"\))/g, 'importedAtOnce('),
      loader: 'js',
    }));
  },
};

/** Writes each group into the folder. */
async function bundlePackages(options, folder) {
  await Promise.all(
    Object.entries(groups).map(([group, names]) =>
      esbuild.build({
        ...options,
        stdin: {
          contents: names.map((name) => `export * as ${JSON.stringify(name)} from '${name}';`).join('\n'),
          resolveDir: __dirname,
        },
        plugins: [...options.plugins, ...(group === 'programs' ? [importedAtOnce] : [])],
        outfile: join(folder, `${group}.cjs`),
      }),
    ),
  );
}

module.exports = { lazyPackages, bundlePackages };
