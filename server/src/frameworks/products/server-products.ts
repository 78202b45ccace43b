/** Servers of models, notebooks and chains that are started by a command: their options and variables. */
import type { TreeEntry } from '../../syntax/trees/tree.ts';
import { textOf } from '../../edits/tree-edits.ts';
import { plain } from './product.ts';
import type { Product, Surroundings } from './product.ts';
import { besuOrigin } from './ethereum-nodes.ts';
import { originSource } from '../../models/services/service-origins.ts';

const typesense = {
  enabled: ['TYPESENSE_ENABLE_CORS', '--enable-cors'],
  domains: ['TYPESENSE_CORS_DOMAINS', '--cors-domains'],
} as const;
const neo4j = ['NEO4J_dbms_security_http__access__control__allow__origin'];

export const servers: readonly Product[] = [
  {
    // Pages that may talk to the node may use its accounts and its whole interface.
    title: 'an Ethereum node',
    names: { origins: ['--http.corsdomain', '--rpccorsdomain'] },
    // One star inside of a text stands for any letters; that is left open here.
    service: () => plain('an Ethereum node', { origin: (text) => (text === '*' ? 'any' : starless(text)) }),
  },
  {
    // As their documentation says, not run: Lighthouse, Teku, Nimbus and Prysm.
    title: 'an Ethereum beacon node',
    names: { origins: ['--http-allow-origin', '--rest-api-cors-origins', '--rest-allow-origin', '--http-cors-domain'] },
    isIt: (surroundings) => runs(surroundings, /lighthouse|teku|nimbus|prysm|beacon/),
    service: () => plain('an Ethereum beacon node', { origin: (text) => (text === '*' ? 'any' : starless(text)) }),
  },
  {
    // As its documentation says, not run: one word stands for everybody.
    title: 'a Substrate node',
    names: { origins: ['--rpc-cors'] },
    service: () => plain('a Substrate node', { origin: (text) => (text === 'all' ? 'any' : 'unknown') }),
  },
  {
    // As its documentation says, not run.
    title: 'Besu',
    names: { origins: ['BESU_RPC_HTTP_CORS_ORIGINS', '--rpc-http-cors-origins'] },
    service: () => plain('Besu', { origin: besuOrigin }),
  },
  {
    // A list of origins only decides who may write: everybody reads.
    title: 'MLflow',
    names: { origins: ['MLFLOW_SERVER_CORS_ALLOWED_ORIGINS', '--cors-allowed-origins'] },
    isIt: ({ names, image, command }) =>
      names.has('MLFLOW_SERVER_CORS_ALLOWED_ORIGINS') || /\bmlflow\b/.test(`${image} ${command}`),
    service: () =>
      plain('MLflow', {
        origin: (text) => (text === '*' ? 'any' : 'unknown'),
        open: 'reflect',
        credentials: 'setting',
        credentialsDefault: true,
      }),
  },
  {
    title: 'Prefect',
    names: {
      origins: ['PREFECT_SERVER_CORS_ALLOWED_ORIGINS'],
      methods: ['PREFECT_SERVER_CORS_ALLOWED_METHODS'],
      allowedHeaders: ['PREFECT_SERVER_CORS_ALLOWED_HEADERS'],
    },
    service: () => plain('Prefect'),
  },
  {
    // Its lists are JSON.
    title: 'vLLM',
    names: { origins: ['--allowed-origins'], credentials: ['--allow-credentials'] },
    isIt: (surroundings) => runs(surroundings, /\bvllm\b/),
    asRead: (text) => (/^\[.*\]$/s.test(text.trim()) ? text.replaceAll(/[[\]"\s]/g, '') : text),
    service: (_, credentials: TreeEntry | undefined) =>
      plain('vLLM', {
        open: textOf(credentials?.value) === 'true' ? 'reflect' : 'literal',
        credentials: 'setting',
      }),
  },
  {
    // As its documentation says, not run: domains are origins, and without them everybody reads.
    title: 'Typesense',
    names: { origins: typesense.domains },
    isIt: isTypesense,
    service: () => plain('Typesense', { vary: 'unknown' }),
  },
  {
    title: 'Typesense',
    names: { origins: typesense.enabled },
    opensBy: { value: 'true', otherwise: 'false' },
    isIt: (surroundings) =>
      isTypesense(surroundings) && !typesense.domains.some((name) => surroundings.names.has(name)),
    service: () => plain('Typesense', { origin: () => 'any' }),
  },
  {
    // The text goes out as it stands, to whoever asks.
    title: 'Neo4j',
    names: { origins: neo4j },
    service: () => plain('Neo4j', { commas: false }),
  },
  {
    title: 'LocalAI',
    names: { origins: ['LOCALAI_CORS_ALLOW_ORIGINS'], enabled: ['LOCALAI_CORS'] },
    service: () => plain('LocalAI'),
  },
  {
    // Without a text the option stands for everybody; the text is sent to every page as it stands.
    title: 'ComfyUI',
    names: { origins: ['--enable-cors-header'] },
    service: () =>
      plain('ComfyUI', {
        origin: (text) => (text === '*' || text === 'true' ? 'any' : 'exact'),
        credentials: 'named',
        commas: false,
      }),
  },
  {
    // What its files say is read elsewhere; an option of the command wins.
    title: 'Jupyter',
    names: {
      origins: ['--ServerApp.allow_origin', '--NotebookApp.allow_origin'],
      patterns: ['--ServerApp.allow_origin_pat', '--NotebookApp.allow_origin_pat'],
      credentials: ['--ServerApp.allow_credentials', '--NotebookApp.allow_credentials'],
    },
    service: () =>
      plain('Jupyter', {
        credentials: 'setting',
        commas: false,
        pattern: (text) => ({ source: text, flags: '', dialect: 'python', mode: 'full' }),
        writePattern: (source) => source,
        writeOriginAsPattern: originSource,
      }),
  },
];

/** `--enable-cors` is an option of many programs. */
function isTypesense(surroundings: Surroundings): boolean {
  return [...surroundings.names].some((name) => name.startsWith('TYPESENSE_')) || runs(surroundings, /\btypesense\b/);
}

function starless(text: string): 'exact' | 'unknown' {
  return text.includes('*') ? 'unknown' : 'exact';
}

function runs({ image, command }: Surroundings, product: RegExp): boolean {
  return product.test(image ?? '') || product.test(command ?? '');
}
