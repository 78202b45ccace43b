/**
 * The Program shape: what frameworks and the evaluator see of a source file in a programming language.
 *
 * A language's reader lowers its own syntax tree into these nodes on demand: nothing is lowered until somebody asks
 * for it, so a keystroke costs in proportion to what mentions CORS and not to the length of the file.
 * Sites are found by searching the text and asking for the node at an offset (`nodeAt`, `identifiers`, `strings`).
 *
 * Wrappers without a meaning for us (parentheses, `await`, `as T`, `satisfies T`, `!`, type arguments, pointers `&x`) are
 * lowered to what they wrap. Half-typed code yields `unknown` nodes, never an exception.
 *
 * What a language writes in its own way becomes one of these nodes where that says the same:
 * - a text with holes of any kind (`${x}`, `{x}`, `#{x}`, `\(x)`) is a `template`;
 * - a comprehension is a call of `map` and `filter`; `a < b < c` is two comparisons;
 * - a `match` or `switch` that gives a value is a chain of `conditional`s, each of which compares the subject;
 * - several results (`return a, nil`) are a `list` of type `tuple`, and a name that takes one of them has its `path`;
 *   `value, ok := table[key]` gives `ok` the test `key in table`;
 * - a block that is handed to a call (`allow do … end`, `install(CORS) { … }`) is its last argument, a `function`.
 */
import type { SourceRange } from '../range.ts';
import type { WatchedText } from './watched-text.ts';

export interface Program {
  readonly shape: 'program';
  /** The name of its folder in `syntax/programs/`. */
  readonly language: string;
  /** Path of the file, with forward slashes; used to resolve relative imports. */
  readonly path: string;
  readonly text: WatchedText;
  /** Imports and `require` calls of the file, in source order. */
  readonly imports: readonly Import[];
  /** What another file can import from here (`export`, `module.exports`; top-level names in Python). */
  readonly exports: ReadonlyMap<string, Expression>;
  /** What another file can import from here though it stands in a third one: `export { options } from './options'`. */
  readonly passedOn: readonly PassedOn[];
  /** Innermost expression whose range holds the offset. */
  expressionAt(offset: number): Expression | undefined;
  /** Every string literal (also template without holes, object key, Python keyword argument is not one) whose text matches. */
  strings(pattern: RegExp): readonly StringLiteral[];
  /** Every use of the identifier as an expression, declarations excluded, in source order. */
  identifiers(name: string): readonly Identifier[];
  /** Where the name is bound, seen from that expression: scopes are walked outwards. */
  resolve(identifier: Identifier): Binding | undefined;
  /** All uses of one binding (scoping respected). */
  references(binding: Binding): readonly Identifier[];
  /** Those of which no member is taken: `app` in `server.use(app)`, not in `app.use(cors())`. Most uses of an app are the others. */
  handedOn(binding: Binding): readonly Identifier[];
  /** Those within the range, one after the other: what is not looked at costs nothing. */
  referencesIn(binding: Binding, range: SourceRange): Iterable<Identifier>;
  /** Comments, for suppressions. */
  readonly comments: readonly Comment[];
  /** Top-level statements. Prefer searching: walking this costs time in proportion to the file. */
  readonly body: readonly Statement[];
  /** How many places the grammar does not take. */
  readonly mistakes: number;
}

/** An export of another module under a name of this one. */
export interface PassedOn {
  readonly module: string;
  /** `default`, the exported name, or `*` for all of the module. */
  readonly imported: string;
  /** As it is imported from here; nothing where each name stays what it is: `export * from './options'`. */
  readonly name?: string;
}

export interface Comment {
  readonly range: SourceRange;
  /** Without the comment's delimiters, trimmed. */
  readonly text: string;
}

export interface Import {
  /** As written: `cors`, `./options`, `fastapi.middleware.cors`. Of a registry's address the package's own path, without the version. */
  readonly module: string;
  /** `default`, `*` (namespace or CommonJS `require`), or the exported name. */
  readonly imported: string;
  /** Local name; absent for `require('x')(…)` used in place. */
  readonly local?: string;
  readonly range: SourceRange;
  /** The `require(…)`/`import(…)` call where there is one. */
  readonly call?: Call;
  /** The local binding where there is one. */
  readonly binding?: Binding;
  readonly typeOnly: boolean;
  /** All names of the module become names of this file: Python's `from x import *`. It has no local name. */
  readonly everything?: true;
  /** All names of the package are imported, and this is one of them unless the file's own package has one: `import a.b.*;`. */
  readonly onDemand?: boolean;
}

export interface Binding {
  readonly name: string;
  readonly kind: 'import' | 'const' | 'let' | 'var' | 'parameter' | 'function' | 'class' | 'loop' | 'catch';
  readonly nameRange: SourceRange;
  /** What the name is bound to at its declaration: initialiser, function, class member dictionary. */
  readonly value?: Expression;
  /** The declared type where it is written: `var list []string`, `HttpServletResponse response`. */
  readonly type?: Expression;
  /** For `const { a: { b } } = value`: the path from value to this name, e.g. ['a','b']; numbers for arrays. Empty otherwise. */
  readonly path: readonly (string | number)[];
  /** Value used when the destructured property or the parameter is undefined. */
  readonly fallback?: Expression;
  /** For a parameter: its function and position. */
  readonly parameterOf?: FunctionExpression;
  readonly parameterIndex?: number;
  readonly import?: Import;
  /** Later assignments to the same name (`x = …`), in source order. A binding with assignments is not constant. */
  readonly assignments: readonly Assignment[];
  /** Opaque identity of the scope: two bindings with the same scope and name are the same binding. */
  readonly scope: unknown;
}

interface NodeBase {
  readonly range: SourceRange;
  /** Enclosing node; transparent wrappers are skipped. Undefined for a top-level statement. */
  readonly parent: Node | undefined;
  /** Source text of the node. */
  readonly text: string;
}

export type Node = Expression | Statement;

export type Expression =
  | StringLiteral
  | Template
  | NumberLiteral
  | BooleanLiteral
  | NullLiteral
  | RegexLiteral
  | Identifier
  | Member
  | Index
  | Slice
  | Call
  | Binary
  | Unary
  | Conditional
  | Assignment
  | ObjectExpression
  | ListExpression
  | FunctionExpression
  | ClassExpression
  | UnknownExpression;

export interface StringLiteral extends NodeBase {
  readonly kind: 'string';
  readonly value: string;
  /** Range between the quotes. */ readonly contentRange: SourceRange;
  readonly quote: string;
}
/** Template literal or f-string: literal parts and holes alternate; parts.length === holes.length + 1. */
export interface Template extends NodeBase {
  readonly kind: 'template';
  readonly parts: readonly string[];
  readonly holes: readonly Expression[];
}
export interface NumberLiteral extends NodeBase {
  readonly kind: 'number';
  readonly value: number;
}
export interface BooleanLiteral extends NodeBase {
  readonly kind: 'boolean';
  readonly value: boolean;
}
/** `null`, `undefined`, `None`, `void 0`. */
export interface NullLiteral extends NodeBase {
  readonly kind: 'null';
  readonly undefined: boolean;
}
export interface RegexLiteral extends NodeBase {
  readonly kind: 'regex';
  readonly source: string;
  readonly flags: string;
  /** Range between the slashes. */ readonly sourceRange: SourceRange;
}
export interface Identifier extends NodeBase {
  readonly kind: 'identifier';
  readonly name: string;
}
/** `object.property`; `this` and `self` are identifiers. */
export interface Member extends NodeBase {
  readonly kind: 'member';
  readonly object: Expression;
  readonly property: string;
  readonly propertyRange: SourceRange;
}
/** `object[index]`. */
export interface Index extends NodeBase {
  readonly kind: 'index';
  readonly object: Expression;
  readonly index: Expression;
}
/** `object[from:to]`; a bound that is not written is absent. */
export interface Slice extends NodeBase {
  readonly kind: 'slice';
  readonly object: Expression;
  readonly from?: Expression;
  readonly to?: Expression;
}
export interface Call extends NodeBase {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly arguments: readonly Argument[];
  readonly isNew: boolean;
  /** Range of the argument list including its brackets. */
  readonly argumentsRange: SourceRange;
}
export interface Argument {
  readonly value: Expression;
  /** Keyword argument's name (Python). */
  readonly name?: string;
  readonly nameRange?: SourceRange;
  /** `...x`, `x...`, `*x`, `**x`. */
  readonly spread: boolean;
  readonly range: SourceRange;
}
/** Operators in one spelling for all languages. `==` also stands for `===` and Python's `is`. */
export type BinaryOperator =
  '&&' | '||' | '??' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | 'in' | 'not in' | 'other';
export interface Binary extends NodeBase {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}
export interface Unary extends NodeBase {
  readonly kind: 'unary';
  /** `delete`: also Python's `del`. */
  readonly operator: '!' | '-' | '~' | 'typeof' | 'delete' | 'other';
  readonly operand: Expression;
}
export interface Conditional extends NodeBase {
  readonly kind: 'conditional';
  readonly test: Expression;
  readonly consequent: Expression;
  readonly alternate: Expression;
}
/** `target = value` and compound forms (`+=` …), as an expression or a Python statement. */
export interface Assignment extends NodeBase {
  readonly kind: 'assignment';
  readonly target: Expression;
  readonly value: Expression;
  readonly operator: string;
}
/** An object, a dictionary, or a value of a type with its fields by name: `cors.Options{AllowedOrigins: list}`, `new X { A = 1 }`. */
export interface ObjectExpression extends NodeBase {
  readonly kind: 'object';
  /** The type whose fields are given, as a name or a member of a package. */
  readonly type?: Expression;
  readonly entries: readonly ObjectEntry[];
}
export interface ObjectEntry {
  /** Undefined when computed and not a literal, and for a spread. */
  readonly key?: string;
  readonly keyExpression?: Expression;
  readonly keyRange: SourceRange;
  readonly value: Expression;
  readonly spread: boolean;
  readonly range: SourceRange;
}
export interface ListExpression extends NodeBase {
  readonly kind: 'list';
  readonly elements: readonly { readonly value: Expression; readonly spread: boolean }[];
  readonly type: 'list' | 'tuple' | 'set';
}
export interface FunctionExpression extends NodeBase {
  readonly kind: 'function';
  readonly name?: string;
  readonly parameters: readonly Parameter[];
  /** A block, or the expression of an arrow function or lambda. */
  readonly body: Block | Expression | undefined;
  readonly async: boolean;
  /**
   * Decorators, annotations and attributes, outermost first: `@app.get("/")`, `@CrossOrigin(origins = "x")`, `[EnableCors("x")]`,
   * `#[get("/")]`. One with arguments is a call, one without a name; what is set by name is a keyword argument.
   */
  readonly decorators: readonly Expression[];
}
export interface Parameter {
  /** Simple name; undefined when destructured. */
  readonly name?: string;
  readonly range: SourceRange;
  /** The type where it is written (Go, Java, TypeScript's own are not read). */
  readonly type?: Expression;
  /** The object that the method is called on, which Go declares in front of the method's name; always the first parameter. */
  readonly receiver?: boolean;
  readonly fallback?: Expression;
  /** As those of functions. */
  readonly decorators?: readonly Expression[];
  readonly rest: boolean;
}
export interface ClassExpression extends NodeBase {
  readonly kind: 'class';
  readonly name?: string;
  readonly members: readonly {
    readonly name: string;
    readonly value?: Expression;
    /** The type of a field where it is written. */
    readonly type?: Expression;
    readonly range: SourceRange;
    readonly static: boolean;
  }[];
  /** As those of functions. */
  readonly decorators: readonly Expression[];
  readonly superclass?: Expression;
}
export interface UnknownExpression extends NodeBase {
  readonly kind: 'unknown';
}

export type Statement =
  Block | If | Return | Throw | ExpressionStatement | Declaration | Switch | Loop | Try | Jump | OtherStatement;

export interface Block extends NodeBase {
  readonly kind: 'block';
  readonly statements: readonly Statement[];
}
export interface If extends NodeBase {
  readonly kind: 'if';
  readonly test: Expression;
  readonly consequent: Statement;
  readonly alternate?: Statement;
}
export interface Return extends NodeBase {
  readonly kind: 'return';
  readonly value?: Expression;
}
export interface Throw extends NodeBase {
  readonly kind: 'throw';
  readonly value?: Expression;
}
export interface ExpressionStatement extends NodeBase {
  readonly kind: 'expression-statement';
  readonly expression: Expression;
}
/** Variable, function and class declarations; an `export` prefix is transparent. */
export interface Declaration extends NodeBase {
  readonly kind: 'declaration';
  readonly bindings: readonly Binding[];
  readonly value?: Expression;
}
export interface Switch extends NodeBase {
  readonly kind: 'switch';
  readonly subject: Expression;
  readonly cases: readonly {
    /** Undefined for `default`. */ readonly test?: Expression;
    readonly body: readonly Statement[];
    readonly range: SourceRange;
  }[];
}
/** `for`, `for…of`, `while`; `item` is the loop variable's name and `over` what it runs through: `for…of`, `range`, Python's `for`. */
export interface Loop extends NodeBase {
  readonly kind: 'loop';
  readonly body: Statement;
  readonly item?: string;
  /**
   * Name of the index or key of a round, where the loop gives both: Go's `for i, o := range list`. `_` where nobody asks for it;
   * `for i := range list` has no `item`.
   */
  readonly key?: string;
  readonly over?: Expression;
  readonly test?: Expression;
  /** A name that counts from 0 up to one below a bound: `let i = 0; i < list.length; i++`, `i := 0; i < len(list); i++`. */
  readonly counter?: { readonly name: string; readonly below: Expression };
}
export interface Try extends NodeBase {
  readonly kind: 'try';
  readonly body: Block;
  readonly handler?: Block;
  readonly finalizer?: Block;
}
/** `break`, `continue`. */
export interface Jump extends NodeBase {
  readonly kind: 'jump';
}
export interface OtherStatement extends NodeBase {
  readonly kind: 'other-statement';
}
