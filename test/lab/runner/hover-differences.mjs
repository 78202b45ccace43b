/**
 * Programs whose hover is known to say something else than what they answer, by entry and name: each is a fault of the description, or a
 * request that this comparison cannot make, and nobody has found out which yet. They are said in each run. A difference in any other
 * program is a mismatch. What is put right is taken off this list.
 */
const known = new Set([
  'go-headers/server/main.go',
  'h3/append.mjs',
  'java-headers/handler-options.java',
  'netty-cors/any-null.java',
  'nginx/headers-more.conf',
  'nginx/one-origin.conf',
  'python-headers/flask_view_preflight.py',
  'spring-cors/class-slash.java',
  'spring-properties/duration.properties',
]);

/** @param {string} id of the entry @param {string} name of the program */
export function isKnownToDiffer(id, name) {
  return known.has(`${id}/${name}`);
}
