/** Every fixture: markers checked both ways, twins, and what a fix must keep. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { applyEdits } from '../../server/src/service/apply-edits.ts';
import { createLinter } from '../../server/src/service/linter.ts';
import type { Finding, LintResult } from '../../server/src/service/lint.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';
import { nodeHost } from '../../server/src/node/host.ts';
import { fixturesOf, rooms } from './rooms.ts';
import { assertTranslated, noteTexts } from '../l10n/german.ts';
import { messageFaults } from '../rules/messages.ts';
import { beginnings, sampled, seed } from '../seed.ts';

const root = path.resolve('test/fixtures');
const host = nodeHost();
const linter = createLinter(host);
// Fixtures lie in a folder named "test", which is for development only in a real project.
const settings = { ...defaultSettings, development: [] };
const marker = /^\s*(?:\/\/|[#;]|<!--)\s*(?:(\^+)|!)\s+([a-z][a-z0-9-]*(?:\s*,\s*[a-z][a-z0-9-]*)*)\s*(?:-->\s*)?$/;

interface Expected {
  readonly rule: string;
  readonly line: number;
  readonly columns?: readonly [number, number];
}

function filesOf(entry: string): string[] {
  if (!fs.statSync(entry).isDirectory()) return [entry];
  return fs
    .readdirSync(entry, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(entry, name))
    .filter((name) => fs.statSync(name).isFile())
    .sort();
}

function expectations(text: string): Expected[] {
  const found: Expected[] = [];
  let codeLine = 0;
  text.split(/\r?\n/).forEach((line, index) => {
    const match = marker.exec(line);
    if (!match) {
      codeLine = index + 1;
      return;
    }
    const [, carets, ids] = match;
    const start = carets === undefined ? 0 : line.indexOf(carets) + 1;
    for (const rule of ids!.split(',').map((id) => id.trim()))
      found.push({
        rule,
        line: codeLine,
        ...(carets !== undefined && { columns: [start, start + carets.length] as const }),
      });
  });
  return found;
}

function placeOf(finding: Finding, text: string): { line: number; column: number; end: number } {
  const before = text.slice(0, finding.range.start);
  const column = finding.range.start - (before.lastIndexOf('\n') + 1) + 1;
  return { line: before.split('\n').length, column, end: column + finding.range.end - finding.range.start };
}

async function lint(file: string, text: string) {
  const result = await linter.lint({ path: file.replaceAll('\\', '/'), text }, settings);
  assert.deepEqual(result.problems ?? [], [], 'no error inside the linter');
  return result;
}

describe('fixtures', () => {
  after('speak German', assertTranslated);
  for (const framework of [...rooms.keys()].sort()) {
    const folder = fixturesOf(framework);
    const entries = fs.readdirSync(folder).sort();
    describe(framework, () => {
      it('has a good twin for every bad case', () => {
        assert.ok(entries.length > 0, 'no fixtures');
        for (const entry of entries) {
          assert.match(entry, /\.(bad|good)(\.|$)/, `${entry} is neither bad nor good`);
          const twin = entry.replace(/\.(bad|good)(?=\.|$)/, (_, kind: string) => (kind === 'bad' ? '.good' : '.bad'));
          assert.ok(entries.includes(twin), `${entry} has no twin ${twin}`);
        }
      });
      for (const entry of entries) {
        it(entry, async () => {
          let expectedInAll = 0;
          for (const file of filesOf(path.join(folder, entry))) {
            const text = fs.readFileSync(file, 'utf8');
            const result = await lint(file, text);
            const { findings } = result;
            const expected = expectations(text);
            expectedInAll += expected.length;
            const unexpected = findings.filter((finding) => {
              const { line, column, end } = placeOf(finding, text);
              const at = expected.findIndex(
                (each) =>
                  each.rule === finding.rule &&
                  each.line === line &&
                  (!each.columns || (each.columns[0] === column && each.columns[1] === end)),
              );
              if (at === -1) return true;
              expected.splice(at, 1);
              return false;
            });
            const described = unexpected.map((finding) => {
              const { line, column, end } = placeOf(finding, text);
              return `${path.relative(root, file)}:${line}:${column}-${end} ${finding.rule}: ${finding.message}`;
            });
            assert.deepEqual(
              { reportedWithoutMarker: described, markedWithoutFinding: expected },
              { reportedWithoutMarker: [], markedWithoutFinding: [] },
            );
            assert.deepEqual(findings.flatMap(messageFaults), [], 'words of findings');
            noteTexts(findings);
            for (const finding of findings)
              for (const fix of finding.fixes) await checkFix(file, text, result, finding, fix);
          }
          if (/\.bad(\.|$)/.test(entry)) assert.ok(expectedInAll > 0, 'a bad case without a marker');
          else assert.equal(expectedInAll, 0, 'a good case with a marker');
        });
      }
    });
  }
});

/** An applied fix removes its finding, adds none, keeps line ends and the language's grammar, and has nothing left to do. */
async function checkFix(
  file: string,
  text: string,
  { findings: before, mistakes }: LintResult,
  finding: Finding,
  fix: Finding['fixes'][number],
): Promise<void> {
  if (fix.edits.some(({ range }) => range.path !== undefined)) return;
  const title = `${finding.rule}: ${fix.title}`;
  for (const { newText, placeholder = '' } of fix.edits)
    assert.ok(newText.includes(placeholder), `${title}: "${placeholder}" is not in ${newText}`);
  const after = applyEdits(text, fix.edits);
  assert.notEqual(after, text, `${title} changes nothing`);
  assert.equal(/\r/.test(after), /\r/.test(text), `${title} changes line ends`);
  const { findings: left, mistakes: mistakesAfter } = await lint(file, after);
  const place = file.replaceAll('\\', '/');
  assert.ok((mistakesAfter?.get(place) ?? 0) <= (mistakes?.get(place) ?? 0), `${title} breaks the program:\n${after}`);
  const count = (findings: readonly Finding[], rule: string) => findings.filter((other) => other.rule === rule).length;
  assert.ok(count(left, finding.rule) < count(before, finding.rule), `${title} leaves its finding:\n${after}`);
  // Dropping credentials from an open policy leaves it open without them: a weaker finding in the same place, which the graver one hid.
  const rank = { error: 3, warning: 2, information: 1 };
  // For a branch that only runs in development both are information, and for what nobody wrote both are warnings.
  const isBelow = (other: Finding) =>
    rank[other.severity] < rank[finding.severity] ||
    (other.severity === finding.severity && finding.severity !== 'error');
  const weaker = (other: Finding) =>
    isBelow(other) &&
    (after.slice(other.range.start, other.range.end) === text.slice(finding.range.start, finding.range.end) ||
      (other.range.start <= finding.range.end && finding.range.start <= other.range.end));
  // The same rule may report elsewhere in the file before and after.
  const added = left.filter(
    (other) =>
      count(left, other.rule) - count(before, other.rule) > count(left.filter(weaker), other.rule) && !weaker(other),
  );
  assert.deepEqual(
    added.map((other) => `${other.rule}: ${other.message}`),
    [],
    `${title} adds findings:\n${after}`,
  );
}

describe('half-typed fixtures', () => {
  for (const framework of [...rooms.keys()].sort()) {
    const folder = fixturesOf(framework);
    // A good twin differs from its bad one by a few letters.
    const files = fs
      .readdirSync(folder)
      .filter((entry) => !/\.good(\.|$)/.test(entry))
      .flatMap((entry) => filesOf(path.join(folder, entry)));
    it(`of ${framework} never fail and never report outside of the text`, async () => {
      for (const file of files) {
        const text = fs.readFileSync(file, 'utf8');
        const ends = beginnings(text).filter((end) => end % stepFor(text) === seed % stepFor(text));
        for (const end of sampled(ends, 2)) {
          const { findings } = await lint(file, text.slice(0, end));
          for (const { range } of findings)
            assert.ok(range.start >= 0 && range.start <= range.end && range.end <= end, `${file} at ${end}`);
        }
      }
    });
  }
});

/** Beginnings are tried in steps of so many letters, that is 25 of them at most. */
function stepFor(text: string): number {
  return Math.max(11, Math.floor(text.length / 25));
}
