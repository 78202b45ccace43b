/** What Spring's `@CrossOrigin` says. */
import type { Program } from '../../../syntax/programs/program.ts';
import type { ProgramContext } from '../../../models/framework.ts';
import { settledBy } from '../../../values/languages/spring-settings.ts';
import type { Environment, Value } from '../../../values/value.ts';
import { crossOrigins } from '../cross-origin-annotations.ts';
import type { Annotated } from '../cross-origin-annotations.ts';
import { decidedBefore } from './decided-before.ts';
import { asTaken } from './names.ts';
import { mappingOf } from './mappings.ts';
import { patternsOption } from './table.ts';

/** Attributes whose names are not those of the options. */
const attributes: Readonly<Record<string, string>> = {
  allowedOrigins: 'origins',
  [patternsOption]: 'originPatterns',
  allowedMethods: 'methods',
};

/** What the model calls the attributes. */
const options: Readonly<Record<string, string>> = {
  value: 'allowedOrigins',
  origins: 'allowedOrigins',
  originPatterns: patternsOption,
  methods: 'allowedMethods',
  allowedHeaders: 'allowedHeaders',
  exposedHeaders: 'exposedHeaders',
  allowCredentials: 'allowCredentials',
  allowPrivateNetwork: 'allowPrivateNetwork',
  maxAge: 'maxAge',
};
const lists = new Set(['allowedOrigins', patternsOption, 'allowedMethods', 'allowedHeaders', 'exposedHeaders']);

/** The annotations of the file; `splitsCommas`: a text with commas is several origins. */
export function springCrossOrigins(program: Program, context: ProgramContext, splitsCommas: boolean): Annotated[] {
  const settle = (property: Environment): Value | undefined =>
    settledBy(property, program.path, (file) => {
      const document = context.document(file);
      return document?.shape === 'tree' ? document : undefined;
    });
  return crossOrigins(program, context, {
    module: 'org.springframework.web.bind.annotation',
    options,
    attributes,
    lists,
    taken(option, written) {
      // A number below zero says that nothing is set.
      if (option === 'maxAge' && written.kind === 'number' && written.value < 0) return undefined;
      return asTaken(written, splitsCommas && lists.has(option) && /rigin/.test(option), settle);
    },
    mappingOf,
    decidedBefore,
  });
}
