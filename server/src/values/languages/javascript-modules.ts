/** Modules of JavaScript: relative imports and `require`. */
import { workspaceFiles } from './javascript-packages.ts';
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

/** Folders that stand beside the sources' own, from which the alias counts. */
const besideAlias = /^(app|pages|routes|server|lib|components|api)$/;

/**
 * `@/lib/auth` of Next.js and Nuxt, `$lib/auth` of SvelteKit, `src/config/cors` of NestJS: from the folder of the sources, as their
 * templates set it up. Without one it is that which holds `app`, `lib` and their like, the innermost first.
 */
function fromAlias(module: string, path: string): readonly string[] {
  const [, alias, rest] = /^(@|~|\$lib|src)\/(.+)$/.exec(module) ?? [];
  if (alias === undefined || rest === undefined) return [module];
  const folders = path.split('/').slice(0, -1);
  const sources = folders.lastIndexOf('src');
  const beside = folders.flatMap((folder, index) => (besideAlias.test(folder) ? [index] : []));
  const guessed = alias === 'src' ? [] : beside.slice(-mostRoots).reverse();
  const roots = sources === -1 ? guessed : [sources + 1];
  return roots.map((root) => {
    const up = '../'.repeat(folders.length - root) || './';
    return up + (alias === '$lib' ? `lib/${rest}` : rest);
  });
}

/** Most folders that an alias is looked for in. */
const mostRoots = 2;

export const scriptModules: Modules = {
  candidates(written, from, host) {
    const relative = fromAlias(written, from.path).flatMap((module) => {
      if (!/^\.{1,2}(\/|$)/.test(module)) return [];
      const files = endings.map((ending) => module + ending).filter((path) => /\.[cm]?[jt]sx?$/.test(path));
      // TypeScript sources name the file that the compiler will write: `./options.js` is `./options.ts`.
      const source = /\.[cm]?jsx?$/.test(module)
        ? [module.replace(/js(x?)$/, 'ts$1'), module.replace(/js$/, 'tsx')]
        : [];
      return [...files, ...source];
    });
    return relative.length > 0 ? relative : workspaceFiles(written, from.path, host);
  },
  wholeExports: ['module.exports', '=', 'default'],
  packageName: (module) => module.replace(/^node:/, '').split(/[./]/),
  memberOfExport: (owner, property) => (property === 'default' ? owner : undefined),
  requiredBy(callee, call) {
    const name = callee.join('.') === 'require' ? call.arguments[0]?.value : undefined;
    return name?.kind === 'string' ? name.value : undefined;
  },
};
