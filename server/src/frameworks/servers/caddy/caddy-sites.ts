/** The sites of a Caddyfile with their snippets put in: `import name args…`. https://caddyserver.com/docs/caddyfile/directives/import */
import type { SourceRange } from '../../../syntax/range.ts';
import type { Directive, DirectiveDocument, Word } from '../../../syntax/directives/directives.ts';
import type { FrameworkContext } from '../../../models/framework.ts';

export interface Site {
  readonly name: string;
  readonly directives: readonly Directive[];
}
export interface Caddyfile {
  readonly sites: readonly Site[];
  /** Directives from another file: they stand at their import, and are not edited. */
  readonly foreign: ReadonlySet<Directive>;
  /** Directives from a snippet, where a named matcher may be declared once only. */
  readonly snippets: ReadonlySet<Directive>;
}
interface Expansion {
  readonly args: readonly Word[];
  readonly at?: SourceRange;
  readonly snippet: boolean;
  readonly depth: number;
}

const deepestImport = 6;
const mostDirectives = 20_000;

export function readSites(document: DirectiveDocument, context: FrameworkContext): Caddyfile {
  const snippets = new Map(
    document.directives.filter(isSnippet).map((directive) => [directive.name.slice(1, -1), directive]),
  );
  const foreign = new Set<Directive>();
  const inSnippet = new Set<Directive>();
  let left = mostDirectives;
  const expand = (directives: readonly Directive[], { args, at, snippet, depth }: Expansion): Directive[] =>
    directives.flatMap((directive): Directive[] => {
      if (left-- <= 0) return [];
      const [name, ...words] = [wordOf(directive), ...directive.args]
        .flatMap((word) => substituted(word, args))
        .map((word) => (at ? { ...word, range: at, contentRange: at } : word));
      if (directive.name === 'import' && words[0] && depth < deepestImport) {
        const [target, ...rest] = words;
        const own = snippets.get(target!.text);
        if (own?.block) return expand(own.block, { args: rest, snippet: true, depth: depth + 1, ...(at && { at }) });
        const other = /[*?{]/.test(target!.text) ? undefined : context.document(target!.text);
        if (other?.shape === 'directives' && other.format === 'caddyfile')
          return expand(other.directives, { args: rest, at: at ?? directive.range, snippet: true, depth: depth + 1 });
      }
      const copy: Directive = {
        ...directive,
        name: name?.text ?? '',
        nameRange: name?.range ?? directive.nameRange,
        args: words,
        range: at ?? directive.range,
        ...(directive.block && { block: expand(directive.block, { args, snippet, depth, ...(at && { at }) }) }),
      };
      if (at) foreign.add(copy);
      if (snippet) inSnippet.add(copy);
      return [copy];
    });
  const expanded = (directives: readonly Directive[]): Directive[] =>
    expand(directives, { args: [], snippet: false, depth: 0 });
  return { sites: siteBlocks(document, snippets.size > 0, expanded), foreign, snippets: inSnippet };
}

function siteBlocks(
  document: DirectiveDocument,
  hasSnippets: boolean,
  expanded: (directives: readonly Directive[]) => Directive[],
): Site[] {
  const roots = document.directives.filter(
    (directive) => directive.name !== '' && !isSnippet(directive) && directive.name !== 'import',
  );
  const [first] = roots;
  if (!first) {
    // A file of snippets only, or a piece that others import.
    return document.directives
      .filter(isSnippet)
      .map((snippet) => ({ name: snippet.name, directives: expanded(snippet.block ?? []) }));
  }
  const named = roots.filter(isAddressed);
  if (named.length > 0)
    return named.map((site) => ({
      name: [site.name, ...site.args.map(({ text }) => text)].join(' '),
      directives: expanded(site.block ?? []),
    }));
  // One site without braces: its addresses stand on the first line. What begins with a directive is a piece of a site.
  const isPiece = /^(@|header$|handle|route$|reverse_proxy$|respond$)/.test(first.name) || hasSnippets;
  return [
    {
      name: isPiece ? 'where this file is imported' : first.name,
      directives: expanded(
        isPiece
          ? document.directives
          : document.directives.filter((directive) => directive !== first && directive.name !== ''),
      ),
    },
  ];
}

function isAddressed({ name, block }: Directive): boolean {
  // `$DOMAIN` is filled in by a step before.
  return (
    block !== undefined && (/[.:/$]|^(localhost|\{.*\}|http)/.test(name) || name.endsWith(',')) && !name.startsWith('@')
  );
}

function isSnippet({ name }: Directive): boolean {
  return /^\(.+\)$/.test(name);
}

function wordOf({ name, nameRange }: Directive): Word {
  return { text: name, range: nameRange, contentRange: nameRange, quote: '' };
}

/** `{args[0]}`, `{args.0}` and `{args[:]}`: alone it becomes the argument's own word, else its text. */
function substituted(word: Word, args: readonly Word[]): Word[] {
  if (!word.text.includes('{args')) return [word];
  if (/^\{args\[:\]\}$/.test(word.text)) return [...args];
  const alone = /^\{args(?:\[(\d+)\]|\.(\d+))\}$/.exec(word.text);
  if (alone) return args[Number(alone[1] ?? alone[2])] ? [args[Number(alone[1] ?? alone[2])]!] : [word];
  const text = word.text.replace(
    /\{args(?:\[(\d+)\]|\.(\d+))\}/g,
    (whole, bracket?: string, dot?: string) => args[Number(bracket ?? dot)]?.text ?? whole,
  );
  return [{ ...word, text, contentRange: { start: word.contentRange.start, end: word.contentRange.start } }];
}
