/**
 * Headers that code in Lua sets on answers in Envoy: `response_handle:headers():add(…)` of `envoy_on_response`, in its own
 * configuration and in an EnvoyFilter of Istio.
 *
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/lua_filter
 */
import { defineFramework } from '../../models/framework.ts';
import { luaPolicies } from '../../models/gateways/lua-settings.ts';
import type { LuaDialect } from '../../models/servers/lua-code.ts';

export const framework = defineFramework({
  id: 'envoy-lua',
  title: 'Envoy (Lua)',
  documentation: 'https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/lua_filter',
  reads: 'headers that `envoy_on_response` adds or replaces, in `inline_code`, `inline_string` and `inlineCode`',
  mentions: ['envoy_on_response'],
  shape: 'tree',
  formats: ['yaml'],
  read(document) {
    const gateway = { framework: 'envoy-lua', title: 'Envoy', scope: 'the Lua filter' };
    return { policies: luaPolicies(document, answers, envoy, gateway), facts: [] };
  },
});

/** The origin that asks is no part of the answer, so that nothing here reads it. */
const envoy: LuaDialect = {
  write: /:headers\(\):(?:add|replace)\(\s*["'](?<quoted>[\w-]+)["']\s*,\s*(?<value>[^\r\n;]*)/g,
  body: /^function\s+envoy_on_response\b/,
};

function answers(text: string): boolean {
  return /\bfunction\s+envoy_on_response\b/.test(text);
}
