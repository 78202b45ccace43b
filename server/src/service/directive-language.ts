/** Which server's configuration a text is, where that is not nginx. */
import type { DirectiveFormat } from '../syntax/directives/directives.ts';

const byLanguageId: Readonly<Record<string, DirectiveFormat>> = {
  apacheconf: 'apache',
  apache: 'apache',
  apache_conf: 'apache',
  caddy: 'caddyfile',
};
const byPath: readonly (readonly [RegExp, DirectiveFormat])[] = [
  [
    /(^|\/)(htaccess(\.txt)?|[^/]*\.htaccess|httpd[^/]*\.conf|apache2?\.conf|[^/]*\.apache2?\.conf)$|(^|\/)(apache2?|httpd)\/.*\.conf$/i,
    'apache',
  ],
  [/(^|\/)(Caddyfile(\.[^/]*)?|[^/]*\.(caddyfile|caddy))$/i, 'caddyfile'],
  [/(^|\/)(haproxy[^/]*\.(cfg|conf)|[^/]*\.haproxy(\.(cfg|conf))?)$|(^|\/)haproxy\/.*\.(cfg|conf)$/i, 'haproxy'],
  [/(^|\/)([^/]*\.)?lighttpd[^/]*\.conf$|(^|\/)lighttpd\/.*\.conf$|\.lighttpd$/i, 'lighttpd'],
];
/** Folders and endings that Apache and nginx share. */
const sharedPath =
  /(^|\/)(sites-available|sites-enabled|conf\.d|conf-available|conf-enabled|vhosts(\.d)?)\/[^/]+$|\.(conf|vhost|template)$/i;
const apacheText = new RegExp(
  '^[ \\t]*(' +
    [
      String.raw`Header[ \t]+((always|onsuccess)[ \t]+)?(set|add|append|merge|setifempty|unset)[ \t]+["']?access-control-`,
      String.raw`SetEnvIf(NoCase)?[ \t]`,
      String.raw`<(VirtualHost|IfModule|Directory|FilesMatch|Location)\b`,
    ].join('|') +
    ')',
  'im',
);

/** Parts of a configuration that lighttpd includes: `conf-available/50-fonts.conf`, `response_headers.conf`. */
const lighttpdText =
  /^[ \t]*(setenv\.(add|set)-response-header[ \t]*\+?:?=|\$(HTTP|REQUEST_HEADER|SERVER)\["|server\.modules[ \t]*\+?=)/m;

export function directiveFormat(
  path: string,
  languageId: string | undefined,
  text: string,
): DirectiveFormat | undefined {
  const known = languageId === undefined ? undefined : byLanguageId[languageId];
  if (known) return known;
  const found = byPath.find(([pattern]) => pattern.test(path))?.[1];
  if (found) return found;
  if (!sharedPath.test(path)) return undefined;
  return lighttpdText.test(text) ? 'lighttpd' : apacheText.test(text) ? 'apache' : undefined;
}
