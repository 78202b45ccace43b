/** hapi: settings of the server's routes, and of single routes. */
import { requestsFrom } from '../../runner/observations.mjs';
import { startNode } from '../../launchers/processes.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [
    { label: 'hapi 21.4.10', packages: { '@hapi/hapi': '@hapi/hapi' } },
    { label: 'hapi 20.3.0', packages: { '@hapi/hapi': 'hapi20' } },
  ],
  start: startNode,
  pathOf: ({ scope }) => /\/\S*/.exec(scope)?.[0] ?? '/',
  requests: (origin) => [
    ...requestsFrom(origin),
    {
      origin,
      method: 'OPTIONS',
      cookie: false,
      preflight: { method: 'PUT', headers: ['content-type', 'authorization'] },
    },
    { origin, method: 'OPTIONS', cookie: false, preflight: { method: 'GET', headers: [] } },
  ],
  // The policy of a route is not asked what other routes answer.
  answers: ({ scope }, { method }) =>
    method === 'OPTIONS' ||
    /^(every|several)/.test(scope) ||
    scope
      .split(' /')[0]
      .split(', ')
      .includes(method === 'HEAD' ? 'GET' : method),
  errors: ({ scope }, text) =>
    scope === 'every route of the server' && text.includes("'/fails'")
      ? [
          { path: '/fails', status: 500 },
          { path: '/missing', status: 404 },
        ]
      : [],
};
