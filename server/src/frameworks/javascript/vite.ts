/** Vite's development and preview servers: who can read the source code that a developer's machine serves. */
import { lt } from 'semver';
import type { Expression, Node, Program } from '../../syntax/programs/program.ts';
import type { Policy } from '../../policy/policy.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Dict, Value } from '../../values/value.ts';
import { corsPackage } from './cors-package.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { defineFramework } from '../../models/framework.ts';
import { libraryPolicy } from '../../models/libraries/library-policy.ts';

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
    const policies = configurations(
      program.exports.get('default') ?? program.exports.get('module.exports'),
      program,
      context,
    ).flatMap((config) =>
      ['server', 'preview'].flatMap((part): Policy[] => {
        const cors = dictEntry(dictEntry(config, part)?.value, 'cors');
        if (
          cors === undefined ||
          (cors.value.kind !== 'dict' &&
            cors.value.kind !== 'list' &&
            cors.value.kind !== 'text' &&
            !(cors.value.kind === 'boolean' && cors.value.value))
        )
          return [];
        if (merges && cors.value.kind === 'dict' && !cors.value.open && dictEntry(cors.value, 'origin') === undefined)
          return [];
        const place = { value: cors.value, range: cors.range, argumentsRange: cors.value.range };
        return [
          {
            ...libraryPolicy(
              corsPackage,
              place,
              {
                framework: 'vite',
                packageName: 'vite',
                version,
                scope: `the ${part === 'server' ? 'development' : 'preview'} server`,
              },
              program,
              context,
            ),
            purpose: 'development',
          },
        ];
      }),
    );
    return { policies, facts: [] };
  },
});

const setsCors = (config: Dict): boolean =>
  ['server', 'preview'].some((part) => dictEntry(dictEntry(config, part)?.value, 'cors') !== undefined);

/** The objects that are exported: as they are, inside `defineConfig(…)` and `mergeConfig(…)`, by name, or returned by a function. */
function configurations(
  exported: Expression | undefined,
  program: Program,
  context: ProgramContext,
  depth = 0,
): Dict[] {
  if (exported === undefined || depth > 5) return [];
  if (exported.kind === 'call') {
    const merged = /(^|\.)mergeConfig$/.test(exported.callee.text);
    const found = (merged ? exported.arguments : exported.arguments.slice(0, 1)).map(({ value }) =>
      configurations(value, program, context, depth + 1),
    );
    // Two sets of options become one in a way that is not worked out here.
    return found.filter((configs) => configs.some(setsCors)).length > 1 ? [] : found.flat();
  }
  const constant = exported.kind === 'identifier' ? program.resolve(exported) : undefined;
  if (constant?.value?.kind === 'call' && constant.path.length === 0 && constant.assignments.length === 0)
    return configurations(constant.value, program, context, depth + 1);
  const value = context.evaluator.evaluate(exported);
  if (value.kind === 'dict') return [value];
  return value.kind === 'function'
    ? context.evaluator.outcomes(value.function, ['other']).flatMap(({ values: [returned] }) => {
        if (returned?.kind === 'dict') return [returned];
        return configurations(callAt(returned, program), program, context, depth + 1);
      })
    : [];
}

/** The call that a value is the result of, in this file: `({ mode }) => defineConfig(…)`. */
function callAt(value: Value | undefined, program: Program): Expression | undefined {
  if (value === undefined || value.range.path !== undefined) return undefined;
  const { start, end } = value.range;
  for (
    let node: Node | undefined = program.expressionAt(start);
    node !== undefined && node.range.end <= end;
    node = node.parent
  )
    if (node.kind === 'call' && node.range.start === start && node.range.end === end) return node;
  return undefined;
}
