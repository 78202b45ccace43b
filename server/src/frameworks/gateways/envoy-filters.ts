/**
 * The order of Envoy's HTTP filters: each one answers a request or hands it on, so that a filter which asks for a token before the CORS
 * filter answers the preflight. https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/jwt_authn_filter
 */
import type { TreeMap, TreeNode } from '../../syntax/trees/tree.ts';
import type { Fact, Policy } from '../../policy/policy.ts';
import { entryOf, isTrue, mapsOf, textOf, valueAt } from '../../edits/tree-edits.ts';

/** The policy, with the fact that another filter refuses its preflights where that is sure. */
export function withFilterOrder(settings: TreeMap, policy: Policy): Policy {
  const filters = filtersAround(settings);
  const at = filters.findIndex((filter) => isOfType(filter, 'Cors', 'envoy.filters.http.cors'));
  const own = valueAt(filters[at], 'name');
  const asking = filters.slice(0, Math.max(at, 0)).find((filter) => asks(filter) && !isSetApart(settings, filter));
  const name = valueAt(asking, 'name');
  if (own === undefined || name === undefined) return policy;
  const fact: Fact = {
    kind: 'unhandled-preflight',
    range: own.range,
    needs: `${policy.scope} with a token or another method`,
    why: `the preflight is refused before: ${textOf(name)} runs first, and a browser sends no password or token with it`,
    instead: 'Name the CORS filter before it',
    related: name.range,
    relatedMessage: 'This runs first.',
  };
  return { ...policy, facts: [...policy.facts, fact] };
}

/** `http_filters` of the connection manager that holds the settings; none where they stand in a file of routes. */
function filtersAround(settings: TreeMap): TreeMap[] {
  for (let node: TreeNode | undefined = settings; node !== undefined; node = node.parent) {
    const filters = valueAt(node, 'http_filters') ?? valueAt(node, 'httpFilters');
    if (filters) return mapsOf(filters);
  }
  return [];
}

function configOf(filter: TreeMap): TreeNode | undefined {
  return valueAt(filter, 'typed_config') ?? valueAt(filter, 'typedConfig');
}

function isOfType(filter: TreeMap, type: string, name: string): boolean {
  const written = textOf(valueAt(configOf(filter), '@type'));
  return written === undefined ? textOf(valueAt(filter, 'name')) === name : written.endsWith(`.${type}`);
}

/** Whether it refuses every request without a token or password. */
function asks(filter: TreeMap): boolean {
  if (entryOf(filter, 'disabled')) return false;
  if (isOfType(filter, 'BasicAuth', 'envoy.filters.http.basic_auth')) return true;
  if (!isOfType(filter, 'JwtAuthentication', 'envoy.filters.http.jwt_authn')) return false;
  const config = configOf(filter);
  if (['bypass_cors_preflight', 'bypassCorsPreflight'].some((key) => isTrue(valueAt(config, key)))) return false;
  for (const rule of mapsOf(valueAt(config, 'rules'))) {
    const required = valueAt(rule, 'requires');
    const everything = textOf(valueAt(rule, 'match', 'prefix')) === '/' && !valueAt(rule, 'match', 'headers');
    if (everything) return required !== undefined && names(required);
    // A rule for some requests may be the one for preflights.
    if (valueAt(rule, 'match', 'headers')) return false;
  }
  return false;
}

/** A provider is asked for, and nothing says that a request may come without its token. */
function names(required: TreeNode): boolean {
  return ['provider_name', 'providerName', 'provider_and_audiences', 'providerAndAudiences'].some(
    (key) => valueAt(required, key) !== undefined,
  );
}

/** A route or virtual host around the settings says something of the filter. */
function isSetApart(settings: TreeMap, filter: TreeMap): boolean {
  const name = textOf(valueAt(filter, 'name')) ?? '';
  for (let node: TreeNode | undefined = settings; node !== undefined; node = node.parent)
    if (valueAt(node, 'typed_per_filter_config', name) ?? valueAt(node, 'typedPerFilterConfig', name)) return true;
  return false;
}
