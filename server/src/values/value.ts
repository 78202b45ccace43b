/**
 * What can be known of an expression without running it.
 *
 * Every value carries the range that it was read from, so that a finding can point at the literal and a fix can
 * replace it, also when the value came through variables, spreads or another file.
 */
import type { SourceRange } from '../syntax/range.ts';
import type { ClassExpression, Expression, FunctionExpression } from '../syntax/programs/program.ts';
import type { Pattern, RequestTest } from '../policy/request-test.ts';

export type Value =
  | Text
  | Bool
  | Num
  | Nothing
  | List
  | Dict
  | PatternValue
  | Predicate
  | RequestInput
  | Environment
  | OneOf
  | Concatenation
  | FunctionValue
  | Unknown;

interface ValueBase {
  readonly range: SourceRange;
  /** The expression it was read from; its file is `range.path`. Absent for values made by folding. */
  readonly expression?: Expression;
}
export interface Text extends ValueBase {
  readonly kind: 'text';
  readonly text: string;
  /** Between the quotes when it is one literal; absent after folding. */ readonly contentRange?: SourceRange;
  readonly quote?: string;
}
export interface Bool extends ValueBase {
  readonly kind: 'boolean';
  readonly value: boolean;
}
export interface Num extends ValueBase {
  readonly kind: 'number';
  readonly value: number;
}
/** `null`, `undefined`, `None`, a missing property. */
export interface Nothing extends ValueBase {
  readonly kind: 'nothing';
}
/** Array, tuple, set. `open`: a spread, a `push` or a loop may add members that are not listed here. */
export interface List extends ValueBase {
  readonly kind: 'list';
  readonly items: readonly Value[];
  readonly open: boolean;
  readonly type: 'list' | 'tuple' | 'set';
}
/** Object, dictionary, Map. Later entries of the same key win and only they are kept. */
export interface Dict extends ValueBase {
  readonly kind: 'dict';
  readonly entries: readonly DictEntry[];
  readonly open: boolean;
  /** The class of the workspace whose fields these are: its methods and other fields belong to the value. */
  readonly of?: ClassExpression;
}
export interface DictEntry {
  readonly key: string;
  readonly keyRange: SourceRange;
  readonly value: Value;
  readonly range: SourceRange;
}
export interface PatternValue extends ValueBase {
  readonly kind: 'pattern';
  readonly pattern: Pattern;
  /** Where `source` stands, when it is one literal. */ readonly sourceRange?: SourceRange;
  /** The literal is a string (`new RegExp("…")`, `r"…"`), not `/…/`. */ readonly fromString: boolean;
}
/** A boolean that depends on the request. */
export interface Predicate extends ValueBase {
  readonly kind: 'predicate';
  readonly test: RequestTest;
}
/** Something the client sent. `origin` is the Origin header, byte for byte. */
export interface RequestInput extends ValueBase {
  readonly kind: 'request';
  readonly input: 'origin' | 'method' | 'header' | 'other';
  /** Lower-case header name for `header`; for people for `other`: `query origin`. */ readonly name?: string;
}
export interface Environment extends ValueBase {
  readonly kind: 'environment';
  readonly name: string;
  /** `process.env.X || fallback`, `os.getenv('X', fallback)`. */ readonly fallback?: Value;
  /** The text is split into a list. */ readonly split?: boolean;
  /** It is a parameter of a function, and `fallback` its default. */ readonly argument?: true;
}
/** A ternary, `||`, a branch: the first choice whose `when` holds. */
export interface OneOf extends ValueBase {
  readonly kind: 'one-of';
  readonly choices: readonly { readonly when: RequestTest; readonly value: Value }[];
}
/** A template or `+` with parts that are not text. */
export interface Concatenation extends ValueBase {
  readonly kind: 'concatenation';
  readonly parts: readonly Value[];
}
export interface FunctionValue extends ValueBase {
  readonly kind: 'function';
  readonly function: FunctionExpression;
  /** For the evaluator alone: the object that a method was taken from, which it is handed as its first argument. */
  readonly self?: unknown;
}
export interface Unknown extends ValueBase {
  readonly kind: 'unknown';
}
