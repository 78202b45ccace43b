/**
 * CORS filters of HTTPRoutes as Envoy Gateway translates them (`processCORSFilter` of August 2026), on a real Envoy.
 * The linter reads them as the specification says.
 */
import { envoyGatewayCors } from '../envoy-gateway/entry.mjs';
import { controlPlane, objectsOf } from '../../launchers/envoy-listeners.mjs';

const names = ['credentials', 'methods', 'headers']
  .map((name) => `access-control-allow-${name}`)
  .concat('access-control-expose-headers', 'access-control-max-age');

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  ...controlPlane({
    label: 'Envoy 1.40.0, as Envoy Gateway writes it',
    routesOf: (text) =>
      objectsOf(text, 'HTTPRoute').map(({ metadata, spec }) => {
        const cors = spec.rules[0].filters.find(({ type }) => type === 'CORS')?.cors;
        // The definition of the resource has a default for the age.
        return { path: `/${metadata.name}/`, cors: cors && envoyGatewayCors({ maxAge: 5, ...cors }) };
      }),
  }),
  departures: [
    {
      why:
        'Envoy sends the own origin of whoever is let in by "*", where the specification says "*"; browsers ' +
        'read both alike without cookies',
      headers: ['access-control-allow-origin'],
      when: (request, { settings }, received) =>
        request.origin !== null &&
        settings.origins.value.some(({ kind }) => kind === 'any') &&
        received.headers.get('access-control-allow-origin')?.[0] === request.origin,
    },
    {
      why: 'Envoy answers preflights with every header of the policy, also those of origins that are not let in, which get no origin',
      headers: names,
      when: (request, policy, received) =>
        request.preflight !== undefined && !received.headers.has('access-control-allow-origin'),
    },
    {
      why: 'Envoy sends the exposed headers with preflights too, where browsers do not look at them',
      headers: ['access-control-expose-headers'],
      when: (request) => request.preflight !== undefined,
    },
  ],
};
