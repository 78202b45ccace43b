/** One decision, one finding, across files: what several files of a run take from one place is told where the first of them uses it. */
import path from 'node:path';
import type { Finding } from '../service/lint.ts';
import { decisionOf, usedHere } from '../service/one-decision.ts';
import { shownPath } from './configuration.ts';
import type { FileReport } from './report.ts';

interface Use {
  readonly file: FileReport;
  readonly finding: Finding;
}

/** The reports with the other places beside the first finding of each decision; files that have nothing left to say are left out. */
export function joinedAcrossFiles(files: readonly FileReport[]): FileReport[] {
  const uses = new Map<string, Use[]>();
  for (const file of files)
    for (const finding of file.result.findings) {
      const decision = decisionOf(finding, (place) => shownPath(path.resolve(place)));
      if (decision === undefined) continue;
      const before = uses.get(decision);
      if (before === undefined) uses.set(decision, [{ file, finding }]);
      else before.push({ file, finding });
    }
  const shared = [...uses.values()].filter(({ length }) => length > 1);
  return shared.length === 0 ? [...files] : files.map((file) => joined(file, shared)).filter(saysSomething);
}

function joined(file: FileReport, shared: readonly (readonly Use[])[]): FileReport {
  const own = shared.filter((group) => group.some((use) => use.file === file));
  if (own.length === 0) return file;
  const others = new Map(file.others);
  const findings = file.result.findings.flatMap((finding): Finding[] => {
    const group = own.find((uses) => uses.some((use) => use.finding === finding));
    if (group === undefined) return [finding];
    const [first, ...rest] = group;
    if (first!.finding !== finding) return [];
    const elsewhere = rest.map((use) => ({
      range: { ...use.finding.range, ...(use.file !== file && { path: use.finding.range.path ?? use.file.path }) },
      message: usedHere,
    }));
    for (const use of rest) if (use.file !== file) others.set(use.file.path, use.file.text);
    return [{ ...finding, related: [...finding.related, ...elsewhere] }];
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
