/** Headers of static files on Google App Engine: those of the first handler whose address fits. */
import { defineFramework } from '../../models/framework.ts';
import { headersOfMap, purposeOf, staticHeadersPolicy } from '../../models/static/static-headers.ts';
import { insertKey, mapsOf, textOf, valueAt } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'app-engine',
  title: 'Google App Engine',
  documentation: 'https://cloud.google.com/appengine/docs/standard/reference/app-yaml#handlers_http_headers',
  reads: '`handlers[].http_headers` of `app.yaml`',
  mentions: ['access-control-'],
  shape: 'tree',
  formats: ['yaml'],
  read(document) {
    const policies = mapsOf(valueAt(document.root, 'handlers')).flatMap((handler) => {
      const url = textOf(valueAt(handler, 'url'));
      const map = valueAt(handler, 'http_headers');
      if (url === undefined || map?.kind !== 'map') return [];
      const own = headersOfMap(document, map);
      const add = (name: string, value: string) => insertKey(document, map, name, value);
      return (
        staticHeadersPolicy({
          framework: 'app-engine',
          title: 'App Engine',
          document,
          own,
          applied: own,
          scope: url,
          purpose: purposeOf(url),
          add,
          preflightStatus: null,
        }) ?? []
      );
    });
    return { policies, facts: [] };
  },
});
