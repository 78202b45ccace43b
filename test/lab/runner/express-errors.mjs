/** Where an Express program answers with an error, and whether the policy still covers it. */

/**
 * A path without a route gets 404 from Express itself, and `/fails` gets 500 where the program has a route that throws. A policy of
 * one route covers neither.
 */
export function expressErrors({ scope }, text) {
  if (scope !== 'every route registered after it') return [];
  return [{ path: '/missing', status: 404 }, ...(text.includes("'/fails'") ? [{ path: '/fails', status: 500 }] : [])];
}
