/** Headers that the proxy of Fly.io puts on every answer, whatever the machine behind it has sent. */
import { defineFramework } from '../../models/framework.ts';
import { proxiedHeadersPolicies } from '../../models/static/proxied-headers.ts';
import { mapsOf, valueAt } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'fly',
  title: 'Fly.io',
  documentation: 'https://fly.io/docs/reference/configuration/#http_service-http_options-response-headers',
  reads: '`http_options.response.headers` of `http_service` and of `services.ports` in `fly.toml`',
  mentions: ['http_options'],
  shape: 'tree',
  formats: ['toml'],
  read(document) {
    const service = valueAt(document.root, 'http_service');
    const ports = mapsOf(valueAt(document.root, 'services')).flatMap((one) => mapsOf(valueAt(one, 'ports')));
    const places = [service, ...ports].map((place) => valueAt(place, 'http_options', 'response', 'headers'));
    const input = { framework: 'fly', title: 'Fly.io', document, scope: 'every answer', falseRemoves: true };
    return { policies: proxiedHeadersPolicies(places, input), facts: [] };
  },
});
