/**
 * Products that take their CORS settings from environment variables or options of the command line: what each is called,
 * and what the product makes of it. Only names that one product reads, or that stand beside something that tells which.
 */
import type { Pattern } from '../../policy/request-test.ts';
import { wildcardPattern } from '../../models/services/wildcard-pattern.ts';
import type { CorsService } from '../../models/services/cors-service.ts';
import { originSource } from '../../models/services/service-origins.ts';
import { elasticsearchCors } from './elasticsearch-service.ts';
import { quarkusCors } from '../../models/services/quarkus-cors.ts';
import { springCors, springRefusal } from '../../models/services/spring-cors.ts';
import { base } from './product.ts';
import type { Product, ProductNames } from './product.ts';
import { assistants } from './assistant-products.ts';
import { platforms } from './platform-products.ts';
import { servers } from './server-products.ts';
import { textOf } from '../../edits/tree-edits.ts';

/** One star stands for any letters; without one the text is compared exactly. */
const glob = (text: string): 'any' | 'exact' | Pattern =>
  text === '*' ? 'any' : text.includes('*') ? wildcardPattern(text) : 'exact';

/** Origins are only compared when they carry a port, and browsers leave the default one away. */
export const etcdCors: CorsService = {
  ...base,
  title: 'etcd',
  origin: (text) => (text === '*' ? 'any' : /:\d+$|^["']/.test(text) ? 'exact' : 'unknown'),
};

/** As in elasticsearch.yml, whose names may be those of variables. */
const dotted = (name: string): readonly string[] => [`http.cors.${name}`];
const spring = (group: string, name: string): readonly string[] => [
  `${group}_CORS_${name.toUpperCase().replaceAll('-', '_')}`,
  `${group}_CORS_${name.toUpperCase().replaceAll('-', '')}`,
];
const springNames = (group: string): ProductNames => ({
  origins: spring(group, 'allowed-origins'),
  patterns: spring(group, 'allowed-origin-patterns'),
  credentials: spring(group, 'allow-credentials'),
  methods: spring(group, 'allowed-methods'),
  allowedHeaders: spring(group, 'allowed-headers'),
  exposedHeaders: spring(group, 'exposed-headers'),
});

export const products: readonly Product[] = [
  ...servers,
  ...assistants,
  ...platforms,
  {
    // Nobody is asked for a cookie, but scripts of any page may use the models.
    title: 'Ollama',
    names: { origins: ['OLLAMA_ORIGINS'] },
    // A list of Docker Compose keeps quotes, which Ollama takes away.
    asRead: (text) => text.trim().replaceAll(/^["']+|["']+$/g, ''),
    service: () => ({ ...base, title: 'Ollama', origin: glob, refusedStatus: 403 }),
  },
  {
    // Credentials are allowed to everybody who is let in, by its source.
    title: 'MinIO',
    names: { origins: ['MINIO_API_CORS_ALLOW_ORIGIN'] },
    service: () => ({
      ...base,
      title: 'MinIO',
      origin: glob,
      open: 'reflect',
      credentials: 'setting',
      credentialsDefault: true,
    }),
  },
  {
    // A star stands for exactly one label of the name.
    title: 'Hasura',
    names: { origins: ['HASURA_GRAPHQL_CORS_DOMAIN', '--cors-domain'], disabled: ['HASURA_GRAPHQL_DISABLE_CORS'] },
    service: () => ({
      ...base,
      title: 'Hasura',
      origin: (text) => (text === '*' ? 'any' : text.includes('*') ? wildcardPattern(text, '[^.]+') : 'exact'),
      open: 'reflect',
      credentials: 'setting',
      credentialsDefault: true,
    }),
  },
  {
    title: 'etcd',
    names: { origins: ['ETCD_CORS', '--cors'] },
    isIt: ({ names, image }) => names.has('ETCD_CORS') || /(^|\/)etcd/.test(image ?? ''),
    service: () => etcdCors,
  },
  {
    // The pattern has to fit the whole origin; `.*` is answered with `*`.
    title: 'Prometheus',
    names: { origins: ['--web.cors.origin'] },
    service: () => ({
      ...base,
      title: 'Prometheus',
      commas: false,
      placeholder: /\$\{|\{\{/,
      writeOrigins: (origins) => origins.map(originSource).join('|'),
      writePattern: (source) => source,
      origin: (text) => (text === '.*' ? 'any' : { source: text, flags: '', dialect: 'go', mode: 'full' }),
    }),
  },
  {
    title: 'Elasticsearch',
    names: {
      origins: dotted('allow-origin'),
      credentials: dotted('allow-credentials'),
      methods: dotted('allow-methods'),
      allowedHeaders: dotted('allow-headers'),
      exposedHeaders: dotted('expose-headers'),
      maxAge: dotted('max-age'),
      enabled: dotted('enabled'),
    },
    service: (origins, credentials) => ({ ...elasticsearchCors(origins, credentials), framework: 'environment' }),
  },
  {
    title: 'Spring Boot Actuator',
    names: springNames('MANAGEMENT_ENDPOINTS_WEB'),
    service: () => ({ ...springCors, framework: 'environment', title: 'Spring Boot Actuator' }),
    refusal: springRefusal,
  },
  {
    title: 'Spring for GraphQL',
    names: springNames('SPRING_GRAPHQL'),
    service: () => ({ ...springCors, framework: 'environment', title: 'Spring for GraphQL' }),
    refusal: springRefusal,
  },
  {
    title: 'Quarkus',
    names: {
      origins: ['QUARKUS_HTTP_CORS_ORIGINS'],
      credentials: ['QUARKUS_HTTP_CORS_ACCESS_CONTROL_ALLOW_CREDENTIALS'],
      methods: ['QUARKUS_HTTP_CORS_METHODS'],
      allowedHeaders: ['QUARKUS_HTTP_CORS_HEADERS'],
      exposedHeaders: ['QUARKUS_HTTP_CORS_EXPOSED_HEADERS'],
    },
    service: (origins) => ({ ...quarkusCors(origins), framework: 'environment' }),
  },
  {
    // `true` sends back whatever origin asks, `*` goes out as it stands, and credentials are on unless they are switched off.
    title: 'Directus',
    names: {
      origins: ['CORS_ORIGIN'],
      credentials: ['CORS_CREDENTIALS'],
      methods: ['CORS_METHODS'],
      allowedHeaders: ['CORS_ALLOWED_HEADERS'],
      exposedHeaders: ['CORS_EXPOSED_HEADERS'],
      maxAge: ['CORS_MAX_AGE'],
      enabled: ['CORS_ENABLED'],
    },
    isIt: ({ names, image }) =>
      image === undefined
        ? names.has('DB_CLIENT') && ['SECRET', 'KEY', 'ADMIN_EMAIL', 'PUBLIC_URL'].some((name) => names.has(name))
        : /(^|\/)directus\b/.test(image),
    service: (origins) => {
      const text = textOf(origins?.value)?.trim();
      return {
        ...base,
        title: 'Directus',
        origin: (one) =>
          one === 'true' || (one === '*' && text === '*') ? 'any' : one === 'false' ? 'nobody' : 'exact',
        open: text === '*' ? 'literal' : 'reflect',
        credentials: 'setting',
        credentialsDefault: true,
      };
    },
  },
];
