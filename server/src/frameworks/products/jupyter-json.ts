/** The same settings of Jupyter Server in `jupyter_server_config.json`, which its own tools write. */
import type { TreeDocument, TreeEntry } from '../../syntax/trees/tree.ts';
import type { Policy } from '../../policy/policy.ts';
import { servicePolicy } from '../../models/services/service-policy.ts';
import type { CorsService } from '../../models/services/cors-service.ts';
import { originSource } from '../../models/services/service-origins.ts';
import { defineFramework } from '../../models/framework.ts';
import { entriesOf, entryOf, textOf } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'jupyter-json',
  title: 'Jupyter Server (JSON)',
  documentation: 'https://jupyter-server.readthedocs.io/en/latest/operators/configuring-extensions.html',
  reads: 'the same of `ServerApp` and `NotebookApp` in `jupyter_server_config.json`',
  mentions: ['allow_origin'],
  shape: 'tree',
  formats: ['json'],
  read(document) {
    const apps = entriesOf(document.root).filter(({ key, value }) => /^\w*App$/.test(key) && value.kind === 'map');
    return { policies: apps.flatMap((app) => readApp(app, document)), facts: [] };
  },
});

/** A fixed origin is sent to everybody; a pattern has to fit, at least in the newest versions, the whole origin. */
const service: CorsService = {
  framework: 'jupyter-json',
  title: 'Jupyter',
  origin: (text) => (text === '*' ? 'any' : 'exact'),
  pattern: (text) => ({ source: text, flags: '', dialect: 'python', mode: 'full' }),
  writePattern: (source) => source,
  writeOriginAsPattern: originSource,
  placeholder: /\$\{/,
  open: 'literal',
  credentials: 'setting',
  anyHeader: 'literal',
  strictPreflight: false,
  preflightStatus: { allowed: null, refused: null },
  vary: 'unknown',
  defaults: { methods: 'unknown', headers: 'unknown' },
};

function readApp({ value }: TreeEntry, document: TreeDocument): Policy[] {
  if (value.kind !== 'map') return [];
  const fixed = entryOf(value, 'allow_origin');
  const origins = textOf(fixed?.value) === '' ? undefined : fixed;
  const patterns = origins ? undefined : entryOf(value, 'allow_origin_pat');
  if ((origins ?? patterns) === undefined) return [];
  const policy = servicePolicy({
    service,
    document,
    scope: 'the server',
    keys: {
      map: value,
      originsKey: 'allow_origin',
      origins,
      patterns,
      credentials: entryOf(value, 'allow_credentials'),
      methods: undefined,
      allowedHeaders: undefined,
      exposedHeaders: undefined,
      maxAge: undefined,
    },
  });
  // One text holds one origin.
  return [
    {
      ...policy,
      edits: {
        ...policy.edits,
        allowOnly: (allowed, placeholder) =>
          allowed.length === 1
            ? policy.edits.allowOnly!(allowed, placeholder).map((edit) => ({
                ...edit,
                newText: edit.newText.replace(/^\[(.*)\]$/s, '$1'),
              }))
            : [],
      },
    },
  ];
}
