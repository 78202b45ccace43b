/**
 * From a tree-sitter tree to a Program, on demand.
 *
 * Crossing into WebAssembly for every node is the slow part, so sites are found by searching the text and asking the
 * tree for the node at an offset; nodes are lowered when somebody looks at them, and kept for the life of the tree.
 */
import type { Node as SyntaxNode, Tree } from '@vscode/tree-sitter-wasm';
import { Bindings } from './bindings.ts';
import { commentsOf } from './comments.ts';
import { changeBetween, editBetween, movedRange } from './edit-between.ts';
import type { Change } from './edit-between.ts';
import type { LanguageAdapter } from './language-adapter.ts';
import type { Grammar } from './grammar.ts';
import { Looks } from './looks.ts';
import { loweredNode } from './lowered-node.ts';
import { isExpression, rangeOf } from './reader.ts';
import type { KnownMembers, LaterMembers, Reader } from './reader.ts';
import type {
  Binding,
  Comment,
  Expression,
  Identifier,
  Import,
  Node,
  PassedOn,
  Program,
  Statement,
  StringLiteral,
} from './program.ts';
import { anywhere, placesOf, placesWithin } from './name-places.ts';
import type { Place } from './name-places.ts';
import { hasSameForm } from './unseen-change.ts';
import { WatchedText } from './watched-text.ts';
import { encloses } from '../range.ts';
import type { SourceRange } from '../range.ts';

export interface ReadableProgram extends Program {
  /** The change since the previous reading of the same file. */
  readonly change: Change | undefined;
  /**
   * Who looked at what changed: where nobody did, whatever was asked of the previous reading has the same answer here, moved by the
   * change; `apart`: only who read the place that was read apart.
   */
  readonly seen: 'nowhere' | 'apart' | 'perhaps';
  /** Where the place that was read apart is now, or will be once it is read. */
  readonly placeApart: SourceRange | undefined;
  /** Reads a place apart: what is asked of the reading that this returns is not asked of this one. It lives as long as this one. */
  readApart(range: SourceRange): Program;
  /** Frees the tree; the program must not be used afterwards. */
  dispose(): void;
}

export interface ProgramSource {
  readonly path: string;
  readonly text: string;
  readonly grammar: Grammar;
  readonly adapter: LanguageAdapter;
}

/** Parses the text, reusing the previous version of the same file where it did not change; `isKept`: see `readProgram`. */
export function readProgramWith(source: ProgramSource, previous?: Program, isKept = false): ReadableProgram {
  const { text, grammar } = source;
  const before = previous instanceof ProgramReader && !previous.isDisposed ? previous : undefined;
  const parsed = source.adapter.parsed?.(text) ?? text;
  if (before) before.tree.edit(editBetween(before.parsed, parsed));
  const change = before && changeBetween(before.source, text);
  let looks = new Looks();
  const tree = grammar.parse(parsed, before?.tree, (start, end) => looks.addSpan(start, end));
  const isSeenAsWritten = parsed === text && before?.parsed === before?.source;
  if (before && change && isKept && isSeenAsWritten && hasSameForm(change, before, { source: text, tree })) {
    const seen = before.sees(change, text);
    if (seen !== 'perhaps') {
      ({ looks } = before);
      return new ProgramReader({ ...source, parsed }, tree, looks, {
        change,
        seen,
        apart: before.apartAfter(change, seen),
      });
    }
  }
  return new ProgramReader({ ...source, parsed }, tree, looks, { change, seen: 'perhaps', apart: undefined });
}

/** A place that is read by a reader of its own. */
interface Apart {
  readonly range: SourceRange;
  /** Undefined while it is not read again. */
  readonly looks: Looks | undefined;
}

/** What is known of a reading from the one before. */
interface Since {
  readonly change: Change | undefined;
  readonly seen: ReadableProgram['seen'];
  readonly apart: Apart | undefined;
}

const blanks = /\s*/y;

class ProgramReader implements ReadableProgram, Reader {
  readonly shape = 'program';
  readonly path: string;
  readonly text: WatchedText;
  /** The same, for those who note themselves what they look at. */
  readonly source: string;
  /** What the grammar was given for it. */
  readonly parsed: string;
  readonly language: string;
  isDisposed = false;
  readonly change: Change | undefined;
  readonly seen: ReadableProgram['seen'];
  private apart: Apart | undefined;
  private readerApart: ProgramReader | undefined;
  private readonly adapter: LanguageAdapter;
  private readonly lowered = new Map<number, Node | undefined>();
  private readonly placesByName = new Map<string, readonly Place[]>();
  private readonly bindings: Bindings;
  private readonly handed = new Map<Binding, readonly Identifier[]>();
  private importList: Import[] | undefined;
  private exportMap: Map<string, Expression> | undefined;
  private passedOnList: readonly PassedOn[] | undefined;
  private commentList: readonly Comment[] | undefined;

  constructor(
    private readonly given: ProgramSource & { readonly parsed: string },
    readonly tree: Tree,
    readonly looks: Looks,
    { change, seen, apart }: Since,
  ) {
    this.change = change;
    this.seen = seen;
    this.apart = apart;
    this.path = given.path;
    this.source = given.text;
    this.parsed = given.parsed;
    this.text = new WatchedText(given.text, looks);
    this.adapter = given.adapter;
    this.bindings = new Bindings(this, this.adapter, (name) => this.mayBeDeclarations(name));
    this.language = given.adapter.language;
  }

  get imports(): readonly Import[] {
    return (this.importList ??= this.adapter.imports(this));
  }

  get exports(): ReadonlyMap<string, Expression> {
    return (this.exportMap ??= this.adapter.exports(this));
  }

  get passedOn(): readonly PassedOn[] {
    return (this.passedOnList ??= this.adapter.passedOn?.(this) ?? []);
  }

  get body(): readonly Statement[] {
    return this.adapter.statements(this.tree.rootNode, this);
  }

  get comments(): readonly Comment[] {
    return (this.commentList ??= commentsOf(this, this.adapter.comment));
  }

  expressionAt(offset: number): Expression | undefined {
    for (let node = this.nodeAt(offset); node; node = node.parent ?? undefined) {
      const lowered = this.lower(node);
      if (lowered && isExpression(lowered)) return lowered;
    }
    return undefined;
  }

  strings(pattern: RegExp): readonly StringLiteral[] {
    const found = new Map<number, StringLiteral>();
    for (const match of this.text.matchAll(anywhere(pattern))) {
      const node = this.nodeAt(match.index);
      const literal = node && this.adapter.stringAround(node);
      const lowered = literal && this.lower(literal);
      if (lowered?.kind === 'string' && pattern.test(lowered.value)) found.set(lowered.range.start, lowered);
    }
    return [...found.values()].sort((a, b) => a.range.start - b.range.start);
  }

  identifiers(name: string): readonly Identifier[] {
    return [...this.identifiersIn(name, this.all)];
  }

  resolve(identifier: Identifier): Binding | undefined {
    return this.bindingAt(identifier.name, identifier.range);
  }

  references(binding: Binding): readonly Identifier[] {
    return [...this.referencesIn(binding, this.all)];
  }

  *referencesIn(binding: Binding, range: SourceRange): Generator<Identifier> {
    for (const place of this.placesIn(binding.name, range)) {
      const use = this.useAt(place);
      if (use && this.isBoundTo(binding, place, use)) yield use;
    }
  }

  handedOn(binding: Binding): readonly Identifier[] {
    let found = this.handed.get(binding);
    if (found === undefined) {
      found = this.places(binding.name).flatMap((place) => {
        const use = this.mayDeclare(place) ? this.useAt(place) : undefined;
        return use && this.isBoundTo(binding, place, use) ? [use] : [];
      });
      this.handed.set(binding, found);
    }
    return found;
  }

  get mistakes(): number {
    const pending = [this.tree.rootNode];
    let found = 0;
    while (pending.length > 0) {
      const node = pending.pop()!;
      if (node.isError || node.isMissing) found++;
      else if (node.hasError) for (const child of node.children) if (child) pending.push(child);
    }
    return found;
  }

  dispose(): void {
    if (!this.isDisposed) this.tree.delete();
    this.isDisposed = true;
    this.readerApart?.dispose();
  }

  get placeApart(): SourceRange | undefined {
    return this.apart?.range;
  }

  readApart(range: SourceRange): Program {
    const looks = new Looks();
    // Nothing has changed, so that the parser takes over the whole tree; but who reads the text of its nodes is told apart.
    const tree = this.given.grammar.parse(this.parsed, this.tree, (start, end) => looks.addSpan(start, end));
    this.readerApart?.dispose();
    this.readerApart = new ProgramReader(this.given, tree, looks, {
      change: undefined,
      seen: 'perhaps',
      apart: undefined,
    });
    this.apart = { range, looks };
    return this.readerApart;
  }

  /** Who looked at what the change changes; `after`: the text with it. */
  sees(change: Change, after: string): ReadableProgram['seen'] {
    if (!this.looks.isUntouchedBy(change, this.source, after)) return 'perhaps';
    if (this.apart === undefined || this.apart.looks?.isUntouchedBy(change, this.source, after)) return 'nowhere';
    const { start, end } = this.apart.range;
    return start < change.start && change.oldEnd < end ? 'apart' : 'perhaps';
  }

  /** Moves what was looked at. Returns what is known of the place that is read apart. */
  apartAfter(change: Change, seen: 'nowhere' | 'apart'): Apart | undefined {
    this.looks.moveBy(change);
    if (this.apart === undefined) return undefined;
    const { range, looks } = this.apart;
    if (seen === 'nowhere') looks!.moveBy(change);
    return { range: movedRange(range, change), looks: seen === 'nowhere' ? looks : undefined };
  }

  nodeAt(offset: number): SyntaxNode | undefined {
    return this.tree.rootNode.namedDescendantForIndex(offset, Math.min(offset + 1, this.source.length)) ?? undefined;
  }

  occurrences(name: string): readonly SyntaxNode[] {
    return this.places(name).flatMap((place) => this.nodeOf(place) ?? []);
  }

  private get all(): SourceRange {
    return { start: 0, end: this.source.length };
  }

  /** Where the text holds this name as a whole word: the tree is asked for the node only when somebody looks at it. */
  private places(name: string): readonly Place[] {
    const known = this.placesByName.get(name);
    if (known) return known;
    const found = placesOf(name, this.source);
    this.looks.addName(name);
    this.placesByName.set(name, found);
    return found;
  }

  private nodeOf(place: Place): SyntaxNode | undefined {
    if (place.node === undefined) {
      const node = this.nodeAt(place.start);
      place.node = node && node.startIndex === place.start && node.endIndex === place.end ? node : null;
    }
    return place.node ?? undefined;
  }

  private mayDeclare({ end }: Place): boolean {
    const { used } = this.adapter;
    if (used === undefined) return true;
    used.lastIndex = end;
    const isUsed = used.test(this.source);
    // It looks no further than the blanks behind the name and the two signs behind these.
    blanks.lastIndex = end;
    blanks.test(this.source);
    this.looks.addSpan(end, blanks.lastIndex + 2);
    return !isUsed;
  }

  private *identifiersIn(name: string, range: SourceRange): Generator<Identifier> {
    for (const place of this.placesIn(name, range)) {
      const use = this.useAt(place);
      if (use) yield use;
    }
  }

  private placesIn(name: string, range: SourceRange): Iterable<Place> {
    return placesWithin(range, this.places(name));
  }

  /** The name as an expression; undefined where it is declared there, or stands in a text. */
  private useAt(place: Place): Identifier | undefined {
    if (place.use === undefined) {
      const node = this.nodeOf(place);
      const isUse =
        node &&
        this.adapter.isIdentifier(node, this) &&
        !(this.mayDeclare(place) && this.adapter.declaredBy(node, this));
      const lowered = isUse ? this.lower(node) : undefined;
      place.use = lowered?.kind === 'identifier' ? lowered : null;
    }
    return place.use ?? undefined;
  }

  private isBoundTo({ scope }: Binding, place: Place, use: Identifier): boolean {
    if (place.binding === undefined) place.binding = this.resolve(use) ?? null;
    return place.binding?.scope === scope;
  }

  lower(node: SyntaxNode): Node | undefined {
    const inner = this.adapter.unwrap(node);
    const known = this.lowered.get(inner.id);
    if (known || this.lowered.has(inner.id)) return known;
    const lowered = this.adapter.lower(inner, this);
    this.lowered.set(inner.id, lowered);
    return lowered;
  }

  expression(node: SyntaxNode | null | undefined, parent: SyntaxNode): Expression {
    const lowered = node ? this.lower(node) : undefined;
    if (lowered && isExpression(lowered)) return lowered;
    return this.lazy(node ?? parent, { kind: 'unknown' }) as Expression;
  }

  statement(node: SyntaxNode): Statement {
    const lowered = this.lower(node);
    if (lowered && !isExpression(lowered)) return lowered;
    return (
      lowered
        ? this.lazy(node, { kind: 'expression-statement', expression: lowered })
        : this.lazy(node, { kind: 'other-statement' })
    ) as Statement;
  }

  lazy(node: SyntaxNode, now: KnownMembers, later: LaterMembers = {}): Node {
    return this.made(node, rangeOf(node), now, later);
  }

  made(node: SyntaxNode, range: SourceRange, now: KnownMembers, later: LaterMembers = {}): Node {
    const { length } = this.source;
    // The line end that a text was given is none of it.
    const inside = range.end > length ? { start: Math.min(range.start, length), end: length } : range;
    return loweredNode({ text: this.text, parent: () => this.parentOf(node) }, inside, now, later);
  }

  parentOf(node: SyntaxNode): Node | undefined {
    const above = (child: SyntaxNode) => (this.adapter.parentOf ? this.adapter.parentOf(child) : child.parent);
    // What the adapter puts elsewhere stands outside of what it belongs to: `else` behind the last `elif`.
    let isMoved = false;
    for (let child = node, parent = above(child); parent; child = parent, parent = above(parent)) {
      if (this.adapter.parentOf) isMoved ||= parent.id !== child.parent?.id;
      // A wrapper stands for what it wraps, which is the node that we come from.
      if (this.adapter.unwrap(parent).id !== parent.id) continue;
      const lowered = this.lower(parent);
      if (!lowered || lowered === this.lowered.get(this.adapter.unwrap(node).id)) continue;
      // What a node stands for may be one part of it, which is not above the other parts: `with f() as g():`.
      // And nothing begins before what it belongs to: in a broken text two nodes could stand above each other.
      const { range } = lowered;
      if (isMoved ? range.start <= node.startIndex : encloses(range, rangeOf(node))) return lowered;
    }
    return undefined;
  }

  bindingAt(name: string, range: SourceRange): Binding | undefined {
    return this.bindings.at(name, range);
  }

  private *mayBeDeclarations(name: string): Generator<SyntaxNode> {
    for (const place of this.places(name)) {
      const node = this.mayDeclare(place) ? this.nodeOf(place) : undefined;
      if (node) yield node;
    }
  }
}
