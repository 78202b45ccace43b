/** Whether a condition holds on a developer's machine only or in production only, as its words say. */

export interface PhaseWords {
  readonly development: readonly string[];
  readonly production: readonly string[];
}

const developmentWords = new Set([
  'debug',
  'dev',
  'develop',
  'development',
  'local',
  'localhost',
  'offline',
  'test',
  'testing',
]);
const productionWords = new Set(['prod', 'production']);
/** What the client sends decides for itself what it is called. */
const sentByClient = /\b(req(?!\.app\b)|request|event|ctx|query|body|params|headers|cookies?)\b/;

/**
 * `process.env.NODE_ENV production`, `isDev`, `settings.DEBUG`; undefined where the words name neither, or both.
 * `more`: words that mean it in the language of the condition.
 */
export function phaseOf(condition: string, more?: PhaseWords): 'development' | 'production' | undefined {
  if (sentByClient.test(condition)) return undefined;
  const words = condition
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.toLowerCase());
  const isDevelopment = words.some((word) => developmentWords.has(word) || more?.development.includes(word));
  const isProduction = words.some((word) => productionWords.has(word) || more?.production.includes(word));
  return isDevelopment === isProduction ? undefined : isDevelopment ? 'development' : 'production';
}
