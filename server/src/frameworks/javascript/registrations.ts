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

/** One that begins with the app's name, and not with the registration before it. */
export interface NamedRegistration extends Registration {
  /** Where that name stands. */
  readonly name: SourceRange;
}

/** Every route or middleware registration on one app or router, in source order; only those that are looked at cost anything. */
export function* registrationsOn(
  target: Binding,
  program: Program,
  within: SourceRange = { start: 0, end: program.text.length },
): Generator<NamedRegistration> {
  for (const reference of program.referencesIn(target, within)) {
    const member = reference.parent;
    const call = member?.kind === 'member' ? member.parent : undefined;
    if (member?.kind !== 'member' || call?.kind !== 'call' || call.callee.range.end !== member.range.end) continue;
    yield { call, method: member.property, name: reference.range };
  }
}

/** What is registered before a call: on the app itself, and in the chain that the call stands in. */
export interface Earlier {
  /** Those of the app come first here; the same list for all calls on it. Undefined where it is not known which app that is. */
  readonly onApp: readonly Registration[] | undefined;
  /** How many of these are before the call. */
  readonly count: number;
  readonly chain: readonly Registration[];
}

/** What is registered before the call on the same app, in the same chain (`app.use(first).use(second)`) or further up. */
export function earlierThan(call: Call, program: Program): Earlier {
  const chain = chainBefore(call);
  const { callee, range } = chain[0]?.call ?? call;
  const root = callee.kind === 'member' && callee.object.kind === 'identifier' ? callee.object : undefined;
  const target = root && program.resolve(root);
  if (target === undefined) return { onApp: undefined, count: 0, chain };
  let registered = registeredOn.get(target);
  if (registered === undefined) registeredOn.set(target, (registered = new Registrations(target, program)));
  return { onApp: registered.found, count: registered.before(range.start), chain };
}

const registeredOn = new WeakMap<Binding, Registrations>();

/** Each middleware of an app asks for all those before it, so that they are found once, and no further than somebody asks. */
class Registrations {
  readonly found: Registration[] = [];
  /** For each of these, where the name of the app ends at which it or its chain begins. */
  private readonly ends: number[] = [];
  private seenUntil = 0;

  constructor(
    private readonly target: Binding,
    private readonly program: Program,
  ) {}

  /** How many begin before the offset, which is one where a name of the app may begin. */
  before(offset: number): number {
    for (const one of registrationsOn(this.target, this.program, { start: this.seenUntil, end: offset }))
      for (const registration of withChainBehind(one)) {
        this.found.push(registration);
        this.ends.push(one.name.end);
      }
    this.seenUntil = Math.max(this.seenUntil, offset);
    let [low, high] = [0, this.ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.ends[middle]! <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
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
