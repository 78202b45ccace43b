/** Headers of the answer that a proxy writes on the request which it hands on. */
import type { Directive, Word } from '../../syntax/directives/directives.ts';
import type { SourceRange } from '../../syntax/range.ts';
import type { Fact } from '../../policy/policy.ts';
import { headerTitle } from './server-header-facts.ts';

/** One header that one statement writes on a request. */
export interface RequestHeader {
  /** As it is written. */
  readonly name: string;
  readonly range: SourceRange;
  /** The statement that writes it, and the one that would write it on the answer. */
  readonly by: string;
  readonly instead: string;
  /** What belongs together, for example the block around it, is one finding. */
  readonly group: unknown;
}

const ofAnswers = /^access-control-(allow-|expose-headers$|max-age$)/i;

/** Whether browsers look for the header in an answer, and only there. */
export function belongsToAnswers(name: string): boolean {
  return ofAnswers.test(name);
}

/** One fact for each group; `answered` says of which names the answer has a header as well. */
export function headersOnTheWayIn(
  headers: readonly RequestHeader[],
  answered: (name: string) => boolean = () => false,
): Fact[] {
  const found = headers.filter(({ name }) => belongsToAnswers(name));
  return [...new Set(found.map(({ group }) => group))].map((group): Fact => {
    const own = found.filter((header) => header.group === group);
    const names = [...new Set(own.map(({ name }) => name.toLowerCase()))];
    const main = own.find(({ name }) => /allow-origin$/i.test(name)) ?? own[0]!;
    return {
      kind: 'response-header-in-request',
      header: names.map(headerTitle).join(', '),
      range: main.range,
      ...wordsOf(main, names.every(answered)),
    };
  });
}

function wordsOf({ by, instead }: RequestHeader, answered: boolean): Pick<RequestFact, 'why' | 'instead' | 'answered'> {
  return {
    why: `It goes to the application behind the proxy, since ${by} writes on the request, and the answer comes without it.`,
    instead: `Set it on the answer, with ${instead}.`,
    ...(answered && {
      why: `It goes to the application behind the proxy, since ${by} writes on the request; the answer has one of its own.`,
      instead: 'Remove it.',
      answered,
    }),
  };
}

type RequestFact = Fact & { readonly kind: 'response-header-in-request' };

/** What one directive writes on the request; `header` is the word with its name. */
export interface RequestStatement {
  readonly header: Word;
  readonly by: string;
  readonly instead: string;
}

/** The headers that directives anywhere in a file write on requests, with what stands in one block as a group. */
export function writtenOnRequests(
  directives: readonly Directive[],
  read: (directive: Directive) => readonly RequestStatement[],
  group: unknown = directives,
): RequestHeader[] {
  return directives.flatMap((directive) => [
    ...read(directive).map(({ header, by, instead }): RequestHeader => ({
      name: header.text.replace(/:$/, ''),
      range: header.contentRange,
      by,
      instead,
      group,
    })),
    ...writtenOnRequests(directive.block ?? [], read, directive),
  ]);
}
