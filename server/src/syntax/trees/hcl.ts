/**
 * Reads HCL (Terraform, OpenTofu) into the same Tree as its JSON form: a block is an entry named by its type, its labels
 * are maps inside each other, repeated blocks are repeated entries, and an expression that is no literal is the text
 * `${…}`. Half-typed text keeps what is there.
 */
import type { Comment } from '../programs/program.ts';
import type { TreeDocument, TreeEntry, TreeNode } from './tree.ts';

/** Deeper nesting than this is no configuration; every level needs a stack frame. */
const deepest = 200;
/** A quoted text that is longer has lost its end. */
const longestQuoted = 20_000;
const identifier = /[\p{L}_][\p{L}\p{N}_-]*/uy;
/** A block of these types, with what follows it, only stands at the top: a brace is missing before it. */
const topLevel = /(?:resource|data|variable|output|module|provider)[ \t]+"[^"\r\n]*"|(?:locals|terraform)[ \t]*\{/y;

/** Never throws. What is nested too deeply is left out. */
export function readHcl(path: string, text: string): TreeDocument {
  const reader = createReader(text);
  const entries: TreeEntry[] = [];
  const map: TreeNode = { kind: 'map', range: { start: 0, end: text.length }, entries };
  while (!reader.atEnd()) reader.body(map, entries, 0);
  const root = entries.length > 0 ? map : undefined;
  return { shape: 'tree', format: 'hcl', path, text, root, roots: root ? [root] : [], comments: reader.comments() };
}

function createReader(text: string) {
  let at = 0;
  /** By start: an expression may be looked at twice. */
  const found = new Map<number, Comment>();

  const matchHere = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };

  const isComment = (): boolean =>
    text[at] === '#' || (text[at] === '/' && (text[at + 1] === '/' || text[at + 1] === '*'));

  function comment(): boolean {
    if (!isComment()) return false;
    const line = text[at + 1] !== '*' || text[at] === '#';
    const close = line ? text.indexOf('\n', at) : text.indexOf('*/', at + 2);
    let end = close === -1 ? text.length : line ? close : close + 2;
    if (line && text[end - 1] === '\r') end--;
    found.set(at, {
      range: { start: at, end },
      text: text
        .slice(at, end)
        .replace(/^(#+|\/\/+|\/\*+)/, '')
        .replace(/\*\/$/, '')
        .trim(),
    });
    at = end;
    return true;
  }

  /** Blanks and comments, and line ends where they mean nothing. */
  function skip(lines: boolean): void {
    while (at < text.length) {
      const character = text[at]!;
      if (
        character === ' ' ||
        character === '\t' ||
        character === '\r' ||
        character === '\ufeff' ||
        (lines && character === '\n')
      )
        at++;
      else if (!comment()) return;
    }
  }

  function toLineEnd(): void {
    const end = text.indexOf('\n', at);
    at = end === -1 ? text.length : end;
  }

  /** Past a quoted text, with what stands in its `${…}`, over lines if need be; at the line end where an end is missing. */
  function pastQuoted(): void {
    const open: ('"' | '{')[] = [];
    const start = at;
    let firstLineEnd = -1;
    do {
      const character = text[at]!;
      const inText = open.at(-1) === '"';
      if (character === '\n') {
        if (firstLineEnd === -1) firstLineEnd = at;
        if (inText) break;
      }
      if (character === '\\' && inText) at++;
      else if (character === '"') {
        if (inText) open.pop();
        else open.push('"');
      } else if (
        inText &&
        (character === '$' || character === '%') &&
        text[at + 1] === '{' &&
        text[at - 1] !== character
      ) {
        open.push('{');
        at++;
      } else if (!inText && character === '{') open.push('{');
      else if (!inText && character === '}') open.pop();
      at++;
    } while (open.length > 0 && at < text.length && at - start < longestQuoted);
    if (open.length > 0 && firstLineEnd !== -1) at = firstLineEnd;
    at = Math.min(at, text.length);
  }

  /** Past `<<NAME` or `<<-NAME` up to its end; undefined where it is none. */
  function heredoc(): { readonly start: number; readonly end: number; readonly indented: boolean } | undefined {
    const head = matchHere(/<<-?[\p{L}_][\p{L}\p{N}_-]*[ \t]*\r?\n/uy);
    if (head === undefined) return undefined;
    const name = /[\p{L}_][\p{L}\p{N}_-]*/u.exec(head)![0];
    const start = at + head.length;
    const close = new RegExp(`^[ \\t]*${name}[ \\t]*\\r?$`, 'mu').exec(text.slice(start));
    const end = close ? start + close.index : text.length;
    at = close ? end + close[0].trimEnd().length : text.length;
    return { start, end, indented: head[2] === '-' };
  }

  /** The rest of an expression: up to the line end, comma or bracket that closes what it stands in. */
  function pastExpression(): void {
    let depth = 0;
    while (at < text.length) {
      const character = text[at]!;
      if (character === '"') pastQuoted();
      else if (character === '<' && heredoc()) continue;
      else if (
        depth === 0 &&
        (isComment() ||
          character === '\n' ||
          character === ',' ||
          character === ']' ||
          character === '}' ||
          character === ')')
      )
        return;
      else if (comment()) continue;
      else {
        if (character === '(' || character === '[' || character === '{') depth++;
        else if (character === ')' || character === ']' || character === '}') depth--;
        at++;
      }
    }
  }

  /** Whether the value ends here, and no operator goes on with it. */
  function ends(): boolean {
    const before = at;
    skip(false);
    const done = at >= text.length || /[\n,\]})]/.test(text[at]!);
    at = before;
    return done;
  }

  function expression(parent: TreeNode, depth: number): TreeNode | undefined {
    skip(false);
    const start = at;
    const literal = depth < deepest ? literalValue(parent, depth) : undefined;
    if (literal && ends()) return literal;
    at = start;
    pastExpression();
    const end = start + text.slice(start, at).trimEnd().length;
    if (end === start) return undefined;
    const range = { start, end };
    return { kind: 'scalar', range, parent, value: `\${${text.slice(start, end)}}`, contentRange: range };
  }

  function literalValue(parent: TreeNode, depth: number): TreeNode | undefined {
    const start = at;
    const character = text[at];
    if (character === '"') {
      const written = quotedAt();
      return {
        kind: 'scalar',
        range: { start, end: at },
        parent,
        value: written.value,
        contentRange: written.contentRange,
      };
    }
    if (character === '[' && !/^\[\s*for\b/.test(text.slice(at, at + 40))) return list(parent, depth);
    if (character === '{' && !/^\{\s*for\b/.test(text.slice(at, at + 40))) return object(parent, depth);
    const encoder = matchHere(/(?:json|yaml)encode\(/y);
    if (encoder !== undefined) return encoded(encoder, parent, depth);
    const document = heredoc();
    if (document) {
      const content = text.slice(document.start, document.end);
      const indentation = document.indented
        ? Math.min(
            ...content
              .split('\n')
              .filter((line) => line.trim() !== '')
              .map((line) => /^[ \t]*/.exec(line)![0].length),
          )
        : 0;
      const value =
        Number.isFinite(indentation) && indentation > 0
          ? content
              .split('\n')
              .map((line) => line.slice(indentation))
              .join('\n')
          : content;
      return {
        kind: 'scalar',
        range: { start, end: at },
        parent,
        value,
        contentRange: { start: document.start, end: document.end },
      };
    }
    const word = matchHere(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true\b|false\b|null\b/y);
    if (word === undefined) return undefined;
    at += word.length;
    const value = word === 'true' ? true : word === 'false' ? false : word === 'null' ? null : Number(word);
    const range = { start, end: at };
    return { kind: 'scalar', range, parent, value, contentRange: range };
  }

  /** What a function writes as JSON or YAML is what it is given. */
  function encoded(call: string, parent: TreeNode, depth: number): TreeNode | undefined {
    at += call.length;
    skip(true);
    const value = literalValue(parent, depth);
    skip(true);
    if (text[at] !== ')' || value?.kind === 'scalar') return undefined;
    at++;
    return value;
  }

  function quotedAt(): {
    readonly value: string;
    readonly contentRange: { readonly start: number; readonly end: number };
  } {
    const start = at;
    pastQuoted();
    if (text[at - 1] === '\r') at--;
    const closed = at - start > 1 && text[at - 1] === '"';
    const contentRange = { start: start + 1, end: closed ? at - 1 : at };
    return { value: unescaped(text.slice(contentRange.start, contentRange.end)), contentRange };
  }

  function list(parent: TreeNode, depth: number): TreeNode {
    const items: TreeNode[] = [];
    const range = { start: at, end: at };
    const node: TreeNode = { kind: 'list', range, parent, items };
    at++;
    for (;;) {
      skip(true);
      if (at >= text.length) break;
      if (text[at] === ']') {
        at++;
        break;
      }
      // A bracket is missing: the attribute or block that follows is none of its members.
      if (text[at] === '}' || matchHere(/[\p{L}_][\p{L}\p{N}_-]*[ \t]*=(?![=>])/uy) !== undefined) {
        at = items.at(-1)?.range.end ?? range.start + 1;
        break;
      }
      const before = at;
      const item = expression(node, depth + 1);
      if (item) items.push(item);
      skip(true);
      if (text[at] === ',') at++;
      else if (at === before) at++;
    }
    range.end = at;
    return node;
  }

  function object(parent: TreeNode, depth: number): TreeNode {
    const entries: TreeEntry[] = [];
    const range = { start: at, end: at };
    const node: TreeNode = { kind: 'map', range, parent, entries };
    at++;
    body(node, entries, depth + 1);
    if (text[at] === '}') at++;
    range.end = at;
    return node;
  }

  /** Attributes and blocks up to the closing brace, which it leaves; at the top a stray one is skipped. */
  function body(map: TreeNode, entries: TreeEntry[], depth: number): void {
    for (;;) {
      skip(true);
      while (text[at] === ',') {
        at++;
        skip(true);
      }
      if (at >= text.length) return;
      if (text[at] === '}') {
        if (depth === 0) at++;
        return;
      }
      if (depth > 0 && text[at - 1] === '\n' && matchHere(topLevel) !== undefined) return;
      const start = at;
      const key = word();
      if (key === undefined) {
        // Keys in parentheses are computed; everything else is a slip of the finger.
        if (text[at] === '(') pastExpression();
        else toLineEnd();
        if (at === start) at++;
        continue;
      }
      skip(false);
      if ((text[at] === '=' && text[at + 1] !== '=') || text[at] === ':') {
        at++;
        const value = expression(map, depth + 1);
        if (value)
          entries.push({
            key: key.text,
            keyRange: key.range,
            value,
            range: { start, end: text[at - 1] === ')' ? at : value.range.end },
          });
        continue;
      }
      block(key, map, entries, depth);
    }
  }

  function word():
    { readonly text: string; readonly range: { readonly start: number; readonly end: number } } | undefined {
    const start = at;
    if (text[at] === '"') {
      const { value } = quotedAt();
      return { text: value, range: { start, end: at } };
    }
    const name = matchHere(identifier);
    if (name === undefined) return undefined;
    at += name.length;
    return { text: name, range: { start, end: at } };
  }

  /** The type has been read: labels, then the braces. */
  function block(type: NonNullable<ReturnType<typeof word>>, map: TreeNode, entries: TreeEntry[], depth: number): void {
    const keys = [type];
    for (let label = word(); label !== undefined && keys.length < 8; label = word()) {
      keys.push(label);
      skip(false);
    }
    if (text[at] !== '{' || depth + keys.length >= deepest) {
      if (text[at] === '{') at = text.length;
      else toLineEnd();
      return;
    }
    let [parent, into] = [map, entries];
    const maps: { end: number }[] = [];
    for (const [index, key] of keys.entries()) {
      const last = index === keys.length - 1;
      const own: TreeEntry[] = [];
      const range = { start: last ? at : keys[index + 1]!.range.start, end: at };
      const node: TreeNode = { kind: 'map', range, parent, entries: own };
      const entryRange = { start: key.range.start, end: at };
      into.push({ key: key.text, keyRange: key.range, value: node, range: entryRange });
      maps.push(range, entryRange);
      [parent, into] = [node, own];
    }
    at++;
    body(parent, into, depth + keys.length);
    if (text[at] === '}') at++;
    for (const range of maps) range.end = at;
  }

  return {
    body,
    atEnd: () => at >= text.length,
    comments: () => [...found.values()].sort((a, b) => a.range.start - b.range.start),
  };
}

function unescaped(written: string): string {
  return written.replaceAll(
    /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/g,
    (whole, short?: string, long?: string, letter?: string) => {
      const code = short ?? long;
      if (code !== undefined)
        return Number.parseInt(code, 16) <= 0x10ffff ? String.fromCodePoint(Number.parseInt(code, 16)) : whole;
      return { n: '\n', r: '\r', t: '\t' }[letter!] ?? letter!;
    },
  );
}
