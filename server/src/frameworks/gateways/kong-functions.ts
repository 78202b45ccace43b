/**
 * Headers that code in Lua sets on answers in Kong: `kong.response.set_header(…)` of the plugins `pre-function` and `post-function`.
 *
 * https://developer.konghq.com/gateway/pdk/reference/kong.response/
 */
import { defineFramework } from '../../models/framework.ts';
import { luaPolicies } from '../../models/gateways/lua-settings.ts';
import type { LuaDialect } from '../../models/servers/lua-code.ts';

export const framework = defineFramework({
  id: 'kong-functions',
  title: 'Kong (functions in Lua)',
  documentation: 'https://developer.konghq.com/plugins/post-function/',
  reads:
    'headers that `kong.response.set_header` and `add_header` set in the plugins `pre-function` and `post-function`',
  mentions: ['kong.response.'],
  shape: 'tree',
  formats: ['yaml'],
  read(document) {
    const gateway = { framework: 'kong-functions', title: 'Kong', scope: 'the function' };
    return { policies: luaPolicies(document, answers, kong, gateway), facts: [] };
  },
});

const kong: LuaDialect = {
  write: /\bkong\.response\.(?:set|add)_header\(\s*["'](?<quoted>[\w-]+)["']\s*,\s*(?<value>[^\r\n;]*)/g,
  caller: /^(kong\.request\.get_header\(\s*["']origin["']\s*\)|ngx\.var\.http_origin)\)?$/i,
};

function answers(text: string): boolean {
  return /\bkong\.response\.(set|add)_header\b/.test(text);
}
