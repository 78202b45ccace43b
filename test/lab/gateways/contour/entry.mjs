/** HTTPProxies as Contour translates them (`toCORSPolicy` of August 2026), on a real Envoy. What it refuses is not served. */
import { controlPlane, goSeconds, objectsOf } from '../../launchers/envoy-listeners.mjs';

export const entry = controlPlane({
  label: 'Envoy 1.40.0, as Contour writes it',
  routesOf: (text) =>
    objectsOf(text, 'HTTPProxy').map(({ metadata, spec }) => ({
      path: `/${metadata.name}/`,
      cors: spec.virtualhost?.corsPolicy && corsOf(spec.virtualhost.corsPolicy),
      headers: headersOf(spec.routes?.[0]?.responseHeadersPolicy),
    })),
});

function corsOf({
  allowOrigin,
  allowMethods,
  allowHeaders = [],
  exposeHeaders = [],
  maxAge = '',
  allowCredentials = false,
  allowPrivateNetwork = false,
}) {
  const seconds = maxAge === '' ? undefined : goSeconds(maxAge);
  return {
    allow_credentials: allowCredentials,
    allow_headers: allowHeaders.join(','),
    allow_methods: allowMethods.join(','),
    expose_headers: exposeHeaders.join(','),
    allow_private_network_access: allowPrivateNetwork,
    ...(seconds !== undefined && { max_age: seconds.toFixed(0) }),
    allow_origin_string_match: allowOrigin.map((origin) =>
      origin === '*' || isUrl(origin) ? { exact: origin, ignore_case: true } : { safe_regex: { regex: origin } },
    ),
  };
}

/** Scheme and host and nothing else; a host may hold what Go's reader of URLs lets pass. */
function isUrl(origin) {
  return /^[a-z][a-z0-9+.-]*:\/\/[\w.~!$&'()*+,;=-]+(:\d*)?$/i.test(origin);
}

function headersOf({ set = [], remove = [] } = {}) {
  return {
    response_headers_to_add: set.map(({ name, value }) => ({
      header: { key: name, value },
      append_action: 'OVERWRITE_IF_EXISTS_OR_ADD',
    })),
    response_headers_to_remove: remove,
  };
}
