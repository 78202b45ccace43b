/** Files of Elixir: a module of the application is named after its file below `lib`. */
import type { Program } from '../../syntax/programs/program.ts';
import type { Modules } from './value-language.ts';

/** Modules of packages, which no application has files for. */
const ofPackages = /^(Plug|Phoenix|Ecto|Corsica|CORSPlug|Absinthe|Tesla|HTTPoison|Jason|Logger|Mix|System)(\.|$)/;

export const elixirModules: Modules = {
  candidates: (module, from) => (module.includes('.') && !ofPackages.test(module) ? filesOf(module, from) : []),
  wholeExports: [],
  packageName: (imported) => imported.split('.'),
  memberOfExport: (owner, property) => ({ module: `${owner.module}.${owner.imported}`, imported: property }),
};

/** `MyApp.Web.Origins` stands in `lib/my_app/web/origins.ex`; applications of an umbrella have a `lib` each. */
function filesOf(module: string, { path }: Program): string[] {
  const file = `${module
    .split('.')
    .map((name) => name.replaceAll(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '_').toLowerCase())
    .join('/')}.ex`;
  const folders = path.split('/').slice(0, -1);
  const at = folders.lastIndexOf('lib');
  const up = at < 0 ? folders.length : folders.length - at;
  return at < 0 ? [`lib/${file}`, `../lib/${file}`] : [`${'../'.repeat(up)}lib/${file}`];
}
