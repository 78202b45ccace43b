/** Which hosts the texts of a condition name: what its author meant to let in. */
import { RegExpParser } from '@eslint-community/regexpp';
import type { AST } from '@eslint-community/regexpp';
import { getDomain } from 'tldts';
import { BoundedCache } from './bounded-cache.ts';
import { denials, singleTests } from './condition-walk.ts';
import { toJavaScript } from './patterns/pattern-translation.ts';
import type { Pattern, RequestTest } from './request-test.ts';

/** Stands in sample texts for what may be anything. */
export const gap = '\u0000';
/** Most sample texts of one pattern. */
const mostSamples = 64;

/**
 * The host-like pieces of the condition's literals, in lower case, with a dot kept at their end where the text goes
 * on after it: `app.example.com`, `localhost`, `192.168.`, `example`.
 */
export function namedHosts(test: RequestTest): readonly string[] {
  return [...new Set(literalTexts(test).flatMap(hostsIn))];
}

/** The literals that the condition compares origins with; those under a negation are left out. */
export function literalTexts(test: RequestTest): readonly string[] {
  let known = textsOf.get(test);
  if (known === undefined) textsOf.set(test, (known = collectTexts(test)));
  return known;
}

const textsOf = new WeakMap<RequestTest, readonly string[]>();

function collectTexts(test: RequestTest): readonly string[] {
  return [...singleTests(test, denials)].flatMap((single) => {
    if (single.kind !== 'origin' || single.part === 'scheme' || single.part === 'port') return [];
    return single.operator === 'matches' ? sampleTexts(single.pattern) : [single.text];
  });
}

/** The registrable domain that a host belongs to; `localhost` and addresses are their own. Undefined for a part of a name. */
export function domainOfHost(host: string): string | undefined {
  const bare = host.replace(/^\.+|\.+$/g, '');
  if (bare === 'localhost' || bare.endsWith('.localhost')) return 'localhost';
  if (/^\d+(\.\d+){3}$/.test(bare)) return bare;
  if (/(^|\.)\d+$/.test(bare)) return undefined;
  return getDomain(bare, { allowPrivateDomains: true, validateHostname: false }) ?? undefined;
}

function hostsIn(text: string): string[] {
  const withoutSchemes = text
    .toLowerCase()
    .replace(/[a-z][a-z0-9+-]*:\/\//g, ' ')
    .replace(/:\d+/g, ' ');
  const pieces = withoutSchemes.match(/[a-z0-9_.-]+/g) ?? [];
  return pieces
    .map((piece) => piece.replace(/^[.-]+/, '').replace(/-+$/, ''))
    .filter((piece) => /[a-z0-9]/.test(piece) && !/^(https?|null|www\.?)$/.test(piece));
}

/** By what the pattern says: a keystroke beside it leaves that as it is. */
const samplesOfPattern = new BoundedCache<readonly string[]>(1000);

function sampleTexts(pattern: Pattern): readonly string[] {
  const { dialect, mode, flags, source } = pattern;
  return samplesOfPattern.get([dialect, mode, flags, source].join(' '), () => readSamples(pattern));
}

function readSamples(pattern: Pattern): readonly string[] {
  const translated = toJavaScript(pattern);
  if (translated === undefined) return [];
  try {
    const parsed = new RegExpParser().parsePattern(translated.source, 0, translated.source.length, {
      unicode: translated.flags.includes('u'),
      unicodeSets: translated.flags.includes('v'),
    });
    return samplesOfAlternatives(parsed.alternatives);
  } catch {
    // Not a regular expression: it names nothing.
    return [];
  }
}

function samplesOfAlternatives(alternatives: readonly AST.Alternative[]): string[] {
  return alternatives
    .flatMap((alternative) =>
      alternative.elements.reduce<string[]>(
        (before, element) => {
          const next = samplesOf(element);
          return before.flatMap((start) => next.map((end) => start + end)).slice(0, mostSamples);
        },
        [''],
      ),
    )
    .slice(0, mostSamples);
}

function samplesOf(element: AST.Element): string[] {
  switch (element.type) {
    case 'Character':
      return [String.fromCodePoint(element.value)];
    // An unescaped dot is most often meant as a dot.
    case 'CharacterSet':
      return [element.kind === 'any' ? '.' : gap];
    case 'CharacterClass':
      return [singleCharacter(element) ?? gap];
    case 'Group':
    case 'CapturingGroup':
      return samplesOfAlternatives(element.alternatives);
    case 'Assertion':
      return [''];
    case 'Quantifier':
      if (element.max > 1) return [gap];
      return element.min === 0 ? [...samplesOf(element.element), ''] : samplesOf(element.element);
    default:
      return [gap];
  }
}

/** `[.]`, and `[aA]` where the case of a letter does not matter. */
function singleCharacter(characters: AST.CharacterClass): string | undefined {
  const letters = new Set(
    characters.elements.map((element) =>
      element.type === 'Character' ? String.fromCodePoint(element.value).toLowerCase() : undefined,
    ),
  );
  const [only] = letters;
  return characters.negate || letters.size !== 1 ? undefined : only;
}
