/** `cors` of Hono. */
import type { Fact, Policy } from '../../policy/policy.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineFramework } from '../../models/framework.ts';
import { notCalled, usesOf } from '../../models/libraries/imported-calls.ts';
import { argumentPlace, libraryPolicy } from '../../models/libraries/library-policy.ts';

/** As observed of Hono 4.13. */
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
    true: 'fails',
    false: 'fails',
    nothing: 'fails',
    pattern: 'fails',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'compared',
    patternInList: 'nobody',
    callback: { roles: ['origin', 'context'], answers: 'return', as: 'header', refusal: 'nobody' },
  },
  credentials: { default: false, on: 'truthy' },
  anyWithCredentials: 'literal',
  vary: { any: false, sent: true, checked: 'always' },
  othersFor: 'everybody',
  needsOrigin: false,
  methods: { default: 'GET,HEAD,PUT,POST,DELETE,PATCH,QUERY', separator: ',', everyResponse: false },
  allowedHeaders: { default: 'requested', separator: ',', everyResponse: false, emptyIsDefault: true, vary: true },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: true },
  maxAge: { default: undefined, zero: true },
  preflight: { when: { kind: 'method', name: 'OPTIONS' }, status: 204 },
};

export const framework = defineFramework({
  id: 'hono-cors',
  title: 'Hono',
  documentation: 'https://hono.dev/docs/middleware/builtin/cors',
  reads: '`cors(options)` of `hono/cors`, in Node, Bun, Deno and Workers',
  mentions: ['hono'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    const version = context.version('hono');
    const policies: Policy[] = [];
    const facts: Fact[] = [];
    for (const use of usesOf(program, {
      modules: ['hono/cors', 'jsr:@hono/hono/cors', '@hono/hono/cors', 'npm:hono/cors'],
      names: ['cors'],
    })) {
      if (use.call)
        policies.push(
          libraryPolicy(
            honoCors,
            argumentPlace(use.call, 0, context),
            {
              framework: 'hono-cors',
              packageName: 'hono/cors',
              version,
              scope: scopeOf(use.call.parent, program.text),
            },
            program,
            context,
          ),
        );
      else if (use.uncalled) facts.push(notCalled(use.uncalled));
    }
    return { policies, facts };
  },
});

function scopeOf(parent: { kind: string; range: { start: number; end: number } } | undefined, text: string): string {
  const path =
    parent?.kind === 'call'
      ? /\(\s*(['"`])([^'"`]+)\1\s*,/.exec(text.slice(parent.range.start, parent.range.end))?.[2]
      : undefined;
  return path === undefined || path === '*' ? 'every route' : `routes under ${path}`;
}
