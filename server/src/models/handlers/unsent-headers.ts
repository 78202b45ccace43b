/** Headers that are written where nothing sends them. */
import type { Program } from '../../syntax/programs/program.ts';
import type { Fact } from '../../policy/policy.ts';
import { isCorsResponseHeader } from '../cors-header-names.ts';
import type { HandlerLanguage, Unsent } from './handler-language.ts';
import type { HeaderWrite } from './header-write.ts';
import { nameOf } from './header-write.ts';

/** Those writes, each with the reason. */
export function unsentHeaders(
  writes: readonly HeaderWrite[],
  program: Program,
  { answers }: HandlerLanguage,
): ReadonlyMap<HeaderWrite, Unsent> {
  const found = new Map<HeaderWrite, Unsent>();
  for (const write of writes) {
    const why = answers.unsent?.(write, program);
    if (why !== undefined) found.set(write, why);
  }
  return found;
}

/** One fact for each answer or object of headers: at its first header, with the names of all. */
export function unsentFacts(unsent: ReadonlyMap<HeaderWrite, Unsent>): Fact[] {
  const own = [...unsent].filter(([write]) => isCorsResponseHeader(nameOf(write)));
  const placeOf = ([{ container, receiver }]: readonly [HeaderWrite, Unsent]): unknown =>
    container?.range.start ?? receiver?.text;
  const firsts = own.filter((one, index) => index === 0 || placeOf(own[index - 1]!) !== placeOf(one));
  return firsts.map((first) => ({
    kind: 'lost-header',
    headers: own.filter((one) => placeOf(one) === placeOf(first)).map(([{ name }]) => name),
    range: first[0].nameRange,
    why: 'unset',
    ...first[1],
  }));
}
