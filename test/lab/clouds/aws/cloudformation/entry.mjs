/**
 * Templates of SAM, transformed by `aws-sam-translator`, which AWS itself runs: what comes out must hold what the
 * linter reads from the template.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { lineWorker } from '../../../launchers/line-worker.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const translator = 'aws-sam-translator==1.115.0';
/** It reads YAML with what the command line of AWS brings. */
const yaml = 'pyyaml==6.0.3';
const venv = path.join(here, '.venv');
const python =
  process.platform === 'win32' ? path.join(venv, 'Scripts', 'python.exe') : path.join(venv, 'bin', 'python');
// Nothing is asked of AWS, but the transformation wants to know where it is.
const worker = lineWorker(() => ({
  command: python,
  args: [path.join(here, 'transform.py')],
  env: { AWS_DEFAULT_REGION: 'eu-central-1' },
}));

/** @type {import('../../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: translator.replace('==', ' ') }],
  missing() {
    const stamp = path.join(venv, 'installed.txt');
    if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === translator) return undefined;
    const made = spawnSync('python3', ['-m', 'venv', venv], { encoding: 'utf8' });
    if (made.status !== 0)
      return `python3 -m venv failed: ${(made.stderr ?? '').trim()} (Debian: apt-get install python3 python3-venv)`;
    const installed = spawnSync(
      python,
      ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', translator, yaml],
      { encoding: 'utf8', timeout: 300_000 },
    );
    if (installed.status !== 0) return `pip install ${translator} failed: ${installed.stderr.trim().slice(-500)}`;
    fs.writeFileSync(stamp, translator);
    return undefined;
  },
  render: ({ file }) => worker.ask({ file }),
  after: () => worker.close(),
};
