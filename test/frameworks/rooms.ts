/** Where a framework lives: its fixtures and its lab stand in the same room as its file. */
import fs from 'node:fs';
import path from 'node:path';

const sources = path.resolve('server/src/frameworks');
const fixtures = path.resolve('test/fixtures');

/** The folder below a root of rooms (`javascript`, `clouds/aws`) that holds the framework, its own folder left out. */
function roomOf(file: string): string {
  const folder = path.posix.dirname(file);
  return path.posix.basename(folder) === path.posix.basename(file, '.ts') ? path.posix.dirname(folder) : folder;
}

/** Framework id → room. */
export const rooms: ReadonlyMap<string, string> = new Map(
  fs
    .readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts'))
    .filter((file) => /^export const framework = /m.test(fs.readFileSync(path.join(sources, file), 'utf8')))
    .map((file) => [path.posix.basename(file, '.ts'), roomOf(file)]),
);

/** The folder of a framework's fixtures. Throws where no room holds the framework. */
export function fixturesOf(id: string): string {
  const room = rooms.get(id);
  if (room === undefined) throw new Error(`No file of server/src/frameworks is called ${id}.ts.`);
  return path.join(fixtures, room, id);
}

/** Every file of all fixtures, by its path from `test/fixtures`, with `/`, in order. */
export const fixtureFiles = (): string[] =>
  fs
    .readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
    .filter((name) => fs.statSync(path.join(fixtures, name)).isFile())
    .map((name) => name.replaceAll('\\', '/'))
    .sort();
