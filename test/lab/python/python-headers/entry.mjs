/** Headers written by hand in Python: Flask, Django, `http.server`, Tornado, Bottle, Falcon, aiohttp, Pyramid, Sanic and others. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startForkServer, whyNoForks } from '../../launchers/fork-server.mjs';
import { installPython, pythonIn } from '../../launchers/python-environment.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const folder = path.join(here, '.venv');
const pinned = [
  'flask==3.1.3',
  'django==5.2.19',
  'tornado==6.6.1',
  'bottle==0.13.4',
  'falcon==4.4.0',
  'aiohttp==3.14.5',
  'pyramid==2.1',
  'fastapi==0.165.0',
  'uvicorn==0.54.0',
  'sanic==25.12.1',
  'quart==0.22.0',
  'cherrypy==18.10.0',
];

/** Started with the first program. */
let interpreter;

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: 'Flask 3.1.3, Django 5.2.19, http.server and others' }],
  missing: () => whyNoForks() ?? installPython(folder, pinned),
  async start({ file, port }) {
    interpreter ??= startForkServer({
      command: pythonIn(folder),
      args: [path.join(here, 'serve.py')],
      env: { PYTHONDONTWRITEBYTECODE: '1' },
    });
    return (await interpreter).start({ file, port });
  },
  pathOf: ({ scope }) => /\/\S*$/.exec(scope)?.[0] ?? '/',
  /** A route for some methods is not asked with others; HEAD goes where GET goes. */
  answers({ scope }, { method }) {
    const methods = /^([A-Z]+(?:, [A-Z]+)*)(?: |$)/.exec(scope)?.[1].split(', ');
    return methods === undefined || method === 'OPTIONS' || methods.includes(method === 'HEAD' ? 'GET' : method);
  },
  /** Programs say which paths end in an exception. */
  errors: (_, text) =>
    ['/fail', '/?fail']
      .filter((each) => text.includes(each))
      .map((each) => ({ path: each, status: 500, throws: true })),
  async after() {
    await (await interpreter)?.close();
    interpreter = undefined;
  },
};
