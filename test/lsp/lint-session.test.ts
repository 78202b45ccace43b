/** Requests are answered, and runs end, whatever a lint is doing: with a linter that stands still until it is told to go on. */
import assert from 'node:assert/strict';
import { CancellationTokenSource } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { DocumentSettingsReader } from '../../server/src/lsp/document-settings.ts';
import type { Files } from '../../server/src/lsp/files.ts';
import { createLintSession } from '../../server/src/lsp/lint-session.ts';
import type { Linted, Linters } from '../../server/src/lsp/linters.ts';
import type { LintResult, Pause } from '../../server/src/service/lint.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';

const uri = 'file:///project/server.js';
const empty: LintResult = {
  findings: [],
  suppressed: [],
  policies: [],
  frameworks: [],
  dependencies: [],
  memory: undefined,
};

/** A document, and a linter that asks for its turn for ever until `finish`. */
function standingLinter() {
  let document = TextDocument.create(uri, 'javascript', 1, 'first');
  let finished = false;
  const runs: { readonly version: number; ended: 'running' | 'finished' | 'stopped' }[] = [];
  const lint = async (of: TextDocument, settings: Linted['settings'], pause: Pause): Promise<Linted> => {
    const run: (typeof runs)[number] = { version: of.version, ended: 'running' };
    runs.push(run);
    try {
      while (!finished) await pause();
    } catch (error) {
      run.ended = 'stopped';
      throw error;
    }
    run.ended = 'finished';
    return { document: of, settings, result: empty, known: 0, milliseconds: 0 };
  };
  const linters: Linters = { lint, release: () => undefined };
  const files = { open: () => document } as unknown as Files;
  const settings: DocumentSettingsReader = {
    isPart: () => false,
    of: () =>
      Promise.resolve({
        enable: true,
        run: 'onType',
        codeLens: true,
        known: [],
        settings: defaultSettings,
        problems: [],
        excluded: false,
        relativePath: 'server.js',
      }),
    forget: () => undefined,
  };
  return {
    session: createLintSession(files, settings, linters),
    runs,
    finish: () => (finished = true),
    edit: (text: string) => (document = TextDocument.create(uri, 'javascript', document.version + 1, text)),
  };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

describe('a lint that is under way', function () {
  this.timeout(600_000);

  it('lets a cancelled request be answered at once, and ends when nobody waits for it', async () => {
    const { session, runs } = standingLinter();
    const source = new CancellationTokenSource();
    const asked = session.current(uri, source.token);
    await until(() => runs.length === 1);
    source.cancel();
    await assert.rejects(asked, { code: -32800 });
    await until(() => runs[0]!.ended === 'stopped');
  });

  it('goes on for a second request when the first one is cancelled', async () => {
    const { session, runs, finish } = standingLinter();
    const source = new CancellationTokenSource();
    const [first, second] = [session.current(uri, source.token), session.current(uri)];
    await until(() => runs.length === 1);
    source.cancel();
    await assert.rejects(first, { code: -32800 });
    finish();
    assert.equal((await second)?.document.getText(), 'first');
    assert.deepEqual(runs, [{ version: 1, ended: 'finished' }]);
  });

  it('ends for a newer text, and the request is answered with that', async () => {
    const { session, runs, finish, edit } = standingLinter();
    const asked = session.current(uri);
    await until(() => runs.length === 1);
    edit('second');
    await until(() => runs.length === 2);
    finish();
    assert.equal((await asked)?.document.getText(), 'second');
    assert.deepEqual(runs, [
      { version: 1, ended: 'stopped' },
      { version: 2, ended: 'finished' },
    ]);
  });
});
