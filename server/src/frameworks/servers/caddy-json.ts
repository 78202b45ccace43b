/** Caddy's own JSON: `headers` handlers of routes that set headers of answers, with the matchers of their route. */
import type { TreeDocument, TreeEntry, TreeMap } from '../../syntax/trees/tree.ts';
import type { Policy } from '../../policy/policy.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import { always, unknown } from '../../policy/request-test.ts';
import { defineFramework } from '../../models/framework.ts';
import type { StaticHeader } from '../../models/static/static-headers.ts';
import { staticHeadersPolicy } from '../../models/static/static-headers.ts';
import {
  entriesOf,
  entryOf,
  insertKey,
  mapsOf,
  removeEntry,
  renameKey,
  replaceValue,
  textNodesOf,
  textOf,
  valueAt,
} from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'caddy-json',
  title: 'Caddy (JSON)',
  documentation: 'https://caddyserver.com/docs/json/apps/http/servers/routes/handle/headers/',
  reads: '`headers` handlers of `apps.http.servers` in Caddy’s JSON: `response.set` and `response.add`',
  mentions: ['access-control-'],
  shape: 'tree',
  formats: ['json'],
  read(document) {
    const servers = entriesOf(valueAt(document.root, 'apps', 'http', 'servers')).map(({ value }) => value);
    return {
      policies: servers.flatMap((server) =>
        routesIn(valueAt(server, 'routes')).flatMap((route) => readRoute(route, document)),
      ),
      facts: [],
    };
  },
});

/** Routes, and those inside of their subroutes. */
function routesIn(node: TreeMap['entries'][number]['value'] | undefined): TreeMap[] {
  return mapsOf(node).flatMap((route) => [
    route,
    ...mapsOf(valueAt(route, 'handle')).flatMap((handler) => routesIn(valueAt(handler, 'routes'))),
  ]);
}

/** The headers of one route's handlers, in their order. What its matchers ask of a header may be the origin. */
function readRoute(route: TreeMap, document: TreeDocument): Policy[] {
  const matchers = mapsOf(valueAt(route, 'match'));
  const asksHeaders = matchers.some((matcher) =>
    matcher.entries.some(({ key }) => /^(header|header_regexp|expression|not|vars|vars_regexp)$/.test(key)),
  );
  const when = asksHeaders ? unknown() : always;
  const handlers = mapsOf(valueAt(route, 'handle')).filter((map) => textOf(valueAt(map, 'handler')) === 'headers');
  const sets = handlers.flatMap((handler) => ['set', 'add'].map((key) => entryOf(valueAt(handler, 'response'), key)));
  const headers = sets.flatMap((set) => entriesOf(set?.value).map((entry) => headerOf(entry, when, document)));
  const [first] = sets.flatMap((set) => (set?.value.kind === 'map' ? [set.value] : []));
  const hosts = matchers.flatMap((matcher) => [
    ...textNodesOf(valueAt(matcher, 'host')),
    ...textNodesOf(valueAt(matcher, 'path')),
  ]);
  const policy = staticHeadersPolicy({
    framework: 'caddy-json',
    title: 'Caddy',
    document,
    own: headers,
    applied: headers,
    scope: hosts.length > 0 ? hosts.map(({ value }) => value).join(' ') : 'the route',
    purpose: 'application',
    preflightStatus: null,
    ...(first && { add: (name: string, value: string) => insertKey(document, first, name, [value]) }),
  });
  return policy ? [policy] : [];
}

/** A value is a list of lines; a placeholder of Caddy for the request's origin is that origin. */
function headerOf(entry: TreeEntry, when: RequestTest, document: TreeDocument): StaticHeader {
  const { key, keyRange, value } = entry;
  const [only] = value.kind === 'list' && value.items.length === 1 ? value.items : [];
  const isOrigin = /^\{http\.request\.header\.origin\}$/i.test(textOf(only ?? value) ?? '');
  const isComputed = /[{}]/.test(textOf(only ?? value) ?? '');
  const texts = value.kind === 'list' && only === undefined ? value.items.map(textOf) : undefined;
  const isKnown = texts?.every((text) => text !== undefined && !/[{}]/.test(text));
  return {
    name: key.trim(),
    nameRange: keyRange,
    value: only ?? value,
    when,
    rename: (name) => renameKey(document, keyRange, name),
    remove: () => removeEntry(document, entry),
    ...(isOrigin ? { sent: { kind: 'request-origin' } } : isComputed && { sent: { kind: 'unknown' } }),
    ...(texts && {
      sent: isKnown ? { kind: 'text', text: texts.join(', ') } : { kind: 'unknown' },
      write: (text: string, placeholder?: string) => replaceValue(document, value, [text], placeholder),
    }),
  };
}
