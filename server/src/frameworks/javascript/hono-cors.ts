/** `cors` of Hono. */
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { optionsMethod } from '../../policy/request-test.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { byRelease } from '../../models/libraries/releases.ts';
import { registeredArgument } from './middleware-places.ts';
import type { Node } from '../../syntax/programs/program.ts';
import type { SourceText } from '../../syntax/source-text.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

/** As observed of Hono 4.13.19; its source is the same since 4.13.3, where it no longer wrote over a `Vary` of others. */
export const honoCors: CorsLibrary = {
  options: {
    origin: ['origin'],
    credentials: ['credentials'],
    methods: ['allowMethods'],
    allowedHeaders: ['allowHeaders'],
    exposedHeaders: ['exposeHeaders'],
    maxAge: ['maxAge'],
  },
  otherOptions: [],
  foreignNames: {},
  origin: {
    missing: 'any',
    text: 'compared',
    star: 'any',
    empty: 'nobody',
    ...otherKinds('fails', 'nobody'),
    nothing: 'fails',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'compared',
    callback: {
      roles: ['origin', 'context'],
      answers: 'return',
      as: 'header',
      refusal: 'nobody',
      starIsSent: true,
      varies: true,
    },
  },
  credentials: { default: false, on: 'truthy' },
  anyWithCredentials: 'literal',
  vary: { any: false, sent: true, checked: 'always' },
  othersFor: 'everybody',
  needsOrigin: false,
  methods: { default: 'GET,HEAD,PUT,POST,DELETE,PATCH,QUERY', separator: ',', everyResponse: false, text: 'none' },
  allowedHeaders: {
    default: 'requested',
    separator: ',',
    everyResponse: false,
    emptyIsDefault: true,
    vary: true,
    text: 'throws',
  },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: true, text: 'throws' },
  maxAge: { default: undefined, zero: true },
  preflight: { when: optionsMethod, status: 204 },
};

/** The table for a version; the newest where it is not known. */
export const honoCorsAt = byRelease(honoCors, [
  {
    before: '4.13.0',
    differs: {
      methods: { default: 'GET,HEAD,PUT,POST,DELETE,PATCH' },
      allowedHeaders: { text: 'fails' },
      exposedHeaders: { text: undefined },
    },
  },
  // From 4.12.9 on everybody got the own origin back beside credentials, until an advisory took it out again.
  { before: '4.12.25', differs: { anyWithCredentials: 'reflect' } },
  { before: '4.12.9', differs: { anyWithCredentials: 'literal' } },
  // An origin function that is `async` was not waited for, and its promise became the header.
  {
    before: '4.9.5',
    differs: {
      origin: {
        callback: { ...honoCors.origin.callback!, promise: 'text' },
      },
    },
  },
  // A single text went to everybody as it stood, and whom a list did not know got its first member, be it `*` or `null`.
  { before: '4.6.5', differs: { origin: { text: 'sent', unlisted: 'first' } } },
]);

const routes = /^(get|post|put|patch|delete|all|on|route)$/;

export const framework = defineCorsLibrary({
  id: 'hono-cors',
  title: 'Hono',
  documentation: 'https://hono.dev/docs/middleware/builtin/cors',
  reads: '`cors(options)` of `hono/cors`, in Node, Bun, Deno and Workers',
  mentions: ['hono'],
  languages: ['javascript'],
  uses: [
    {
      packageName: 'hono',
      title: 'hono/cors',
      options: registeredArgument(
        { modules: ['hono/cors', 'jsr:@hono/hono/cors', '@hono/hono/cors', 'npm:hono/cors'], names: ['cors'] },
        { isRoute: ({ call, method }) => routes.test(method) && call.arguments.length > 1 },
      ),
      table: honoCorsAt,
      scope: ({ call }, { text }) => scopeOf(call?.parent, text),
    },
  ],
});

/** The path that stands before the middleware, as in `app.use('/api/*', cors())`. */
function scopeOf(parent: Node | undefined, text: SourceText): string {
  const call = parent?.kind === 'call' ? text.slice(parent.range.start, parent.range.end) : '';
  const path = /\(\s*(['"`])([^'"`]+)\1\s*,/.exec(call)?.[2];
  return path === undefined || path === '*' ? 'every route' : `routes under ${path}`;
}
