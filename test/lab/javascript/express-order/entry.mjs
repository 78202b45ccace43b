/** Express programs in which several middlewares cover one route: what is sent is the outcome of all of them, in order. */
import { requestsFrom } from '../../runner/observations.mjs';
import { startNode } from '../../launchers/processes.mjs';

/** A route's policy is asked with its own method, and with the preflight of it. */
const concerns = ({ mounted: { method } }, request) =>
  method === 'use' ||
  method === 'all' ||
  request.method === 'OPTIONS' ||
  (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]).includes(request.method);

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [
    { label: 'cors 2.8.6 on Express 5.3.0', packages: { cors: 'cors', express: 'express' } },
    { label: 'cors 2.8.6 on Express 4.22.3', packages: { cors: 'cors', express: 'express4' } },
  ],
  start: startNode,
  pathOf({ mounted }) {
    const { path } = mounted.places.at(-1);
    const isBelow = mounted.method === 'use' || /\*/.test(path ?? '*');
    return isBelow ? `${/\*/.test(path ?? '*') ? '' : path.replace(/\/$/, '')}/other` : path.replace(':id', '1');
  },
  requests: (origin) => [...requestsFrom(origin), { origin, method: 'PUT', cookie: false }],
  answers: concerns,
};
