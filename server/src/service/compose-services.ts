/**
 * The program behind a name in a proxy's configuration, where a compose file makes that sure: it starts the service of this name
 * from a folder of the workspace, and gives the configuration to another service.
 */
import { entriesOf, entryOf, textNodesOf, textOf, valueAt } from '../edits/tree-edits.ts';
import type { FrameworkContext } from '../models/framework.ts';
import type { TreeNode } from '../syntax/trees/tree.ts';
import { normalised } from './other-files.ts';

const composeNames = ['docker-compose.yml', 'docker-compose.yaml', 'compose.yml', 'compose.yaml'];
/** The folders in which the compose file of a configuration usually stands. */
const levels = ['.', '..', '../..', '../../..'];

/** Absolute path of the program that the service runs; undefined where nothing says so, or a file has not been read yet. */
export function programOfService(name: string, context: FrameworkContext): string | undefined {
  const home = folderOf(context.path);
  for (const level of levels) {
    for (const file of composeNames) {
      const folder = normalised(`${home}/${level}`);
      const document = context.document(`${folder}/${file}`);
      const services = document?.shape === 'tree' ? valueAt(document.root, 'services') : undefined;
      const service = entryOf(services, name)?.value;
      if (
        service === undefined ||
        !entriesOf(services).some((other) => other.key !== name && receives(other.value, folder, context.path))
      )
        continue;
      const build = entryOf(service, 'build')?.value;
      const source = textOf(build) ?? textOf(valueAt(build, 'context'));
      if (source === undefined || source.includes('$')) return undefined;
      return entryPoint(
        service,
        normalised(`${folder}/${source}`),
        textOf(valueAt(build, 'dockerfile')) ?? 'Dockerfile',
        context,
      );
    }
  }
  return undefined;
}

/** The file, or a folder around it, is mounted into the service or is what the service is built from. */
function receives(service: TreeNode, folder: string, file: string): boolean {
  const volumes = valueAt(service, 'volumes');
  const mounted = [
    ...textNodesOf(volumes).map(({ value }) => value.split(':')[0]!),
    ...(volumes?.kind === 'list' ? volumes.items.map((item) => textOf(valueAt(item, 'source'))) : []),
  ];
  const build = entryOf(service, 'build')?.value;
  return [...mounted, textOf(build), textOf(valueAt(build, 'context'))].some((path) => {
    if (path === undefined || !/^\.{0,2}\//.test(path)) return false;
    const absolute = normalised(path.startsWith('/') ? path : `${folder}/${path}`).replace(/\/\.?$/, '');
    return file === absolute || file.startsWith(`${absolute}/`);
  });
}

/** What the compose file, else the image's description, starts. */
function entryPoint(
  service: TreeNode,
  folder: string,
  dockerfile: string,
  { readFile }: FrameworkContext,
): string | undefined {
  const image = readFile(`${folder}/${dockerfile}`);
  const scripts = readFile(`${folder}/package.json`);
  const command =
    textNodesOf(valueAt(service, 'command'))
      .map(({ value }) => value)
      .join(' ') || lastCommand(image ?? '');
  const started = /\b(?:npm|yarn|pnpm)\b(?: run)? start\b/.test(command)
    ? /"start"\s*:\s*"([^"]*)"/.exec(scripts ?? '')?.[1]
    : command;
  const program = startedFile(started ?? '');
  return program === undefined ? undefined : normalised(`${folder}/${program}`);
}

/** `CMD ["node", "server.js"]` and `CMD node server.js`, the last of them. */
function lastCommand(dockerfile: string): string {
  const commands = [...dockerfile.matchAll(/^[ \t]*(?:CMD|ENTRYPOINT)[ \t]+(.+)$/gim)];
  return (commands.at(-1)?.[1] ?? '')
    .replaceAll(/["[\],]+/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function startedFile(command: string): string | undefined {
  const module = /\b(?:uvicorn|gunicorn|hypercorn)\b(?: -\S+(?: [^\s:-]\S*)?)* ([\w.]+):\w+/.exec(command)?.[1];
  if (module !== undefined) return `${module.replaceAll('.', '/')}.py`;
  return /\b(?:node|nodemon|tsx|ts-node|bun|deno|python3?|fastapi)\b(?: (?:run|-\S+))* ((?:\.\/)?[\w./-]+\.(?:[cm]?[jt]s|py))\b/.exec(
    command,
  )?.[1];
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
}
