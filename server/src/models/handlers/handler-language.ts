/**
 * What is a language's own in headers that its programs write by hand. The model does the rest: which writes go out together, under
 * which condition, what that lets in, and the edits.
 */
import type { Edit } from '../../syntax/range.ts';
import type { FunctionExpression, Program } from '../../syntax/programs/program.ts';
import type { Mounted, Policy, StatusRule } from '../../policy/policy.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import type { ProgramNotation } from '../../edits/program-notation.ts';
import type { HeaderWrite } from './header-write.ts';
import type { WaysOfWriting } from './ways-of-writing.ts';

export interface HandlerLanguage {
  readonly writes: WaysOfWriting;
  readonly answers: WaysOfAnswering;
  readonly preflights: PreflightSigns;
  readonly edits: HandlerEdits;
}

/** Where a handler stands, and what becomes of a request that it gets. */
export interface WaysOfAnswering {
  /** What a file answers whose top level runs for each request; undefined where it only declares what others call. */
  script?(program: Program): Route | undefined;
  /** Where the script itself calls the function, whose headers are the script's then, and under which condition. */
  called?(handler: FunctionExpression, evaluator: Evaluator, program: Program): CalledByScript | undefined;
  /** What the handler answers, from where it is registered or what it is called; undefined where nothing says so. */
  route(handler: FunctionExpression, evaluator: Evaluator, program: Program): Route | undefined;
  /**
   * All handlers that answer the requests of one address between them, this one included: the methods of a class that are called by the
   * request's method. Their headers are one policy. Undefined where the handler answers by itself.
   */
  together?(handler: FunctionExpression): readonly FunctionExpression[] | undefined;
  /** What stands before a status in a handler, `res.status(`, and the names of those that are not written in digits. */
  readonly statuses: { readonly before: RegExp; readonly names?: Readonly<Record<string, number>> };
  /** Whether the headers are gone where the handler throws. */
  isLostOnError(writes: readonly HeaderWrite[], handler: FunctionExpression | undefined, program: Program): boolean;
  /** A statement that sends the answer, or hands on to what does: no header that follows it is sent. Its first group is the receiver. */
  readonly sends?: RegExp;
  /** Why what is written there is never sent, where that is so. */
  unsent?(write: HeaderWrite, program: Program): Unsent | undefined;
  /** It answers on a developer's machine only. */
  isForDevelopment?(write: HeaderWrite, program: Program): boolean;
  /** It only answers for fonts, images and other files for everybody. */
  servesAssets?(route: Route, handler: FunctionExpression | undefined): boolean;
  /** Its place among the middlewares of an app. `statuses` are those of the handler; the last is what it gives to OPTIONS otherwise. */
  mounted?(handling: Handling, statuses: readonly StatusRule[]): Mounted | undefined;
}

/** In sentences, for people. */
export interface Unsent {
  readonly explanation: string;
  readonly instead: string;
}

export interface CalledByScript {
  /** Offset of the first call: what it writes is written there. */
  readonly at: number;
  readonly when: RequestTest;
}

export interface Route {
  /** For people: `every route registered after it`, `PUT /items`. */
  readonly scope: string;
  /** Upper-case methods of requests that the handler answers; undefined where it answers any. */
  readonly methods?: readonly string[];
  readonly path?: string;
  /** Condition under which the handler runs at all. */
  readonly when: RequestTest;
  /** Status of an OPTIONS request that the handler itself gives none: null when the server around it decides. */
  readonly optionsStatus: number | null;
  /** It runs for requests of many routes, and its headers are on what the application answers to OPTIONS by itself. */
  readonly isMiddleware?: boolean;
  /** Among handlers that answer together: it runs before or behind the one that has the request's method. */
  readonly runs?: 'first' | 'last';
  /** Whether something answers preflights of it, where the framework's own rules say so; else signs in the text do. */
  readonly answersPreflights?: boolean;
  /** Why a preflight fails that nothing in the file answers, for people. */
  readonly unanswered?: string;
}

/** A handler and where it stands. */
export interface Handling {
  readonly handler: FunctionExpression;
  readonly route: Route;
  readonly program: Program;
  readonly evaluator: Evaluator;
}

/** Signs in the text that calls of a handler are preflighted, and that something answers preflights. */
export interface PreflightSigns {
  /** The handler reads a body of JSON; `file` is a sign that the rest of the file has to show as well. */
  readonly readsJson: readonly { readonly body: RegExp; readonly file?: RegExp }[];
  /** Reading a body that has to be there, which fails where there is none. */
  readonly parsesBody?: RegExp;
  /** A route of a method that is always preflighted; the group that takes part is the method. */
  readonly routed: RegExp;
  /** Methods of a middleware's class that run before the routes. */
  readonly hooks?: RegExp;
  /** Something in the file answers OPTIONS, or a library does. */
  readonly answered: RegExp;
  /** Registers an answer beside the handler. */
  answer?(write: HeaderWrite, handling: Handling): (() => Edit[]) | undefined;
}

export interface HandlerEdits {
  readonly notation: ProgramNotation;
  /** Which forms of writes an edit may put a check around, where they are statements. */
  readonly checked: readonly HeaderWrite['form'][];
  /** Methods of a pattern, whose argument is the text that is tested: `test` of `/x/.test(origin)`. */
  readonly patternMethods: RegExp;
  /** What an answer begins with, before which no header can be written: `self.send_response(200)`. */
  readonly begin?: RegExp;
  /** The expression for the request's Origin in this handler; undefined where no parameter gives it. */
  requestOrigin(
    handler: FunctionExpression | undefined,
    program: Program,
    quote: string,
    write: HeaderWrite,
  ): string | undefined;
  /** The same expression, empty where no browser sent the header: compilers that know what may be missing want that said. */
  orEmpty?(origin: string, program: Program, quote: string): string;
  /** The statement that adds `Origin` to `Vary` where that has a way of its own; else it is written as this write is. */
  varyStatement?(
    write: HeaderWrite,
    handler: FunctionExpression | undefined,
    program: Program,
    quote: string,
  ): string | undefined;
}

/** Under which name findings and policies know these headers. */
export type HandlerTitle = Pick<Policy, 'framework' | 'title'>;
