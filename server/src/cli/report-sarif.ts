/** SARIF 2.1.0. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
import { positionsOf } from '../service/positions.ts';
import type { Finding } from '../service/lint.ts';
import { rules } from '../rules/index.ts';
import { version } from './version.ts';
import type { FileReport, Reporter } from './report.ts';

const levels = { error: 'error', warning: 'warning', information: 'note' } as const;
const page = (id: string): string => `https://github.com/cors-lint/cors-lint/blob/main/server/docs/rules/${id}.md`;

export const reportSarif: Reporter = ({ files }) => {
  const results = files.flatMap((file) => [...file.result.findings, ...file.result.suppressed].map((finding) => resultOf(finding, file)));
  return `${JSON.stringify({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: {
        name: 'CORS Lint', version, informationUri: 'https://github.com/cors-lint/cors-lint',
        rules: rules.map((rule) => ({
          id: rule.id, name: rule.id, shortDescription: { text: `${rule.title}.` }, fullDescription: { text: rule.description }, helpUri: page(rule.id),
          defaultConfiguration: { level: levels[rule.severity], enabled: rule.profile === 'default' },
          properties: { tags: ['security', 'cors', ...(rule.cwe ? [`external/cwe/cwe-${rule.cwe}`] : [])] },
        })),
      } },
      columnKind: 'utf16CodeUnits',
      results,
    }],
  }, null, 2)}\n`;
};

function resultOf(finding: Finding, file: FileReport): object {
  const position = positionsOf(file.text);
  const region = (range: { start: number; end: number }) => {
    const [start, end] = [position(range.start), position(range.end)];
    return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
  };
  const uri = file.path.split('/').map(encodeURIComponent).join('/');
  const ruleIndex = rules.findIndex(({ id }) => id === finding.rule);
  const here = finding.related.filter(({ range }) => range.path === undefined);
  // Where the line's text stays the same, a moved line is still the same finding.
  const line = file.text.slice(file.text.lastIndexOf('\n', finding.range.start - 1) + 1).split(/\r?\n/, 1)[0]!.trim();
  const fixes = finding.fixes.filter((fix) => fix.edits.every(({ range }) => range.path === undefined));
  return {
    ruleId: finding.rule, ...(ruleIndex >= 0 && { ruleIndex }), level: levels[finding.severity], message: { text: finding.message },
    locations: [{ physicalLocation: { artifactLocation: { uri }, region: region(finding.range) } }],
    ...(here.length > 0 && { relatedLocations: here.map((related, index) => ({ id: index, message: { text: related.message }, physicalLocation: { artifactLocation: { uri }, region: region(related.range) } })) }),
    partialFingerprints: { 'corsLint/v1': `${finding.rule}:${hash(line)}` },
    ...(fixes.length > 0 && { fixes: fixes.map((fix) => ({ description: { text: fix.title }, artifactChanges: [{ artifactLocation: { uri }, replacements: fix.edits.map((edit) => ({ deletedRegion: region(edit.range), insertedContent: { text: edit.newText } })) }] })) }),
    ...(finding.suppressed !== undefined && { suppressions: [{ kind: 'inSource', ...(finding.suppressed !== '' && { justification: finding.suppressed }) }] }),
    properties: { confidence: finding.confidence, ...(finding.witness !== undefined && { witness: finding.witness }) },
  };
}

/** FNV-1a, 32 bits: a short name for a line, no secret. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (const letter of text) value = Math.imul(value ^ letter.codePointAt(0)!, 0x01000193) >>> 0;
  return value.toString(16).padStart(8, '0');
}
