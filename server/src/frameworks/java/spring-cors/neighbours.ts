/** Files of the application around one of them: Spring finds beans wherever they stand, and nobody imports them. */
import type { Program } from '../../../syntax/programs/program.ts';
import type { ProgramContext } from '../../../models/framework.ts';

/** Where the packages of an application have their controllers and configurations, seen from another one. */
const besides = ['', 'controller/', 'controllers/', 'web/', 'api/', 'rest/', 'config/', 'configuration/'];
const mostFiles = 40;

/** A file that does not have the name of a class of its own is no part of an application. */
export function neighbours({ path, text }: Program, context: ProgramContext): string[] {
  const [, name = '', ending = ''] = /([^/]*?)(\.\w+)$/.exec(path) ?? [];
  if (!/^\w+$/.test(name) || !text.has(new RegExp(`\\bclass\\s+${name}\\b`))) return [];
  const own = path.slice(0, path.lastIndexOf('/') + 1);
  const above = own.replace(/[^/]*\/$/, '');
  const folders = [...new Set([own, ...besides.map((name) => above + name), ...besides.map((name) => own + name)])];
  return folders
    .flatMap((folder) =>
      (context.listFolder(folder.replace(/\/$/, '')) ?? [])
        .filter((file) => file.endsWith(ending))
        .map((file) => folder + file),
    )
    .filter((one) => one !== path)
    .slice(0, mostFiles);
}
