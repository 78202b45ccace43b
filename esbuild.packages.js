// Packages that are large and that most files need nothing of: in Node each group of them is a file of its own, which is read when
// something of it is used for the first time. What imports them does not know it.
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
const groupOf = new Map(Object.entries(groups).flatMap(([group, names]) => names.map((name) => [name, group])));

/** Puts in place of each of these packages a module that has the same names and gives what they stand for when it is asked. */
const lazyPackages = {
  name: 'lazy packages',
  setup(build) {
    const filter = new RegExp(`^(${[...groupOf.keys()].join('|')})$`);
    build.onResolve({ filter }, ({ path }) => ({ path, namespace: 'lazy' }));
    build.onResolve({ filter: /^\.\/packages\//, namespace: 'lazy' }, ({ path }) => ({ path, external: true }));
    build.onLoad({ filter: /^/, namespace: 'lazy' }, ({ path: name }) => ({
      contents: standIn(name),
      resolveDir: __dirname,
    }));
  },
};

function standIn(name) {
  const names = Object.keys(require(name)).filter((key) => key !== 'default' && key !== '__esModule');
  return [
    'let all;',
    `const load = () => (all ??= require('./packages/${groupOf.get(name)}.cjs')[${JSON.stringify(name)}]);`,
    "Object.defineProperty(exports, '__esModule', { value: true });",
    ...names.map((key) => `Object.defineProperty(exports, '${key}', { enumerable: true, get: () => load().${key} });`),
  ].join('\n');
}

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
        outfile: join(folder, `${group}.cjs`),
      }),
    ),
  );
}

module.exports = { lazyPackages, bundlePackages };
