/** Repairs a pattern of origins: dots escaped, anchored at both ends, a scheme and whole labels where anything was accepted. */
import { difference, intersection, isBudgetError, isSubset, noText } from '../policy/patterns/automaton.ts';
import type { Language } from '../policy/patterns/automaton.ts';
import type { OriginSet } from '../policy/verdict.ts';
import { BoundedCache } from '../policy/bounded-cache.ts';
import { lazily } from '../policy/lazily.ts';
import { domainOfHost, literalTexts, namedHosts } from '../policy/named-hosts.ts';
import { fullMatch } from '../policy/patterns/pattern-language.ts';
import { boundsWithinUniverse, originSet } from '../policy/origin-set.ts';
import { originMatches } from '../policy/request-test.ts';
import type { OriginPart, OriginTest, Pattern, RequestTest } from '../policy/request-test.ts';
import { isLoopbackHost } from '../policy/serialised-origin.ts';
import { isOutside, isRegistrable } from '../policy/witness.ts';
import { repairCandidates } from './repair-candidates.ts';

export interface Repair {
  readonly source: string;
  /** Every origin that the text names and that got in before still gets in: scheme and port included. */
  readonly safety: 'safe' | 'unsafe';
}

const longestSource = 500;
/** By what was asked: a keystroke beside a pattern leaves its repair as it is. */
const repairs = new BoundedCache<Repair | undefined>(500);

/**
 * The best repair, or undefined when none is proven. A repair lets nobody in who was out before, and nobody outside of the
 * domains that the pattern names; each of those domains keeps an origin. `secure`: who is let in reads with cookies, so that a
 * pattern without a scheme is not taken to mean `http:`, which whoever sits between may write; a machine of its own needs no protection.
 */
export function repairPattern(pattern: Pattern, part: OriginPart = 'origin', secure = false): Repair | undefined {
  if (pattern.source.length > longestSource || (part !== 'origin' && part !== 'hostname' && part !== 'host'))
    return undefined;
  const { source, flags, dialect, mode } = pattern;
  const key = JSON.stringify([source, flags, dialect, mode, part, secure]);
  return repairs.get(key, () => findRepair(pattern, part, secure));
}

function findRepair(pattern: Pattern, part: 'origin' | 'hostname' | 'host', secure: boolean): Repair | undefined {
  const test = { ...originMatches(pattern), part } as OriginTest;
  try {
    const before = boundsWithinUniverse(test)?.lower;
    // What lets nobody in has nobody to keep.
    if (before === undefined || before.isEmpty) return undefined;
    const httpsAlone = secure && part === 'origin' && !/https?|:\\?\/\\?\//i.test(pattern.source);
    const names = namesOf(test);
    if (names.hosts.length + names.apps.length === 0) return undefined;
    const named = lazily(() => languagesOfNames(names, httpsAlone));
    const strangers = new Strangers(originSet(test).namedDomains);
    let second: Repair | undefined;
    for (const source of repairCandidates(
      pattern,
      part !== 'origin' ? [] : httpsAlone ? ['https', 'https?'] : ['https?', 'https'],
    )) {
      const repaired = originSet({ ...originMatches({ ...pattern, source }), part } as OriginTest);
      if (strangers.areKnownIn(repaired)) continue;
      const after = boundsWithinUniverse(repaired.test)?.lower;
      if (after === undefined || !isSubset(after, before) || strangers.areIn(repaired)) continue;
      if (
        isSubset(before, after) ||
        named().some((language) => intersection(language, before).isEmpty !== intersection(language, after).isEmpty)
      )
        continue;
      const safe = named().every((language) => isSubset(intersection(language, before), after));
      if (safe) return { source, safety: 'safe' };
      second ??= { source, safety: 'unsafe' };
    }
    return second;
  } catch (error) {
    // What is too large to be compiled has no repair that is proven. The finding stands without one.
    if (isBudgetError(error)) return undefined;
    throw error;
  }
}

/**
 * Whether a candidate lets somebody in outside of the domains. Candidates are much alike: who got into one is tried at the next, which is
 * far less than to look for somebody.
 */
class Strangers {
  private readonly known: string[] = [];

  constructor(private readonly domains: readonly string[]) {}

  /** Whether somebody is in it who got into another one. */
  areKnownIn(candidate: OriginSet): boolean {
    return this.known.some((origin) => candidate.has(origin) === true);
  }

  areIn(candidate: OriginSet): boolean {
    const outside = { domains: this.domains, origins: [] };
    const found = candidate.witness(outside);
    if (found === undefined) return false;
    const overHttps = found.replace(/^http:/, 'https:');
    this.known.push(...new Set([found, overHttps].filter((each) => isOutside(each, outside) && isRegistrable(each))));
    return true;
  }
}

/** What a pattern names in full. */
interface Names {
  readonly hosts: readonly string[];
  /** The schemes of apps. */
  readonly apps: readonly string[];
  /** All that it says literally. */
  readonly texts: readonly string[];
}

function namesOf(test: RequestTest): Names {
  const texts = literalTexts(test).map((text) => text.toLowerCase());
  const schemes = texts.flatMap((text) => text.match(/^[a-z][a-z0-9+.-]*(?=:\/\/)/) ?? []);
  return {
    hosts: namedHosts(test).filter((host) => !host.endsWith('.') && domainOfHost(host) !== undefined),
    apps: [...new Set(schemes)].filter((scheme) => !/^https?$/.test(scheme)),
    texts,
  };
}

/** For each host: its origins and those below it, with the ports that are meant. Apps by their schemes. */
function languagesOfNames({ hosts, apps, texts }: Names, httpsAlone: boolean): Language[] {
  // `https://a.example.com.b.example.com` holds a name twice and is meant by nobody.
  const repeated = hosts.length === 0 ? noText : fullMatch(`.*(?:${hosts.join('|')})[^:].*`);
  return hosts
    .map((host) => {
      const scheme = httpsAlone && !isLoopbackHost(host) ? 'https' : 'https?';
      const name = `(?:[a-z0-9-]+\\.)*${host.replaceAll('.', '\\.')}`;
      return difference(fullMatch(`${scheme}://${name}${portsOf(host, texts)}`), repeated);
    })
    .concat(apps.map((scheme) => fullMatch(`${scheme.replaceAll(/[+.]/g, '\\$&')}://.*`)));
}

function portsOf(host: string, texts: readonly string[]): string {
  const ports = texts
    .flatMap((text) => (text.includes(host) ? [text.slice(text.indexOf(host) + host.length)] : []))
    .map((rest) => /^:(\d*)/.exec(rest)?.[1]);
  // A developer's server is at whatever port was free.
  if (ports.includes('') || (isLoopbackHost(host) && ports.every((port) => port === undefined))) return '(?::\\d+)?';
  const written = ports.filter((port) => port !== undefined);
  return written.length === 0 ? '' : `(?::(?:${written.join('|')}))${ports.includes(undefined) ? '?' : ''}`;
}
