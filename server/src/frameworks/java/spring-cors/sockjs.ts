/** SockJS endpoints, whose `/info` and polling are requests of pages: `registry.addEndpoint("/ws").setAllowedOrigins("*").withSockJS()`. */
import type { Program } from '../../../syntax/programs/program.ts';
import type { ProgramContext } from '../../../models/framework.ts';
import type { FoundOptions } from '../../../models/libraries/define-cors-library.ts';
import { optionsOfSteps, stepsBehind } from '../../../models/libraries/builder-steps.ts';
import type { StepMeaning } from '../../../models/libraries/builder-steps.ts';
import { methodCalls } from '../../../models/libraries/imported-calls.ts';
import { chainForm } from '../../../models/libraries/options-form.ts';
import { importsFrom, literalsOf } from '../notation.ts';
import { pathOf, taken } from './configurations.ts';
import { patternsOption } from './table.ts';

const steps: Readonly<Record<string, StepMeaning>> = {
  setAllowedOrigins: { option: 'allowedOrigins', takes: 'members' },
  setAllowedOriginPatterns: { option: patternsOption, takes: 'members' },
};
const setting = (name: string, value: string): string => `set${name[0]!.toUpperCase()}${name.slice(1)}(${value})`;
const packages = ['org.springframework.web.socket.config.annotation'];

/** Endpoints of plain WebSockets answer no request that a page could read. */
export function sockJsEndpoints(program: Program, context: ProgramContext, splitsCommas: boolean): FoundOptions[] {
  const isOurs = ['StompEndpointRegistry', 'WebSocketHandlerRegistry'].some((name) =>
    importsFrom(program, name, packages),
  );
  if (!isOurs) return [];
  const form = chainForm(literalsOf(program, 'arguments'), setting);
  return ['addEndpoint', 'addHandler']
    .flatMap((name) => methodCalls(program, name))
    .flatMap((call): FoundOptions[] => {
      const chain = stepsBehind(call);
      if (!chain.some(({ name }) => name === 'withSockJS')) return [];
      const before = chain.slice(
        0,
        chain.findIndex(({ name }) => name === 'withSockJS'),
      );
      const value = taken(optionsOfSteps(before, steps, { evaluator: context.evaluator, start: call }), splitsCommas);
      const { range, argumentsRange } = call;
      const path = pathOf(
        call.callee.kind === 'member' && call.callee.property === 'addHandler' ? call.arguments[1] : call.arguments[0],
        context,
      );
      return [
        { call, place: { value, range, argumentsRange, form }, scope: path === undefined ? 'SockJS' : `${path}/**` },
      ];
    });
}
