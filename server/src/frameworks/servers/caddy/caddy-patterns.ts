/** How Caddy matches regular expressions: with the engine of the language that it is written in. */
import type { Pattern } from '../../../policy/request-test.ts';

export const caddyPatterns = { dialect: 'go' } as const satisfies Partial<Pattern>;
