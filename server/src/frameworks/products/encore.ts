/**
 * Encore: `global_cors` of `encore.app`, and `cors` of the configuration of one's own infrastructure. There are two lists of
 * origins, for requests that come with cookies or `Authorization` and for those that come without; `Authorization` is known
 * from what a preflight asks for, cookies from the request itself.
 */
import type { TreeDocument, TreeEntry } from '../../syntax/trees/tree.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Pattern } from '../../policy/request-test.ts';
import { defineFramework } from '../../models/framework.ts';
import type { CorsService, OriginMeaning } from '../../models/services/cors-service.ts';
import { servicePolicy } from '../../models/services/service-policy.ts';
import { entryOf, textOf, valueAt } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'encore',
  title: 'Encore',
  documentation: 'https://encore.dev/docs/ts/develop/cors',
  reads: '`global_cors` of `encore.app`, for TypeScript and for Go, and `cors` of `infra.config.json`',
  mentions: ['allow_origins_with_credentials', 'allow_origins_without_credentials'],
  shape: 'tree',
  formats: ['json'],
  read(document) {
    const cors = settingsOf(document);
    return { policies: cors ? lists.flatMap((list) => readList(list, cors, document)) : [], facts: [] };
  },
});

/** What the program that answers makes of the texts. */
interface Runtime {
  /** The status of an answer to a preflight. */
  readonly status: number;
  /** The word that stands for everybody with credentials; undefined where that is not known. */
  readonly everybody: string | undefined;
  readonly wildcard: (text: string) => OriginMeaning;
}

/** As written in the sources of Encore 1.58. */
const rust: Runtime = { status: 200, everybody: '*', wildcard: oneStar };
const go: Runtime = { status: 204, everybody: 'UNSAFE_ALL_ORIGINS_WITH_CREDENTIALS', wildcard: globOfParts };
/** By `lang` of the application, which is Go's without it. */
const runtimes: ReadonlyMap<string, Runtime> = new Map(Object.entries({ typescript: rust, go }));
const either: Runtime = { ...rust, everybody: undefined };

interface CorsSettings {
  readonly entry: TreeEntry;
  readonly runtime: Runtime;
}

interface OriginList {
  readonly key: string;
  readonly withCredentials: boolean;
  readonly scope: string;
}

/** Without the first list everybody comes without credentials, and without the second nobody comes with them: as it is documented. */
const lists: readonly OriginList[] = [
  {
    key: 'allow_origins_without_credentials',
    withCredentials: false,
    scope: 'requests without cookies and without Authorization',
  },
  { key: 'allow_origins_with_credentials', withCredentials: true, scope: 'requests with cookies or Authorization' },
];

function settingsOf(document: TreeDocument): CorsSettings | undefined {
  const { path, root } = document;
  if (/(^|\/)encore\.app$/.test(path)) {
    const entry = entryOf(root, 'global_cors');
    return entry && { entry, runtime: runtimes.get(textOf(valueAt(root, 'lang')) ?? '') ?? go };
  }
  const isInfrastructure =
    /(^|\/)infra[\w.-]*\.json$/.test(path) || textOf(valueAt(root, '$schema'))?.includes('encore.dev/');
  const entry = isInfrastructure ? entryOf(root, 'cors') : undefined;
  return entry && { entry, runtime: either };
}

function readList({ key, withCredentials, scope }: OriginList, cors: CorsSettings, document: TreeDocument): Policy[] {
  const map = cors.entry.value.kind === 'map' ? cors.entry.value : undefined;
  const origins = entryOf(map, key);
  if (map === undefined || origins === undefined) return [];
  const policy = servicePolicy({
    service: encoreCors(withCredentials, cors.runtime),
    document,
    keys: {
      map,
      origins,
      originsKey: key,
      // What is listed there comes to headers that the program's own types name.
      methods: undefined,
      allowedHeaders: undefined,
      exposedHeaders: undefined,
      maxAge: undefined,
    },
    scope,
  });
  return [policy];
}

/** Whoever is let in gets the own origin back, also by `*`. */
function encoreCors(withCredentials: boolean, runtime: Runtime): CorsService {
  const { status } = runtime;
  return {
    framework: 'encore',
    title: 'Encore',
    origin: (text) => meaningOf(text, withCredentials, runtime),
    open: 'reflect',
    credentials: 'setting',
    credentialsDefault: withCredentials,
    anyHeader: 'reflect',
    strictPreflight: false,
    preflightStatus: { allowed: status, refused: status },
    vary: 'always',
    defaults: { methods: 'requested', headers: 'unknown' },
  };
}

function meaningOf(text: string, withCredentials: boolean, { everybody, wildcard }: Runtime): OriginMeaning {
  if (text === (withCredentials ? everybody : '*')) return 'any';
  if (text === '*') return everybody === undefined ? 'unknown' : 'exact';
  return text.includes('*') ? wildcard(text) : 'exact';
}

/** Of applications in TypeScript: the first `*` stands for one sign at least, of whatever kind. */
function oneStar(text: string): Pattern {
  const at = text.indexOf('*');
  return patternOf(`${escaped(text.slice(0, at))}.+${escaped(text.slice(at + 1))}`);
}

/** Of those in Go: the scheme as it is, then a glob of the host and one of the port, of which the scheme's own is the default. */
function globOfParts(text: string): OriginMeaning {
  const [, scheme, host, port] = /^([^:/]+):\/\/([^:/]*)(?::([^/]*))?/.exec(text) ?? [];
  if (scheme === undefined || host === undefined) return 'nobody';
  // Classes of signs are beyond what is read here.
  if (/[[\]\\]/.test(text)) return 'unknown';
  const usual = { http: '80', https: '443' }[scheme];
  const needsPort = port !== undefined && port !== usual;
  const ports = needsPort ? (port === '*' ? '(:[0-9]+)?' : `:${globSource(port)}`) : '';
  return patternOf(`${escaped(scheme)}://${globSource(host)}${ports}`);
}

function globSource(glob: string): string {
  return escaped(glob).replaceAll('\\*', '[^/:]*').replaceAll('\\?', '[^/:]');
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}

function patternOf(source: string): Pattern {
  return { source: `^${source}$`, flags: '', dialect: 'javascript', mode: 'search' };
}
