/**
 * Cloud Functions for Firebase, second generation: `onRequest({ cors }, …)` and `onCall({ cors }, …)`, whose value becomes the
 * `origin` of the package `cors`; one member of a list is taken out of it first.
 *
 * https://firebase.google.com/docs/functions/http-events#configure_cors_cross-origin_resource_sharing
 */
import type { Call, Expression, Program } from '../../syntax/programs/program.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Dict, Value } from '../../values/value.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { corsPackage } from './cors-package.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { defineFramework } from '../../models/framework.ts';
import { argumentPlace } from '../../models/libraries/option-finders.ts';
import { libraryPolicy } from '../../models/libraries/library-policy.ts';

const onRequest: CorsLibrary = {
  ...corsPackage,
  otherOptions: [],
  origin: { ...corsPackage.origin, missing: 'off' },
  options: { origin: ['cors'], credentials: [], methods: [], allowedHeaders: [], exposedHeaders: [], maxAge: [] },
};

/** It is called with POST alone. */
const onCall: CorsLibrary = { ...onRequest, methods: { ...onRequest.methods, default: 'POST' } };

export const framework = defineFramework({
  id: 'firebase-functions',
  title: 'Cloud Functions for Firebase',
  documentation: 'https://firebase.google.com/docs/functions/http-events#configure_cors_cross-origin_resource_sharing',
  reads: 'the option `cors` of `onRequest` and `onCall` of the second generation',
  mentions: ['firebase-functions'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    return {
      policies: functionsOf(program).flatMap(({ call, name }) => readFunction(call, name, program, context)),
      facts: [],
    };
  },
});

/** A function without the option sends none of these headers, or is called from an app that everybody may have. */
function readFunction(call: Call, name: string, program: Program, context: ProgramContext): Policy[] {
  if (call.arguments.length < 2) return [];
  const place = argumentPlace(call, 0, context);
  if (place.value?.kind !== 'dict' || !place.value.entries.some(({ key }) => key === 'cors')) return [];
  const { parent } = call;
  const scope =
    parent?.kind === 'declaration' && parent.bindings[0] ? `the function ${parent.bindings[0].name}` : 'this function';
  const library = name === 'onCall' ? onCall : onRequest;
  return [
    libraryPolicy(
      library,
      { ...place, value: withoutShortList(place.value) },
      {
        framework: 'firebase-functions',
        packageName: 'firebase-functions',
        version: context.version('firebase-functions'),
        scope,
      },
      program,
      context,
    ),
  ];
}

/** `['*']` is `'*'`; an edit still replaces the list. */
function withoutShortList(options: Dict): Dict {
  const single = (value: Value): Value =>
    value.kind === 'list' && !value.open && value.items.length === 1
      ? { ...value.items[0]!, range: value.range }
      : value;
  return {
    ...options,
    entries: options.entries.map((entry) => (entry.key === 'cors' ? { ...entry, value: single(entry.value) } : entry)),
  };
}

const modules = /^firebase-functions(\/(v2\/)?https|\/v2)?$/;
const names = ['onRequest', 'onCall'];

/** Imported by name, or a member of the module or of its `https`. */
function functionsOf(program: Program): { readonly call: Call; readonly name: string }[] {
  const targets = program.imports
    .filter(({ module, typeOnly }) => modules.test(module) && !typeOnly)
    .flatMap(({ imported, binding, call }): { target: Expression; name: string }[] => {
      const references: readonly Expression[] = binding ? program.references(binding) : call ? [call] : [];
      if (names.includes(imported)) return references.map((target) => ({ target, name: imported }));
      return references
        .map(throughHttps)
        .flatMap((target) =>
          target.parent?.kind === 'member' && names.includes(target.parent.property)
            ? [{ target: target.parent, name: target.parent.property }]
            : [],
        );
    });
  return targets
    .flatMap(({ target, name }) =>
      target.parent?.kind === 'call' &&
      target.parent.callee.range.start === target.range.start &&
      target.parent.callee.range.end === target.range.end
        ? [{ call: target.parent, name }]
        : [],
    )
    .sort((a, b) => a.call.range.start - b.call.range.start);
}

function throughHttps(reference: Expression): Expression {
  return reference.parent?.kind === 'member' && reference.parent.property === 'https' ? reference.parent : reference;
}
