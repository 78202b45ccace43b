/**
 * Mappings as Emissary-ingress translates them (`IRCORS` of August 2026), on a real Envoy. Texts with commas are what
 * its version 2 reads.
 */
import { controlPlane, objectsOf } from '../../launchers/envoy-listeners.mjs';

export const entry = controlPlane({
  label: 'Envoy 1.40.0, as Emissary-ingress writes it',
  routesOf: (text) =>
    objectsOf(text, 'Mapping').map(({ metadata, spec }) => ({
      path: `/${metadata.name}/`,
      cors: spec.cors && corsOf(spec.cors),
      headers: { response_headers_to_add: addedOf(spec.add_response_headers) },
    })),
});

/** What is empty is left out; an older text of origins is cut at its commas, and blanks stay. */
function corsOf({ origins = [], methods, headers, exposed_headers: exposed, credentials, max_age: age }) {
  const names = (key, value) =>
    value && value.length > 0 ? { [key]: Array.isArray(value) ? value.join(', ') : value } : {};
  return {
    allow_origin_string_match: (typeof origins === 'string' ? origins.split(',') : origins).map((exact) => ({ exact })),
    ...names('allow_methods', methods),
    ...names('allow_headers', headers),
    ...names('expose_headers', exposed),
    ...names('max_age', age),
    ...(credentials && { allow_credentials: true }),
  };
}

function addedOf(headers = {}) {
  return Object.entries(headers).map(([key, given]) => ({
    header: { key, value: typeof given === 'string' ? given : given.value },
    append_action: given.append === false ? 'OVERWRITE_IF_EXISTS_OR_ADD' : 'APPEND_IF_EXISTS_OR_ADD',
  }));
}
