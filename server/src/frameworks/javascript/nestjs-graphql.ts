/** `cors` of NestJS's GraphQL module with Apollo's driver, which handed it on as long as that was Apollo Server 3. */
import type { Call } from '../../syntax/programs/program.ts';
import type { Fact } from '../../policy/policy.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { DictEntry, Value } from '../../values/value.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { corsPackage } from './cors-package.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { Found, FoundOptions, OptionsFinder } from '../../models/libraries/define-cors-library.ts';
import { methodCalls } from '../../models/libraries/imported-calls.ts';
import { isBefore } from '../../models/libraries/releases.ts';
import { switchedOn } from '../../models/libraries/switched-options.ts';

export const framework = defineCorsLibrary({
  id: 'nestjs-graphql',
  title: 'NestJS GraphQL',
  documentation: 'https://docs.nestjs.com/graphql/quick-start',
  reads:
    '`cors` of `GraphQLModule.forRoot` and `forRootAsync` with Apollo’s drivers, which read none from @nestjs/apollo 11 on',
  mentions: ['graphqlmodule'],
  languages: ['javascript'],
  uses: [{ packageName: '@nestjs/apollo', options: moduleOptions, table: corsPackage, scope: '/graphql' }],
});

/** The options of each module: read by the drivers of old, nothing but a mistake for the others. */
function moduleOptions(...[program, context]: Parameters<OptionsFinder>): Found {
  const version = context.version('@nestjs/apollo');
  const isRead = version !== undefined && isBefore(version, '11.0.0');
  const written = ['forRoot', 'forRootAsync'].flatMap((name) =>
    methodCalls(program, name).flatMap((call) => writtenCors(call, context)),
  );
  return {
    options: isRead ? written.flatMap(handedOn) : [],
    // Who switches it off gets what was wanted.
    facts: isRead ? [] : written.filter(({ entry }) => switchedOn(entry.value)).map(({ entry }) => unread(entry)),
  };
}

interface WrittenCors {
  readonly call: Call;
  readonly entry: DictEntry;
}

/** `cors` in the options of the call, or in those that its factory returns, where an Apollo driver is to take them. */
function writtenCors(call: Call, { evaluator }: ProgramContext): WrittenCors[] {
  const { callee, arguments: given } = call;
  const argument = given[0];
  if (callee.kind !== 'member' || callee.object.text !== 'GraphQLModule' || !argument || argument.spread) return [];
  const options = evaluator.evaluate(argument.value);
  const factory = dictEntry(options, 'useFactory')?.value;
  const made =
    factory?.kind === 'function'
      ? evaluator.outcomes(factory, []).flatMap((outcome) => (outcome.kind === 'return' ? outcome.values : []))
      : [];
  // Drivers are classes of other modules: their names are all that there is of them here.
  const isApollo = [call.text, ...made.map((value) => valueText(value, call))].some((text) =>
    /\bdriver\s*:\s*Apollo(Federation|Gateway)?Driver\b/.test(text),
  );
  if (!isApollo) return [];
  return [options, ...made].flatMap((value) => {
    const entry = dictEntry(value, 'cors');
    return entry ? [{ call, entry }] : [];
  });
}

/** The text of a value within the call; nothing of one that stands elsewhere. */
function valueText({ range }: Value, call: Call): string {
  return range.path === undefined ? call.text.slice(range.start - call.range.start, range.end - call.range.start) : '';
}

function handedOn({ call, entry }: WrittenCors): FoundOptions[] {
  const on = switchedOn(entry.value);
  return on === undefined
    ? []
    : [
        {
          call,
          place: { value: on.value, range: entry.range, argumentsRange: entry.value.range },
          reach: on.when,
        },
      ];
}

/** The application's own CORS covers the GraphQL route too. */
function unread({ key, keyRange }: DictEntry): Fact {
  return {
    kind: 'unknown-option',
    name: key,
    range: keyRange,
    opens: false,
    belongs: 'app.enableCors(…) of the application, which covers the GraphQL route',
  };
}
