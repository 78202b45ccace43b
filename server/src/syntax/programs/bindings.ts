/** What the names of a program are bound to, by their scopes. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { SourceRange } from '../range.ts';
import type { DeclaredName, LanguageAdapter } from './language-adapter.ts';
import type { Assignment, Binding, Node } from './program.ts';
import { rangeOf } from './reader.ts';
import type { Reader } from './reader.ts';

/** From where to where a binding is seen. */
interface ScopedBinding {
  readonly scope: SyntaxNode;
  readonly start: number;
  readonly end: number;
  readonly binding: Binding;
}

/** Each name is looked for when somebody first asks what it is bound to. */
export class Bindings {
  private readonly byName = new Map<string, readonly ScopedBinding[]>();

  /** `places`: where the name stands and may be declared, in source order. */
  constructor(
    private readonly reader: Reader,
    private readonly adapter: LanguageAdapter,
    private readonly places: (name: string) => Iterable<SyntaxNode>,
  ) {}

  /** The binding of the name that an expression at this range sees. */
  at(name: string, range: SourceRange): Binding | undefined {
    let best: ScopedBinding | undefined;
    for (const candidate of this.of(name)) {
      const isItself = candidate.binding.nameRange.start === range.start;
      if ((candidate.start > range.start && !isItself) || candidate.end < range.end) continue;
      if (this.adapter.seesScope?.(candidate.scope, range, this.reader, name) === false) continue;
      if (!best || best.start < candidate.start || best.end > candidate.end) best = candidate;
    }
    return best?.binding;
  }

  private of(name: string): readonly ScopedBinding[] {
    const known = this.byName.get(name);
    if (known) return known;
    const found: ScopedBinding[] = [];
    this.byName.set(name, found);
    const rest: SyntaxNode[] = [];
    for (const node of this.places(name)) {
      const declared = this.adapter.declaredBy(node, this.reader);
      const isFirst = declared && (declared.shadows || !found.some(({ scope }) => scope.id === declared.scope.id));
      if (isFirst) found.push(this.scoped(name, declared, rest));
      if (!isFirst || declared.assigns) rest.push(node);
    }
    for (const unwritten of [this.adapter.unwritten?.(name, this.reader) ?? []].flat())
      if (!found.some(({ scope }) => scope.id === unwritten.scope.id)) found.push(this.scoped(name, unwritten, rest));
    return found;
  }

  private scoped(
    name: string,
    { scope, from, binding, shadows }: DeclaredName,
    rest: readonly SyntaxNode[],
  ): ScopedBinding {
    let assignments: Binding['assignments'] | undefined;
    const identity = shadows ? `${scope.id} ${binding.nameRange.start}` : scope.id;
    const known = Object.defineProperties(
      { ...binding, scope: identity },
      {
        value: {
          get: Object.getOwnPropertyDescriptor(binding, 'value')?.get ?? (() => binding.value),
          enumerable: true,
        },
        assignments: { get: () => (assignments ??= this.assignments(name, identity, rest)), enumerable: true },
      },
    ) as unknown as Binding;
    // The file's own node begins at its first token.
    const { start, end } = scope.parent === null ? { start: 0, end: this.reader.text.length } : rangeOf(scope);
    return { scope, start: from ?? start, end, binding: known };
  }

  private assignments(name: string, identity: unknown, rest: readonly SyntaxNode[]): Binding['assignments'] {
    return rest.flatMap((node) => {
      const assignment = this.adapter.assignmentTo(node, this.reader);
      if (assignment?.kind !== 'assignment') return [];
      return this.at(name, seenFrom(assignment) ?? rangeOf(node))?.scope === identity ? [assignment] : [];
    });
  }
}

/** `this.name = name` writes to the field, which is seen in front of the method whose parameter has the same name. */
function seenFrom({ target, parent }: Assignment): SourceRange | undefined {
  if (target.kind !== 'member') return undefined;
  let method: Node | undefined;
  for (let around = parent; around && around.kind !== 'class'; around = around.parent)
    if (around.kind === 'function') method = around;
  return method && { start: method.range.start - 1, end: method.range.start - 1 };
}
