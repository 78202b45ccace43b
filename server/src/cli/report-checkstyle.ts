/** Checkstyle's XML, which many tools of continuous integration read. https://checkstyle.sourceforge.io */
import { positionsOf } from '../service/positions.ts';
import { messageWithPlaces } from './related-places.ts';
import type { FailedFile, FileReport, Reporter } from './report.ts';
import { element, xmlDocument } from './xml-text.ts';

const severities = { error: 'error', warning: 'warning', information: 'info' } as const;
/** The members that its reports have had since 4.3. */
const formatVersion = '4.3';

export const reportCheckstyle: Reporter = ({ files, failed }) => {
  const found = files.filter(({ result }) => result.findings.length > 0);
  return xmlDocument(
    element('checkstyle', { version: formatVersion }, [...found.map(fileElement), ...failed.map(failedElement)]),
  );
};

function fileElement(file: FileReport): string {
  const { path, text, result } = file;
  const position = positionsOf(text);
  const errors = result.findings.map((finding) =>
    element('error', {
      ...position(finding.range.start),
      severity: severities[finding.severity],
      message: messageWithPlaces(finding, file),
      source: `cors-lint.${finding.rule}`,
    }),
  );
  return element('file', { name: path }, errors);
}

function failedElement({ path, reason }: FailedFile): string {
  const message = `It could not be checked: ${reason}`;
  return element('file', { name: path }, [
    element('error', { line: 1, severity: 'error', message, source: 'cors-lint.unchecked' }),
  ]);
}
