/**
 * Every language that is read: how a file of it is recognised, what reads it, and how its comments begin. The reader's
 * choice, the walk of folders, watched files, suppression comments, and the client's selector and manifest come from here.
 */
import type { DirectiveFormat } from '../syntax/directives/directives.ts';
import type { GrammarName, GrammarSource } from '../syntax/programs/grammar-source.ts';
import { programLanguages } from '../syntax/programs/index.ts';
import type { ProgramLanguage } from '../syntax/programs/program-language.ts';
import { bicepGrammar } from '../syntax/trees/bicep.ts';
import type { TreeFormat, ValuesFormat } from '../syntax/trees/tree.ts';
import { carriedGlobs } from './carriers.ts';

export type SourceKind =
  /** `language`: the name of its folder in `syntax/programs/`. */
  | { readonly shape: 'program'; readonly language: string; readonly grammar: GrammarName }
  /** `grammar`: what the reader of the format parses with. */
  | { readonly shape: 'tree'; readonly format: TreeFormat | ValuesFormat; readonly grammar?: GrammarName }
  | { readonly shape: 'directives'; readonly format: DirectiveFormat };

export interface Language {
  /** Language ids of editors. */
  readonly ids: readonly string[];
  /** Ids that editors also give to files of other kinds: there the path decides. */
  readonly sharedIds?: readonly string[];
  /** After the last dot of the name, in lower case. */
  readonly endings: readonly string[];
  /** Names of files whose ending does not tell. */
  readonly names?: RegExp;
  /** Names whose ending another language has. */
  readonly doubleEnding?: RegExp;
  /** Globs of files that the ending does not tell, for walking; `names`, the folder or the text decides what they are. */
  readonly globs?: readonly string[];
  readonly kind: SourceKind;
  /** Undefined where the format has no comments. */
  readonly comment: CommentSign | undefined;
  /** A comment has to have a line of its own: after a value it would be a part of it. */
  readonly commentsAlone?: true;
}
/** XML's comments have an end, and may not hold two dashes. */
export type CommentSign = '//' | '#' | ';' | '<!--';

const tree = (format: TreeFormat | ValuesFormat): SourceKind => ({ shape: 'tree', format });

const programs = programLanguages.flatMap((language: ProgramLanguage): Language[] =>
  language.dialects.map(({ ids, endings, grammar }) => ({
    ids,
    endings,
    kind: { shape: 'program', language: language.name, grammar: grammar.name },
    comment: language.comment,
  })),
);

const oldestOfNotebooks = programLanguages.find((language: ProgramLanguage) => language.isOldestOfNotebooks)!;
/** Notebooks, by their cells; those of other languages say so (`notebookLanguage`). */
const notebooks: Language = {
  ids: [],
  endings: ['ipynb'],
  kind: programs.find(({ kind }) => kind.shape === 'program' && kind.language === oldestOfNotebooks.name)!.kind,
  comment: oldestOfNotebooks.comment,
};

export const languages: readonly Language[] = [
  ...programs,
  notebooks,
  // Strict JSON has no comments, and the services that read these files refuse them.
  {
    ids: ['json'],
    endings: ['json'],
    kind: tree('json'),
    comment: undefined,
    // The settings of Kubo.
    names: /(^|\/)\.?ipfs\/config$/,
    globs: ['**/{.ipfs,ipfs}/config'],
  },
  {
    ids: ['jsonc'],
    endings: ['jsonc'],
    kind: tree('json'),
    comment: '//',
    names: /(^|\/)encore\.app$/,
    globs: ['**/encore.app'],
  },
  {
    ids: ['yaml', 'dockercompose', 'helm', 'spring-boot-properties-yaml'],
    endings: ['yaml', 'yml'],
    kind: tree('yaml'),
    comment: '#',
    names: /(^|\/)\.ebextensions\/[^/]+\.config$/,
    globs: ['**/.ebextensions/*.config'],
  },
  { ids: ['terraform', 'opentofu', 'hcl'], endings: ['tf', 'tofu', 'hcl'], kind: tree('hcl'), comment: '#' },
  // The language of Alloy has the same blocks, and the comments of programs only.
  {
    ids: ['alloy', 'river'],
    endings: ['alloy', 'river'],
    kind: tree('hcl'),
    comment: '//',
  },
  {
    ids: ['terraform-vars', 'opentofu-vars'],
    endings: ['tfvars'],
    kind: tree('tfvars'),
    comment: '#',
  },
  { ids: [], endings: [], kind: tree('tfvars-json'), comment: undefined, doubleEnding: /\.tfvars\.json$/i },
  {
    ids: ['bicep'],
    endings: ['bicep'],
    kind: { shape: 'tree', format: 'bicep', grammar: bicepGrammar.name },
    comment: '//',
  },
  {
    ids: ['bicep-params'],
    endings: ['bicepparam'],
    kind: { shape: 'tree', format: 'bicepparam', grammar: bicepGrammar.name },
    comment: '//',
  },
  { ids: ['toml'], endings: ['toml'], kind: tree('toml'), comment: '#' },
  // Settings of Play, Pekko and Akka; the text decides where nginx has the same names.
  {
    ids: ['hocon'],
    endings: ['hocon'],
    kind: tree('hocon'),
    comment: '#',
    names: /(^|\/)(application|reference)([.-][\w-]+)*\.conf$/,
    globs: ['**/{application,reference}*.conf'],
  },
  // Editors that know no `.properties` of Java's own call these files and many others by one id.
  {
    ids: ['java-properties', 'spring-boot-properties', 'microprofile-properties', 'quarkus-properties'],
    sharedIds: ['properties'],
    endings: ['properties'],
    kind: tree('properties'),
    comment: '#',
    commentsAlone: true,
    // The settings of RabbitMQ, which are one file or several.
    names: /(^|\/)rabbitmq[\w.-]*\.conf$|(^|\/)rabbitmq\/(.+\/)?[^/]+\.conf$/i,
  },
  {
    ids: ['dotenv', 'env'],
    endings: ['env'],
    kind: tree('env'),
    comment: '#',
    commentsAlone: true,
    names: /(^|\/)\.env(\.[\w.-]+)?$/,
    globs: ['**/.env.*'],
  },
  {
    ids: ['dockerfile'],
    endings: ['dockerfile'],
    kind: tree('dockerfile'),
    comment: '#',
    commentsAlone: true,
    names: /(^|\/)(Dockerfile|Containerfile)(\.[\w-]+)?$/,
    globs: ['**/{Dockerfile,Containerfile}', '**/{Dockerfile,Containerfile}.*'],
  },
  { ids: ['shellscript'], endings: ['sh', 'bash'], kind: tree('shell'), comment: '#', commentsAlone: true },
  {
    ids: ['ini'],
    endings: ['ini', 'service', 'container'],
    kind: tree('ini'),
    comment: ';',
    commentsAlone: true,
    // Units of systemd and what is added to them, and the file of Airflow.
    names: /\.service\.d\/[^/]+\.conf$|(^|\/)airflow\.cfg$/,
    globs: ['**/*.service.d/*.conf', '**/airflow.cfg'],
  },
  {
    ids: [],
    endings: [],
    kind: tree('headers-file'),
    comment: '#',
    commentsAlone: true,
    names: /(^|\/)_headers$|\._headers$/,
    globs: ['**/_headers'],
  },
  {
    ids: ['xml'],
    endings: ['xml'],
    kind: tree('xml'),
    comment: '<!--',
    names: /(^|\/)(web(\.[\w-]+)*|applicationHost)\.config$/i,
    globs: ['**/{web,Web}*.config', '**/applicationHost.config'],
  },
  {
    ids: ['nginx'],
    endings: ['nginx', 'vhost'],
    kind: { shape: 'directives', format: 'nginx' },
    comment: '#',
    globs: ['**/*.{conf,template}', '**/{sites-available,sites-enabled,conf.d,snippets,vhost.d}/*'],
  },
  {
    // Apache takes a "#" after a directive as one of its arguments.
    ids: ['apacheconf'],
    endings: ['htaccess'],
    kind: { shape: 'directives', format: 'apache' },
    comment: '#',
    commentsAlone: true,
    globs: ['**/.htaccess', '**/{conf-available,conf-enabled}/*'],
  },
  {
    ids: ['caddyfile'],
    endings: ['caddyfile'],
    kind: { shape: 'directives', format: 'caddyfile' },
    comment: '#',
    globs: ['**/{Caddyfile,Caddyfile.*,*.Caddyfile}', '**/*.caddy'],
  },
  {
    ids: ['haproxy'],
    endings: ['haproxy'],
    kind: { shape: 'directives', format: 'haproxy' },
    comment: '#',
    globs: ['**/{haproxy*,*.haproxy}.{cfg,conf}', '**/haproxy/**/*.{cfg,conf}'],
  },
  {
    ids: ['lighttpd'],
    endings: ['lighttpd'],
    kind: { shape: 'directives', format: 'lighttpd' },
    comment: '#',
  },
  {
    ids: ['vcl'],
    endings: ['vcl'],
    kind: { shape: 'directives', format: 'vcl' },
    comment: '#',
  },
];

/** Every grammar that a file may need; `build` lays their files beside the bundles. */
export const grammarSources: readonly GrammarSource[] = [
  ...programLanguages.flatMap(({ dialects }: ProgramLanguage) => dialects.map(({ grammar }) => grammar)),
  bicepGrammar,
];

export function programLanguageOf(kind: SourceKind | undefined): ProgramLanguage | undefined {
  return kind?.shape === 'program' ? programLanguages.find(({ name }) => name === kind.language) : undefined;
}

/** The glob of all programs that may import one with this ending; undefined where it is the ending of no program. */
export function programsBeside(ending: string): string | undefined {
  const own = programLanguageOf(languageOfEnding(ending)?.kind);
  const beside = languages.filter(({ kind }) => own !== undefined && programLanguageOf(kind) === own);
  const all = beside.flatMap((language) => language.endings);
  return all.length === 0 ? undefined : `**/*.${all.length === 1 ? all[0] : `{${all.join(',')}}`}`;
}

/** Endings of all programs. */
export const programEndings: readonly string[] = languages
  .filter(({ kind }) => kind.shape === 'program')
  .flatMap((language) => language.endings);

export const languageIds: readonly string[] = languages.flatMap(({ ids, sharedIds }) => [...ids, ...(sharedIds ?? [])]);

/** Those that a cell of a notebook may have. */
export const cellLanguages: readonly string[] = languages
  .filter(({ kind }) => kind.shape === 'program')
  .flatMap(({ ids }) => ids);

const endings = languages.flatMap((language) => language.endings);
/** Globs of files that are copied or filled in before somebody reads them. */
const carried = carriedGlobs(
  [...endings, 'conf', 'cfg', 'config'],
  ['nginx', 'Caddyfile', 'haproxy', 'lighttpd', 'httpd', 'htaccess', '.htaccess', 'env', '.env'],
);

/** Globs of every file that may be read, on the command line and in editors. */
export const readableGlobs: readonly string[] = [
  `**/*.{${endings.join(',')}}`,
  ...languages.flatMap(({ globs }) => globs ?? []),
  ...carried,
];

/** Ids that VS Code gives without any extension but ours. */
const stockIds: ReadonlySet<string> = new Set([
  ...programLanguages
    .filter((language: ProgramLanguage) => !language.isPlainInEditors)
    .flatMap(({ dialects }: ProgramLanguage) => dialects.flatMap(({ ids }) => ids)),
  ...['json', 'jsonc', 'yaml', 'dockerfile', 'dockercompose', 'ini', 'xml', 'properties'],
]);

/** Globs of files that stock VS Code takes for plain text: their language cannot wake the extension. */
export const plainTextGlobs: readonly string[] = languages
  // Cells of notebooks have the languages of programs.
  .filter((language) => language !== notebooks)
  .filter(({ ids, sharedIds = [] }) => ![...ids, ...sharedIds].some((id) => stockIds.has(id)))
  .flatMap(({ endings, globs = [] }) => [
    ...endings.map((ending) => `**/*.${ending}`),
    // Most of these have nothing to do with servers.
    ...globs.filter((glob) => glob !== '**/*.{conf,template}'),
  ]);

/**
 * Language id of a notebook's cells by what the text of its file says of the kernel, without reading it.
 * https://nbformat.readthedocs.io/en/latest/format_description.html#notebook-metadata
 */
export function notebookLanguage(text: string): string {
  const said = Array.from(text.matchAll(/"(?:language|name)"\s*:\s*"(\w+)"/g), ([, id]) => id!);
  // It stands behind the cells.
  return said.findLast((id) => cellLanguages.includes(id)) ?? oldestOfNotebooks.dialects[0].ids[0];
}

/** Whether the path is that of a notebook's file. */
export function isNotebookPath(path: string): boolean {
  return /\.ipynb$/i.test(path);
}

export function languageOfId(id: string): Language | undefined {
  return languages.find(({ ids }) => ids.includes(id));
}

export function languageOfEnding(ending: string): Language | undefined {
  return languages.find(({ endings }) => endings.includes(ending));
}

/** The language of a name like `prod.tfvars.json`, whatever an editor takes it for. */
export function languageOfDoubleEnding(path: string): Language | undefined {
  return languages.find(({ doubleEnding }) => doubleEnding?.test(path));
}

export function languageOfName(path: string): Language | undefined {
  return languages.find(({ names }) => names?.test(path));
}

/**
 * How a comment begins in this kind of text, and whether it may follow something else on its line. Languages that one reader reads may
 * have different comments: among them the id, or the path's ending, decides.
 */
export function commentStyle(
  kind: SourceKind | undefined,
  languageId: string,
  path: string,
): { readonly sign: CommentSign; readonly alone: boolean } {
  const ofKind = languages.filter(
    ({ kind: other, comment }) => comment !== undefined && JSON.stringify(other) === JSON.stringify(kind),
  );
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  const language =
    ofKind.find(({ ids }) => ids.includes(languageId)) ??
    ofKind.find(({ endings: own }) => own.includes(ending)) ??
    ofKind[0];
  return {
    sign: language?.comment ?? (kind?.shape === 'directives' ? '#' : '//'),
    alone: language?.commentsAlone ?? false,
  };
}
