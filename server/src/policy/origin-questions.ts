/** The questions that rules ask of a set of origins beyond its witness. */
import { parseUrl } from './parse-url.ts';
import { parse } from 'tldts';
import { singleTests } from './condition-walk.ts';
import { decide } from './decide.ts';
import { fullMatch } from './patterns/pattern-language.ts';
import { difference, isBudgetError, isSubset, union } from './patterns/automaton.ts';
import { publicSuffixOf } from './known-hosts.ts';
import { lazily } from './lazily.ts';
import { domainOfHost, literalTexts, namedHosts } from './named-hosts.ts';
import { boundsWithinUniverse } from './origin-set.ts';
import type { NamedPart, OriginPart, OriginTest, RequestTest } from './request-test.ts';
import type { OriginSet } from './verdict.ts';

/**
 * Whether sandboxed frames, `data:` pages and local files certainly get in. Not where the check parses the origin as a URL:
 * that fails for `null`, and a formula does not say what was asked first.
 */
export function holdsNull(set: OriginSet): boolean {
  return set.has('null') === true && !parses(set.test);
}

function parses(test: RequestTest): boolean {
  for (const single of singleTests(test))
    if (single.kind === 'origin' && namedPartOf(single.part) !== 'origin') return true;
  return false;
}

function namedPartOf(part: OriginPart): NamedPart {
  return typeof part === 'string' ? part : namedPartOf(part.of);
}

/** An `http:` origin of a named host, loopback left out, that certainly gets in; undefined when there is none. */
export function insecureOrigin(set: OriginSet): string | undefined {
  const hosts = namedHosts(set.test).filter((host) => host.includes('.') && !/^[\d.]+$|localhost/.test(host));
  return hosts
    .flatMap((host) => [`http://${host}`, `http://app.${host}`, `http://www.${host}`])
    .find((origin) => parseUrl(origin) !== undefined && set.has(origin) === true);
}

/** Whether every subdomain of the host, of one label, gets in over https. */
export function holdsEverySubdomain(set: OriginSet, host: string): boolean {
  return covers(set, `https://[a-z][a-z0-9]*\\.${literal(host)}`);
}

/** Whether every port of the origin gets in. */
export function holdsEveryPort(set: OriginSet, origin: string): boolean {
  return covers(set, `${literal(origin)}:[1-9]\\d{3}`);
}

/** The public suffix or shared hosting, named by the set, under which everybody's site gets in: `vercel.app`, `com`. */
export function openPublicSuffix(set: OriginSet): string | undefined {
  return openPublicSuffixes(set)[0];
}

/** All of them. */
export function openPublicSuffixes(set: OriginSet): readonly string[] {
  const suffixes = namedHosts(set.test)
    .map((host) => publicSuffixOf(host))
    .filter((suffix) => suffix !== undefined);
  return [...new Set(suffixes)].filter((suffix) => holdsEverySubdomain(set, suffix));
}

/** Whether the host has a registrable domain of its own on the public internet. */
export function isPublicHost(host: string): boolean {
  const parsed = parse(host, { allowPrivateDomains: true });
  return parsed.domain !== null && (parsed.isIcann === true || parsed.isPrivate === true);
}

const withDefaultPort = lazily(() => fullMatch('https://[^/]*:443|http://[^/]*:80'));
/** A test that writes no scheme is about web pages: those of apps, and `null`, are named as such. */
const outsideOfTheWeb = lazily(() => union(withDefaultPort(), fullMatch('null|(?!https?:)[a-z][a-z0-9+.-]*://.*')));

/**
 * Whether the test names a host, and no origin as browsers send them passes it (certainly). One that asks for no origin at all is
 * passed by requests without one.
 */
export function isPassedByNobody(test: OriginTest): boolean {
  const hosts = namedHosts(test).filter((host) => domainOfHost(host) !== undefined);
  // The usual case costs no automaton.
  if (hosts.length === 0 || hosts.some((host) => passes(test, `https://${host}`))) return false;
  try {
    const upper = boundsWithinUniverse(test)?.upper;
    if (upper === undefined) return false;
    const isOfAnyScheme = test.part === 'origin' && literalTexts(test).some((text) => /null|:\/\//.test(text));
    return difference(upper, isOfAnyScheme ? withDefaultPort() : outsideOfTheWeb()).isEmpty;
  } catch (error) {
    // Too large to be proven.
    if (isBudgetError(error)) return false;
    throw error;
  }
}

function passes(test: OriginTest, origin: string): boolean {
  return decide(test, { origin, method: 'GET', cookie: false }) === true;
}

function covers(set: OriginSet, source: string): boolean {
  try {
    const bounds = boundsWithinUniverse(set.test);
    return bounds !== undefined && isSubset(fullMatch(source), bounds.lower);
  } catch (error) {
    // Too large to be proven.
    if (isBudgetError(error)) return false;
    throw error;
  }
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
