/**
 * Headers that code in Lua sets in a configuration of OpenResty: `ngx.header["…"] = …`.
 *
 * https://github.com/openresty/lua-nginx-module#ngxheaderheader
 */
import type { Directive } from '../../../syntax/directives/directives.ts';
import type { LuaDialect, LuaHeader } from '../../../models/servers/lua-code.ts';
import { headersInLua } from '../../../models/servers/lua-code.ts';

/** Phases in which headers of the answer can be set. */
const phases = /^(rewrite|access|content|header_filter)_by_lua(_block)?$/;

const openResty: LuaDialect = {
  write: /\bngx\.header(?:\[\s*["'](?<quoted>[\w-]+)["']\s*\]|\.(?<plain>\w+))\s*=(?!=)[ \t]*(?<value>[^\r\n;]*)/g,
  caller: /^(ngx\.var\.http_origin|ngx\.req\.get_headers\(\)(\.origin|\[["']origin["']\]))$/i,
};

export function isLua({ name }: Directive): boolean {
  return phases.test(name);
}

/** The headers that the directive sets, in the order of the text. */
export function luaHeaders({ args: [word] }: Directive): LuaHeader[] {
  // Escapes of a text in quotes shift what stands behind them.
  if (word === undefined || word.contentRange.end - word.contentRange.start !== word.text.length) return [];
  return headersInLua(word.text, word.contentRange, openResty);
}
