/** SARIF 2.1.0. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
import { documentationOf } from '../rules/documentation.ts';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { codeBlock } from '../service/markdown.ts';
import { fingerprintOf } from '../service/fingerprint.ts';
import { positionsOf } from '../service/positions.ts';
import { visible, visibleJson } from '../service/visible-text.ts';
import type { Finding } from '../service/lint.ts';
import { rules } from '../rules/index.ts';
import type { Rule } from '../rules/rule.ts';
import { explain } from './explain.ts';
import { relatedPlaces } from './related-places.ts';
import { version } from './version.ts';
import type { FailedFile, FileReport, Reporter } from './report.ts';

const levels = { error: 'error', warning: 'warning', information: 'note' } as const;
const problemSeverities = { error: 'error', warning: 'warning', information: 'recommendation' } as const;
/** GitHub grades them high, medium and low. */
const securitySeverities = { error: '8.0', warning: '6.0', information: '3.0' } as const;

export const reportSarif: Reporter = ({ files, failed }) => {
  const results = files.flatMap((file) => [
    ...[...file.result.findings, ...file.result.suppressed].map((finding) => resultOf(finding, file)),
    ...(file.known ?? []).map((finding) => ({ ...resultOf(finding, file), suppressions: [inBaseline] })),
  ]);
  return `${visibleJson({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'CORS Lint',
            version,
            informationUri: 'https://github.com/cors-lint/cors-lint',
            rules: rules.map(descriptorOf),
          },
        },
        columnKind: 'utf16CodeUnits',
        results,
        ...(failed.length > 0 && { invocations: [invocationWith(failed)] }),
      },
    ],
  })}\n`;
};

/** https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html#_Toc34317733 */
const inBaseline = { kind: 'external', justification: 'The baseline knows it.' } as const;

/** Whoever reads the log learns that there may be more than it holds. */
function invocationWith(failed: readonly FailedFile[]): object {
  return {
    executionSuccessful: false,
    toolExecutionNotifications: failed.map(({ path: file, reason }) => ({
      level: 'error',
      message: { text: plainMessage(`It could not be checked: ${reason}`) },
      locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) } } }],
    })),
  };
}

/**
 * In a plain text `[words](place)` is a link, unless its bracket is escaped.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html#_Toc34317464
 */
function plainMessage(text: string): string {
  return visible(text).replaceAll(/\[(?=[^\]]*\]\()/g, '\\[');
}

/**
 * What GitHub wants of a rule:
 * https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
function descriptorOf(rule: Rule): object {
  const reported = codeBlock(rule.bad.code.trim());
  const right = codeBlock(rule.good.code.trim());
  return {
    id: rule.id,
    name: rule.id,
    shortDescription: { text: `${rule.title}.` },
    fullDescription: { text: rule.description },
    helpUri: documentationOf(rule.id),
    help: {
      text: explain(rule),
      markdown: [
        rule.description.trim(),
        'Reported:',
        reported,
        'Right:',
        right,
        `[More on this rule](${documentationOf(rule.id)})`,
      ].join('\n\n'),
    },
    defaultConfiguration: { level: levels[rule.severity], enabled: rule.profile === 'default' },
    // What only locks a site out is a mistake and no weakness, so that it gets no grade as one.
    properties: {
      precision: rule.profile === 'default' ? 'high' : 'medium',
      'problem.severity': problemSeverities[rule.severity],
      ...(rule.cwe
        ? {
            'security-severity': securitySeverities[rule.severity],
            tags: ['security', 'cors', `external/cwe/cwe-${rule.cwe}`],
          }
        : { tags: ['correctness', 'cors'] }),
    },
  };
}

/** What lies outside of the working directory has no path in the repository, and a relative one must not climb. */
function uriOf(file: string): string {
  return file.startsWith('../') || path.isAbsolute(file)
    ? pathToFileURL(path.resolve(file)).href
    : file.split('/').map(encodeURIComponent).join('/');
}

function resultOf(finding: Finding, file: FileReport): object {
  const position = positionsOf(file.text);
  const region = (range: { start: number; end: number }) => {
    const [start, end] = [position(range.start), position(range.end)];
    return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
  };
  const uri = uriOf(file.path);
  const ruleIndex = rules.findIndex(({ id }) => id === finding.rule);
  const related = relatedPlaces(finding, file);
  const fixes = finding.fixes.filter((fix) => fix.edits.every(({ range }) => range.path === undefined));
  return {
    ruleId: finding.rule,
    ...(ruleIndex >= 0 && { ruleIndex }),
    level: levels[finding.severity],
    message: { text: plainMessage(finding.message) },
    locations: [{ physicalLocation: { artifactLocation: { uri }, region: region(finding.range) } }],
    ...(related.length > 0 && {
      relatedLocations: related.map(({ path: other, line, column, endLine, endColumn, message }, index) => ({
        id: index,
        message: { text: plainMessage(message) },
        physicalLocation: {
          artifactLocation: { uri: uriOf(other) },
          ...(line !== undefined && { region: { startLine: line, startColumn: column, endLine, endColumn } }),
        },
      })),
    }),
    partialFingerprints: { 'corsLint/v1': `${finding.rule}:${fingerprintOf(finding, file.text)}` },
    ...(fixes.length > 0 && {
      fixes: fixes.map((fix) => ({
        description: { text: plainMessage(fix.title) },
        artifactChanges: [
          {
            artifactLocation: { uri },
            replacements: fix.edits.map((edit) => ({
              deletedRegion: region(edit.range),
              insertedContent: { text: edit.newText },
            })),
          },
        ],
      })),
    }),
    ...(finding.suppressed !== undefined && {
      suppressions: [{ kind: 'inSource', ...(finding.suppressed !== '' && { justification: finding.suppressed }) }],
    }),
    properties: { confidence: finding.confidence, ...(finding.witness !== undefined && { witness: finding.witness }) },
  };
}
