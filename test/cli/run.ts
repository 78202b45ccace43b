/** Runs the built command line in a folder of its own. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(fileURLToPath(import.meta.url), '../../..');
export const cliFile = path.join(root, 'dist/cli.js');

/** Builds the command when there is none or when a source is newer. */
export function buildCli(): void {
  const args = ['esbuild.js', '--stale', path.basename(cliFile)];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The command could not be built: ${stderr}`);
}

/** The built command with all that it needs, in a folder of its own: somebody else may run it there. */
export function copyCommand(folder: string): void {
  for (const name of ['cli.js', 'node', 'grammars'])
    cpSync(path.join(path.dirname(cliFile), name), path.join(folder, name), { recursive: true });
}

export interface Outcome {
  readonly status: number | null;
  readonly out: string;
  readonly error: string;
}
export interface Place {
  /** Absolute. */
  readonly folder: string;
  write(name: string, text: string | Uint8Array): string;
  run(
    args: readonly string[],
    options?: {
      readonly input?: string | Uint8Array;
      readonly cwd?: string;
      readonly env?: NodeJS.ProcessEnv;
      readonly uid?: number;
    },
  ): Outcome;
  remove(): void;
}

/** A new folder with these files. */
export function place(files: Readonly<Record<string, string | Uint8Array>> = {}): Place {
  const folder = mkdtempSync(path.join(tmpdir(), 'cors-lint-'));
  const made: Place = {
    folder,
    write(name, text) {
      const full = path.join(folder, name);
      mkdirSync(path.dirname(full), { recursive: true });
      writeFileSync(full, text);
      return full;
    },
    run(args, { input, cwd = folder, env, uid } = {}) {
      const { status, stdout, stderr, error } = spawnSync(process.execPath, [cliFile, ...args], {
        cwd,
        encoding: 'utf8',
        timeout: 600_000,
        maxBuffer: 64 * 1_048_576,
        env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...env },
        ...(input !== undefined && { input }),
        ...(uid !== undefined && { uid, gid: uid }),
      });
      if (error) throw error;
      return { status, out: stdout, error: stderr };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
  for (const [name, text] of Object.entries(files)) made.write(name, text);
  return made;
}

/** One finding: `any-origin`, a warning at line 2, and no safe fix. */
export const openApp = "const app = require('express')();\napp.use(require('cors')());\n";
/** No finding. */
export const closedApp =
  "const app = require('express')();\napp.use(require('cors')({ origin: 'https://app.example.com' }));\n";
/** One finding, for information, with a safe fix: a comment that accepts nothing. */
export const fixableApp = `${closedApp}// cors-lint-disable-line any-origin -- it was open once\nmodule.exports = app;\n`;

export interface JsonReport {
  readonly version: number;
  readonly files: number;
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly path: string;
    readonly line: number;
    readonly column: number;
  }[];
}
/** `path rule` of each finding of a JSON report. */
export function found({ out }: Outcome): string[] {
  return (JSON.parse(out) as JsonReport).findings.map(({ path: file, rule }) => `${file} ${rule}`);
}
