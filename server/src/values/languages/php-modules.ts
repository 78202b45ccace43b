/** Files of PHP: required ones by their path, classes by the folders of their namespaces. */
import type { Program } from '../../syntax/programs/program.ts';
import { requiredPath } from '../../syntax/programs/php/php-imports.ts';
import type { Modules } from './value-language.ts';

export const phpModules: Modules = {
  candidates: (module, from) =>
    module.includes('\\') ? classFile(module, from) : /\.\w+$/.test(module) ? [module] : [],
  wholeExports: ['return'],
  packageName: (module) => module.split(/[\\/]/),
  memberOfExport: (owner, property) => ({ module: owner.module, imported: property }),
  requiredBy: (callee, call) => (callee.join('.') === 'require' ? requiredPath(call) : undefined),
};

/**
 * `App\Http\Origins` seen from a class of `App\Http\Middleware` in `app/Http/Middleware`: where the last folders of a file have the names
 * of its namespace, the folders above them hold the rest. See https://www.php-fig.org/psr/psr-4/
 */
function classFile(module: string, from: Program): string[] {
  const own = /^[ \t]*namespace[ \t]+([\w\\]+)/m.exec(from.text.slice(0, 4000))?.[1]?.split('\\') ?? [];
  const folders = from.path.split('/').slice(0, -1);
  let shared = 0;
  while (shared < Math.min(own.length, folders.length) && own.at(-1 - shared) === folders.at(-1 - shared)) shared++;
  const prefix = own.slice(0, own.length - shared);
  const names = module.split('\\');
  const isBelow = own.length > 0 && prefix.every((name, index) => names[index] === name);
  return isBelow ? [`${'../'.repeat(shared)}${names.slice(prefix.length).join('/')}.php`] : [];
}
