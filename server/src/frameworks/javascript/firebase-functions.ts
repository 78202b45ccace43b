/**
 * Cloud Functions for Firebase, second generation: `onRequest({ cors }, …)` and `onCall({ cors }, …)`, whose value becomes the
 * `origin` of the package `cors`; one member of a list is taken out of it first.
 *
 * https://firebase.google.com/docs/functions/http-events#configure_cors_cross-origin_resource_sharing
 */
import type { Call, Expression, Program } from '../../syntax/programs/program.ts';
import type { Dict, List, Value } from '../../values/value.ts';
import { corsPackage } from './cors-package.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { FoundOptions, OptionsFinder } from '../../models/libraries/define-cors-library.ts';
import { argumentPlace } from '../../models/libraries/option-finders.ts';
import { differing } from '../../models/libraries/releases.ts';
import { callOf } from '../../models/libraries/imported-calls.ts';

const onRequest = differing(corsPackage, {
  otherOptions: [],
  origin: { missing: 'off' },
  options: { origin: ['cors'], credentials: [], methods: [], allowedHeaders: [], exposedHeaders: [], maxAge: [] },
});

/** It is called with POST alone. */
const onCall = differing(onRequest, { methods: { default: 'POST' } });

export const framework = defineCorsLibrary({
  id: 'firebase-functions',
  title: 'Cloud Functions for Firebase',
  documentation: 'https://firebase.google.com/docs/functions/http-events#configure_cors_cross-origin_resource_sharing',
  reads: 'the option `cors` of `onRequest` and `onCall` of the second generation',
  mentions: ['firebase-functions'],
  languages: ['javascript'],
  uses: [
    { packageName: 'firebase-functions', options: functionOptions('onRequest'), table: onRequest },
    { packageName: 'firebase-functions', options: functionOptions('onCall'), table: onCall },
  ],
});

/** A function without the option sends none of these headers, or is called from an app that everybody may have. */
function functionOptions(name: FunctionName): OptionsFinder {
  return (program, context) => ({
    options: functionsOf(name, program).flatMap((call): FoundOptions[] => {
      const place = argumentPlace(call, 0, context);
      const { value } = place;
      if (call.arguments.length < 2 || value?.kind !== 'dict' || !value.entries.some(({ key }) => key === 'cors'))
        return [];
      return [{ call, place: { ...place, value: withoutShortList(value) }, scope: scopeOf(call) }];
    }),
  });
}

function scopeOf({ parent }: Call): string {
  const name = parent?.kind === 'declaration' ? parent.bindings[0]?.name : undefined;
  return name === undefined ? 'this function' : `the function ${name}`;
}

/** `['*']` is `'*'`; an edit still replaces the list. */
function withoutShortList(options: Dict): Dict {
  const single = (value: Value): Value => {
    if (value.kind !== 'list') return value;
    const [first, ...others] = value.items;
    if (first === undefined || others.length > 0 || value.open) return withOpenParameters(value);
    const { range } = value;
    return isParameter(first) ? { kind: 'boolean', value: true, range } : { ...first, range };
  };
  return {
    ...options,
    entries: options.entries.map((entry) => (entry.key === 'cors' ? { ...entry, value: single(entry.value) } : entry)),
  };
}

/**
 * A parameter is read where it is the whole option. In a list nobody asks for its value, and the package `cors` takes what is neither a
 * text nor a pattern for a yes: as observed of 7.4.0.
 */
function withOpenParameters(list: List): List {
  const items = list.items.map((item): Value =>
    isParameter(item) ? { kind: 'request', input: 'origin', range: list.range } : item,
  );
  return { ...list, items };
}

function isParameter({ kind, expression }: Value): boolean {
  return (
    kind === 'environment' &&
    expression?.kind === 'call' &&
    /(^|\.)define(String|List|Secret)$/.test(expression.callee.text)
  );
}

const modules = /^firebase-functions(\/(v2\/)?https|\/v2)?$/;
type FunctionName = 'onRequest' | 'onCall';

/** Calls of the function, imported by name, or a member of the module or of its `https`. */
function functionsOf(name: FunctionName, program: Program): Call[] {
  const targets = program.imports
    .filter(({ module, typeOnly }) => modules.test(module) && !typeOnly)
    .flatMap(({ imported, binding, call }): readonly Expression[] => {
      const references: readonly Expression[] = binding ? program.references(binding) : call ? [call] : [];
      if (imported === name) return references;
      return references
        .map(throughHttps)
        .flatMap(({ parent }) => (parent?.kind === 'member' && parent.property === name ? [parent] : []));
    });
  return targets.flatMap((target) => callOf(target) ?? []).sort((a, b) => a.range.start - b.range.start);
}

function throughHttps(reference: Expression): Expression {
  return reference.parent?.kind === 'member' && reference.parent.property === 'https' ? reference.parent : reference;
}
