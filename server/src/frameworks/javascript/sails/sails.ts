/** Sails: `cors` of `config/security.js`, which counts for all routes where `allRoutes` says so, and `cors` of single routes. */
import type { Expression, Program } from '../../../syntax/programs/program.ts';
import type { Policy } from '../../../policy/policy.ts';
import { isTrue } from '../../../values/dict-entry.ts';
import type { ProgramContext } from '../../../models/framework.ts';
import { defineFramework } from '../../../models/framework.ts';
import { readRoutes } from './sails-routes.ts';
import { sailsPolicy } from './sails-settings.ts';

export const framework = defineFramework({
  id: 'sails',
  title: 'Sails',
  documentation: 'https://sailsjs.com/documentation/concepts/security/cors',
  reads:
    '`cors` of `config/security.js` and `config/env/*.js`, with `allRoutes`; `cors` of single routes in `config/routes.js`',
  mentions: ['cors'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    return {
      policies: [
        ...placesOf(program).flatMap((place) => readSettings(place, program, context)),
        ...readRoutes(program, context),
      ],
      facts: [],
    };
  },
});

interface SettingsPlace {
  readonly range: Expression['range'];
  readonly value: Expression;
}

/** `cors: { … }`, and `module.exports.cors = { … }` as files of older versions have it. */
function placesOf(program: Program): SettingsPlace[] {
  const keyed = program
    .strings(/^cors$/)
    .flatMap((key): SettingsPlace[] =>
      key.parent?.kind === 'object'
        ? key.parent.entries.filter(({ keyRange }) => keyRange.start === key.range.start)
        : [],
    );
  const exported = program.exports.get('cors');
  return exported === undefined || keyed.some(({ value }) => value.range.start === exported.range.start)
    ? keyed
    : [...keyed, { range: exported.range, value: exported }];
}

function readSettings(
  { range, value: expression }: SettingsPlace,
  program: Program,
  context: ProgramContext,
): Policy[] {
  const value = context.evaluator.evaluate(expression);
  return value.kind === 'dict' && isTrue(value, 'allRoutes')
    ? [sailsPolicy({ value, entry: { range, valueRange: expression.range }, scope: 'every route' }, program, context)]
    : [];
}
