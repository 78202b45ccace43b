// Bundles the programs for Node. What they share is one file that both load; frameworks are files by language and room, each of which is
// read when a text first mentions one of its words, and so are languages, when one of their files is read. What imports these does not
// know it.
const { readFileSync, readdirSync, rmSync, writeFileSync, mkdirSync } = require('node:fs');
const Module = require('node:module');
const { basename, dirname, join } = require('node:path');
const esbuild = require('esbuild');
const { bundlePackages, lazyPackages } = require('./esbuild.packages.js');

const index = join(__dirname, 'server/src/frameworks/index.ts');

/** What a module of the sources exports, bundled in memory: TypeScript needs no loader here. */
function exportsOf(entry, options) {
  const { outputFiles } = esbuild.buildSync({
    ...options,
    sourcemap: false,
    platform: 'node',
    format: 'cjs',
    write: false,
    packages: 'external',
    entryPoints: [entry],
  });
  const file = join(__dirname, 'loaded-by-the-build.cjs');
  const loaded = new Module(file, module);
  loaded.paths = Module._nodeModulePaths(__dirname);
  loaded._compile(outputFiles[0].text, file);
  return loaded.exports;
}

/** Name of the group → its frameworks, with the files in which they stand. */
function groupsOf(frameworks) {
  const files = new Map(
    [...readFileSync(index, 'utf8').matchAll(/ from '(\.\/.+\/([\w-]+)\.ts)'/g)].map(([, file, id]) => [id, file]),
  );
  const groups = new Map();
  for (const framework of frameworks) {
    const file = files.get(framework.id);
    if (file === undefined) throw new Error(`${index} imports no file of the name ${framework.id}`);
    const room = file.split('/').slice(1, file.startsWith('./clouds/') ? 3 : 2);
    const name = (framework.shape === 'program' ? ['program', ...framework.languages] : room).join('-');
    groups.set(name, [...(groups.get(name) ?? []), { framework, file }]);
  }
  return groups;
}

/** Puts in place of the index one that knows what each framework is called and reads, and gets the rest when it has to read. */
const lazyFrameworks = (options) => ({
  name: 'lazy frameworks',
  setup(build) {
    const { frameworks } = exportsOf(index, options);
    const groups = groupsOf(frameworks);
    build.onLoad({ filter: /server[\\/]src[\\/]frameworks[\\/]index\.ts$/ }, () => ({
      contents: standIns(frameworks, groups),
      resolveDir: dirname(index),
      loader: 'js',
    }));
    build.onResolve({ filter: /^group:/ }, ({ path }) => ({ path: path.slice('group:'.length), namespace: 'group' }));
    build.onLoad({ filter: /^/, namespace: 'group' }, ({ path }) => ({
      contents: groups
        .get(path)
        .map(({ framework, file }) => `export { framework as ${nameOf(framework)} } from '${file}';`)
        .join('\n'),
      resolveDir: dirname(index),
    }));
  },
});

const nameOf = ({ id }) => `framework_${id.replaceAll('-', '_')}`;

function standIns(frameworks, groups) {
  const groupOf = new Map([...groups].flatMap(([name, members]) => members.map(({ framework }) => [framework, name])));
  const names = [...groups.keys()];
  return [
    ...names.map((name, at) => `const group${at} = () => import('group:${name}');`),
    'export const frameworks = [',
    ...frameworks.map((framework) => {
      // What is read, and where it is documented, is for the pages that are generated.
      const { read, reads: _reads, documentation: _documentation, ...facts } = framework;
      if (typeof read !== 'function' || Object.values(facts).some((value) => typeof value === 'function'))
        throw new Error(`${framework.id} has other functions than read`);
      const own = `group${names.indexOf(groupOf.get(framework))}().${nameOf(framework)}`;
      return `{ ...${JSON.stringify(facts)}, read: (document, context) => ${own}.read(document, context) },`;
    }),
    '];',
  ].join('\n');
}

const syntaxIndex = join(__dirname, 'server/src/syntax/programs/index.ts');
const valuesIndex = join(__dirname, 'server/src/values/languages/index.ts');

/**
 * Puts in place of the two tables of languages ones that know how files of each are recognised. How its tree is lowered and what its
 * values mean is one file for each language, which is read with the first file of that language.
 */
const lazyLanguages = (options) => ({
  name: 'lazy languages',
  setup(build) {
    const { programLanguages } = exportsOf(syntaxIndex, options);
    const { valueLanguages } = exportsOf(valuesIndex, options);
    const standsIn = (contents, index) => ({ contents: contents.join('\n'), resolveDir: dirname(index), loader: 'js' });
    build.onLoad({ filter: /syntax[\\/]programs[\\/]index\.ts$/ }, () =>
      standsIn(syntaxStandIns(programLanguages), syntaxIndex),
    );
    build.onLoad({ filter: /values[\\/]languages[\\/]index\.ts$/ }, () =>
      standsIn(valuesStandIns(valueLanguages), valuesIndex),
    );
    build.onResolve({ filter: /^language:/ }, ({ path }) => ({
      path: path.replace('language:', 'language-'),
      namespace: 'language',
    }));
    build.onLoad({ filter: /^/, namespace: 'language' }, ({ path }) => {
      const name = path.replace('language-', '');
      const contents = `export { language } from '${dirname(syntaxIndex)}/${name}/language.ts';
        export { valueLanguage } from '${dirname(valuesIndex)}/${name}.ts';`;
      return { contents, resolveDir: __dirname };
    });
  },
});

function syntaxStandIns(programLanguages) {
  return tableOf(
    programLanguages.map((language) => {
      const { name, ...facts } = factsOf(language);
      const adapter = `get adapter() { return import('language:${name}').language.adapter; }`;
      return `{ ...${JSON.stringify({ name, ...facts })}, ${adapter} },`;
    }),
  );
}

const tableOf = (lines) => ['export const programLanguages = [', ...lines, '];'];

function factsOf({ adapter, ...facts }) {
  if (adapter === undefined || hasFunctions(facts))
    throw new Error(`${facts.name} has other functions than those of its adapter`);
  return facts;
}

/** For who reads no program: the table of languages, without the code that does. */
const factsOfLanguages = (options) => ({
  name: 'facts of languages',
  setup(build) {
    build.onLoad({ filter: /syntax[\\/]programs[\\/]index\.ts$/ }, () => {
      const { programLanguages } = exportsOf(syntaxIndex, options);
      const facts = programLanguages.map((language) => `${JSON.stringify(factsOf(language))},`);
      return { contents: tableOf(facts).join('\n'), resolveDir: dirname(syntaxIndex), loader: 'js' };
    });
  },
});

/** A language is asked for its parts all the time: with the first of them it becomes what it stands for. */
function valuesStandIns(valueLanguages) {
  return [
    'const later = (name, keys, load) => {',
    '  const standIn = { name };',
    '  const get = (key) => {',
    '    Object.defineProperties(standIn, Object.getOwnPropertyDescriptors(load().valueLanguage));',
    '    return standIn[key];',
    '  };',
    '  for (const key of keys) Object.defineProperty(standIn, key, { configurable: true, get: () => get(key) });',
    '  return standIn;',
    '};',
    'export const valueLanguages = [',
    ...valueLanguages.map(({ name, ...rest }) => {
      const keys = JSON.stringify(Object.keys(rest));
      return `later('${name}', ${keys}, () => import('language:${name}')),`;
    }),
    '];',
  ];
}

function hasFunctions(value) {
  if (typeof value === 'function') return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(hasFunctions);
}

/** Grammars lie in the folder above. */
const inParts = {
  platform: 'node',
  format: 'esm',
  splitting: true,
  write: false,
  outExtension: { '.js': '.cjs' },
  chunkNames: 'part-[name]-[hash]',
  define: { __dirname: 'bundleFolder', 'import.meta.url': 'bundleAddress' },
};
/** What packages of CommonJS and the host ask for → how a part gets it. */
const places = {
  bundleFolder: "require('node:path').dirname(__dirname)",
  bundleAddress: "require('node:url').pathToFileURL(__filename).href",
};

/** What a part uses of these. */
const bannerOf = (code) =>
  Object.entries(places)
    .filter(([name]) => code.includes(name))
    .map(([name, value]) => `const ${name} = ${value};`)
    .join(' ');

/**
 * Writes the entries into the folder. esbuild takes a program to parts as modules only; they become CommonJS, of which a part is read at
 * the place that needs it, and which no loader of modules has to be started for.
 */
async function bundlePrograms({ plugins, ...shared }, inNode, entryPoints, folder) {
  const sourcemap = shared.sourcemap ? 'inline' : false;
  const { outputFiles } = await esbuild.build({
    ...shared,
    ...inParts,
    sourcemap,
    entryPoints,
    outdir: folder,
    plugins: [...plugins, lazyPackages, lazyFrameworks(shared), lazyLanguages(shared)],
  });
  mkdirSync(folder, { recursive: true });
  await bundlePackages({ ...shared, ...inNode, plugins }, join(folder, 'packages'));
  await Promise.all(
    outputFiles.map(async ({ path, text }) => {
      const { code } = await esbuild.transform(text.replaceAll(/\bimport\((?="\.\/[\w-]+\.cjs"\))/g, 'require('), {
        format: 'cjs',
        platform: 'node',
        target: shared.target,
        minify: shared.minify,
        sourcemap,
        sourcefile: basename(path),
        banner: bannerOf(text),
      });
      if (/\bimport\(/.test(code)) throw new Error(`${path} still waits for a part of itself`);
      writeFileSync(path, code);
    }),
  );
  const made = new Set(outputFiles.map(({ path }) => basename(path)));
  for (const name of readdirSync(folder)) if (name !== 'packages' && !made.has(name)) rmSync(join(folder, name));
}

module.exports = { factsOfLanguages, bundlePrograms, exportsOf };
