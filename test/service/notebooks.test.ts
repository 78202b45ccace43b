/** Notebooks as they are saved: their cells are one program, and places and fixes are those of the file. */
import assert from 'node:assert/strict';
import { nodeHost } from '../../server/src/node/host.ts';
import { applyEdits } from '../../server/src/service/apply-edits.ts';
import { joinedCells } from '../../server/src/service/notebook-cells.ts';
import type { LintResult } from '../../server/src/service/lint.ts';
import { createLinter } from '../../server/src/service/linter.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';

const linter = createLinter(nodeHost());

async function lint(text: string, languageId?: string): Promise<LintResult> {
  const result = await linter.lint({ path: '/work/api.ipynb', languageId, text }, defaultSettings);
  linter.release(result.memory);
  return result;
}

/** As Jupyter writes it: a line of the file for each line of a cell. */
function notebook(cells: readonly string[], language = 'python', indent: number | undefined = 1): string {
  const saved = cells.map((cell) => ({
    cell_type: 'code',
    metadata: {},
    outputs: [],
    source: cell.split(/(?<=\n)/),
  }));
  const metadata = { kernelspec: { name: 'kernel', language }, language_info: { name: language } };
  return JSON.stringify({ cells: saved, metadata, nbformat: 4 }, undefined, indent);
}

const imports = 'from fastapi import FastAPI\nfrom fastapi.middleware.cors import CORSMiddleware\n';
const slash = `app = FastAPI()\napp.add_middleware(\n    CORSMiddleware,\n    allow_origins=["https://shop.example/"],\n)`;

describe('notebooks', () => {
  it('are one program, whose findings stand in the file', async () => {
    const text = notebook([`%pip install fastapi\n${imports}`, slash]);
    const { findings } = await lint(text);
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['malformed-origin'],
    );
    const { start, end } = findings[0]!.range;
    assert.equal(text.slice(start, end), String.raw`\"https://shop.example/\"`);
  });

  it('are read like that by whoever opens them as JSON, and are silent without a word of CORS', async () => {
    assert.equal((await lint(notebook([imports, slash]), 'json')).findings.length, 1);
    assert.notEqual((await lint(notebook(['print(1)']))).skipped, undefined);
  });

  it('hold nothing in markdown, in cells of other languages, and in what was printed', async () => {
    const text = JSON.stringify({
      cells: [
        { cell_type: 'markdown', source: [imports + slash] },
        {
          cell_type: 'code',
          source: '%%bash\ncurl -H "Origin: *" https://shop.example # cors',
          outputs: [{ text: slash }],
        },
      ],
      metadata: {},
    });
    assert.deepEqual((await lint(text)).findings, []);
  });

  for (const [layout, indent] of [
    ['a line of the file for each line', 1],
    ['one line', undefined],
  ] as const)
    it(`are repaired as strings of JSON, in ${layout}`, async () => {
      const text = notebook([imports, slash], 'python', indent);
      const [finding] = (await lint(text)).findings;
      const repaired = applyEdits(text, finding!.fixes[0]!.edits);
      assert.equal(repaired, text.replace('shop.example/', 'shop.example'));
    });

  it('get lines of their own where a fix writes several', async () => {
    const open = [
      'const http = require("http");',
      'http.createServer((req, res) => {',
      '  res.setHeader("Access-Control-Allow-Origin", req.headers.origin);',
      '  res.setHeader("Access-Control-Allow-Credentials", "true");',
      '  res.end();',
      '});',
    ].join('\n');
    const text = notebook([open], 'javascript');
    const finding = (await lint(text)).findings.find(({ fixes }) => fixes.some(severalLines));
    const fix = finding!.fixes.find(severalLines)!;
    const repaired = applyEdits(text, fix.edits);
    const [cell] = (JSON.parse(repaired) as { cells: { source: string[] }[] }).cells;
    assert.ok(
      cell!.source.every((line) => /^[^\n]*\n?$/.test(line)),
      repaired,
    );
    assert.equal((await lint(repaired)).findings.filter(({ rule }) => rule === finding!.rule).length, 0);
  });

  it('keep the comments that accept a finding', async () => {
    const accepted = slash.replace(
      '    allow_origins',
      '    # cors-lint-disable-next-line malformed-origin -- a test\n    allow_origins',
    );
    const { findings, suppressed } = await lint(notebook([imports, accepted]));
    assert.deepEqual([findings.length, suppressed.length], [0, 1]);
  });
});

function severalLines({ edits }: { readonly edits: readonly { readonly newText: string }[] }): boolean {
  return edits.some(({ newText }) => newText.includes('\\n'));
}

describe('cells of IPython', () => {
  const python = (cell: string): string => joinedCells([cell], 'python').text;

  it('lose their magics where a statement begins, and nothing else', () => {
    assert.equal(python('%pip install x\nimport x'), `0${' '.repeat(13)}\nimport x`);
    assert.equal(python('if a:\n  !ls \\\n    -l\nb'), `if a:\n  0   ${' '}\n${' '.repeat(6)}\nb`);
    for (const kept of ['a = (b\n% c)', "t = '''\n%pip\n'''", 'x = "it\'s"  # don\'t\ny % z', "f('''a''', '')\nx = 1"])
      assert.equal(python(kept), kept);
  });

  it('are no Python behind a magic of the whole cell, but for those that run it', () => {
    assert.equal(python('%%html\n<p>').trim(), '');
    assert.match(python('%%time\nx = 1'), /\nx = 1$/);
  });
});
