/**
 * One decision, one finding: a list or constant of another file that is used at twelve places is decided at one, and so is what a
 * middleware and its own answer to preflights have in common. The first place carries the finding and leads to the others.
 */
import type { SourceRange } from '../syntax/range.ts';
import type { Policy } from '../policy/policy.ts';
import type { Fix } from '../rules/rule.ts';
import type { Finding } from './lint.ts';

/** A finding, and how the policy is mounted that it is about; undefined for a fact of the file. */
export interface Found {
  readonly finding: Finding;
  readonly mounted: Policy['mounted'];
}

/** What leads from the place of use to the file in which the setting stands. */
export const setHere = 'It is set here.';

/** Beside a finding: another place to which the same decision leads. */
export const usedHere = 'The same holds here.';

/** Where, in another file, that stands which decides; undefined where the finding's own file does. */
export function placeOfDecision({ related }: Finding): SourceRange | undefined {
  return related.find(({ message, range }) => message === setHere && range.path !== undefined)?.range;
}

/**
 * What findings of several files have in common that one place in another file decides; undefined where the finding's own file does.
 * `shown` gives paths the form in which they are compared.
 */
export function decisionOf(finding: Finding, shown = (path: string): string => path): string | undefined {
  const place = placeOfDecision(finding);
  if (place?.path === undefined) return undefined;
  return [finding.rule, finding.severity, shown(place.path), place.start, place.end].join('\n');
}

/** What findings have in common that a report tells once, as soon as there are so many of them. */
export interface Common {
  readonly key: string;
  readonly least: number;
}

/** Places of one file of which a report would say the same words: a few are read one by one, more of them are a wall. */
const leastAlike = 4;

/**
 * What a report over files tells once: what one place in another file decides, and what would be said in the same words, with the same
 * remedies, of many places of one file. `file` is the finding's own, `shown` as in `decisionOf`.
 */
export function toldOnce(finding: Finding, file: string, shown?: (path: string) => string): Common {
  const decision = decisionOf(finding, shown);
  if (decision !== undefined) return { key: decision, least: 2 };
  const { rule, severity, message, framework = '', fixes, suppressed } = finding;
  const words = [file, rule, severity, framework, message, suppressed ?? '', ...fixes.map(({ title }) => title)];
  return { key: words.join('\n'), least: leastAlike };
}

/** The fixes of the first finding, for all of these places of its file at once. */
export function fixesOfAll({ fixes }: Finding, others: readonly Finding[]): readonly Fix[] {
  return others.length === 0 ? fixes : fixes.flatMap((fix) => fixOfAll(fix, others) ?? []);
}

/** Joins what has one cause; keeps the order. */
export function joinedByDecision(found: readonly Found[]): Finding[] {
  const first = new Map<string, number>();
  const groups: Found[][] = [];
  const methods = mountedIn(found);
  for (const one of found) {
    const cause = causeOf(one, methods);
    const at = cause === undefined ? undefined : first.get(cause);
    if (at !== undefined) groups[at]!.push(one);
    else {
      if (cause !== undefined) first.set(cause, groups.length);
      groups.push([one]);
    }
  }
  return groups.map(joined);
}

/** What two findings have in common when they are one; undefined where a finding stands for itself. */
function causeOf({ finding, mounted }: Found, methods: MountedMethods): string | undefined {
  const { rule, severity, message } = finding;
  const set = placeOfDecision(finding);
  if (set !== undefined) return [rule, severity, message, set.path, set.start, set.end].join('\n');
  const app = mounted?.places[0]?.app;
  if (app === undefined || !isPreflightOrRest(mounted!.method, methods.get(app))) return undefined;
  return [rule, severity, message, app].join('\n');
}

/** App → the methods by which policies are mounted on it. */
type MountedMethods = ReadonlyMap<number, ReadonlySet<string>>;

function mountedIn(found: readonly Found[]): MountedMethods {
  const methods = new Map<number, Set<string>>();
  for (const { mounted } of found) {
    const app = mounted?.places[0]?.app;
    if (app === undefined) continue;
    const known = methods.get(app);
    if (known) known.add(mounted!.method);
    else methods.set(app, new Set([mounted!.method]));
  }
  return methods;
}

/** `app.use(cors())` and `app.options('*', cors())`, either way round. */
function isPreflightOrRest(method: string, onApp: ReadonlySet<string> | undefined): boolean {
  return (method === 'use' || method === 'options') && onApp?.has('use') === true && onApp.has('options');
}

function joined([first, ...others]: readonly Found[]): Finding {
  const { finding } = first!;
  if (others.length === 0) return finding;
  return {
    ...finding,
    related: [...finding.related, ...others.map(({ finding: { range } }) => ({ range, message: usedHere }))],
    fixes: fixesOfAll(
      finding,
      others.map((other) => other.finding),
    ),
  };
}

/** The fix for all places at once; undefined where one of them does not have it. */
function fixOfAll(fix: Fix, others: readonly Finding[]): Fix | undefined {
  const same = others.map(({ fixes }) => fixes.find(({ title }) => title === fix.title));
  if (same.some((other) => other === undefined)) return undefined;
  return { ...fix, edits: [...fix.edits, ...same.flatMap((other) => other!.edits)] };
}
