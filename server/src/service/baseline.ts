/**
 * A baseline: the findings that were there when somebody began to use the linter. They are left out until their code changes, so that
 * only new ones are told.
 *
 * Editor and command line use it alike. `parseBaseline` reads the file that `cors-lint.json` names as `baseline` (or `--baseline`);
 * `entriesFor` gives what it knows of one file, by the path from the baseline's own folder; `withoutKnown` parts the findings of a
 * lint of that file. None of them looks at line numbers: an entry is a rule and a fingerprint (`fingerprint.ts`), and how often it occurs.
 *
 * ```ts
 * const { baseline, errors } = parseBaseline(text);
 * const { fresh, known, gone } = withoutKnown(result.findings, document.text, baseline.get('app/server.js') ?? []);
 * ```
 */
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';
import { nestingOfJson } from '../syntax/trees/json.ts';
import type { ConfigError } from './config.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Finding } from './lint.ts';

/** A finding of one file, or several that nobody can tell apart. */
export interface KnownFinding {
  readonly rule: string;
  readonly fingerprint: string;
  readonly count: number;
}
/** Path of a file from the baseline's folder, with forward slashes → what is known of it. */
export type Baseline = ReadonlyMap<string, readonly KnownFinding[]>;

/** The name that a baseline gets where nobody chooses one. */
export const baselineName = 'cors-lint-baseline.json';

/** `files` of `file` of `finding` of its members. The parser needs a stack frame for each level. */
const deepest = 5;
const version = 1;

/** Reads a baseline. Where it is none, `errors` says why, with the place, and nothing is known. */
export function parseBaseline(text: string): { readonly baseline: Baseline; readonly errors: readonly ConfigError[] } {
  const nothing = (message: string, at?: Node) => ({
    baseline: new Map<string, readonly KnownFinding[]>(),
    errors: [{ message, start: at?.offset ?? 0, end: at ? at.offset + at.length : 0 }],
  });
  if (nestingOfJson(text) > deepest) return nothing('A baseline is not nested that deeply.');
  const mistakes: ParseError[] = [];
  const root = parseTree(text, mistakes, { disallowComments: true });
  const [first] = mistakes;
  if (first) return { ...nothing(''), errors: [{ message: notJson, start: first.offset, end: first.offset }] };
  const told = root && findNodeAtLocation(root, ['version']);
  if (told?.value !== version) return nothing(`A baseline has "version": ${version}. ${writeAnew}`, told ?? root);
  const files = findNodeAtLocation(root!, ['files']);
  if (files?.type !== 'object') return nothing(`A baseline has "files", an object. ${writeAnew}`, files ?? root);
  const baseline = new Map<string, readonly KnownFinding[]>();
  for (const { children } of files.children ?? []) {
    const [path, list] = children ?? [];
    if (path === undefined || list === undefined) continue;
    const entries = list.type === 'array' ? (list.children ?? []).map(entryAt) : [undefined];
    const wrong = entries.indexOf(undefined);
    if (wrong !== -1) return nothing(`${wrongEntry} ${writeAnew}`, list.children?.[wrong] ?? list);
    baseline.set(String(path.value), entries as KnownFinding[]);
  }
  return { baseline, errors: [] };
}

const writeAnew = '--write-baseline writes it anew.';
const notJson = `This is not JSON. ${writeAnew}`;
const wrongEntry = 'A known finding has "rule" and "fingerprint", texts, and "count", a number above 0.';

function entryAt(node: Node): KnownFinding | undefined {
  const [rule, fingerprint, count] = ['rule', 'fingerprint', 'count'].map(
    (name): unknown => node.type === 'object' && findNodeAtLocation(node, [name])?.value,
  );
  if (typeof rule !== 'string' || typeof fingerprint !== 'string') return undefined;
  return Number.isSafeInteger(count) && (count as number) > 0
    ? { rule, fingerprint, count: count as number }
    : undefined;
}

/** The text of a baseline file, in one order whatever the order of the map: changes of it can be read, and merge. */
export function serialiseBaseline(baseline: Baseline): string {
  const files = [...baseline]
    .filter(([, entries]) => entries.length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, entries]) => `    ${JSON.stringify(path)}: [\n${entries.map(entryLine).join(',\n')}\n    ]`);
  const body = files.length === 0 ? '{}' : `{\n${files.join(',\n')}\n  }`;
  return `{\n  "version": ${version},\n  "files": ${body}\n}\n`;
}

function entryLine({ rule, fingerprint, count }: KnownFinding): string {
  return `      { "rule": ${JSON.stringify(rule)}, "fingerprint": ${JSON.stringify(fingerprint)}, "count": ${count} }`;
}

/** What a baseline holds of a file with these findings, in the order of rules. */
export function knownFindingsOf(findings: readonly Finding[], text: string): readonly KnownFinding[] {
  const counted = new Map<string, KnownFinding>();
  for (const finding of findings) {
    const { rule } = finding;
    const fingerprint = fingerprintOf(finding, text);
    const key = keyOf({ rule, fingerprint });
    counted.set(key, { rule, fingerprint, count: (counted.get(key)?.count ?? 0) + 1 });
  }
  return [...counted].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

export interface AgainstBaseline {
  /** Findings that the baseline does not know, in their order. */
  readonly fresh: readonly Finding[];
  readonly known: readonly Finding[];
  /** What the baseline knows and the file has no more. */
  readonly gone: readonly KnownFinding[];
}

/** Parts the findings of a file. Of several that nobody can tell apart the first ones of the text are those that are known. */
export function withoutKnown(
  findings: readonly Finding[],
  text: string,
  entries: readonly KnownFinding[],
): AgainstBaseline {
  if (entries.length === 0) return { fresh: findings, known: [], gone: [] };
  const left = new Map<string, KnownFinding>();
  for (const entry of entries) {
    const key = keyOf(entry);
    left.set(key, { ...entry, count: entry.count + (left.get(key)?.count ?? 0) });
  }
  const fresh: Finding[] = [];
  const known: Finding[] = [];
  for (const finding of findings) {
    const key = keyOf({ rule: finding.rule, fingerprint: fingerprintOf(finding, text) });
    const entry = left.get(key);
    if (entry === undefined || entry.count === 0) fresh.push(finding);
    else {
      known.push(finding);
      left.set(key, { ...entry, count: entry.count - 1 });
    }
  }
  return { fresh, known, gone: [...left.values()].filter(({ count }) => count > 0) };
}

function keyOf({ rule, fingerprint }: Pick<KnownFinding, 'rule' | 'fingerprint'>): string {
  return `${rule} ${fingerprint}`;
}
