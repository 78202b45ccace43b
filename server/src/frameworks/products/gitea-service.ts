/** What Gitea and Forgejo make of their CORS settings, which stand in `app.ini` or in variables. */
import type { CorsService } from '../../models/services/cors-service.ts';
import { rsCorsOrigin } from '../../models/services/rs-cors-origin.ts';

/** As written in the sources of Gitea 1.22 and go-chi/cors 1.2. */
export const giteaCors: CorsService = {
  framework: 'gitea',
  title: 'Gitea',
  origin: rsCorsOrigin,
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
