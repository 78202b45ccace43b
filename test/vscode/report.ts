/** Hands the outcomes of a suite to the runner outside, one by one: a file in the workspace, which every extension host can write. */
import { Uri, workspace } from 'vscode';

export interface Outcome {
  readonly title: string;
  readonly milliseconds: number;
  /** Absent when it passed. */
  readonly error?: string;
}

/** No name of a file that the linter or VS Code would watch. */
const fileName = '.outcomes.txt';

/** Runs mocha and fails when a test failed or none ran. */
export async function report(start: (done: (failures: number) => void) => Mocha.Runner): Promise<void> {
  const outcomes: Outcome[] = [];
  const file = Uri.joinPath(workspace.workspaceFolders![0]!.uri, fileName);
  let written = Promise.resolve();
  const add = (outcome: Outcome): void => {
    outcomes.push(outcome);
    const text = outcomes.map((one) => `${JSON.stringify(one)}\n`).join('');
    written = written.then(async () => workspace.fs.writeFile(file, new TextEncoder().encode(text)));
  };
  const failures = await new Promise<number>((resolve) => {
    const runner = start(resolve);
    runner.on('pass', (test) => add({ title: test.fullTitle(), milliseconds: test.duration ?? 0 }));
    runner.on('fail', (test, error) =>
      add({ title: test.fullTitle(), milliseconds: test.duration ?? 0, error: error.stack ?? String(error) }),
    );
  });
  await written;
  if (failures > 0 || outcomes.length === 0) throw new Error(`${failures} tests failed of ${outcomes.length}`);
}
