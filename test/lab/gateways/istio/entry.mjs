/** VirtualServices as Istio's control plane translates them (`TranslateCORSPolicy` of August 2026), on a real Envoy. */
import { controlPlane, goSeconds, objectsOf } from '../../launchers/envoy-listeners.mjs';

export const entry = controlPlane({
  label: 'Envoy 1.40.0, as Istio writes it',
  routesOf: (text) =>
    objectsOf(text, 'VirtualService').flatMap(({ metadata, spec }) =>
      spec.http.slice(0, 1).map((route) => ({
        path: `/${metadata.name}/`,
        cors: route.corsPolicy && corsOf(route.corsPolicy),
        headers: { response_headers_to_add: headersOf(route.headers?.response) },
      })),
    ),
});

function corsOf({
  allowOrigins,
  allowOrigin,
  allowMethods = [],
  allowHeaders = [],
  exposeHeaders = [],
  maxAge,
  allowCredentials,
  unmatchedPreflights,
}) {
  const matchers = allowOrigins?.map(({ exact, prefix, regex }) =>
    exact !== undefined ? { exact } : prefix !== undefined ? { prefix } : { safe_regex: { regex } },
  );
  return {
    forward_not_matching_preflights: unmatchedPreflights !== 'IGNORE',
    allow_origin_string_match: matchers ?? (allowOrigin ?? []).map((exact) => ({ exact })),
    ...(allowCredentials !== undefined && { allow_credentials: allowCredentials }),
    allow_headers: allowHeaders.join(','),
    allow_methods: allowMethods.join(','),
    expose_headers: exposeHeaders.join(','),
    ...(maxAge !== undefined && { max_age: String(Math.floor(goSeconds(maxAge))) }),
  };
}

/** `set` takes the place of what is there, `add` comes beside it. */
function headersOf({ set = {}, add = {} } = {}) {
  const lines = (headers, append_action) =>
    Object.entries(headers).map(([key, value]) => ({ header: { key, value }, append_action }));
  return [...lines(set, 'OVERWRITE_IF_EXISTS_OR_ADD'), ...lines(add, 'APPEND_IF_EXISTS_OR_ADD')];
}
