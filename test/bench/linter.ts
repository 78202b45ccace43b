/** What rows that lint in their own process measure, in one module: see `bundled-linter.mjs`. */
export { nodeHost } from '../../server/src/node/host.ts';
export { createLinter } from '../../server/src/service/linter.ts';
export { defaultSettings } from '../../server/src/service/settings.ts';
