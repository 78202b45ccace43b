/** Platforms that are run as they come, and take their CORS settings from variables: forges, registries, workflows, brokers, shops. */
import type { CorsService, OriginMeaning } from '../../models/services/cors-service.ts';
import { rsCorsOrigin } from '../../models/services/rs-cors-origin.ts';
import { fullMatch } from '../../models/gateways/envoy-cors.ts';
import { giteaCors } from './gitea-service.ts';
import { plain } from './product.ts';
import type { Product, ProductNames } from './product.ts';

const always = { credentials: 'setting', credentialsDefault: true } as const;

const forge = (setting: string): readonly string[] =>
  ['GITEA', 'FORGEJO'].flatMap((name) => [`${name}__cors__${setting}`, `${name}__CORS__${setting}`]);
const airflow: ProductNames = { origins: ['AIRFLOW__API__ACCESS_CONTROL_ALLOW_ORIGINS'] };
const isAirflow2 = /\bairflow:2\b/;
const registry = (setting: string): readonly string[] => [
  `REGISTRY_HTTP_HEADERS_Access-Control-Allow-${setting}`,
  `REGISTRY_HTTP_HEADERS_ACCESS-CONTROL-ALLOW-${setting.toUpperCase()}`,
];
const inYaml = (text: string): string => text.replaceAll(/[[\]"'\s]/g, '');

/** Of the servers that Confluent builds on Jetty's filter, whose credentials are on. */
const confluent = (title: string, prefix: string): Product => ({
  title,
  names: {
    origins: [`${prefix}_ACCESS_CONTROL_ALLOW_ORIGIN`],
    methods: [`${prefix}_ACCESS_CONTROL_ALLOW_METHODS`],
  },
  service: () => plain(title, { ...always, open: 'reflect' }),
});

const ory = (server: string): ProductNames => ({
  origins: [`SERVE_${server}_CORS_ALLOWED_ORIGINS`],
  credentials: [`SERVE_${server}_CORS_ALLOW_CREDENTIALS`],
  methods: [`SERVE_${server}_CORS_ALLOWED_METHODS`],
  exposedHeaders: [`SERVE_${server}_CORS_EXPOSED_HEADERS`],
  enabled: [`SERVE_${server}_CORS_ENABLED`],
});

/** Commands of the Azure CLI, which take the origins between blanks. */
const azure = (title: string, command: RegExp, option: string, more: Partial<CorsService> = {}): Product => ({
  title,
  names: { origins: [option], ...(more.credentials === 'setting' && { credentials: ['--allow-credentials'] }) },
  isIt: (surroundings) => command.test(surroundings.command ?? ''),
  service: () =>
    plain(title, {
      origin: (text) => (text === '*' ? 'any' : text.includes('*') ? 'unknown' : 'exact'),
      commas: false,
      ...more,
    }),
});

export const platforms: readonly Product[] = [
  azure('Azure App Service', /\baz\s+(webapp|functionapp)\s+cors\s+add\b/, '--allowed-origins'),
  azure('Azure Container Apps', /\baz\s+containerapp\s+ingress\s+cors\s+(enable|update)\b/, '--allowed-origins', {
    open: 'unknown-with-credentials',
    credentials: 'setting',
  }),
  azure('Azure SignalR', /\baz\s+signalr\s+cors\s+(add|update)\b/, '--allowed-origins'),
  azure('Azure Storage', /\baz\s+storage\s+cors\s+add\b/, '--origins'),
  {
    title: 'Gitea',
    names: {
      origins: forge('ALLOW_DOMAIN'),
      credentials: forge('ALLOW_CREDENTIALS'),
      methods: forge('METHODS'),
      enabled: forge('ENABLED'),
    },
    service: () => ({ ...giteaCors, framework: 'environment' }),
  },
  {
    title: 'the container registry',
    names: { origins: registry('Origin'), credentials: registry('Credentials') },
    asRead: inYaml,
    service: () =>
      plain('the container registry', { credentials: 'setting', writeOrigins: ([origin = '']) => `[${origin}]` }),
  },
  {
    // Both have to be off in releases before 1.62.
    title: 'Streamlit',
    names: { origins: ['STREAMLIT_SERVER_ENABLE_CORS', '--server.enableCORS'] },
    opensBy: { value: 'false', otherwise: 'true' },
    needs: {
      names: ['STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION', '--server.enableXsrfProtection'],
      value: 'false',
    },
    service: () => plain('Streamlit', { origin: () => 'any' }),
  },
  {
    title: 'Uppy Companion',
    names: { origins: ['COMPANION_CLIENT_ORIGINS'] },
    service: () =>
      plain('Uppy Companion', {
        ...always,
        open: 'reflect',
        // A host without a scheme gets one.
        origin: (text) => (text === 'true' ? 'any' : /:\/\//.test(text) ? 'exact' : 'unknown'),
      }),
  },
  {
    title: 'Temporal',
    names: { origins: ['TEMPORAL_CORS_ORIGINS'] },
    service: () =>
      plain('Temporal', {
        ...always,
        open: 'unknown-with-credentials',
        origin: (text) => (text === '*' ? 'any' : text.includes('*') ? 'unknown' : 'exact'),
      }),
  },
  confluent('Schema Registry', 'SCHEMA_REGISTRY'),
  confluent('Kafka REST Proxy', 'KAFKA_REST'),
  confluent('Kafka Connect', 'CONNECT'),
  confluent('ksqlDB', 'KSQL'),
  {
    title: 'Ory',
    names: ory('PUBLIC'),
    service: () => plain('Ory', { ...always, origin: rsCorsOrigin, vary: 'always' }),
  },
  {
    title: 'Mattermost',
    names: {
      origins: ['MM_SERVICESETTINGS_ALLOWCORSFROM'],
      credentials: ['MM_SERVICESETTINGS_CORSALLOWCREDENTIALS'],
    },
    service: () => plain('Mattermost', { credentials: 'setting', origin: rsCorsOrigin, vary: 'always', blanks: true }),
  },
  {
    // The documentation of both says blanks, and version 3 splits at commas and sends credentials too.
    title: 'Airflow',
    names: airflow,
    isIt: ({ image }) => !isAirflow2.test(image ?? ''),
    service: () => plain('Airflow', { blanks: true }),
  },
  {
    title: 'Airflow',
    names: airflow,
    isIt: ({ image }) => isAirflow2.test(image ?? ''),
    service: () => plain('Airflow 2', { blanks: 'only' }),
  },
  {
    title: 'Jaeger',
    names: { origins: ['COLLECTOR_OTLP_HTTP_CORS_ALLOWED_ORIGINS', '--collector.otlp.http.cors.allowed-origins'] },
    service: () => plain('Jaeger', { ...always, origin: rsCorsOrigin, vary: 'always' }),
  },
  {
    title: 'Unleash',
    names: { origins: ['UNLEASH_FRONTEND_API_ORIGINS'] },
    service: () => plain('Unleash'),
  },
  {
    title: 'PocketBase',
    names: { origins: ['--origins'] },
    isIt: ({ image, command }) => /\bpocketbase\b/.test(`${image} ${command}`),
    service: () =>
      plain('PocketBase', { origin: (text) => (text === '*' ? 'any' : text.includes('*') ? 'unknown' : 'exact') }),
  },
  {
    title: 'ESPv2',
    names: { origins: ['--cors_allow_origin'], credentials: ['--cors_allow_credentials'] },
    needs: { names: ['--cors_preset'], value: 'basic' },
    service: () => plain('ESPv2', { credentials: 'setting', open: 'reflect', commas: false }),
  },
  {
    // Without an origin the preset stands for everybody.
    title: 'ESPv2',
    names: { origins: ['--cors_preset'], credentials: ['--cors_allow_credentials'] },
    opensBy: { value: 'basic' },
    isIt: ({ names }) => !names.has('--cors_allow_origin'),
    service: () => plain('ESPv2', { credentials: 'setting', open: 'reflect', origin: () => 'any' }),
  },
  {
    title: 'ESPv2',
    names: { origins: ['--cors_allow_origin_regex'], credentials: ['--cors_allow_credentials'] },
    needs: { names: ['--cors_preset'], value: 'cors_with_regex' },
    service: () =>
      plain('ESPv2', {
        credentials: 'setting',
        commas: false,
        placeholder: /\$\{|\{\{/,
        writePattern: (source) => source,
        origin: (text) => (text === '.*' ? 'any' : fullMatch(text)),
        open: 'reflect',
      }),
  },
  {
    // Texts between slashes are patterns; a star is compared as it stands.
    title: 'Medusa',
    names: { origins: ['STORE_CORS'] },
    isIt: ({ names }) => names.has('ADMIN_CORS'),
    service: () => plain('Medusa', { ...always, origin: medusaOrigin }),
  },
  {
    title: 'Medusa',
    names: { origins: ['ADMIN_CORS'] },
    isIt: ({ names }) => names.has('STORE_CORS'),
    service: () => plain('Medusa', { ...always, origin: medusaOrigin }),
  },
];

function medusaOrigin(text: string): OriginMeaning {
  return /^[/~@;%#']/.test(text) ? 'unknown' : 'exact';
}
