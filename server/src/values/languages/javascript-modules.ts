/** Modules of JavaScript: relative imports and `require`. */
import type { Modules } from './value-language.ts';

const endings = [
  '',
  '.js',
  '.ts',
  '.tsx',
  '.jsx',
  '.mjs',
  '.cjs',
  '.mts',
  '.cts',
  '/index.js',
  '/index.ts',
  '/index.tsx',
  '/index.mjs',
  '/index.cjs',
];

export const scriptModules: Modules = {
  candidates(module) {
    if (!/^\.{1,2}(\/|$)/.test(module)) return [];
    const written = endings.map((ending) => module + ending).filter((path) => /\.[cm]?[jt]sx?$/.test(path));
    // TypeScript sources name the file that the compiler will write: `./options.js` is `./options.ts`.
    const source = /\.[cm]?jsx?$/.test(module) ? [module.replace(/js(x?)$/, 'ts$1'), module.replace(/js$/, 'tsx')] : [];
    return [...written, ...source];
  },
  wholeExports: ['module.exports', '=', 'default'],
  packageName: (module) => module.replace(/^node:/, '').split(/[./]/),
  memberOfExport: (owner, property) => (property === 'default' ? owner : undefined),
  requiredBy(callee, call) {
    const name = callee.join('.') === 'require' ? call.arguments[0]?.value : undefined;
    return name?.kind === 'string' ? name.value : undefined;
  },
};
