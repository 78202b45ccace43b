/** Which reader a file needs, by language id, path and text. */
import type { GrammarName } from '../syntax/programs/grammar-source.ts';
import { directiveFormat } from './directive-language.ts';
import {
  isNotebookPath,
  notebookLanguage,
  languageOfDoubleEnding,
  languageOfEnding,
  languageOfId,
  languageOfName,
} from './languages.ts';
import type { SourceKind } from './languages.ts';
import { carriedBy } from './carriers.ts';
import type { Carried } from './carriers.ts';

export type { SourceKind };

const nginx = languageOfId('nginx')!.kind;
const hocon = languageOfId('hocon')!.kind;
const nginxNames = String.raw`(nginx[^/]*\.conf|[^/]*\.nginx\.conf|default\.conf(\.template)?|fastcgi_params|[^/]*\.conf\.template)$`;
const nginxFolders = String.raw`(nginx|conf\.d|sites-available|sites-enabled|snippets)\/(.*\/)?([^/.]+|[^/]+\.conf)$`;
const nginxPath = new RegExp(`(^|/)${nginxNames}|(^|/)${nginxFolders}`, 'i');

/** Names of sites have dots. */
const sitePath = /(^|\/)(sites-available|sites-enabled|vhost\.d)\/[^/]+$/i;

/** Undefined when no source of ours is written in this language. */
export function sourceKind(path: string, languageId: string | undefined, text: string): SourceKind | undefined {
  const known = languageOfDoubleEnding(path) ?? (languageId === undefined ? undefined : languageOfId(languageId));
  if (known) return known.kind;
  if (isNotebookPath(path)) return languageOfId(notebookLanguage(text))!.kind;
  if (/\.conf$/i.test(path) && looksLikeHocon(text)) return hocon;
  const format = directiveFormat(path, languageId, text);
  if (format) return { shape: 'directives', format };
  const ending = /\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase();
  const found = (ending === undefined ? undefined : languageOfEnding(ending)) ?? languageOfName(path);
  if (found) return found.kind;
  if (nginxPath.test(path)) return nginx;
  if (
    (ending === 'conf' || ending === 'template' || ending === undefined || sitePath.test(path)) &&
    looksLikeNginx(text)
  )
    return nginx;
  const carried = carriedBy(path);
  return carried && carriedKind(carried, text);
}

/** `haproxy.cfg.j2` is a template of what its name says without the last ending. Programs that are filled in are half-written. */
function carriedKind({ path, template }: Carried, text: string): SourceKind | undefined {
  const kind = sourceKind(path, undefined, text) ?? namelessKind(path, text);
  return template && kind?.shape === 'program' ? undefined : kind;
}

/** What is known by its text, or by a name that has a dot before it once it is copied. */
function namelessKind(path: string, text: string): SourceKind | undefined {
  if (looksLikeNginx(text)) return nginx;
  if (/(^|\/)env$/.test(path)) return languageOfId('dotenv')!.kind;
  // CloudFormation's own ending.
  return /AWSTemplateFormatVersion|"AWS::/.test(text)
    ? languageOfId(/^\s*\{/.test(text) ? 'json' : 'yaml')!.kind
    : undefined;
}

/** Headers of CORS, or a choice by origin, in the words of nginx. */
export function looksLikeNginx(text: string): boolean {
  return /\b(add_header|more_set_headers)\s+(-\w\s+\S+\s+)*["']?access-control-|\bmap\s+["']?\$\{?http_origin\b/i.test(
    text,
  );
}

/** CORS settings of Play, Pekko or Akka in their format, whatever the file is called. */
function looksLikeHocon(text: string): boolean {
  return (
    /^[ \t]*(?:play\.filters\b|play[ \t]*[:={]|(?:pekko|akka)[-.]http[-.]cors\b)/m.test(text) && /cors/i.test(text)
  );
}

/** What has to be loaded before a file of this kind can be read. */
export function grammarOf(kind: SourceKind): GrammarName | undefined {
  return kind.shape === 'directives' ? undefined : kind.grammar;
}
