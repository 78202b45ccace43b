/**
 * Guards before and behind CORS. A preflight carries nothing that a guard asks for: where the linter says that it fails, it is sent and
 * has to fail, and where it says nothing, the answer is the policy's.
 */
import { startNode } from '../../launchers/processes.mjs';
import { requestsFrom } from '../../runner/observations.mjs';

/** What the guards ask for is on every request but a preflight, as a page would send it. */
const headers = { Authorization: 'Bearer lab', 'X-Api-Key': 'lab' };
const signedIn = (request) => (request.preflight === undefined ? { ...request, headers } : request);

const hono = { hono: 'hono', '@hono/node-server': '@hono/node-server' };
const framework = (programs, versions) => ({
  programs: `programs/${programs}`,
  versions,
  start: startNode,
  preflightsMayFail: true,
  requests: (origin) => requestsFrom(origin).map(signedIn),
});

/** @type {import('../../runner/entry.mjs').Entry[]} */
export const entries = [
  framework('express', [
    { label: 'cors 2.8.6 on Express 5.3.0', packages: { cors: 'cors', express: 'express' } },
    { label: 'cors 2.8.6 on Express 4.22.3', packages: { cors: 'cors', express: 'express4' } },
  ]),
  framework('hono', [{ label: 'Hono 4.13.19', packages: hono }]),
  framework('koa', [{ label: '@koa/cors 5.0.0 on Koa 3.3.0', packages: { koa: 'koa', '@koa/cors': '@koa/cors' } }]),
  framework('fastify', [
    {
      label: '@fastify/cors 11.4.3 on Fastify 5.12.8',
      packages: { fastify: 'fastify', '@fastify/cors': '@fastify/cors' },
    },
  ]),
];
