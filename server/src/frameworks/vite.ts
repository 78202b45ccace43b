/** Vite's development and preview servers: who can read the source code that a developer's machine serves. */
import { lt } from 'semver';
import type { Expression } from '../syntax/program.ts';
import type { Policy } from '../policy/policy.ts';
import type { Dict, DictEntry } from '../values/value.ts';
import { corsPackage } from './cors-package.ts';
import type { ProgramContext } from './framework.ts';
import { defineFramework } from './framework.ts';
import { libraryPolicy } from './library-policy.ts';

export const framework = defineFramework({
  id: 'vite',
  title: 'Vite',
  documentation: 'https://vite.dev/config/server-options#server-cors',
  reads: '`server.cors` and `preview.cors` of `vite.config.*`',
  mentions: ['cors'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    if (!/(^|\/)vite(st)?\.(.*\.)?config\.(.*\.)?[cm]?[jt]s$/.test(program.path)) return { policies: [], facts: [] };
    const version = context.version('vite');
    // From 6.0.11 an object without an origin keeps the default, which lets in only the machine itself.
    const merges = version === undefined || !lt(version, '6.0.11');
    const policies = configurations(program.exports.get('default') ?? program.exports.get('module.exports'), context).flatMap((config) => ['server', 'preview'].flatMap((part): Policy[] => {
      const cors = entryOf(entryOf(config, part)?.value, 'cors');
      if (cors === undefined || (cors.value.kind !== 'dict' && cors.value.kind !== 'list' && cors.value.kind !== 'text' && !(cors.value.kind === 'boolean' && cors.value.value))) return [];
      if (merges && cors.value.kind === 'dict' && !cors.value.open && entryOf(cors.value, 'origin') === undefined) return [];
      const place = { value: cors.value, range: cors.range, argumentsRange: cors.value.range };
      return [{ ...libraryPolicy(corsPackage, place, { framework: 'vite', packageName: 'vite', version, scope: `the ${part === 'server' ? 'development' : 'preview'} server` }, program, context), purpose: 'development' }];
    }));
    return { policies, facts: [] };
  },
});

/** The object that is exported: as it is, inside `defineConfig(…)`, or returned by a function in there. */
function configurations(exported: Expression | undefined, { evaluator }: ProgramContext): Dict[] {
  if (exported === undefined) return [];
  const inner = exported.kind === 'call' ? exported.arguments[0]?.value : exported;
  if (inner === undefined) return [];
  const value = evaluator.evaluate(inner);
  if (value.kind === 'dict') return [value];
  return value.kind === 'function' ? evaluator.outcomes(value.function, ['other']).flatMap(({ values }) => (values[0]?.kind === 'dict' ? [values[0]] : [])) : [];
}

function entryOf(value: { readonly kind: string } | undefined, name: string): DictEntry | undefined {
  return value?.kind === 'dict' ? (value as Dict).entries.find(({ key }) => key === name) : undefined;
}
