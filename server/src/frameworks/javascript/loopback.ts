/** LoopBack 4: `rest.cors` of an application's configuration, which the package `cors` reads; without it, everybody is let in. */
import type { SourceRange } from '../../syntax/range.ts';
import type { ObjectExpression, Program } from '../../syntax/programs/program.ts';
import type { Fact, Policy } from '../../policy/policy.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import type { OptionsPlace } from '../../models/libraries/library-context.ts';
import { corsPackageAt } from './cors-package.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { defineFramework } from '../../models/framework.ts';
import { libraryPolicy } from '../../models/libraries/library-policy.ts';
import type { KeyedEntry } from '../../models/libraries/object-keys.ts';
import { entriesWithKey, keyOf } from '../../models/libraries/object-keys.ts';
import { programText } from '../../models/libraries/origin-entries.ts';
import { insertEntry, originList } from '../../edits/program-edits.ts';

/** What else stands beside `cors` there; one of them, or an import of LoopBack, tells the settings from others called `rest`. */
const neighbours = new Set([
  'openApiSpec',
  'gracePeriodForClose',
  'apiExplorer',
  'expressSettings',
  'listenOnStart',
  'requestBodyParser',
  'basePath',
]);
const listening = new Set(['host', 'port', 'protocol', ...neighbours]);

export const framework = defineFramework({
  id: 'loopback',
  title: 'LoopBack 4',
  documentation: 'https://loopback.io/doc/en/lb4/Server.html#customize-cors',
  reads:
    "`rest: { cors: … }` of an application's configuration, and `rest` without it; options as those of the package `cors`, by its version",
  mentions: ['@loopback/', 'openapispec', 'graceperiodforclose', './application'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    const imported = program.imports.some(({ module }) => module.startsWith('@loopback/'));
    // The file that its generator writes for the start imports the application alone.
    const startsApplication = program.imports.some(
      ({ module, imported: name }) => module === './application' && /(App|Application)$/.test(name),
    );
    const written = entriesWithKey(program, 'cors').filter(
      ({ object }) => keyOf(object)?.entry.key === 'rest' && (imported || startsApplication || has(object, neighbours)),
    );
    const policies = written.map(({ entry }): Policy => {
      const value = context.evaluator.evaluate(entry.value);
      return policyOf(
        corsPackageAt(context.version('cors')),
        { value, range: entry.range, argumentsRange: entry.value.range },
        program,
        context,
      );
    });
    return {
      policies: [...policies, ...readDefaults(imported, program, context)],
      facts: besideRest(imported, program, context),
    };
  },
});

/** `{ cors: …, rest: { … } }`: the server reads nothing but `rest`, and lets everybody in without `cors` there. */
function besideRest(imported: boolean, program: Program, context: ProgramContext): Fact[] {
  const misplaced = entriesWithKey(program, 'cors').filter(({ object }) =>
    object.entries.some(
      ({ key, value }) =>
        key === 'rest' &&
        value.kind === 'object' &&
        has(value, imported ? listening : neighbours) &&
        !value.entries.some((one) => one.spread || one.key === undefined || one.key === 'cors'),
    ),
  );
  const isRead = (text: string): boolean => /\.cors\b/.test(text);
  if (misplaced.length === 0 || program.text.has(/\.cors\b/) || importedTexts(program, context).some(isRead)) return [];
  return misplaced.map(({ entry }) => ({
    kind: 'unknown-option',
    name: 'cors',
    range: entry.keyRange,
    opens: true,
    belongs: '"rest"',
  }));
}

function policyOf(library: CorsLibrary, place: OptionsPlace, program: Program, context: ProgramContext): Policy {
  return libraryPolicy(
    library,
    place,
    {
      framework: 'loopback',
      packageName: '@loopback/rest',
      version: context.version('@loopback/rest'),
      scope: 'every route',
    },
    program,
    context,
  );
}

/** `rest: { port, host }` without `cors`, where nothing else of the application speaks of it. */
function readDefaults(imported: boolean, program: Program, context: ProgramContext): Policy[] {
  const places = entriesWithKey(program, 'rest').flatMap(
    ({ entry }): (KeyedEntry & { readonly object: ObjectExpression })[] => {
      const { value } = entry;
      const isServer =
        value.kind === 'object' &&
        has(value, imported ? listening : neighbours) &&
        !value.entries.some(({ key, spread }) => spread || key === undefined);
      return isServer ? [{ object: value, entry }] : [];
    },
  );
  if (
    places.length === 0 ||
    program.text.has(/cors/i) ||
    importedTexts(program, context).some((text) => /cors/i.test(text))
  )
    return [];
  const version = corsPackageAt(context.version('cors'));
  const library: CorsLibrary = {
    ...version,
    credentials: { ...version.credentials, default: true },
    maxAge: { ...version.maxAge, default: '86400' },
  };
  const { quote } = programText(program, context);
  return places.map(({ object, entry }) => {
    const policy = policyOf(
      library,
      { value: undefined, range: entry.keyRange, argumentsRange: object.range },
      program,
      context,
    );
    const write = (origins: readonly string[], placeholder?: string): ReturnType<typeof insertEntry> =>
      insertEntry(
        program.text,
        sameFile(object.range),
        `cors: { origin: ${originList(origins, quote)}, credentials: true }`,
        placeholder,
      );
    return { ...policy, edits: { allowOnly: write } };
  });
}

function has({ entries }: ObjectExpression, names: ReadonlySet<string>): boolean {
  return entries.some(({ key }) => key !== undefined && names.has(key));
}

function sameFile({ start, end }: SourceRange): SourceRange {
  return { start, end };
}

/** The application's class may set what its start leaves away. */
function importedTexts({ imports }: Program, context: ProgramContext): string[] {
  return imports
    .filter(({ module }) => module.startsWith('./') || module.startsWith('../'))
    .flatMap(({ module }) =>
      ['.ts', '.js'].flatMap((ending) => context.readFile(module.replace(/(\.[jt]s)?$/, ending)) ?? []),
    );
}
