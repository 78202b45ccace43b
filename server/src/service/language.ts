/** Which reader a file needs, by language id, path and text. */
import type { GrammarName } from '../syntax/grammar.ts';
import type { TreeFormat } from '../syntax/tree.ts';

export type SourceKind =
  | { readonly shape: 'program'; readonly grammar: GrammarName }
  | { readonly shape: 'tree'; readonly format: TreeFormat }
  | { readonly shape: 'directives'; readonly format: 'nginx' };

const byLanguageId: Readonly<Record<string, SourceKind>> = {
  javascript: { shape: 'program', grammar: 'javascript' }, javascriptreact: { shape: 'program', grammar: 'javascript' },
  typescript: { shape: 'program', grammar: 'typescript' }, typescriptreact: { shape: 'program', grammar: 'tsx' },
  python: { shape: 'program', grammar: 'python' }, json: { shape: 'tree', format: 'json' }, jsonc: { shape: 'tree', format: 'json' },
  yaml: { shape: 'tree', format: 'yaml' }, dockercompose: { shape: 'tree', format: 'yaml' }, helm: { shape: 'tree', format: 'yaml' },
  nginx: { shape: 'directives', format: 'nginx' },
};
const byEnding: Readonly<Record<string, SourceKind>> = {
  js: byLanguageId.javascript!, mjs: byLanguageId.javascript!, cjs: byLanguageId.javascript!, jsx: byLanguageId.javascript!,
  ts: byLanguageId.typescript!, mts: byLanguageId.typescript!, cts: byLanguageId.typescript!, tsx: byLanguageId.typescriptreact!,
  py: byLanguageId.python!, json: byLanguageId.json!, jsonc: byLanguageId.json!, yaml: byLanguageId.yaml!, yml: byLanguageId.yaml!, nginx: byLanguageId.nginx!, vhost: byLanguageId.nginx!,
};
const nginxPath = /(^|\/)(nginx[^/]*\.conf|[^/]*\.nginx\.conf|default\.conf(\.template)?|fastcgi_params|[^/]*\.conf\.template)$|(^|\/)(nginx|conf\.d|sites-available|sites-enabled|snippets)\/(.*\/)?([^/.]+|[^/]+\.conf)$/i;

/** Undefined when no source of ours is written in this language. */
export function sourceKind(path: string, languageId: string | undefined, text: string): SourceKind | undefined {
  const known = languageId === undefined ? undefined : byLanguageId[languageId];
  if (known) return known;
  const ending = /\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase();
  const found = ending === undefined ? undefined : byEnding[ending];
  if (found) return found;
  if (nginxPath.test(path)) return byLanguageId.nginx;
  const looksLikeNginx = (ending === 'conf' || ending === 'template' || ending === undefined) && /\b(add_header|more_set_headers)\s+(-\w\s+\S+\s+)*["']?access-control-|\bmap\s+["']?\$\{?http_origin\b/i.test(text);
  return looksLikeNginx ? byLanguageId.nginx : undefined;
}
