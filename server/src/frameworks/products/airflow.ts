/** `[api]` of `airflow.cfg`: who may read the REST API. */
import { servicePolicy } from '../../models/services/service-policy.ts';
import { defineFramework } from '../../models/framework.ts';
import { entryOf, valueAt } from '../../edits/tree-edits.ts';
import { plain } from './product.ts';

export const framework = defineFramework({
  id: 'airflow',
  title: 'Airflow',
  documentation: 'https://airflow.apache.org/docs/apache-airflow/stable/security/api.html#enabling-cors',
  reads: '`[api]` of `airflow.cfg`: `access_control_allow_origins`, `access_control_allow_methods` …',
  mentions: ['access_control_allow_origins'],
  shape: 'tree',
  formats: ['ini'],
  read(document) {
    const section = valueAt(document.root, 'api');
    const origins = entryOf(section, 'access_control_allow_origins');
    if (section?.kind !== 'map' || origins === undefined) return { policies: [], facts: [] };
    const policy = servicePolicy({
      // The file does not say which release reads it: version 3 splits at commas too, version 2 at blanks only.
      service: plain('Airflow', { framework: 'airflow', blanks: true, textValues: true }),
      document,
      scope: 'the REST API',
      keys: {
        map: section,
        originsKey: 'access_control_allow_origins',
        origins,
        methods: undefined,
        allowedHeaders: undefined,
        exposedHeaders: undefined,
        maxAge: undefined,
      },
    });
    return { policies: [policy], facts: [] };
  },
});
