/** Sails with the settings of each program: `security.cors` and routes with `cors` of their own. */
import { startNode } from '../../launchers/processes.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: 'sails 1.5.18', packages: { sails: 'sails' } }],
  start: (run) => startNode({ ...run, launcher: new URL('serve.mjs', import.meta.url) }),
  pathOf: ({ scope }) => /\/\S*/.exec(scope)?.[0] ?? '/',
  // The policy of a route is not asked what other routes answer.
  answers: ({ scope }, { method }) =>
    method === 'OPTIONS' ||
    scope === 'every route' ||
    [method, '/'].includes(scope.replace(/^(?=\/)/, '/ ').split(' ')[0]),
  errors: ({ scope }) => (scope === 'every route' ? [{ path: '/missing', status: 404 }] : []),
};
