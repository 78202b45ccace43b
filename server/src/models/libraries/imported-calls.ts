/** Where a program calls the function of a package, and where it hands that function on without calling it. */
import type { Fact } from '../../policy/policy.ts';
import { encloses, sameSpan } from '../../syntax/range.ts';
import type { SourceRange } from '../../syntax/range.ts';
import type { Assignment, Call, Expression, Node, Program } from '../../syntax/programs/program.ts';
import { functionAround } from '../../values/session.ts';

export interface ImportedUse {
  readonly call?: Call;
  /** The function itself is given to `app.use`, `app.get` … */
  readonly uncalled?: SourceRange;
  /** The call that the function is an argument of: `fastify.register(cors, options)`. */
  readonly handedTo?: Call;
}

/** Names under which a module exports its function; `default` also stands for `module.exports`. */
export interface ImportedFunction {
  readonly modules: readonly string[];
  readonly names: readonly string[];
}

const middlewareMethods = new Set(['use', 'all', 'options', 'get', 'head', 'post', 'put', 'patch', 'delete']);

/** In source order. */
export function usesOf(program: Program, { modules, names }: ImportedFunction): readonly ImportedUse[] {
  const callees: Expression[] = [];
  for (const imported of program.imports) {
    if (!modules.includes(imported.module) || imported.typeOnly) continue;
    const references: readonly Expression[] = imported.binding
      ? program.references(imported.binding)
      : imported.call
        ? [imported.call]
        : [];
    if (imported.imported === '*') callees.push(...references.flatMap((reference) => throughMember(reference, names)));
    else if (names.includes(imported.imported))
      callees.push(
        ...references.map((reference) =>
          memberNamed(reference.parent, ['default']) ? (reference.parent as Expression) : reference,
        ),
      );
    // The default import of a CommonJS module is the whole of it.
    else if (imported.imported === 'default')
      callees.push(...references.flatMap((reference) => throughMember(reference, names)));
  }
  // `import falcon` beside `import falcon.asgi` are two ways to one name.
  const once = new Map(callees.map((callee) => [`${callee.range.start}-${callee.range.end}`, callee]));
  return [...once.values()].flatMap(useOf).sort((a, b) => placeOf(a) - placeOf(b));
}

/** `new Name(…)` and `Name(…)` of an export of these modules, also through the module object. */
export function exportCalls(program: Program, modules: readonly string[], names: readonly string[]): readonly Call[] {
  const targets = program.imports
    .filter(({ module, typeOnly }) => modules.includes(module) && !typeOnly)
    .flatMap(({ imported, binding, call }) => {
      const references: readonly Expression[] = binding ? program.references(binding) : call ? [call] : [];
      return names.includes(imported)
        ? references
        : references.flatMap(({ parent }) => (memberNamed(parent, names) ? [parent as Expression] : []));
    });
  return targets.flatMap((target) => callOf(target) ?? []).sort((a, b) => a.range.start - b.range.start);
}

/** The call whose callee this is. */
export function callOf({ parent, range }: Expression): Call | undefined {
  return parent?.kind === 'call' && sameSpan(parent.callee.range, range) ? parent : undefined;
}

/** Calls of a method of this name, on whatever object. */
export function methodCalls(program: Program, name: string): readonly Call[] {
  // Arguments of types may stand in between, and a block may be all that is handed over.
  const pattern = new RegExp(`\\.\\s*${name}\\s*(?:<[^();]{0,200}>\\s*)?[({]`, 'g');
  return [...program.text.matchAll(pattern)].flatMap(({ index, 0: { length } }) => {
    let node: Node | undefined = program.expressionAt(index + length - 1);
    while (node !== undefined && node.kind !== 'call') node = node.parent;
    return node?.kind === 'call' && node.callee.kind === 'member' && node.callee.property === name ? [node] : [];
  });
}

/** The maker of a middleware stands where the middleware should: `app.use(cors)`. */
export function notCalled(maker: SourceRange): Fact {
  return {
    kind: 'middleware-not-called',
    range: maker,
    call: () => [{ range: { start: maker.end, end: maker.end }, newText: '()' }],
  };
}

/** What the call makes is thrown away, or given a name that nobody uses. */
export function isUnused({ parent, range }: Call, program: Program): boolean {
  if (parent?.kind === 'expression-statement') return true;
  if (parent?.kind !== 'declaration' && parent?.kind !== 'assignment') return false;
  if (parent.kind === 'assignment') return isNeverRead(parent, program);
  const isExported = [...program.exports.values()].some((exported) => exported.range.start === range.start);
  const [binding, ...others] = parent.bindings;
  const isName = binding !== undefined && others.length === 0 && binding.path.length === 0;
  return (
    isName && binding.value?.range.start === range.start && !isExported && program.references(binding).length === 0
  );
}

/** A name of a function alone: what stands outside of it may be read by other files. Where it is declared by assigning, that is a use. */
function isNeverRead(assignment: Assignment, program: Program): boolean {
  const { target } = assignment;
  const binding = target.kind === 'identifier' ? program.resolve(target) : undefined;
  const home = functionAround(assignment);
  if (binding === undefined || home === undefined || !encloses(home.range, binding.nameRange)) return false;
  return program.references(binding).every((use) => sameSpan(use.range, target.range));
}

/** The middleware is made, and never registered or called. */
export function notUsed({ callee }: Call): Fact {
  return { kind: 'middleware-not-used', range: callee.range };
}

/** The module object itself where it is the function, or its member of one of the names. */
function throughMember(reference: Expression, names: readonly string[]): Expression[] {
  if (memberNamed(reference.parent, names)) return [reference.parent as Expression];
  return names.includes('default') &&
    !(reference.parent?.kind === 'member' && sameSpan(reference.parent.object.range, reference.range))
    ? [reference]
    : [];
}

function memberNamed(node: Node | undefined, names: readonly string[]): boolean {
  return node?.kind === 'member' && names.includes(node.property);
}

function useOf(target: Expression): ImportedUse[] {
  const { parent } = target;
  if (parent?.kind !== 'call') return [];
  if (sameSpan(parent.callee.range, target.range)) return parent.isNew ? [] : [{ call: parent }];
  if (
    parent.callee.kind !== 'member' ||
    !parent.arguments.some((argument) => sameSpan(argument.value.range, target.range))
  )
    return [];
  return [{ handedTo: parent, ...(middlewareMethods.has(parent.callee.property) && { uncalled: target.range }) }];
}

function placeOf({ call, uncalled, handedTo }: ImportedUse): number {
  return (call?.range ?? uncalled ?? handedTo!.range).start;
}
