/** Headers that the agents of Consul and Nomad put on every answer of their HTTP interface. As documented, not run. */
import { defineFramework } from '../../models/framework.ts';
import { proxiedHeadersPolicies } from '../../models/static/proxied-headers.ts';
import { valueAt } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'agent-headers',
  title: 'Consul and Nomad',
  documentation: 'https://developer.hashicorp.com/consul/docs/agent/config/config-files#response_headers',
  reads: '`http_config.response_headers` of Consul and `http_api_response_headers` of Nomad, in HCL and JSON',
  mentions: ['response_headers'],
  shape: 'tree',
  formats: ['hcl', 'json'],
  read(document) {
    const read = (title: string, ...path: readonly string[]) =>
      proxiedHeadersPolicies([valueAt(document.root, ...path)], {
        framework: 'agent-headers',
        title,
        document,
        scope: "the agent's HTTP interface",
      });
    return {
      policies: [...read('Consul', 'http_config', 'response_headers'), ...read('Nomad', 'http_api_response_headers')],
      facts: [],
    };
  },
});
