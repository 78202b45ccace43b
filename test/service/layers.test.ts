/** A proxy and the application behind it, linked by a compose file. */
import assert from 'node:assert/strict';
import { nodeHost } from '../../server/src/node/host.ts';
import { applyEdits } from '../../server/src/service/apply-edits.ts';
import { createLinter } from '../../server/src/service/linter.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';

const compose = (volume: string): string =>
  `services:\n  web:\n    image: nginx\n    volumes: ["${volume}"]\n  api:\n    build: { context: api }\n`;
const proxy = (...lines: string[]): string =>
  `server {\n  location / {\n${lines.map((line) => `    ${line}\n`).join('')}    proxy_pass http://api:8000;\n  }\n}\n`;
const added = 'add_header Access-Control-Allow-Origin https://shop.example always;';
const files: Readonly<Record<string, string>> = {
  '/shop/compose.yaml': compose('./nginx:/etc/nginx/conf.d'),
  '/shop/api/Dockerfile': 'FROM python:3.13\nCOPY . .\nCMD ["uvicorn", "main:app", "--host", "0.0.0.0"]\n',
  '/shop/api/main.py':
    'from fastapi import FastAPI\nfrom fastapi.middleware.cors import CORSMiddleware\n\napp = FastAPI()\n' +
    'app.add_middleware(CORSMiddleware, allow_origins=["https://shop.example"])\n',
};

async function lint(text: string, others: Readonly<Record<string, string>> = files) {
  const linter = createLinter({ ...nodeHost(), readFile: (path) => Promise.resolve(others[path]) });
  return linter.lint({ path: '/shop/nginx/default.conf', text }, defaultSettings);
}
const rules = async (text: string, others?: Readonly<Record<string, string>>): Promise<string[]> =>
  (await lint(text, others)).findings.map(({ rule }) => rule);

describe('two layers', () => {
  it("that both add the header are one finding, related to the other file, and a fix that keeps the proxy's", async () => {
    const text = proxy(added);
    const { findings, dependencies } = await lint(text);
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['duplicate-header'],
    );
    const [found] = findings;
    assert.equal(text.slice(found!.range.start, found!.range.end), added.slice(0, -1));
    assert.deepEqual(
      found!.related.map(({ range }) => range.path),
      ['/shop/api/main.py'],
    );
    assert.ok(dependencies.includes('/shop/api/main.py'), 'a change there lints this file again');
    assert.deepEqual(await rules(applyEdits(text, found!.fixes[0]!.edits)), []);
  });

  it('are no finding where nothing makes the link sure', async () => {
    assert.deepEqual(await rules(proxy(added), { ...files, '/shop/compose.yaml': compose('./static:/srv') }), []);
    assert.deepEqual(await rules(proxy(added), { ...files, '/shop/api/Dockerfile': 'FROM python:3.13\n' }), []);
    assert.deepEqual(await rules(proxy(added).replace('api:8000', '127.0.0.1:8000')), []);
  });

  it('are no finding where the proxy replaces or hides the header, or the application sends it to nobody', async () => {
    assert.deepEqual(await rules(proxy('more_set_headers "Access-Control-Allow-Origin: https://shop.example";')), []);
    assert.deepEqual(await rules(proxy(added, 'proxy_hide_header Access-Control-Allow-Origin;')), []);
    assert.deepEqual(
      await rules(proxy(added), {
        ...files,
        '/shop/api/main.py': files['/shop/api/main.py']!.replace('"https://shop.example"', ''),
      }),
      [],
    );
  });
});
