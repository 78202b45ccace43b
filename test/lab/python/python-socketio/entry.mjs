/** Programs with python-socketio and Flask-SocketIO, asked as a browser asks that begins by polling. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startForkServer, whyNoForks } from '../../launchers/fork-server.mjs';
import { installPython, pythonIn } from '../../launchers/python-environment.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const folder = path.join(here, '.venv');
const pinned = ['flask==3.1.3', 'flask-socketio==5.7.0', 'python-socketio==5.18.1', 'python-engineio==4.15.1'];

/** Started with the first program. */
let interpreter;

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [
    {
      label: 'python-socketio 5.18.1 and Flask-SocketIO 5.7.0 with python-engineio 4.15.1',
      files: { 'requirements.txt': `${pinned.join('\n')}\n` },
    },
  ],
  missing: () => whyNoForks() ?? installPython(folder, pinned),
  async start({ file, port }) {
    interpreter ??= startForkServer({
      command: pythonIn(folder),
      args: [path.join(here, 'serve.py')],
      env: { PYTHONDONTWRITEBYTECODE: '1' },
    });
    return (await interpreter).start({ file, port });
  },
  pathOf: () => '/socket.io/?EIO=4&transport=polling',
  // A POST without a session is refused, whoever sends it.
  ownStatuses: false,
  async after() {
    await (await interpreter)?.close();
    interpreter = undefined;
  },
};
