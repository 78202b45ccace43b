/** Options of a plug that stand in the application's configuration: `config :cors_plug, origin: …`. */
import type { Program } from '../../../syntax/programs/program.ts';
import type { ProgramContext } from '../../../models/framework.ts';
import type { FoundOptions } from '../../../models/libraries/define-cors-library.ts';
import { configurationsOf, entriesNamed } from '../../../values/languages/elixir-settings.ts';
import { keywordsForm } from './plug-calls.ts';

/** How many folders above a module the configuration may stand. */
const mostFolders = 8;
const files = ['config.exs', 'runtime.exs', 'prod.exs', 'prod.secret.exs', 'releases.exs'];
const ofDevelopment = /(^|\/)(dev|test)(\.secret)?\.exs$/;

/** Whether a file of the configuration above this one says it. */
export function isConfigured(application: string, key: string, context: ProgramContext): boolean {
  const folders = context.path.split('/').length - 1;
  return Array.from({ length: Math.min(mostFolders, folders) + 1 }, (_, up) => '../'.repeat(up)).some((above) =>
    files.some((file) => {
      const path = `${above}config/${file}`;
      if (context.readFile(path)?.includes(application) !== true) return false;
      const document = context.document(path);
      return document?.shape === 'program' && entriesNamed(document, application, key).length > 0;
    }),
  );
}

/** The statements that configure the application with this option. */
export function configuredOptions(
  application: string,
  key: string,
  program: Program,
  { evaluator }: ProgramContext,
): FoundOptions[] {
  return configurationsOf(program, application).flatMap(({ call, options }): FoundOptions[] => {
    if (!options.entries.some((entry) => entry.key === key)) return [];
    const isForDevelopment = ofDevelopment.test(program.path);
    return [
      {
        call,
        scope: isForDevelopment ? 'the development server' : 'every route',
        reach: evaluator.guard(call),
        ...(isForDevelopment && { purpose: 'development' as const }),
        place: {
          range: call.range,
          argumentsRange: call.argumentsRange,
          form: keywordsForm,
          value: evaluator.evaluate(options),
        },
      },
    ];
  });
}
