/**
 * One decision, one finding, over a run: what several files take from one place is told where the first of them uses it, and what
 * would be said of many places of one file in the same words is told at the first.
 */
import path from 'node:path';
import type { Finding } from '../service/lint.ts';
import { fixesOfAll, toldOnce, usedHere } from '../service/one-decision.ts';
import { soundFix } from '../service/sound-fix.ts';
import { shownPath } from './configuration.ts';
import type { FileReport } from './report.ts';

interface Use {
  readonly file: FileReport;
  readonly finding: Finding;
}

/** The reports with the other places beside the first finding of each decision; files that have nothing left to say are left out. */
export function joinedOverRun(files: readonly FileReport[]): FileReport[] {
  const groups = new Map<string, { readonly least: number; readonly uses: Use[] }>();
  for (const file of files)
    for (const finding of file.result.findings) {
      const { key, least } = toldOnce(finding, file.path, (place) => shownPath(path.resolve(place)));
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { least, uses: [{ file, finding }] });
      else group.uses.push({ file, finding });
    }
  const shared = new Map<Finding, readonly Use[]>();
  for (const { least, uses } of groups.values())
    if (uses.length >= least) for (const { finding } of uses) shared.set(finding, uses);
  return shared.size === 0 ? [...files] : files.map((file) => joined(file, shared)).filter(saysSomething);
}

function joined(file: FileReport, shared: ReadonlyMap<Finding, readonly Use[]>): FileReport {
  if (!file.result.findings.some((finding) => shared.has(finding))) return file;
  const others = new Map(file.others);
  const findings = file.result.findings.flatMap((finding): Finding[] => {
    const group = shared.get(finding);
    if (group === undefined) return [finding];
    const [first, ...rest] = group;
    if (first!.finding !== finding) return [];
    const elsewhere = rest.map((use) => ({
      range: { ...use.finding.range, ...(use.file !== file && { path: use.finding.range.path ?? use.file.path }) },
      message: usedHere,
    }));
    for (const use of rest) if (use.file !== file) others.set(use.file.path, use.file.text);
    const here = rest.filter((use) => use.file === file).map((use) => use.finding);
    const fixes = fixesOfAll(finding, here).flatMap((fix) => soundFix(fix, file.text) ?? []);
    return [{ ...finding, related: [...finding.related, ...elsewhere], fixes }];
  });
  const repaired = file.repaired?.map((one) => findings.find((finding) => isSame(finding, one)) ?? one);
  return { ...file, result: { ...file.result, findings }, others, ...(repaired && { repaired }) };
}

function isSame(a: Finding, b: Finding): boolean {
  return a.rule === b.rule && a.message === b.message && a.range.start === b.range.start;
}

function saysSomething({ result: { findings, suppressed, policies }, known = [] }: FileReport): boolean {
  return [findings, suppressed, policies, known].some(({ length }) => length > 0);
}
