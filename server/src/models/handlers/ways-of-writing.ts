/** How the programs of one language write response headers: a table of names, which is all that finding them needs. */
import type { Call, ObjectExpression } from '../../syntax/programs/program.ts';
import type { WriteOperation } from './header-write.ts';

export interface WaysOfWriting {
  /** Methods that write one header: `response.setHeader(name, value)`. The first that fits counts. */
  readonly methods: readonly WritingCall[];
  /** The same for functions: `header('Name: value')`, `put_resp_header(conn, name, value)`. */
  readonly functions: readonly WritingCall[];
  /** What a dictionary or list of headers is for, by the call that takes it. The first that fits counts; else it is a response's. */
  readonly takers: readonly HeadersTaker[];
  /** A client's request, by the text of what `x[name] = value` is written to. */
  readonly requests: RegExp;
  /** Keys beside `headers` that only the options of a request have, or of a proxy that hands one on: `target`. */
  readonly requestKeys?: RegExp;
  /** Entries of objects that hold the headers of a request, or the request whose headers they are: `extraHeaders`, `request`. */
  readonly requestEntries?: RegExp;
  /** Whether `headers` of an object are read by a framework that knows more of it. */
  readonly readElsewhere?: (object: ObjectExpression) => boolean;
  /** Functions that prepare a client's request: entries by their key, those of a call where one is given, else arguments of that call. */
  readonly preparers?: readonly { readonly key?: RegExp; readonly of?: CalledName }[];
  /** What headers of a request are set on by methods: `request.headers` of `request.headers.set(…)`. */
  readonly requestHeaders?: RegExp;
  /** An object that holds headers and nothing else, by its text: all that is written to one in a handler goes out together. */
  readonly headersObject: RegExp;
  /** What holds constants for names of headers, by its own last name: `HttpHeaders` of `HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN`. */
  readonly constants?: readonly string[];
  /**
   * Where a property of the answer is set that is one header, from the dot on: `.access_control_allow_origin =`. Its first group is the
   * property, whose name is the header's as constants spell it.
   */
  readonly properties?: RegExp;
  /** How names of constants look whose text is a header's name; each is evaluated where a name would stand. */
  readonly named?: RegExp;
  /** Fields of an object that is one header: `{ key: 'Vary', value: 'Origin' }`. */
  readonly fields?: { readonly name: readonly string[]; readonly value: string };
  /**
   * A value that is nothing sends something all the same, or fails: `None` as a text. `empty`: within a line it is the empty text.
   * Without it the header is not sent.
   */
  readonly sendsNothing?: boolean | 'empty';
  /** Methods whose own name says the header; the first group is that name in words, the last letter the bracket behind it. */
  readonly setters?: RegExp;
  /** What makes a dictionary of others, beside what is spread: calls, and `a | b` (any operator without a name of its own). */
  readonly joins?: { readonly calls: CalledName; readonly operator?: true };
  /** Values of a type that is named after its header, which is the first group: `` `Access-Control-Allow-Origin`(origin) ``. */
  readonly headerTypes?: RegExp;
  /**
   * Calls that make what a handler answers with, or hand back the answer of the next one: all that is written to these, and by functions
   * that are handed no answer, is of one answer or another of the same handler.
   */
  readonly answers?: readonly CalledName[];
  /** Names of the answer that a handler is about, which it is not handed; the empty one is that of functions which write to it. */
  readonly ownAnswer?: RegExp;
  /** Calls whose last text names what an answer varies by: `res.vary('Origin')`, `$response->setVary('Origin', false)`. */
  readonly vary: readonly CalledName[];
}

/** A call, by what it calls. */
export interface CalledName {
  /** The last name: `setHeader` of `response.setHeader(…)`. */
  readonly name: RegExp;
  /** The text of what stands before it: `response`. `nothing`: it is a function. Anything where this is absent. */
  readonly on?: RegExp | 'nothing';
}

export interface WritingCall extends CalledName {
  readonly operation: WriteOperation;
  /** Position of the argument with the name; the value is the one behind it. 0 without it. */
  readonly position?: number;
  /** Name and value are one text, `header('Vary: Origin')`. */
  readonly line?: boolean;
  /** The name of that argument, where it may be given by its name, in whatever order. */
  readonly keyword?: string;
  /**
   * The argument that says whether what was set before is replaced: its position behind the name (behind the line), and its keyword.
   * Where it is `false`, one more line is sent.
   */
  readonly replaces?: { readonly behind: number; readonly keyword: string };
  /** Writes into a client's request. */
  readonly direction?: 'request';
}

/** What a call of this way does to the header. */
export function operationOf(way: WritingCall, call: Call): WriteOperation {
  const { replaces, operation } = way;
  if (replaces === undefined) return operation;
  const given = call.arguments.filter(({ name }) => name === undefined);
  const argument =
    call.arguments.find(({ name }) => name === replaces.keyword) ?? given[(way.position ?? 0) + replaces.behind];
  return argument?.value.kind === 'boolean' && !argument.value.value ? 'append' : operation;
}

export interface HeadersTaker extends CalledName {
  /** `new Headers(…)`, and not `headers(…)`. */
  readonly isNew?: boolean;
  /**
   * `response`: it makes the response, and what it takes are its headers. `writes`: it writes them to what it is called on.
   * `headers`: it makes an object of headers, whose own use says what it is for. `request`: it sends a client's request.
   * `neither`: it compares them.
   */
  /** Where the headers stand in the object that it takes: under this name, and what stands beside it is no header. */
  readonly under?: string;
  readonly is: 'response' | 'writes' | 'headers' | 'request' | 'neither';
}
