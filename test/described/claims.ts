/** What the words of a row claim. */
import { inspectOrigin } from '../../server/src/policy/serialised-origin.ts';

export interface ClaimOfReaders {
  /** Origins that the row names. */
  readonly named: readonly string[];
  /** Undefined where the row leaves it open. */
  reads(origin: string): boolean | undefined;
}

const code = /(`+) ?(.*?) ?\1/g;

/** The text of a row that is one code span. */
export function codeOf(row: string): string | undefined {
  return /^(`+) ?([^`]*?) ?\1$/.exec(row)?.[2];
}

/** In no order, as browsers read them. */
export function namesIn(list: string): string {
  const names = list.split(',').map((name) => name.trim().toLowerCase());
  return [...new Set(names.filter((name) => name !== ''))].sort().join();
}

/** Of "Read without cookies" and "Read with the user's cookies". */
export function claimOfReaders(row: string): ClaimOfReaders {
  if (row.startsWith('nobody')) return { named: [], reads: () => false };
  const everybody = everybodyRow.exec(row)?.groups;
  if (everybody) return claimOfEverybody(everybody);
  const [list = '', stranger] = row.split('; this lets in ');
  // What is quoted after a word is a pattern, or a name of the program.
  const items = list.split(', ').flatMap((item) => codeOf(item) ?? []);
  const named = [...items, ...(stranger === undefined ? [] : [codeOf(stranger)!])].filter((text) => isOrigin(text));
  const isWhole = list.split(', ').every((item) => codeOf(item) !== undefined) && list.replaceAll(code, '') !== list;
  return {
    named,
    reads: (origin) => (named.includes(origin) ? true : isWhole && stranger === undefined ? false : undefined),
  };
}

const everybodyRow = new RegExp(
  '^everybody(?: over (?<scheme>https?:))?(?<limits> but those that are kept out(?: \\(`(?<keptOut>[^`]*)`\\))?)?' +
    '(?<others>, (?:some|possibly others) over https?:[^`]*?)?(?<isNamedOnly>, except for sandboxed pages \\(`null`\\))?$',
);

/** Of those of whom the row only says that some are in, or out, it claims nothing. */
function claimOfEverybody({
  scheme,
  limits,
  keptOut,
  others,
  isNamedOnly,
}: Record<string, string | undefined>): ClaimOfReaders {
  const named = keptOut === undefined ? [] : [keptOut];
  return {
    named,
    reads: (origin) => {
      if (origin === 'null') return isNamedOnly === undefined;
      if (origin === keptOut) return false;
      if (!origin.startsWith(scheme ?? 'http')) return others === undefined ? false : undefined;
      return limits === undefined ? true : undefined;
    },
  };
}

function isOrigin(text: string): boolean {
  return inspectOrigin(text).valid;
}
