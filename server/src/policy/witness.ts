/** An origin that gets in and should not, as a person sees it at once. */
import { parseUrl } from './parse-url.ts';
import { parse } from 'tldts';
import { denials, singleTests } from './condition-walk.ts';
import { difference, intersection, isSubset, noText, shortestTexts, theTexts, union } from './patterns/automaton.ts';
import type { Language } from './patterns/automaton.ts';
import { specialHostCharacters } from './host-characters.ts';
import { domainOfHost, gap, literalTexts, namedHosts } from './named-hosts.ts';
import { fullMatch } from './patterns/pattern-language.ts';
import type { RequestTest } from './request-test.ts';

export interface Outside {
  readonly domains: readonly string[];
  readonly origins: readonly string[];
}

/** Most candidates that are tried for one condition. */
const mostCandidates = 2000;

/**
 * Origins worth trying, the most readable first and each made only when it is asked for. `mayGetIn` says cheaply which are worth a look;
 * whether they do get in is for the caller to find out. No more than `most` are looked at.
 */
export function* witnessCandidates(
  test: RequestTest,
  outside: Outside,
  mayGetIn: (origin: string) => boolean = () => true,
  most = mostCandidates,
): Generator<string> {
  const tried = new Set<string>();
  for (const origin of possibleCandidates(test)) {
    if (tried.has(origin)) continue;
    if (tried.add(origin).size > most) return;
    if (mayGetIn(origin) && isOutside(origin, outside) && isRegistrable(origin)) yield origin;
  }
}

function* possibleCandidates(test: RequestTest): Generator<string> {
  const texts = literalTexts(test);
  const ports = ['', ...namedPorts(test, texts), ':8443', ':3000'];
  for (const port of ports)
    for (const name of ['evil.example', 'evil.net', 'evil.com'])
      yield* [`https://${name}${port}`, `http://${name}${port}`];
  // A registrable name says more than a stray word of a pattern.
  const hosts = [...namedHosts(test)].sort(
    (left, right) => Number(domainOfHost(left) === undefined) - Number(domainOfHost(right) === undefined),
  );
  for (const host of hosts) yield* besideHost(host, ports);
  for (const text of texts) yield* filledOrigins(text);
  for (const text of texts) yield* cutOrigins(text);
  for (const host of hosts) yield* specialLabels(host);
}

/** Most domains that one language of trusted sites is made of. */
const mostDomains = 50;

/** The pages on the trusted domains and below them. Undefined without any, and where there are too many. */
function trustedSites({ domains }: Outside): Language | undefined {
  if (domains.length === 0 || domains.length > mostDomains) return undefined;
  const names = domains.map((domain) => domain.replace(/[.[\]]/g, '\\$&'));
  return fullMatch(`https?://(?:[^/]*\\.)?(?:${names.join('|')})(?::\\d+)?`);
}

/** Whether the language certainly holds nobody but the trusted ones, so that there is no need to look for a witness. */
export function isTrusted(language: Language, outside: Outside): boolean {
  const inside = trustedSites(outside) ?? noText;
  return isSubset(language, outside.origins.length === 0 ? inside : union(inside, theTexts(outside.origins)));
}

/** How many origins of one shape are tried. */
const mostOfShape = 15;

/** The shortest origins of the language that somebody else can have. */
export function* shortestWitnesses(language: Language, outside: Outside): Iterable<string> {
  const tops = '(?:com|net|org|dev|app|io|co|me|info|example)';
  const inside = trustedSites(outside);
  // The last shape holds labels that can only stand below somebody's domain.
  const shapes = [
    `https?://[a-z]{2,}\\.${tops}`,
    `https?://[a-z0-9]+(?:[.-][a-z0-9]+)*\\.${tops}(?::[1-9]\\d{1,3})?`,
    `https?://[a-z0-9${specialHostCharacters}.-]*[a-z0-9${specialHostCharacters}]\\.[a-z]+\\.${tops}`,
  ];
  for (const shape of shapes) {
    let region = intersection(language, fullMatch(shape));
    if (inside !== undefined) region = difference(region, inside);
    // What refuses the first of a shape refuses the others for the same reason, nearly always, and each question has its cost.
    for (const origin of shortestTexts(region, mostOfShape)) {
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
  const labels = hostname.split('.');
  if (!labels.every((label) => label.length <= 63 && label !== '')) return false;
  const parsed = parse(hostname, { allowPrivateDomains: true, validateHostname: false });
  // Below a domain its owner may have any label that browsers take; the domain itself has to be one that is for sale.
  const owned = (parsed.domain ?? '').split('.').length;
  const isPlain = (label: string): boolean => /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(label);
  if (
    !labels.every(
      (label, index) =>
        isPlain(label) ||
        (index < labels.length - owned &&
          [...label].every((letter) => /[a-z0-9-]/.test(letter) || specialHostCharacters.includes(letter))),
    )
  )
    return false;
  // `.example` stands for any name in documents and tests.
  return (
    parsed.domain !== null &&
    (parsed.isIcann === true || parsed.isPrivate === true || parsed.publicSuffix === 'example')
  );
}

function besideHost(host: string, ports: readonly string[]): string[] {
  const bare = host.replace(/\.$/, '');
  const local = bare.includes('localhost') || /^[\d.]+$/.test(bare);
  const names = [
    ...(host.endsWith('.') ? [`${host}evil.net`] : []),
    `evil-${bare}`,
    `evil${bare}`,
    `evil.${bare}`,
    ...dotsReplaced(bare, '-'),
    ...dotsReplaced(bare, 'x'),
    `${bare}.evil.net`,
    `app.${bare}.evil.net`,
    `www.${bare}.evil.net`,
    `${bare}-evil.com`,
    `${bare}evil.com`,
    `evil-${bare}.com`,
    `evil${bare}.com`,
    `evil.com.${bare}`,
    ...dotsReplaced(bare, '-').map((name) => `evil-${name}`),
    `evil-${bare}.evil.net`,
    `${bare}_.evil.net`,
  ];
  const schemes = local ? ['http', 'https'] : ['https', 'http'];
  return ports.flatMap((port) => schemes.flatMap((scheme) => names.map((name) => `${scheme}://${name}${port}`)));
}

/** Labels that no simple name has: `https://example.com_.evil.net`. */
function specialLabels(host: string): string[] {
  const bare = host.replace(/\.$/, '');
  return [...specialHostCharacters].flatMap((letter) =>
    ['https', 'http'].flatMap((scheme) =>
      [
        `${bare}${letter}.evil.net`,
        `${bare}${letter}evil.net`,
        `app.${bare}${letter}.evil.net`,
        `evil${letter}${bare}.evil.net`,
      ].map((name) => `${scheme}://${name}`),
    ),
  );
}

/** The name with one of its dots as another character, as an unescaped dot of a pattern allows. */
function dotsReplaced(host: string, by: string): string[] {
  return [...host.matchAll(/\./g)].map(({ index }) => `${host.slice(0, index)}${by}${host.slice(index + 1)}`);
}

/** The ports that the condition asks for: `:3000` at the end of a text, `url.port === '8443'`. */
function namedPorts(test: RequestTest, texts: readonly string[]): readonly string[] {
  const written = texts.flatMap((text) => text.match(/:[1-9]\d{0,4}(?!\d)/g) ?? []);
  return [...new Set([...written, ...portTexts(test).map((port) => `:${port}`)])].slice(0, 5);
}

function portTexts(test: RequestTest): readonly string[] {
  return [...singleTests(test, denials)].flatMap((single) =>
    single.kind === 'origin' && single.part === 'port' && single.operator === 'equals' && /^[1-9]\d*$/.test(single.text)
      ? [single.text]
      : [],
  );
}

/** A text with its open parts filled, alone and with a foreign domain behind it: `http://10.1.1.1.evil.net`. */
function filledOrigins(text: string): string[] {
  if (!/^https?:\/\//.test(text) || !text.includes(gap)) return [];
  return ['evil', '1', 'app', 'a'].flatMap((word) => {
    const filled = text.replaceAll(gap, word);
    return [filled, `${filled}.evil.net`, `${filled}.com`];
  });
}

/** Origins that a text holds when they are cut short: `https://example.co` in `https://example.com`. */
function cutOrigins(text: string): string[] {
  return [...text.matchAll(/https?:\/\/[a-z0-9.-]+/g)]
    .slice(0, 20)
    .flatMap(({ 0: whole }) =>
      Array.from({ length: Math.min(whole.length - 8, 60) }, (_, cut) => whole.slice(0, whole.length - cut - 1)),
    );
}
