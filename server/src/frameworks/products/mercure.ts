/** `cors_origins` of a Mercure hub, in a Caddyfile and in the directives that its image takes from a variable. */
import type { Directive, DirectiveDocument, Word } from '../../syntax/directives/directives.ts';
import type { TreeDocument, TreeEntry, TreeList, TreeMap, TreeScalar } from '../../syntax/trees/tree.ts';
import type { Policy } from '../../policy/policy.ts';
import { defineFramework } from '../../models/framework.ts';
import type { CorsService } from '../../models/services/cors-service.ts';
import { servicePolicy } from '../../models/services/service-policy.ts';
import { rsCorsOrigin } from '../../models/services/rs-cors-origin.ts';

export const framework = defineFramework({
  id: 'mercure',
  title: 'Mercure',
  documentation: 'https://mercure.rocks/docs/hub/config',
  reads: '`cors_origins` of a hub, in a Caddyfile and in `MERCURE_EXTRA_DIRECTIVES`',
  mentions: ['cors_origins'],
  shape: 'directives',
  formats: ['caddyfile'],
  read(document) {
    return { policies: below(document.directives).flatMap((directive) => readOrigins(directive, document)), facts: [] };
  },
});

/** As written in the sources of Mercure from 0.11 on, and of rs/cors: newer ones send no credentials beside `*`. */
const service: CorsService = {
  framework: 'mercure',
  title: 'Mercure',
  origin: rsCorsOrigin,
  placeholder: /\{/,
  open: 'literal',
  credentials: 'named',
  anyHeader: 'reflect',
  strictPreflight: false,
  preflightStatus: { allowed: 204, refused: 204 },
  vary: 'always',
  defaults: { methods: 'unknown', headers: 'unknown' },
};

function below(directives: readonly Directive[]): Directive[] {
  return directives.flatMap((directive) => [directive, ...below(directive.block ?? [])]);
}

function readOrigins(directive: Directive, { path, text }: DirectiveDocument): Policy[] {
  const { name, nameRange, args, range } = directive;
  if (name !== 'cors_origins' || args.length === 0) return [];
  const map: TreeMap = { kind: 'map', range, entries: [], shared: true };
  const last = args.at(-1)!.range.end;
  const items: TreeScalar[] = [];
  const list: TreeList = { kind: 'list', range: { start: args[0]!.range.start, end: last }, parent: map, items };
  for (const word of args) items.push(scalarOf(word, list));
  const origins: TreeEntry = { key: name, keyRange: nameRange, value: list, range };
  const document: TreeDocument = {
    shape: 'tree',
    format: 'headers-file',
    path,
    text,
    root: map,
    roots: [map],
    comments: [],
  };
  const policy = servicePolicy({
    service,
    document,
    scope: 'the hub',
    keys: {
      map,
      originsKey: name,
      origins,
      methods: undefined,
      allowedHeaders: undefined,
      exposedHeaders: undefined,
      maxAge: undefined,
    },
  });
  const { settings } = policy;
  return [
    {
      ...policy,
      settings: { ...settings, origins: { ...settings.origins, value: settings.origins.value.map(withoutLists) } },
      edits: {
        allowOnly: (allowed, placeholder) => [{ range: list.range, newText: allowed.join(' '), placeholder }],
      },
    },
  ];
}

/** Words stand beside each other: what adds or takes away members of a list elsewhere would write commas here. */
function withoutLists(entry: Policy['settings']['origins']['value'][number]): typeof entry {
  const { replaceText } = entry.edits ?? {};
  return { ...entry, edits: replaceText && { replaceText } };
}

function scalarOf({ text, contentRange }: Word, parent: TreeList): TreeScalar {
  return {
    kind: 'scalar',
    value: text,
    range: contentRange,
    contentRange,
    parent,
  };
}
