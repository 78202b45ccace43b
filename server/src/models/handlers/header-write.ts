/** One write of one response header, as it stands in a program. */
import type { SourceRange } from '../../syntax/range.ts';
import type { Expression, Program } from '../../syntax/programs/program.ts';
import type { HeaderRule } from '../../policy/policy.ts';
import { functionAround } from '../../values/session.ts';

/**
 * How a write stands in the text; edits depend on it.
 *
 * `call`: `response.setHeader(name, value)`. `assignment`: `headers[name] = value`. `entry`: `{ name: value }`.
 * `property`: `response.access_control_allow_origin = value`, where a list of names is one header.
 * `pair`: `[name, value]` in a list of pairs. `key-value`: `{ key: name, value }`. `line`: `header('Name: value')`.
 */
export type WriteForm = 'call' | 'assignment' | 'property' | 'entry' | 'pair' | 'key-value' | 'line';

export type WriteOperation = HeaderRule['operation'];

export interface HeaderWrite {
  /** As written. */
  readonly name: string;
  readonly nameRange: SourceRange;
  readonly form: WriteForm;
  readonly operation: WriteOperation;
  /** Undefined while the value is not typed yet, and for a header that is taken away. */
  readonly value: Expression | undefined;
  /** For a line: the text before the header's value in what `value` evaluates to, `Access-Control-Allow-Origin: `. */
  readonly before?: string;
  /** The whole write: the call, the entry, the pair. */
  readonly node: Expression;
  readonly range: SourceRange;
  /** For entries and pairs: the dictionary or list that holds them. */
  readonly container?: Expression;
  /** What is written to, for example `res`, `ctx`, `self`, `response.headers`. */
  readonly receiver?: Expression;
  /** What writes it: `setHeader`, `writeHead`, `Response` …; empty where nothing is called. */
  readonly via: string;
  /** It stands in a response that is made on the spot, or in an object of headers: what a handler makes of them is one answer. */
  readonly isMade: boolean;
  /** A client's request gets the header, not a response. */
  readonly direction: 'response' | 'request';
}

/** The name of a header that says something about CORS. */
export const corsHeaderName = /^\s*(access-control-[a-z-]*|vary)\s*$/i;

/** The name as it is compared: header names are the same in every case. */
export function nameOf({ name }: Pick<HeaderWrite, 'name'>): string {
  return name.toLowerCase();
}

/**
 * Whether a function writes to an object that the whole file shares: what is written for one answer stays for the next, and what is
 * added is added again.
 */
export function isShared({ receiver }: Pick<HeaderWrite, 'receiver'>, program: Program): boolean {
  const made = receiver?.kind === 'identifier' ? program.resolve(receiver)?.value : undefined;
  if (receiver === undefined || made === undefined) return false;
  return functionAround(made) === undefined && functionAround(receiver) !== undefined;
}
