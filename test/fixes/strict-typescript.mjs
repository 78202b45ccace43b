/** Compiles fixed TypeScript as a strict project does, with the libraries' own types: a fix adds no complaint of the compiler. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { installLabPackages, installPackages } from '../lab/launchers/packages.mjs';

const here = (folder) => fileURLToPath(new URL(folder, import.meta.url));
const typeFolders = [here('types'), here('../lab/packages')];

/** @type {import('typescript').CompilerOptions} */
const options = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  jsx: ts.JsxEmit.Preserve,
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  esModuleInterop: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  types: ['node'],
  allowImportingTsExtensions: true,
};

/** A host that also knows texts that are no files, and finds packages in the folders of types. */
function hostOf(texts) {
  const host = ts.createCompilerHost(options, true);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => texts.has(file) || fileExists.call(host, file);
  host.readFile = (file) => texts.get(file) ?? readFile.call(host, file);
  host.getSourceFile = (file, target, ...rest) => {
    const text = texts.get(file);
    return text === undefined
      ? getSourceFile.call(host, file, target, ...rest)
      : ts.createSourceFile(file, text, target, true);
  };
  const cache = ts.createModuleResolutionCache(process.cwd(), (name) => name, options);
  const resolve = (name, from) => ts.resolveModuleName(name, from, options, host, cache).resolvedModule;
  host.resolveModuleNameLiterals = (literals, from) =>
    literals.map(({ text: name }) => ({
      resolvedModule: name.startsWith('.')
        ? resolve(name, from)
        : (resolve(name, from) ?? firstOf(typeFolders, (folder) => resolve(name, path.join(folder, 'program.ts')))),
    }));
  return host;
}

function firstOf(all, find) {
  for (const each of all) {
    const found = find(each);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What the compiler says of a file, without places: a fix moves them. */
function complaints(program, file) {
  const source = program.getSourceFile(file);
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
    ({ code, messageText, start }) => {
      const line = start === undefined ? '' : lineAt(source.text, start);
      return { code, what: `TS${code}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`, line };
    },
  );
}

const lineAt = (text, at) =>
  text
    .slice(text.lastIndexOf('\n', at - 1) + 1)
    .split('\n', 1)[0]
    .trim();

/**
 * @param {readonly import('./fixed-programs.mjs').FixedProgram[]} programs
 * @returns {{ unresolved: string[], failures: string[] }} the packages without types, and a line for each new complaint
 */
export function compileTypeScript(programs) {
  installPackages(typeFolders[0]);
  installLabPackages();
  const texts = new Map();
  const copies = programs.map(({ file, fixed }, index) => {
    const { dir, name, ext } = path.parse(file);
    const copy = path.join(dir, `${name}.fix${index}${ext}`).replaceAll('\\', '/');
    texts.set(copy, fixed);
    return copy;
  });
  const program = ts.createProgram([...new Set(programs.map(({ file }) => file)), ...copies], options, hostOf(texts));
  const before = new Map(programs.map(({ file }) => [file, complaints(program, file)]));
  const failures = programs.flatMap(({ file, fix }, index) => {
    // What is said of a type spells the whole type, which a fix changes; the number of the complaint stays.
    const left = before.get(file).map(({ code }) => code);
    return complaints(program, copies[index]).flatMap(({ code, what, line }) => {
      const at = left.indexOf(code);
      if (at !== -1) left.splice(at, 1);
      return at === -1 ? [`${path.relative('test/fixtures', file)}: ${fix}: ${what}  |  ${line}`] : [];
    });
  });
  const missing = [...before.values()]
    .flat()
    .flatMap(({ what }) => /^TS2307: Cannot find module '([^.'][^']*)'/.exec(what)?.[1] ?? []);
  return { unresolved: [...new Set(missing)].sort(), failures };
}
