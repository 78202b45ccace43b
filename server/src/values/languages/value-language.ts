/**
 * What a programming language says of values: its conventions, and its names for operations that are the same everywhere.
 *
 * A language is one file beside this one that exports `valueLanguage`. What an operation means (a test of the origin's
 * beginning, a piece that is cut out of it) stands once in `values/operations/`; the language only says what it is called.
 */
import type { Dialect, OriginPart } from '../../policy/request-test.ts';
import type { Binding, Call, ClassExpression, Expression, Import, Program } from '../../syntax/programs/program.ts';
import type { ParameterRole } from '../evaluator.ts';
import type { Falsy, Inner } from '../inner-value.ts';
import type { PhaseWords } from '../phase-words.ts';
import type { RequestWords } from '../request-words.ts';
import type { At, EvaluatorHost, Place, Session } from '../session.ts';

export interface ValueLanguage {
  /** The name of its folder in `syntax/programs/`. */
  readonly name: string;
  /** Which values fail a test besides `false` and nothing. */
  readonly falsy: Falsy;
  /** A call of an async function gives a promise, which is true, unless it is awaited. */
  readonly hasPromises?: boolean;
  /** `list[-1]` is the last member. */
  readonly negativeIndexes: boolean;
  /** Of regular expression literals. */
  readonly patternDialect: Dialect;
  /** Methods of known values, by what they are called on. */
  readonly methods: Methods;
  /** The method that a value is asked for where it is called itself: `allowed(origin)` is `allowed.apply(origin)`. */
  readonly calledAs?: string;
  /** A function by its dotted name as it is imported: `Object.keys`, `re.match`, `strings.HasPrefix`. */
  functionNamed(name: string): LibraryFunction | undefined;
  /** Constants of libraries by dotted name: `net.http.MethodOptions` → `OPTIONS`. */
  readonly constants?: Readonly<Record<string, string | number>>;
  /** How it reads what the client sent, and the environment. */
  readonly request: RequestWords;
  readonly modules: Modules;
  readonly objects: Objects;
  readonly flow: Flow;
  /** What a truth value is as a part of a text, where it is not `true` and `false`: `'' . false` is empty in PHP. */
  readonly truthText?: (value: boolean) => string;
  /** Whether a name means the same wherever it is seen. */
  isConstant(binding: Binding): boolean;
  /** What a variable of the declared type holds that nothing was written to; nothing without it. */
  zeroOf?(type: Expression, here: At): Inner | undefined;
  /** What every variable of the declared type is, whoever writes to it: the configuration of the program. */
  ofType?(type: Expression, here: At): Inner | undefined;
  /** An environment variable or a header that is not there reads as the empty text. */
  readonly missingIsEmpty?: boolean;
  /** What a parameter is by its declared type, where no framework says it: `*http.Request`. */
  roleOf?(parameter: Binding): ParameterRole | undefined;
  /** Words that circumstances have in their names, besides those that all languages share. */
  readonly phases?: PhaseWords;
  /** What stands between the names of a setting and of one in it: `section["Origins"]` is `Cors:Origins`. */
  readonly settingSeparator?: string;
  /** How the command line is read where names are handed over by pointers, `&name`, to what writes to them. */
  readonly pointers?: Pointers;
  /** What a file of settings that comes with the program says of a variable; undefined where it says nothing. */
  settingOf?(variable: Inner & { kind: 'environment' }, session: Session, place: Place): Inner | undefined;
}

export interface Pointers {
  /** The option of the command line that a call declares; what it gives is the option's value, or a pointer to it. */
  flagOf(call: Call): Flag | undefined;
  /** The option that a call asks for by its name, where the file declares it. */
  askedFlag(call: Call, program: Program): Flag | undefined;
  /** Functions and methods, by the last part of their names, that fill what they are handed from somewhere else. */
  readonly fills: RegExp;
  /** Those of them that read the environment, as the tags of the fields say. */
  readonly readsTags?: RegExp;
  /** What the tag at the end of a field's line says of the variable that fills the field. */
  tagOf?(line: string): Tag | undefined;
  /** Names of fields that only their own package sees. */
  readonly ownNames: RegExp;
}
export interface Tag {
  readonly name?: string;
  /** What the field holds where nobody sets the variable. */
  readonly usual?: string;
  /** Between the members of a list. */
  readonly separator?: string;
  /** What the names of the variables of a struct within begin with. */
  readonly prefix?: string;
}
/** A setting that is given from outside, and what it is where nobody gives it. */
export interface Flag {
  /** As it is written on the command line. */
  readonly name: string;
  readonly usual: readonly Expression[];
  /** What is usual are the members of a list. */
  readonly isList: boolean;
}

/** The place where an operation is used. */
export interface Use {
  readonly here: At;
  readonly session: Session;
  readonly place: Place;
  readonly language: ValueLanguage;
}

/** `receiver.name(...values)`; undefined where the receiver or the values are not of the kind that is known. */
export type Operation = (receiver: Inner, values: readonly Inner[], use: Use) => Inner | undefined;

/** By name. A value that may be several things (an environment variable) looks through all tables. */
export interface Methods {
  /** Of texts, the origin and its pieces included. */
  readonly text: Readonly<Record<string, Operation>>;
  readonly list: Readonly<Record<string, Operation>>;
  readonly dict: Readonly<Record<string, Operation>>;
  readonly pattern: Readonly<Record<string, Operation>>;
}

/** What a call of a library's function gives; undefined where it is not known for these arguments. */
export type LibraryFunction = (given: Arguments, use: Use) => Inner | undefined;

/** Arguments of a call; each is evaluated when it is asked for. */
export interface Arguments {
  /** By position among those without a name and without a spread; the one with the keyword goes before. */
  at(index: number, keyword?: string): Inner | undefined;
  /** As it is written. */
  expressionAt(index: number, keyword?: string): Expression | undefined;
  readonly all: readonly GivenArgument[];
}
export interface GivenArgument {
  readonly name?: string;
  readonly nameRange?: Inner['range'];
  readonly range: Inner['range'];
  readonly spread: boolean;
  readonly value: () => Inner;
}

export interface Modules {
  /** Files that a module's name may mean, as paths relative to the folder of the importing file, the likeliest first. */
  candidates(module: string, from: Program, host: EvaluatorHost): readonly string[];
  /** The module that an import of a name may mean instead of a name in a module: `from app import settings`. */
  submodule?(imported: Import): string | undefined;
  /**
   * Where a package is a folder: whether a file of this name in it belongs to it. Top-level names of these files are seen
   * without an import, and an import of the package means all of them.
   */
  isOfPackage?(fileName: string): boolean;
  /** The folder, as `Program.path` spells it, that a module's name means; undefined for packages of somebody else. */
  folderOf?(module: string, from: Program, host: EvaluatorHost): string | undefined;
  /** Names under which a file exports all of itself: `module.exports`. */
  readonly wholeExports: readonly string[];
  /** What the import of a package's module is called in dotted names: `node:url` → `['url']`. */
  packageName(imported: string): readonly string[];
  /** The class that a module's name ends with, whose members are imported: `a.b.HttpHeaders` of `import static a.b.HttpHeaders.VARY;`. */
  classOf?(module: string): string | undefined;
  /** `owner.property` where `owner` is an export of a module and not the module: a module of its own, or nothing known. */
  memberOfExport(owner: Exported, property: string): Exported | undefined;
  /** A call that gives a module: `require('x')`; the module's name. */
  requiredBy?(callee: readonly string[], call: Call): string | undefined;
}
export interface Exported {
  readonly module: string;
  readonly imported: string;
}

export interface Objects {
  /** Names of the object whose method is run: `this`, `self`. */
  readonly selfNames: ReadonlySet<string>;
  /** A method that is handed on keeps what it is called on. */
  readonly bindsMethods?: true;
  /** The method of a function that gives the function again, bound to its object: `this.check.bind(this)`. */
  readonly boundBy?: string;
  /** A method's first parameter is the object. */
  readonly passesSelf: boolean;
  /** A method that is read like an attribute. */
  isComputed?(method: Expression & { readonly kind: 'function' }): boolean;
  /** Attributes of the class are environment variables, and what is written there are their defaults. */
  readsEnvironment?(of: ClassExpression): boolean;
  /** What the names of such variables begin with. */
  prefixedBy?(of: ClassExpression): string | undefined;
  /** What stands between the name of such a variable and those of the fields of what it holds: `CORS__ORIGINS`. */
  nestedBy?(of: ClassExpression): string | undefined;
  /** Fields of the class are filled from settings: what is written there is only what they begin with. */
  isFilled?(of: ClassExpression): boolean;
  /** The field that a method reads which nobody wrote: `getOrigin()` of Lombok, `origin()` of a record. */
  fieldOfGetter?(method: string): string;
  /** Methods that change the list or dictionary that they are called on: what they bring in leaves it open. */
  readonly adds: ReadonlySet<string>;
  /** Functions that add what follows to the list that is their first argument, by their text. */
  readonly addingFunctions?: RegExp;
  /** Functions that put the entries of what follows into their first argument. */
  readonly mergesInto?: RegExp;
  /** Of these, the ones that add each member of what they are given. */
  readonly addsEach: ReadonlySet<string>;
  /** Methods that take something out of it, or change its order. */
  readonly takesOut: ReadonlySet<string>;
  /** Members that are the value itself: `section.Value` of C#. */
  readonly wrappedIn?: ReadonlySet<string>;
  /** Members of a parsed URL, where they are not those that all languages share. */
  readonly urlMembers?: Readonly<Record<string, OriginPart>>;
  /**
   * What another package makes may be a struct: the fields that are written to it are known, though not what it was made with. Methods
   * with such a name add to it; what they were given is found under the name of the method.
   */
  readonly structAdditions?: RegExp;
}

export interface Flow {
  /** Methods that run a function once for each member of what they are called on. */
  readonly looping: ReadonlySet<string>;
  /** Functions by dotted name after which nothing runs: `process.exit`. */
  readonly exits: ReadonlySet<string>;
  /** The same of functions that have too common a name, by the module that they must come from. */
  readonly importedExits?: ReadonlyMap<string, ReadonlySet<string>>;
  /** Functions by dotted name that throw unless their first argument is as the value says: `ctx.assert(allowed, 403)`. */
  readonly asserts?: ReadonlyMap<string, boolean>;
  /** Methods of the response that send it: what is set later is not sent any more. */
  readonly sends: ReadonlySet<string>;
  /** Finds the parsing of a URL that fails for what is none; its first group is what stands between the brackets. */
  readonly failingParse?: RegExp;
  /** The body of a `try` in which nothing fails for what a browser sends as an origin. */
  readonly neverFails?: RegExp;
  /** Functions by name that run what they are given in any case, later. */
  readonly timers: ReadonlySet<string>;
}
