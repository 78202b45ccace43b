/** What is registered on an app or a router: its middlewares, hooks and routes, in source order. */
import type { SourceRange } from '../../syntax/range.ts';
import type { Binding, Call, Program } from '../../syntax/programs/program.ts';
import type { WatchedText } from '../../syntax/programs/watched-text.ts';

export interface Registration {
  readonly call: Call;
  readonly method: string;
}

/** What is handed to the call, to be searched. */
export function argumentsText({ argumentsRange }: Call, program: Program): WatchedText {
  return program.text.part(argumentsRange.start, argumentsRange.end);
}

/** Methods that give back the app itself, so that the next registration may follow at once. */
const chained = /^(use|get|post|put|patch|delete|head|all|options|on)$/;

/** Every route or middleware registration on one app or router, in source order; only those that are looked at cost anything. */
export function* registrationsOn(
  target: Binding,
  program: Program,
  within: SourceRange = { start: 0, end: program.text.length },
): Generator<Registration> {
  for (const reference of program.referencesIn(target, within)) {
    const member = reference.parent;
    const call = member?.kind === 'member' ? member.parent : undefined;
    if (member?.kind !== 'member' || call?.kind !== 'call' || call.callee.range.end !== member.range.end) continue;
    yield { call, method: member.property };
  }
}

/** What is registered before the call on the same app, in the same chain (`app.use(first).use(second)`) or further up. */
export function* registeredBefore(call: Call, program: Program): Generator<Registration> {
  const chain = chainBefore(call);
  const { callee, range } = chain[0]?.call ?? call;
  const root = callee.kind === 'member' && callee.object.kind === 'identifier' ? callee.object : undefined;
  const target = root && program.resolve(root);
  if (target !== undefined)
    for (const one of registrationsOn(target, program, { start: 0, end: range.start })) yield* withChainBehind(one);
  yield* chain;
}

function chainBefore(call: Call): Registration[] {
  const found: Registration[] = [];
  let { callee } = call;
  while (callee.kind === 'member') {
    const { object } = callee;
    if (object.kind !== 'call' || object.callee.kind !== 'member' || !chained.test(object.callee.property)) break;
    found.push({ call: object, method: object.callee.property });
    ({ callee } = object);
  }
  return found.reverse();
}

function* withChainBehind(first: Registration): Generator<Registration> {
  yield first;
  let { call, method } = first;
  while (chained.test(method)) {
    const member = call.parent;
    const next = member?.kind === 'member' ? member.parent : undefined;
    if (member?.kind !== 'member' || next?.kind !== 'call' || next.callee.range.end !== member.range.end) return;
    call = next;
    method = member.property;
    yield { call, method };
  }
}
