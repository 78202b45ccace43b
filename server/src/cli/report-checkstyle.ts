/** Checkstyle's XML, which many tools of continuous integration read. https://checkstyle.sourceforge.io */
import { positionsOf } from '../service/positions.ts';
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

function fileElement({ path, text, result }: FileReport): string {
  const position = positionsOf(text);
  const errors = result.findings.map(({ rule, severity, message, range }) =>
    element('error', {
      ...position(range.start),
      severity: severities[severity],
      message,
      source: `cors-lint.${rule}`,
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
