/** Rules for functions of Netlify, whose answers get none of the headers that are set for files. */
import type { Fact } from '../../policy/policy.ts';
import type { StaticHeader } from '../../models/static/static-headers.ts';

interface HeaderBlock {
  readonly source: string;
  readonly headers: readonly StaticHeader[];
}

/** The address under which every function answers, by itself or through a redirect. */
export function isForFunctions({ source }: Pick<HeaderBlock, 'source'>): boolean {
  return source.startsWith('/.netlify/functions/');
}

/** One fact for each rule that says who may read. See https://docs.netlify.com/routing/headers/#limitations */
export function functionHeaders(blocks: readonly HeaderBlock[]): Fact[] {
  return blocks.filter(isForFunctions).flatMap(({ headers }) =>
    headers
      .filter(({ name }) => name.toLowerCase() === 'access-control-allow-origin')
      .map(({ name, nameRange }) => ({
        kind: 'lost-header',
        headers: [name],
        range: nameRange,
        why: 'unset',
        explanation: 'Netlify sends these headers with files only, and what answers here is a function.',
        instead: 'Write it into the response of the function.',
      })),
  );
}
