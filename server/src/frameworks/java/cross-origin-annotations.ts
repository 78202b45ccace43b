/** Annotations `@CrossOrigin` of classes and methods, of Spring and of Micronaut: what a method says is added to what its class says. */
import type {
  Call,
  ClassExpression,
  Expression,
  FunctionExpression,
  Node,
  Program,
} from '../../syntax/programs/program.ts';
import { sameSpan } from '../../syntax/range.ts';
import type { SourceRange } from '../../syntax/range.ts';
import type { ProgramContext } from '../../models/framework.ts';
import type { FoundOptions } from '../../models/libraries/define-cors-library.ts';
import { annotationForm } from '../../models/libraries/options-form.ts';
import type { Literals } from '../../edits/literals.ts';
import type { Dict, DictEntry, List, Value } from '../../values/value.ts';
import { importsFrom, literalsOf, noticeOf } from './notation.ts';
import { classAround, methodsOf } from '../../models/handlers/handler-parts.ts';

/** One annotation, and what it stands at. */
export interface Annotated extends FoundOptions {
  /** The methods that the handlers answer, where each of them says its own; undefined where one answers all. */
  readonly methods: readonly string[] | undefined;
  /** The handlers differ, so that each preflight is answered with the methods of another one. */
  readonly differ: boolean;
  /** Both the class and the method let everybody in, so that no edit of one of them closes it. */
  readonly isOpenTwice: boolean;
}

/** Which requests a handler answers. */
export interface Mapping {
  readonly path?: string;
  /** None: whichever a request has. */
  readonly methods: readonly string[];
}

/** What a framework's annotation is called, what its attributes are, and how handlers are mapped. */
export interface AnnotationDialect {
  /** The package of the annotation. */
  readonly module: string;
  /** What the model calls the attributes. */
  readonly options: Readonly<Record<string, string>>;
  /** Attributes whose names are not those of the options, by the option. */
  readonly attributes: Readonly<Record<string, string>>;
  /** What is written in another way than in Spring's. */
  readonly literals?: Partial<Literals>;
  /** Options that are lists, also where a single text is written. */
  readonly lists: ReadonlySet<string>;
  /** What is written as the framework takes it; undefined for what is as good as not written. */
  taken(option: string, written: Value): Value | undefined;
  /** The mapping among the annotations of a handler or of its class. */
  mappingOf(decorators: readonly Expression[], context: ProgramContext): Mapping | undefined;
  /** What else in the application decides who gets in below the path where the annotation does not say it. */
  decidedBefore?(path: string | undefined, program: Program, context: ProgramContext): SourceRange | undefined;
}

/** No edit of what is found is known for sure. */
export function isUnsure(found: FoundOptions): boolean {
  const { isOpenTwice, isUnsure: isUnsureHere } = found as Partial<Record<'isOpenTwice' | 'isUnsure', boolean>>;
  return isOpenTwice === true || isUnsureHere === true;
}

/** Every annotation of the file; one of a method together with that of its class. */
export function crossOrigins(program: Program, context: ProgramContext, dialect: AnnotationDialect): Annotated[] {
  const read = annotationsIn(program, dialect).map((annotation) => ({
    annotation,
    owner: ownerOf(annotation),
    options: optionsOf(annotation, context, dialect),
  }));
  return read.flatMap(({ annotation, owner, options: own }): Annotated[] => {
    const isAnnotated = (handler: FunctionExpression): boolean =>
      read.some((one) => one.owner?.kind === 'function' && sameSpan(one.owner.range, handler.range));
    // Where each handler has an annotation of its own, that of the class counts with these only.
    if (
      owner?.kind === 'class' &&
      handlersOf(owner, context, dialect).length > 0 &&
      handlersOf(owner, context, dialect, isAnnotated).length === 0
    )
      return [];
    const around = owner?.kind === 'function' ? classAround(owner) : undefined;
    const ofClass =
      around && read.find((one) => one.owner?.kind === 'class' && sameSpan(one.owner.range, around.range));
    const said = joined(ofClass?.options, own, annotation, dialect);
    const namesNobody = !said?.entries.some(({ key }) => /rigin/.test(key));
    const elsewhere = namesNobody
      ? dialect.decidedBefore?.(pathOf(owner, context, dialect), program, context)
      : undefined;
    const given = elsewhere ? leftTo(elsewhere, said, annotation) : said;
    const isOpenTwice = own !== ofClass?.options && [own, ofClass?.options ?? []].every(isOpen);
    const isUnnamed = annotation.kind === 'call' && annotation.arguments.some(({ name }) => name === undefined);
    return [
      {
        ...placeOf(annotation, given, program, dialect),
        ...covers(owner, context, dialect, isAnnotated),
        isOpenTwice,
        ...(isUnnamed && noticeOf(program)),
      },
    ];
  });
}

/** Those that are this package's: by its name in front of them, or by what the file imports. */
function annotationsIn(program: Program, { module }: AnnotationDialect): Expression[] {
  const isImported = importsFrom(program, 'CrossOrigin', [module]);
  if (!isImported && !program.text.has(new RegExp(`@\\s*${module.replaceAll('.', '\\.')}\\.CrossOrigin\\b`))) return [];
  return [...program.text.matchAll(/@\s*([a-z][\w.]*\.)?CrossOrigin\b/g)].flatMap(
    ({ index, 0: { length }, 1: qualifier }) => {
      const isOurs = qualifier === undefined ? isImported : qualifier === `${module}.`;
      return isOurs ? (annotationAt(index + length - 1, program) ?? []) : [];
    },
  );
}

function annotationAt(offset: number, program: Program): Expression | undefined {
  let node: Node | undefined = program.expressionAt(offset);
  while (node?.kind === 'member' && node.parent?.kind === 'member') node = node.parent;
  if (node === undefined || (node.kind !== 'identifier' && node.kind !== 'member')) return undefined;
  const { parent, range } = node;
  if (parent?.kind === 'call' && sameSpan(parent.callee.range, node.range)) return parent;
  // While its brackets are typed, nobody knows what it will say.
  return /^\s*\(/.test(program.text.slice(range.end, range.end + 20)) ? undefined : node;
}

/** The method or class that the annotation belongs to. */
function ownerOf(annotation: Expression): FunctionExpression | ClassExpression | undefined {
  let node: Node | undefined = annotation.parent;
  while (node && node.kind !== 'function' && node.kind !== 'class') node = node.parent;
  return node?.kind === 'function' || node?.kind === 'class' ? node : undefined;
}

function optionsOf(annotation: Expression, context: ProgramContext, dialect: AnnotationDialect): DictEntry[] {
  if (annotation.kind !== 'call') return [];
  const { options, lists } = dialect;
  const [first, ...others] = annotation.arguments.filter(({ name }) => name === undefined);
  // Several values without a name are one list.
  const values = others.length > 0 && first ? allOf([first, ...others], context) : undefined;
  return annotation.arguments.flatMap((argument): DictEntry[] => {
    const { name = 'value', nameRange, value, range } = argument;
    if (others.includes(argument)) return [];
    const key = Object.hasOwn(options, name) ? options[name]! : name;
    const written = (argument === first && values) || context.evaluator.evaluate(value);
    const given = dialect.taken(key, lists.has(key) ? asList(written) : written);
    // An empty list is as good as none.
    if (given === undefined || (given.kind === 'list' && given.items.length === 0 && !given.open)) return [];
    return [{ key, keyRange: nameRange ?? { ...range, end: range.start }, range, value: given }];
  });
}

function allOf(given: Call['arguments'], { evaluator }: ProgramContext): Value {
  const values = given.map(({ value }) => evaluator.evaluate(value));
  const range = { ...given[0]!.range, end: given.at(-1)!.range.end };
  return { kind: 'list', type: 'list', items: values, open: given.some(({ spread }) => spread), range };
}

function asList(value: Value): Value {
  return value.kind === 'text'
    ? { kind: 'list', type: 'list', items: [value], open: false, range: value.range }
    : value;
}

/** Lists of both, and of all else what the method says. */
function joined(
  ofClass: readonly DictEntry[] = [],
  own: readonly DictEntry[],
  annotation: Expression,
  { lists }: AnnotationDialect,
): Dict | undefined {
  const keys = [...new Set([...ofClass, ...own].map(({ key }) => key))];
  const entries = keys.flatMap((key): DictEntry[] => {
    const [outer, inner] = [ofClass, own].map((part) => part.find((entry) => entry.key === key));
    if (outer === undefined || inner === undefined || !lists.has(key)) return [(inner ?? outer)!];
    // Whoever closes it, does so where it is open.
    const edited = isStarred(outer) ? outer : inner;
    return [{ ...edited, value: { ...together(outer.value, inner.value), range: edited.value.range } }];
  });
  return entries.length === 0 ? undefined : { kind: 'dict', entries, open: false, range: annotation.range };
}

/** The path of the handler, or of the class. */
function pathOf(
  owner: ReturnType<typeof ownerOf>,
  context: ProgramContext,
  dialect: AnnotationDialect,
): string | undefined {
  const own = owner && dialect.mappingOf(owner.decorators, context);
  const outer = owner?.kind === 'function' ? classAround(owner) : undefined;
  return within(outer && dialect.mappingOf(outer.decorators, context), own ?? { methods: [] }).path;
}

/** The options, where something else decides about origins, and about cookies unless they are written. */
function leftTo(elsewhere: SourceRange, said: Dict | undefined, { range }: Expression): Dict {
  const written = said?.entries ?? [];
  const left = ['allowedOrigins', 'allowCredentials'].filter((key) => !written.some((entry) => entry.key === key));
  const entries = left.map((key): DictEntry => {
    return { key, keyRange: range, range, value: { kind: 'unknown', range: elsewhere } };
  });
  return { kind: 'dict', open: false, range, entries: [...written, ...entries] };
}

function isOpen(options: readonly DictEntry[]): boolean {
  return options.some(({ key, ...entry }) => /rigin/.test(key) && isStarred(entry));
}

function isStarred({ value }: Pick<DictEntry, 'value'>): boolean {
  return value.kind === 'list' && value.items.some((item) => item.kind === 'text' && item.text === '*');
}

function together(outer: Value, inner: Value): Value {
  const parts = [outer, inner].map((one): Pick<List, 'items' | 'open'> =>
    one.kind === 'list' ? one : { items: [one], open: false },
  );
  return {
    kind: 'list',
    type: 'list',
    items: parts.flatMap(({ items }) => items),
    open: parts.some(({ open }) => open),
    range: inner.range,
  };
}

function placeOf(
  annotation: Expression,
  value: Dict | undefined,
  program: Program,
  { attributes, literals }: AnnotationDialect,
): Pick<FoundOptions, 'place' | 'call'> {
  const form = annotationForm(
    { ...literalsOf(program, 'annotation'), ...literals },
    (name, written) => `${Object.hasOwn(attributes, name) ? attributes[name] : name} = ${written}`,
  );
  const call: Call | undefined = annotation.kind === 'call' ? annotation : undefined;
  const { range } = annotation;
  const argumentsRange = call?.argumentsRange ?? { ...range, start: range.end };
  const own =
    call && call.arguments.length > 0 ? { form } : { form: { ...form, call: (entry: string) => `(${entry})` } };
  return { ...(call && { call }), place: { value, range, argumentsRange, ...own } };
}

/** What the annotation is for: one handler, or those of the class. */
function covers(
  owner: FunctionExpression | ClassExpression | undefined,
  context: ProgramContext,
  dialect: AnnotationDialect,
  isAnnotated: (handler: FunctionExpression) => boolean,
): Pick<Annotated, 'scope' | 'methods' | 'differ'> {
  if (owner?.kind === 'function') {
    const outer = classAround(owner);
    const own = dialect.mappingOf(owner.decorators, context) ?? { methods: [] };
    const mapping = within(outer && dialect.mappingOf(outer.decorators, context), own);
    const { methods, path } = mapping;
    const named =
      methods.length === 0
        ? `requests for ${path ?? owner.name ?? 'it'}`
        : `${methods.join(', ')} ${path ?? ''}`.trim();
    return { scope: named, methods: methods.length === 0 ? undefined : methods, differ: false };
  }
  if (owner === undefined) return { methods: undefined, differ: true };
  const outer = dialect.mappingOf(owner.decorators, context);
  const mappings = handlersOf(owner, context, dialect, isAnnotated).map((one) => within(outer, one));
  const isEach = mappings.length > 0 && mappings.every(({ methods }) => methods.length > 0);
  return {
    scope: [`the handlers of ${owner.name ?? 'the class'}`, outer?.path]
      .filter((part) => part !== undefined)
      .join(', '),
    methods: isEach ? [...new Set(mappings.flatMap(({ methods }) => methods))] : undefined,
    differ: mappings.some(({ methods }) => methods.length > 0) && mappings.length > 1,
  };
}

/** A handler answers below the path of its class. */
function within(outer: Mapping | undefined, own: Mapping): Mapping {
  const path = [outer?.path, own.path].filter((one) => one !== undefined && one !== '').join('');
  const methods = [...new Set([...(outer?.methods ?? []), ...own.methods])];
  return { methods, ...(path !== '' && { path }) };
}

/** The mappings of its methods, but for those that are left out. */
function handlersOf(
  of: ClassExpression,
  context: ProgramContext,
  { mappingOf }: AnnotationDialect,
  isLeftOut: (method: FunctionExpression) => boolean = () => false,
): Mapping[] {
  return methodsOf(of).flatMap((method) => (isLeftOut(method) ? [] : (mappingOf(method.decorators, context) ?? [])));
}
