/** What rules of a store's CORS configuration are about: the requests whose method they list. */

const listed = ({ settings }) =>
  Array.isArray(settings.methods?.value) ? settings.methods.value.map(({ text }) => text) : [];

/** Several rules of one file have methods of their own; one alone answers every preflight. */
export function answersFor(countRules) {
  return (policy, request, text) => {
    const methods = listed(policy);
    if (request.method === 'OPTIONS' && !request.preflight) return false;
    return request.preflight
      ? methods.includes(request.preflight.method) || countRules(text) === 1
      : methods.includes(request.method);
  };
}
