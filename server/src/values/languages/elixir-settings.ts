/** Settings of an Elixir application: what `config/config.exs` gives to who asks for them. https://hexdocs.pm/elixir/Config.html */
import type { Call, ObjectEntry, ObjectExpression, Program } from '../../syntax/programs/program.ts';
import { toPublic } from '../inner-value.ts';
import type { Inner } from '../inner-value.ts';
import type { Place, Session } from '../session.ts';

/** How many folders above the file the application's configuration may stand. */
const mostFolders = 8;

/** What the files say that hold for every environment; what the one of production or of the running system says goes before. */
const files = ['config/runtime.exs', 'config/prod.exs', 'config/config.exs'];

/** The value of `config :shop, origins: [...]` for `Application.get_env(:shop, :origins)`. */
export function settingOf(value: Inner & { kind: 'environment' }, session: Session, place: Place): Inner | undefined {
  const [, application, key] = /^(\w+)\.(\w+[?!]?)$/.exec(value.name) ?? [];
  if (application === undefined || key === undefined || place.calls > mostFolders) return undefined;
  for (const file of filesAbove(place.program.path)) {
    const program = file === place.program.path ? undefined : session.host.program(file);
    const found = program && entriesNamed(program, application, key);
    const [entry, other] = found ?? [];
    if (!program || !entry) continue;
    // What is written twice depends on what is not known here.
    if (other) return undefined;
    const inside = { program, frames: [], calls: place.calls + 1 };
    const given = session.value(entry.value, inside);
    return given.kind === 'environment' && given.name === value.name ? undefined : toPublic(given);
  }
  return undefined;
}

function filesAbove(path: string): string[] {
  const folders = path.split('/').slice(0, -1);
  return Array.from({ length: Math.min(mostFolders, folders.length) + 1 }, (_, up) =>
    folders.slice(0, folders.length - up).join('/'),
  ).flatMap((folder) => files.map((file) => (folder === '' ? file : `${folder}/${file}`)));
}

/** Entries of this name in the statements `config :application, …`. */
export function entriesNamed(program: Program, application: string, key: string): ObjectEntry[] {
  return configurationsOf(program, application).flatMap(({ options }) =>
    options.entries.filter((entry) => entry.key === key),
  );
}

export interface Configuration {
  readonly call: Call;
  readonly options: ObjectExpression;
}

/** `config :application, name: value`. */
export function configurationsOf(program: Program, application: string): Configuration[] {
  return program.identifiers('config').flatMap(({ parent, range }): Configuration[] => {
    if (parent?.kind !== 'call' || parent.callee.range.start !== range.start) return [];
    const [name, options] = parent.arguments;
    return name?.value.kind === 'string' && name.value.value === application && options?.value.kind === 'object'
      ? [{ call: parent, options: options.value }]
      : [];
  });
}
