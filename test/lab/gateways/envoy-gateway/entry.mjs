/** SecurityPolicies as Envoy Gateway translates them (`buildCORS` and its patch of routes of August 2026), on a real Envoy. */
import { controlPlane, goSeconds, objectsOf } from '../../launchers/envoy-listeners.mjs';

export const entry = controlPlane({
  label: 'Envoy 1.40.0, as Envoy Gateway writes it',
  routesOf: (text) =>
    objectsOf(text, 'SecurityPolicy').map(({ metadata, spec }) => ({
      path: `/${metadata.name}/`,
      cors: spec.cors && envoyGatewayCors(spec.cors),
    })),
});

/** The same for the CORS filter of an HTTPRoute, with its age in seconds. */
export function envoyGatewayCors({
  allowOrigins = [],
  allowMethods = [],
  allowHeaders = [],
  exposeHeaders = [],
  maxAge,
  allowCredentials = false,
}) {
  const names = (list) => (list.includes('*') ? '*' : list.join(', '));
  const seconds = typeof maxAge === 'number' ? maxAge : maxAge === undefined ? undefined : goSeconds(maxAge);
  return {
    forward_not_matching_preflights: false,
    allow_origin_string_match: allowOrigins.map((origin) =>
      origin.includes('*')
        ? { safe_regex: { regex: origin.replaceAll(/[\\.+*?()|[\]{}^$]/g, '\\$&').replaceAll('\\*', '.*') } }
        : { exact: origin },
    ),
    allow_methods: names(allowMethods),
    allow_headers: names(allowHeaders),
    expose_headers: exposeHeaders.join(', '),
    allow_credentials: allowCredentials,
    ...(seconds !== undefined && { max_age: String(Math.trunc(seconds)) }),
  };
}
