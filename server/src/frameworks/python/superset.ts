/** Apache Superset: `CORS_OPTIONS` of `superset_config.py`, which Flask-CORS gets where `ENABLE_CORS` is on. */
import type { Assignment, Node, Program } from '../../syntax/programs/program.ts';
import type { FoundOptions, OptionsFinder } from '../../models/libraries/define-cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { dictionaryForm } from '../../models/libraries/options-form.ts';
import { refined } from './flask-cors/refined.ts';
import { resourcesOf } from './flask-cors/resources.ts';
import { flaskCorsFor } from './flask-cors/table.ts';

export const framework = defineCorsLibrary({
  id: 'superset',
  title: 'Apache Superset',
  documentation: 'https://superset.apache.org/docs/configuration/networking-settings/#cors',
  reads: '`CORS_OPTIONS` of `superset_config.py`, beside `ENABLE_CORS`',
  mentions: ['cors_options'],
  languages: ['python'],
  uses: [
    {
      packageName: 'apache-superset',
      title: 'Superset',
      options: configuredOptions,
      table: (_version, { place }, { context }) => flaskCorsFor(context.version('flask-cors'), place.value),
      refine: refined,
    },
  ],
});

/** Where the switch is not set in the same file, it is the release that decides. */
function configuredOptions(...[program, { evaluator }]: Parameters<OptionsFinder>): ReturnType<OptionsFinder> {
  const [enabled, options] = [lastAssignment(program, 'ENABLE_CORS'), lastAssignment(program, 'CORS_OPTIONS')];
  const isOn = enabled !== undefined ? evaluator.evaluate(enabled.value) : undefined;
  if (options === undefined || isOn === undefined || (isOn.kind === 'boolean' && !isOn.value)) return { options: [] };
  const value = evaluator.evaluate(options.value);
  return {
    options: resourcesOf(value).map(({ value: one }): FoundOptions => ({
      place: { value: one, range: options.target.range, argumentsRange: value.range, form: dictionaryForm },
    })),
  };
}

/** At the top of the file; of several the last one counts. */
function lastAssignment(program: Program, name: string): Assignment | undefined {
  const found = [...program.text.matchAll(new RegExp(`^${name}\\b`, 'gm'))].flatMap((match) => {
    let node: Node | undefined = program.expressionAt(match.index);
    while (node && node.kind !== 'assignment') node = node.parent;
    return node ? [node] : [];
  });
  return found.at(-1);
}
