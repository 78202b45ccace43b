/**
 * `[server]` of Streamlit's `config.toml`. With `enableCORS = false` it answers everybody by `*`. Up to 1.61 that counts only
 * where `enableXsrfProtection` is off as well.
 */
import type { TreeDocument, TreeEntry, TreeMap } from '../../syntax/trees/tree.ts';
import type { Policy } from '../../policy/policy.ts';
import type { CorsService } from '../../models/services/cors-service.ts';
import { servicePolicy } from '../../models/services/service-policy.ts';
import { isBefore } from '../../models/libraries/releases.ts';
import { defineFramework } from '../../models/framework.ts';
import type { FrameworkContext } from '../../models/framework.ts';
import { entryOf, replaceValue, valueAt } from '../../edits/tree-edits.ts';
import type { TreeNode } from '../../syntax/trees/tree.ts';

export const framework = defineFramework({
  id: 'streamlit',
  title: 'Streamlit',
  documentation: 'https://docs.streamlit.io/develop/api-reference/configuration/config.toml#server',
  reads: '`server.enableCORS` beside `server.enableXsrfProtection`, and `server.corsAllowedOrigins`, of `config.toml`',
  mentions: ['enablecors', 'corsallowedorigins'],
  shape: 'tree',
  formats: ['toml'],
  read(document, context) {
    const server = valueAt(document.root, 'server');
    return { policies: server?.kind === 'map' ? readServer(server, document, context) : [], facts: [] };
  },
});

/** As written in its sources, release by release up to 1.67. */
const service: CorsService = {
  framework: 'streamlit',
  title: 'Streamlit',
  origin: () => 'exact',
  open: 'literal',
  credentials: 'never',
  anyHeader: 'literal',
  strictPreflight: false,
  preflightStatus: { allowed: null, refused: null },
  vary: 'unknown',
  defaults: { methods: 'unknown', headers: 'unknown' },
};

function readServer(map: TreeMap, document: TreeDocument, context: FrameworkContext): Policy[] {
  const protection = entryOf(map, 'enableCORS');
  const origins = entryOf(map, 'corsAllowedOrigins');
  const input = {
    service,
    document,
    scope: 'the application',
    keys: {
      map,
      originsKey: 'corsAllowedOrigins',
      methods: undefined,
      allowedHeaders: undefined,
      exposedHeaders: undefined,
      maxAge: undefined,
    },
  };
  if (!isOff(protection?.value)) return origins ? [servicePolicy({ ...input, keys: { ...input.keys, origins } })] : [];
  if (!isOff(valueAt(map, 'enableXsrfProtection')) && !countsAlone(context)) return [];
  const policy = servicePolicy({ ...input, keys: { ...input.keys, origins: undefined, openWithout: protection! } });
  return [{ ...asWritten(policy), edits: { switchOff: () => switchOn(protection!, document) } }];
}

/** Everybody comes in because somebody wrote so. */
function asWritten(policy: Policy): Policy {
  const { origins } = policy.settings;
  const value = origins.value.map((entry) => ({ ...entry, byDefault: false }));
  return { ...policy, settings: { ...policy.settings, origins: { ...origins, value, written: true } } };
}

function switchOn({ value }: TreeEntry, document: TreeDocument): ReturnType<typeof replaceValue> {
  return replaceValue(document, value, true);
}

function countsAlone(context: FrameworkContext): boolean {
  const version = context.version('streamlit', 'pypi');
  return version !== undefined && !isBefore(version, '1.62.0');
}

function isOff(node: TreeNode | undefined): boolean {
  return node?.kind === 'scalar' && node.value === false;
}
