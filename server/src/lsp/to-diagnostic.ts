/** Findings as the Language Server Protocol wants them. */
import { DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver';
import type { Diagnostic, DiagnosticRelatedInformation, Range } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { documentationOf } from '../rules/documentation.ts';
import type { Severity } from '../rules/rule.ts';
import { isSettingsFile, parseConfig } from '../service/config.ts';
import type { Finding } from '../service/lint.ts';
import type { SourceRange } from '../syntax/range.ts';
import type { Files } from './files.ts';
import type { Linted } from './linters.ts';
import type { Translator } from './translation.ts';
import { placeOf, uriOf } from './uris.ts';

export const source = 'cors-lint';
const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
};

/** Which finding a diagnostic stands for. */
export interface DiagnosticData {
  readonly rule: string;
  readonly fixable: boolean;
}

export async function diagnosticsOf(
  linted: Linted,
  files: Files,
  options: { readonly relatedInformation: boolean; readonly translator: Translator },
): Promise<Diagnostic[]> {
  const place = placeOf(linted.document.uri);
  const others = new Map<string, Promise<TextDocument | undefined>>();
  const other = (path: string): Promise<TextDocument | undefined> => {
    let found = others.get(path);
    if (!found) others.set(path, (found = textAt(uriOf({ system: place.system, path }), files)));
    return found;
  };
  const { translator } = options;
  const mistakes = settingsMistakes(linted.document, translator);
  const findings = await Promise.all(
    linted.result.findings.map(async (finding) => {
      const diagnostic = diagnosticOf(finding, linted.document, translator);
      if (options.relatedInformation && finding.related.length > 0) {
        const related = await Promise.all(
          finding.related.map(async ({ range, message }): Promise<DiagnosticRelatedInformation[]> => {
            const isHere = range.path === undefined || range.path === place.path;
            const document = isHere ? linted.document : await other(range.path!);
            if (document === undefined) return [];
            const location = { uri: document.uri, range: rangeIn(document, range) };
            return [{ location, message: translator.say(message) }];
          }),
        );
        diagnostic.relatedInformation = related.flat();
      }
      return diagnostic;
    }),
  );
  return [...mistakes, ...findings];
}

/** A settings file is checked whatever it says itself: mistakes in it would otherwise stay unseen. */
export function settingsMistakes(document: TextDocument, translator: Translator): Diagnostic[] {
  if (!isSettingsFile(document.uri)) return [];
  return parseConfig(document.getText(), document.uri).errors.map(({ message, start, end }) => ({
    range: rangeIn(document, { start, end }),
    severity: DiagnosticSeverity.Error,
    source,
    code: 'settings',
    message: translator.say(message),
  }));
}

export function diagnosticOf(finding: Finding, document: TextDocument, translator: Translator): Diagnostic {
  const data: DiagnosticData = { rule: finding.rule, fixable: finding.fixes.length > 0 };
  return {
    range: rangeIn(document, finding.range),
    severity: severities[finding.severity],
    source,
    code: finding.rule,
    codeDescription: { href: documentationOf(finding.rule) },
    message: finding.parts.map((part) => translator.say(part)).join(' '),
    ...(isLeftOver(finding) && { tags: [DiagnosticTag.Unnecessary] }),
    data,
  };
}

/** A comment that accepts nothing, and could go: editors let it fade. */
function isLeftOver({ rule, fixes }: Finding): boolean {
  return rule === 'unused-suppression' && fixes.length > 0;
}

/** Positions of offsets; what lies outside of the text is brought in. */
export function rangeIn(document: TextDocument, { start, end }: SourceRange): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

async function textAt(uri: string, files: Files): Promise<TextDocument | undefined> {
  const open = files.open(uri);
  if (open) return open;
  const text = await files.read(uri);
  return text === undefined ? undefined : TextDocument.create(uri, '', 0, text);
}
