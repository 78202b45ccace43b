/** socket.io: the `cors` option of a server, which goes to the package `cors` for the polling transport; `origins` of version 2. */
import { lt } from 'semver';
import type { Call, Expression, Program } from '../../syntax/programs/program.ts';
import type { Fact, Policy } from '../../policy/policy.ts';
import { corsPackage } from './cors-package.ts';
import { defineFramework } from '../../models/framework.ts';
import { usesOf } from '../../models/libraries/imported-calls.ts';
import { libraryPolicy } from '../../models/libraries/library-policy.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Value } from '../../values/value.ts';
import { switchedOn } from '../../models/libraries/switched-options.ts';
import { callsOrigins, readVersion2 } from './socket-io-2.ts';

export const framework = defineFramework({
  id: 'socket-io',
  title: 'socket.io',
  documentation: 'https://socket.io/docs/v4/handling-cors/',
  reads:
    'the `cors` option of `new Server(…)`, `require("socket.io")(…)` and `socketio(…)` of Feathers 5; `origins` of version 2',
  mentions: ['socket.io', '@feathersjs/socketio'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    const version = context.version('socket.io');
    // Version 2 has another option, of another meaning.
    if (version === undefined ? callsOrigins(program) : lt(version, '3.0.0-0'))
      return { policies: readVersion2(serversOf(program), version, program, context), facts: [] };
    const policies: Policy[] = [];
    const facts: Fact[] = [];
    const feathers = context.version('@feathersjs/socketio');
    // Its version 4 starts a server of version 2.
    const started =
      feathers !== undefined && lt(feathers, '5.0.0-0')
        ? []
        : usesOf(program, { modules: ['@feathersjs/socketio'], names: ['default'] }).flatMap(({ call }) => call ?? []);
    for (const call of [...serversOf(program), ...started]) {
      for (const argument of call.arguments) {
        const value = argument.spread ? undefined : context.evaluator.evaluate(argument.value);
        // Whoever writes it where no version is known may have the one that reads it.
        if (version !== undefined) facts.push(...elderOption(value));
        const entry = dictEntry(value, 'cors');
        const on = entry && switchedOn(entry.value);
        if (entry === undefined || on === undefined) continue;
        const place = { value: on.value, range: entry.range, argumentsRange: entry.value.range };
        policies.push(
          libraryPolicy(
            corsPackage,
            place,
            {
              framework: 'socket-io',
              packageName: 'socket.io',
              version,
              scope: 'the polling transport; WebSockets themselves are not covered',
            },
            program,
            context,
            on.when,
          ),
        );
      }
    }
    return { policies, facts };
  },
});

/** `origins` counts in version 2 only. */
export function elderOption(options: Value | undefined): Fact[] {
  const entry = dictEntry(options, 'origins');
  return entry?.keyRange === undefined || dictEntry(options, 'cors') !== undefined
    ? []
    : [{ kind: 'unknown-option', name: 'origins', suggestion: 'cors.origin', range: entry.keyRange, opens: false }];
}

/** `new Server(…)`, `new io.Server(…)`, `require('socket.io')(…)` and `io(…)`. */
function serversOf(program: Program): Call[] {
  const found: Call[] = [];
  for (const imported of program.imports) {
    if (imported.module !== 'socket.io' || imported.typeOnly) continue;
    const references: readonly Expression[] = imported.binding
      ? program.references(imported.binding)
      : imported.call
        ? [imported.call]
        : [];
    for (const reference of references) {
      const target =
        reference.parent?.kind === 'member' && reference.parent.property === 'Server' ? reference.parent : reference;
      const call = target.parent;
      if (
        call?.kind === 'call' &&
        call.callee.range.start === target.range.start &&
        call.callee.range.end === target.range.end
      )
        found.push(call);
    }
  }
  return found.sort((a, b) => a.range.start - b.range.start);
}
