/** LoopBack 4: `rest.cors` of an application's configuration, which the package `cors` reads. */
import type { Policy } from '../policy/policy.ts';
import { corsPackageAt } from './cors-package.ts';
import { defineFramework } from './framework.ts';
import { libraryPolicy } from './library-policy.ts';
import type { KeyedEntry } from './object-keys.ts';
import { entriesWithKey, keyOf } from './object-keys.ts';

/** What else stands beside `cors` there; one of them, or an import of LoopBack, tells the settings from others called `rest`. */
const neighbours = new Set(['openApiSpec', 'gracePeriodForClose', 'apiExplorer', 'expressSettings', 'listenOnStart', 'requestBodyParser', 'basePath']);

export const framework = defineFramework({
  id: 'loopback',
  title: 'LoopBack 4',
  documentation: 'https://loopback.io/doc/en/lb4/Server.html#customize-cors',
  reads: '`rest: { cors: … }` of an application\'s configuration; options as those of the package `cors`, by its version',
  mentions: ['@loopback/', 'openapispec', 'graceperiodforclose'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    const imported = program.imports.some(({ module }) => module.startsWith('@loopback/'));
    const isRest = ({ object }: KeyedEntry): boolean => keyOf(object)?.entry.key === 'rest' && (imported || object.entries.some(({ key }) => key !== undefined && neighbours.has(key)));
    const version = context.version('@loopback/rest');
    const policies = entriesWithKey(program, 'cors').filter(isRest).flatMap(({ entry }): Policy[] => {
      const value = context.evaluator.evaluate(entry.value);
      if (value.kind === 'boolean' || value.kind === 'nothing') return [];
      const place = { value, range: entry.range, argumentsRange: entry.value.range };
      return [libraryPolicy(corsPackageAt(context.version('cors')), place, { framework: 'loopback', packageName: '@loopback/rest', version, scope: 'every route' }, program, context)];
    });
    return { policies, facts: [] };
  },
});
