/**
 * JUnit's XML, as Jenkins and GitLab read it: a suite a file, a case a finding. What fails the run fails its case; the others pass, with
 * their text. https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
 */
import { messageWithPlaces } from './related-places.ts';
import type { Finding } from '../service/lint.ts';
import { positionsOf } from '../service/positions.ts';
import { fails } from './report.ts';
import type { FileReport, Reporter } from './report.ts';
import { element, xmlDocument } from './xml-text.ts';

interface Suite {
  readonly name: string;
  readonly cases: readonly string[];
  readonly failures: number;
  readonly errors: number;
}

export const reportJunit: Reporter = ({ files, failed, checked }, { failOn }) => {
  const isFailure = ({ severity }: Finding): boolean => fails(severity, failOn);
  const found = files.filter(({ result }) => result.findings.length > 0);
  const suites: Suite[] = [
    ...found.map((file) => ({
      name: file.path,
      cases: casesOf(file, isFailure),
      failures: file.result.findings.filter(isFailure).length,
      errors: 0,
    })),
    ...failed.map(({ path, reason }) => ({
      name: path,
      cases: [caseOf(path, 'could not be checked', [element('error', { message: reason }, reason)])],
      failures: 0,
      errors: 1,
    })),
  ];
  // A report without a case is an error for those who read it.
  const shown = suites.length > 0 ? suites : [nothingFound(checked.size)];
  const sum = (count: (suite: Suite) => number): number => shown.reduce((all, suite) => all + count(suite), 0);
  const totals = {
    name: 'CORS Lint',
    tests: sum(({ cases }) => cases.length),
    failures: sum(({ failures }) => failures),
    errors: sum(({ errors }) => errors),
  };
  const written = shown.map(({ name, cases, failures, errors }) =>
    element('testsuite', { name, tests: cases.length, failures, errors }, cases),
  );
  return xmlDocument(element('testsuites', totals, written));
};

function nothingFound(count: number): Suite {
  const name = `no findings in ${count} ${count === 1 ? 'file' : 'files'}`;
  return { name: 'cors-lint', cases: [caseOf('cors-lint', name)], failures: 0, errors: 0 };
}

function casesOf(file: FileReport, isFailure: (finding: Finding) => boolean): string[] {
  const { path, text, result } = file;
  const position = positionsOf(text);
  return result.findings.map((finding) => {
    const { rule, severity, parts, range } = finding;
    const { line, column } = position(range.start);
    const told = `${path}:${line}:${column}: ${severity}: ${messageWithPlaces(finding, file)}`;
    const content = isFailure(finding)
      ? element('failure', { message: parts[0], type: severity }, told)
      : element('system-out', {}, told);
    return caseOf(path, `${rule} at ${line}:${column}`, [content]);
  });
}

function caseOf(classname: string, name: string, content: readonly string[] = []): string {
  return element('testcase', { name, classname }, content);
}
