/** What Gitea and Forgejo make of their CORS settings, which stand in `app.ini` or in variables. */
import type { CorsService, OriginMeaning } from '../../models/services/cors-service.ts';
import { wildcardPattern } from '../../models/services/wildcard-pattern.ts';

/** As written in the sources of Gitea 1.22 and go-chi/cors 1.2. */
export const giteaCors: CorsService = {
  framework: 'gitea',
  title: 'Gitea',
  origin: meaningOf,
  open: 'literal',
  credentials: 'setting',
  anyHeader: 'reflect',
  strictPreflight: true,
  preflightStatus: { allowed: 200, refused: 200 },
  vary: 'always',
  literalStars: { methods: true },
  capitals: true,
  listedMethods: 'as-asked',
  defaults: {
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    headers: 'unknown',
    maxAge: '600',
  },
  commas: true,
  textValues: true,
};

/** Compared in lower case; the first star stands for any text, and a second one for itself, so that no origin fits. */
function meaningOf(text: string): OriginMeaning {
  if (text === '*') return 'any';
  if (/\*.*\*/.test(text)) return 'nobody';
  return text.includes('*') ? { ...wildcardPattern(text), flags: 'i' } : { exactly: text, ignoreCase: true };
}
