/**
 * What Spring's own `CorsConfiguration` makes of its settings, wherever they stand: properties, XML, variables.
 *
 * https://docs.spring.io/spring-framework/docs/current/javadoc-api/org/springframework/web/cors/CorsConfiguration.html
 */
import type { CorsService, OriginMeaning } from './cors-service.ts';
import { wildcardPattern } from './wildcard-pattern.ts';

/** Origins are compared without regard to letter case and to one slash at the end; patterns know `*` and lists of ports. */
export const springCors: Omit<CorsService, 'title'> = {
  framework: 'spring-properties',
  origin: (text) => (text === '*' ? 'any' : { exactly: text.replace(/\/$/, '').toLowerCase(), ignoreCase: true }),
  pattern: originPattern,
  placeholder: /\$\{/,
  open: 'literal',
  credentials: 'setting',
  anyHeader: 'reflect',
  anyMethod: 'reflect',
  strictPreflight: true,
  preflightStatus: { allowed: 200, refused: 403 },
  refusedStatus: 403,
  refusesMethods: 403,
  listedHeaders: 'as-asked',
  oneListedHeader: true,
  vary: 'sent',
  defaults: { methods: ['GET', 'HEAD'], maxAge: '1800' },
  commas: true,
};

/** What Spring says when it meets `*` beside credentials. */
export const springRefusal =
  'When allowCredentials is true, allowedOrigins cannot contain the special value "*" since that cannot be set on the ' +
  '"Access-Control-Allow-Origin" response header.';

/** `*` stands for any letters, and a list in brackets for ports. */
export function originPattern(text: string): OriginMeaning {
  const trimmed = text.replace(/\/$/, '');
  if (trimmed === '*') return 'any';
  const ports = /^(.*):\[(\*|\d+(?:,\d+)*)\]$/.exec(trimmed);
  const pattern = wildcardPattern(ports?.[1] ?? trimmed);
  return ports
    ? {
        ...pattern,
        source: `${pattern.source}${ports[2] === '*' ? '(:\\d+)?' : `:(${ports[2]!.replaceAll(',', '|')})`}`,
      }
    : pattern;
}
