/** `cors` of etcd's configuration file: a text with commas. */
import { servicePolicy } from '../../models/services/service-policy.ts';
import { etcdCors } from './environment-products.ts';
import { defineFramework } from '../../models/framework.ts';
import { entryOf, textOf } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'etcd',
  title: 'etcd',
  documentation: 'https://etcd.io/docs/latest/op-guide/configuration/',
  reads: '`cors` of its configuration file',
  mentions: ['-client-urls'],
  shape: 'tree',
  formats: ['yaml', 'json'],
  read(document) {
    const { root } = document;
    const origins = entryOf(root, 'cors');
    const isEtcd = ['listen-client-urls', 'advertise-client-urls'].some((key) => entryOf(root, key) !== undefined);
    if (root?.kind !== 'map' || !isEtcd || textOf(origins?.value) === undefined) return { policies: [], facts: [] };
    const none = { methods: undefined, allowedHeaders: undefined, exposedHeaders: undefined, maxAge: undefined };
    return {
      policies: [
        servicePolicy({
          service: { ...etcdCors, framework: 'etcd' },
          document,
          scope: 'the client interface',
          keys: { map: root, originsKey: 'cors', origins, ...none },
        }),
      ],
      facts: [],
    };
  },
});
