/** Platforms around language models that take their CORS settings from variables: chats, flows, stores of vectors. */
import type { Pattern } from '../../policy/request-test.ts';
import type { OriginMeaning } from '../../models/services/cors-service.ts';
import { plain } from './product.ts';
import type { Product } from './product.ts';

const withCredentials = { open: 'reflect', credentials: 'setting', credentialsDefault: true } as const;

export const assistants: readonly Product[] = [
  {
    title: 'Open WebUI',
    names: { origins: ['CORS_ALLOW_ORIGIN'] },
    isIt: ({ names, image }) =>
      image === undefined
        ? ['WEBUI_SECRET_KEY', 'WEBUI_URL', 'WEBUI_AUTH', 'WEBUI_NAME'].some((name) => names.has(name))
        : /open-webui/.test(image),
    asRead: (text) => text.replaceAll(';', ','),
    service: () => plain('Open WebUI', { ...withCredentials, writeOrigins: (origins) => origins.join(';') }),
  },
  {
    title: 'Langflow',
    names: { origins: ['LANGFLOW_CORS_ORIGINS'], credentials: ['LANGFLOW_CORS_ALLOW_CREDENTIALS'] },
    service: () => plain('Langflow', { open: 'reflect', credentials: 'setting' }),
  },
  {
    title: 'Flowise',
    names: { origins: ['CORS_ORIGINS'] },
    isIt: ({ names, image }) =>
      /flowise/.test(image ?? '') ||
      [...names].some((name) => /^FLOWISE_|^(IFRAME_ORIGINS|DISABLE_FLOWISE_\w+)$/.test(name)),
    service: () => plain('Flowise', { open: 'reflect' }),
  },
  {
    title: 'Dify',
    names: { origins: ['CONSOLE_CORS_ALLOW_ORIGINS'] },
    service: () => plain('Dify', { ...withCredentials, origin: flaskOrigin }),
  },
  {
    title: 'applications of Dify',
    names: { origins: ['WEB_API_CORS_ALLOW_ORIGINS'] },
    service: () => plain('Dify', { ...withCredentials, origin: flaskOrigin }),
  },
  {
    // Its lists are JSON.
    title: 'Chroma',
    names: { origins: ['CHROMA_SERVER_CORS_ALLOW_ORIGINS', 'CHROMA_CORS_ALLOW_ORIGINS'] },
    asRead: (text) => (/^\[.*\]$/s.test(text.trim()) ? text.replaceAll(/[[\]"'\s]/g, '') : text),
    service: () => plain('Chroma', { writeOrigins: (origins) => JSON.stringify(origins) }),
  },
  {
    title: 'Weaviate',
    names: { origins: ['CORS_ALLOW_ORIGIN'] },
    isIt: ({ names, image }) =>
      image === undefined
        ? ['DEFAULT_VECTORIZER_MODULE', 'ENABLE_MODULES', 'AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED'].some((name) =>
            names.has(name),
          )
        : /(^|\/)weaviate\b/.test(image),
    service: () => plain('Weaviate'),
  },
];

/** Flask-CORS takes for a pattern what looks like one, and looks for it at the beginning. */
function flaskOrigin(text: string): OriginMeaning {
  if (text === '*') return 'any';
  const pattern: Pattern = { source: `^(?:${text})`, flags: 'i', dialect: 'python', mode: 'search' };
  return /[*\\\]?$^[()]/.test(text) ? pattern : { exactly: text, ignoreCase: true };
}
