/** Hands the outcome of a suite to the runner outside: a file in the workspace, which every extension host can write. */
import { Uri, workspace } from 'vscode';

export interface Outcome {
  readonly title: string;
  readonly milliseconds: number;
  /** Absent when it passed. */
  readonly error?: string;
}

/** Runs mocha and fails when a test failed or none ran. */
export async function report(start: (done: (failures: number) => void) => Mocha.Runner): Promise<void> {
  const outcomes: Outcome[] = [];
  const failures = await new Promise<number>((resolve) => {
    const runner = start(resolve);
    runner.on('pass', (test) => outcomes.push({ title: test.fullTitle(), milliseconds: test.duration ?? 0 }));
    runner.on('fail', (test, error) => outcomes.push({ title: test.fullTitle(), milliseconds: test.duration ?? 0, error: error.stack ?? String(error) }));
  });
  const file = Uri.joinPath(workspace.workspaceFolders![0]!.uri, '.outcomes.json');
  await workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify(outcomes)));
  if (failures > 0 || outcomes.length === 0) throw new Error(`${failures} tests failed of ${outcomes.length}`);
}
