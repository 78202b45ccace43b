/** An origin that gets in and should not, as a person sees it at once. */
import { parseUrl } from './parse-url.ts';
import { parse } from 'tldts';
import { complement, intersection, shortestTexts } from './automaton.ts';
import type { Language } from './automaton.ts';
import { domainOfHost, literalTexts, namedHosts } from './named-hosts.ts';
import { fullMatch } from './pattern-language.ts';
import type { RequestTest } from './request-test.ts';

export interface Outside { readonly domains: readonly string[]; readonly origins: readonly string[] }

/** Most candidates that are tried for one condition. */
const mostCandidates = 2000;

/** Origins worth trying, the most readable first. Whether they get in is for the caller to find out. */
export function witnessCandidates(test: RequestTest, outside: Outside): readonly string[] {
  // A registrable name says more than a stray word of a pattern.
  const hosts = [...namedHosts(test)].sort((left, right) => Number(domainOfHost(left) === undefined) - Number(domainOfHost(right) === undefined));
  const candidates = [
    'https://evil.example', 'http://evil.example',
    ...hosts.flatMap(besideHost),
    ...literalTexts(test).flatMap(cutOrigins),
  ];
  return [...new Set(candidates)].slice(0, mostCandidates).filter((origin) => isOutside(origin, outside) && isRegistrable(origin));
}

/** The shortest origins of the language that somebody else can have. */
export function* shortestWitnesses(language: Language, outside: Outside): Iterable<string> {
  const tops = '(?:com|net|org|dev|app|io|co|me|info|example)';
  const trusted = outside.domains.map((domain) => domain.replace(/[.[\]]/g, '\\$&'));
  const readable = [`https?://[a-z]{2,}\\.${tops}`, `https?://[a-z0-9]+(?:[.-][a-z0-9]+)*\\.${tops}(?::[1-9]\\d{1,3})?`];
  for (const shape of readable) {
    let region = intersection(language, fullMatch(shape));
    if (trusted.length > 0 && trusted.length <= 50) {
      const inside = fullMatch(`https?://(?:[^/]*\\.)?(?:${trusted.join('|')})(?::\\d+)?`);
      region = intersection(region, complement(inside));
    }
    for (const origin of shortestTexts(region, 50)) {
      if (isOutside(origin, outside) && isRegistrable(origin)) yield origin;
    }
  }
}

/** Whether the origin is under none of the domains and is none of the origins. */
export function isOutside(origin: string, outside: Outside): boolean {
  if (outside.origins.includes(origin) || parseUrl(origin) === undefined) return false;
  const { hostname } = new URL(origin);
  return !outside.domains.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`));
}

/** Whether it is the serialised origin of a web page on a name that somebody can register. */
export function isRegistrable(origin: string): boolean {
  if (!/^https?:\/\//.test(origin) || parseUrl(origin) === undefined || new URL(origin).origin !== origin) return false;
  const { hostname } = new URL(origin);
  if (!hostname.split('.').every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label))) return false;
  const parsed = parse(hostname, { allowPrivateDomains: true });
  // `.example` stands for any name in documents and tests.
  return parsed.domain !== null && (parsed.isIcann === true || parsed.isPrivate === true || parsed.publicSuffix === 'example');
}

function besideHost(host: string): string[] {
  const bare = host.replace(/\.$/, '');
  const local = bare.includes('localhost') || /^[\d.]+$/.test(bare);
  const names = [
    ...(host.endsWith('.') ? [`${host}evil.net`] : []),
    `evil-${bare}`, `evil${bare}`,
    `evil.${bare}`,
    ...dotsReplaced(bare, '-'), ...dotsReplaced(bare, 'x'),
    `${bare}.evil.net`, `app.${bare}.evil.net`, `www.${bare}.evil.net`,
    `${bare}-evil.com`, `${bare}evil.com`, `evil-${bare}.com`, `evil${bare}.com`, `evil.com.${bare}`,
    ...dotsReplaced(bare, '-').map((name) => `evil-${name}`),
    `evil-${bare}.evil.net`,
  ];
  const schemes = local ? ['http', 'https'] : ['https', 'http'];
  const ports = ['', ':8443', ':3000'];
  return ports.flatMap((port) => schemes.flatMap((scheme) => names.map((name) => `${scheme}://${name}${port}`)));
}

/** The name with one of its dots as another character, as an unescaped dot of a pattern allows. */
function dotsReplaced(host: string, by: string): string[] {
  return [...host.matchAll(/\./g)].map(({ index }) => `${host.slice(0, index)}${by}${host.slice(index + 1)}`);
}

/** Origins that a text holds when they are cut short: `https://example.co` in `https://example.com`. */
function cutOrigins(text: string): string[] {
  return [...text.matchAll(/https?:\/\/[a-z0-9.-]+/g)].slice(0, 20).flatMap(({ 0: whole }) => (
    Array.from({ length: Math.min(whole.length - 8, 60) }, (_, cut) => whole.slice(0, whole.length - cut - 1))
  ));
}
