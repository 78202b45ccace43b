/** Which writes of headers end up on the same response. */
import type { Expression, FunctionExpression, ObjectExpression, Program } from '../../syntax/programs/program.ts';
import { escaped } from '../../syntax/programs/name-places.ts';
import { oneByOne } from '../in-steps.ts';
import type { InSteps } from '../in-steps.ts';
import { isCalled, namesReferring, rootOf } from './called-names.ts';
import type { HandlerLanguage } from './handler-language.ts';
import { handlerOf } from './decorated-handlers.ts';
import { classAround } from './handler-parts.ts';
import type { HeaderWrite } from './header-write.ts';
import { nameOf } from './header-write.ts';
import { joinAround, partsOf } from './joined-dictionaries.ts';
import type { CalledName, WaysOfWriting } from './ways-of-writing.ts';
import type { Evaluator } from '../../values/evaluator.ts';

/**
 * Writes of one handler and receiver, on the responses that one handler makes and returns, or in one dictionary with what is spread
 * into it.
 */
export function* groupsOf(
  writes: readonly HeaderWrite[],
  program: Program,
  language: HandlerLanguage,
  evaluator: Evaluator,
): InSteps<HeaderWrite[][]> {
  const found = new Map<string, HeaderWrite[]>();
  const keys = new Map(yield* oneByOne(writes, (write) => [[write, keyOf(write, program, language, evaluator)]]));
  // What is put into a dictionary later goes out as what the dictionary begins with does.
  const begun = new Map(
    writes.flatMap((write) =>
      write.form === 'entry' && write.container ? [[`object ${write.container.range.start}`, keys.get(write)!]] : [],
    ),
  );
  const written = new Map(writes.flatMap((write) => headersOfNamed(write, keys.get(write)!)));
  for (const write of writes) {
    const own = keys.get(write)!;
    const key = (write.form === 'assignment' && begun.get(own)) || written.get(own) || own;
    const group = found.get(key);
    if (group) group.push(write);
    else found.set(key, [write]);
  }
  return withSpreads([...found.values()], program, language.writes);
}

/** `response.headers['Vary'] = …` is written to what `response.set_header(…)` is, and that goes where its headers go. */
function headersOfNamed({ receiver, isMade }: HeaderWrite, key: string): (readonly [string, string])[] {
  const where =
    key.endsWith(toResponse) && isMade && receiver?.kind === 'member' ? key.slice(0, -toResponse.length) : '';
  return where === '' ? [] : [[`${where} ${rootName(receiver)}`, key]];
}

/** How the key of what goes into the response of a handler ends, whatever it is written to. */
const toResponse = ' Response';

function keyOf(
  write: HeaderWrite,
  program: Program,
  { writes: ways, answers }: HandlerLanguage,
  evaluator: Evaluator,
): string {
  const { runningFunction } = evaluator;
  const running = handlerOf(write, evaluator);
  // What the script calls goes out with what it writes itself.
  const handler = running && answers.called?.(running, evaluator, program) ? undefined : running;
  const where = (handler && (answers.together?.(handler)?.[0] ?? handler))?.range.start ?? 'file';
  const dictionary = write.form === 'assignment' ? extended(write, program) : undefined;
  if (dictionary && dictionary.entries.length > 0 && runningFunction(dictionary)?.range.start === handler?.range.start)
    return `object ${dictionary.range.start}`;
  const field = write.form === 'assignment' ? extendedField(write) : undefined;
  if (field && field.entries.length > 0) return `object ${field.range.start}`;
  if (handler !== undefined && (write.isMade || isToMade(write, program, ways) || isToAnswer(write, program, ways)))
    return where + toResponse;
  if (write.form === 'entry' && handler !== undefined && isHeadersOption(handler)) return `${where} headers`;
  return write.receiver !== undefined || write.form === 'call' || write.form === 'line' || isTaken(write, ways)
    ? `${where} ${rootName(write.receiver)}`
    : `object ${write.container?.range.start ?? write.range.start}`;
}

/** `setResponseHeaders(event, { … })`: a dictionary that a function writes at once, as others write one header. */
function isTaken({ form, via }: HeaderWrite, { takers }: WaysOfWriting): boolean {
  return form === 'entry' && takers.some(({ is, name }) => is === 'writes' && name.test(via));
}

/** `response = Response(…)`, to which more is written later. */
function isToMade({ receiver }: HeaderWrite, program: Program, { takers }: WaysOfWriting): boolean {
  const value = receiver && valueOfRoot(receiver, program);
  return value?.kind === 'call' && takers.some((taker) => taker.is === 'response' && isCalled(taker, value));
}

/** What the handler answers with one way or another: `header(…)`, `response(…)->header(…)`, `$response = $next($request)`. */
function isToAnswer(write: HeaderWrite, program: Program, ways: WaysOfWriting): boolean {
  const { receiver, form } = write;
  const { answers, ownAnswer } = ways;
  const isWritten = receiver !== undefined || form === 'call' || form === 'line';
  // Sinatra's `headers 'Vary' => 'Origin'` is a function, too.
  if ((isWritten || isTaken(write, ways)) && ownAnswer?.test(rootName(receiver))) return true;
  if (answers === undefined) return false;
  if (receiver === undefined) return isWritten;
  return [receiver, valueOfRoot(receiver, program)].some((one) => one !== undefined && isMadeBy(one, answers));
}

/** What the name is given that a chain of calls and members begins with. */
function valueOfRoot(receiver: Expression, program: Program): Expression | undefined {
  const root = rootOf(receiver);
  return root.kind === 'identifier' && isEverAssigned(root.name, program) ? program.resolve(root)?.value : undefined;
}

/** Whether one of the calls of the chain is one of these. */
function isMadeBy(chain: Expression, makers: readonly CalledName[]): boolean {
  if (chain.kind === 'member') return isMadeBy(chain.object, makers);
  return chain.kind === 'call' && (makers.some((maker) => isCalled(maker, chain)) || isMadeBy(chain.callee, makers));
}

/** Asked of the text, since binding every `res` of a file costs more than all else here. */
function isEverAssigned(name: string, { text }: Program): boolean {
  return text.has(new RegExp(`(?<![\\w$.])${escaped(name)}(?![\\w$.[])[^=\\n;(){}]{0,80}=(?![=>])`));
}

/** `headers: (req) => (… ? { … } : { … })`: whichever dictionary it returns is the one of that response. */
function isHeadersOption({ parent, range }: FunctionExpression): boolean {
  return (
    parent?.kind === 'object' &&
    parent.entries.some(({ key, value }) => key === 'headers' && value.range.start === range.start)
  );
}

/** `const headers = { … }; headers['Access-Control-Allow-Origin'] = …`: the dictionary that the write goes into. */
function extended({ receiver }: HeaderWrite, program: Program): ObjectExpression | undefined {
  const value = receiver?.kind === 'identifier' ? program.resolve(receiver)?.value : undefined;
  return value?.kind === 'object' ? value : undefined;
}

/** `this.headers['Access-Control-Allow-Origin'] = …`: the dictionary with which that field of the class begins. */
function extendedField({ receiver, node }: HeaderWrite): ObjectExpression | undefined {
  if (receiver?.kind !== 'member' || !/^(\$?this|self|static)$/.test(receiver.object.text)) return undefined;
  const value = classAround(node)?.members.find(({ name }) => name === receiver.property)?.value;
  return value?.kind === 'object' ? value : undefined;
}

function rootName(receiver: Expression | undefined): string {
  return receiver === undefined ? '' : rootOf(receiver).text;
}

/** `{ ...corsHeaders, 'Access-Control-Max-Age': '600' }` sends what both hold; a constant that is only spread is no response by itself. */
function withSpreads(groups: readonly HeaderWrite[][], program: Program, ways: WaysOfWriting): HeaderWrite[][] {
  const dictionaries = groups.map((group) => dictionariesOf(group, program, ways));
  const byDictionary = new Map(
    groups.flatMap((group, index) => dictionaries[index]!.map((one) => [one.range.start, group] as const)),
  );
  const spreads = new Map<HeaderWrite[], number>();
  const joined = groups.map((group, index): HeaderWrite[] => {
    const parts = dictionaries[index]!.flatMap((dictionary) =>
      partsOf(dictionary.kind === 'object' ? joinAround(dictionary, ways) : dictionary, program, ways),
    ).flatMap((part) => {
      const other = byDictionary.get(part.range.start);
      if (other === undefined || other === group) return [];
      spreads.set(other, (spreads.get(other) ?? 0) + 1);
      return other.filter((write) => !group.some((own) => nameOf(own) === nameOf(write)));
    });
    return parts.length === 0 ? group : [...group, ...parts];
  });
  return joined.filter((_, index) => {
    const group = groups[index]!;
    const uses = spreads.get(group);
    return uses === undefined || uses < useCount(group[0]!, program);
  });
}

/** The dictionaries that writes of the group stand in, and what makes those that further writes go into. */
function dictionariesOf(group: readonly HeaderWrite[], program: Program, { joins }: WaysOfWriting): Expression[] {
  const found = group.flatMap(({ container, receiver }): Expression[] => {
    const mayBeMade = joins !== undefined && receiver?.kind === 'identifier';
    const value = mayBeMade ? program.resolve(receiver)?.value : undefined;
    return [...(container?.kind === 'object' ? [container] : []), ...(value === undefined ? [] : [value])];
  });
  return [...new Map(found.map((one) => [one.range.start, one])).values()];
}

/** How often the name is used that the dictionary is given; for one without a name, once. */
function useCount({ container }: HeaderWrite, program: Program): number {
  return (container && namesReferring(container, program)?.length) ?? 1;
}
