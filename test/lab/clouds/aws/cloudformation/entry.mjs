/**
 * Templates of SAM, transformed by `aws-sam-translator`, which AWS itself runs: what comes out must hold what the
 * linter reads from the template.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { lineWorker } from '../../../launchers/line-worker.mjs';
import { installPython, pythonIn } from '../../../launchers/python-environment.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const translator = 'aws-sam-translator==1.115.0';
/** It reads YAML with what the command line of AWS brings. */
const yaml = 'pyyaml==6.0.3';
const venv = path.join(here, '.venv');
const python = pythonIn(venv);
// Nothing is asked of AWS, but the transformation wants to know where it is.
const worker = lineWorker(() => ({
  command: python,
  args: [path.join(here, 'transform.py')],
  env: { AWS_DEFAULT_REGION: 'eu-central-1' },
}));

/** @type {import('../../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: translator.replace('==', ' ') }],
  missing: () => installPython(venv, [translator, yaml]),
  render: ({ file }) => worker.ask({ file }),
  after: () => worker.close(),
};
