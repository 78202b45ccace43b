/** One lint is many steps, and what fails in it costs nobody else. */
import assert from 'node:assert/strict';
import { nodeHost } from '../../server/src/node/host.ts';
import type { LintHost } from '../../server/src/service/lint.ts';
import { createLinter } from '../../server/src/service/linter.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';

const app = (policies: number): string =>
  "const cors = require('cors');\nconst app = require('express')();\n" +
  Array.from({ length: policies }, (_, index) => `app.use('/${index}', cors());\n`).join('');
const path = '/project/server.js';

describe('a lint', () => {
  const linter = createLinter(nodeHost());
  const pausesOf = async (text: string): Promise<number> => {
    let pauses = 0;
    await linter.lint({ path, text }, defaultSettings, undefined, () => Promise.resolve(void pauses++));
    return pauses;
  };

  it('pauses for every policy that it judges', async () => {
    const [one, many] = [await pausesOf(app(1)), await pausesOf(app(21))];
    assert.ok(many - one >= 20, `${one} and ${many} pauses`);
  });

  it('ends where a pause says so, and the next one begins anew', async () => {
    const ended = new Error('Nobody waits.');
    for (let at = 1; at < (await pausesOf(app(2))); at++) {
      let pauses = 0;
      const pause = (): Promise<void> => (++pauses === at ? Promise.reject(ended) : Promise.resolve());
      await assert.rejects(linter.lint({ path, text: app(2) }, defaultSettings, undefined, pause), ended);
    }
    const { memory } = await linter.lint({ path, text: app(1) }, defaultSettings);
    await assert.rejects(linter.lint({ path, text: app(2) }, defaultSettings, memory, () => Promise.reject(ended)));
    const { findings } = await linter.lint({ path, text: app(3) }, defaultSettings, memory);
    assert.equal(findings.filter(({ rule }) => rule === 'any-origin').length, 3);
  });

  it('says in words what it could not read, and never throws', async () => {
    const host: LintHost = { loadGrammar: () => Promise.reject(new Error('The disk\nis full.')) };
    const { failed, findings, problems } = await createLinter(host).lint({ path, text: app(1) }, defaultSettings);
    assert.match(failed!, /^Error: The grammar "javascript" could not be loaded: The disk/);
    assert.doesNotMatch(failed!, /\n/);
    assert.deepEqual(findings, []);
    assert.equal(problems?.length, 1);
  });

  it('says that a text is nested too deeply, in every shape', async () => {
    const python = Array.from({ length: 600 }, (_, level) => `${' '.repeat(level)}if a:\n`).join('');
    const texts: Readonly<Record<string, string>> = {
      '/a.py': `from fastapi.middleware.cors import CORSMiddleware\n${python}${' '.repeat(600)}pass\n`,
      '/nginx.conf': `http {${'location / {'.repeat(3000)}add_header Access-Control-Allow-Origin *;${'}'.repeat(3001)}`,
      '/Caddyfile': `:80 {\n${'route {\n'.repeat(3000)}header Access-Control-Allow-Origin *\n${'}\n'.repeat(3001)}`,
      '/default.vcl': [
        'vcl 4.1;\nsub vcl_deliver {',
        'if (a) {'.repeat(3000),
        'set resp.http.Access-Control-Allow-Origin = "*";',
        '}'.repeat(3001),
      ].join(''),
      '/traefik.toml': `a${'.a'.repeat(3000)}=1\naccessControlAllowOriginList = ["*"]\n`,
      '/web.xml': `${'<a>'.repeat(3000)}<filter-class>org.apache.catalina.filters.CorsFilter</filter-class>${'</a>'.repeat(3000)}`,
    };
    for (const [name, text] of Object.entries(texts)) {
      const { failed, problems } = await linter.lint({ path: name, text }, defaultSettings);
      assert.match(failed ?? '', /nested more than \d+ deep/, name);
      assert.equal(problems?.length, 1, name);
    }
    // And the parser that had to do with them reads the next file.
    const text =
      'from fastapi import FastAPI\nfrom fastapi.middleware.cors import CORSMiddleware\napp = FastAPI()\n' +
      "app.add_middleware(CORSMiddleware, allow_origins=['*'])\n";
    const { findings } = await linter.lint({ path: '/z.py', text }, defaultSettings);
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['any-origin'],
    );
  });

  it('reads what is deep but not too deep', async () => {
    const deep = `server {${'location / {'.repeat(100)}add_header Access-Control-Allow-Origin *;${'}'.repeat(101)}`;
    const { findings, failed } = await linter.lint({ path: '/nginx.conf', text: deep }, defaultSettings);
    assert.equal(failed, undefined);
    assert.ok(findings.some(({ rule }) => rule === 'any-origin'));
    const wide = `${' '.repeat(900)}app.use(cors())\n`;
    const aligned = await linter.lint({ path, text: app(1) + wide }, defaultSettings);
    assert.equal(aligned.failed, undefined);
  });
});

describe('what is found', () => {
  const linter = createLinter(nodeHost());

  it('has a bounded length, however long the text is that it quotes', async () => {
    const text = `server {\n  add_header Access-Control-Allow-Origin "${'x'.repeat(300_000)}" always;\n}\n`;
    const { findings } = await linter.lint({ path: '/nginx.conf', text }, defaultSettings);
    assert.ok(findings.length > 0);
    for (const { message, witness, fixes, related } of findings) {
      assert.ok(message.length <= 3100, String(message.length));
      assert.ok((witness?.length ?? 0) <= 300);
      for (const one of [...fixes.map(({ title }) => title), ...related.map((other) => other.message)])
        assert.ok(one.length <= 1000);
    }
  });

  it('keeps a finding whose repair is too large to be proven', async () => {
    const text =
      'from fastapi import FastAPI\nfrom fastapi.middleware.cors import CORSMiddleware\napp = FastAPI()\n' +
      `app.add_middleware(CORSMiddleware, allow_origin_regex="https://${'a.'.repeat(100)}com")\n`;
    const { findings, problems } = await linter.lint({ path: '/a.py', text }, defaultSettings);
    assert.equal(problems, undefined);
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['bypassable-origin-check'],
    );
  });

  it('has fixes whose edits are there once', async () => {
    const text =
      '(cors) {\n\theader Access-Control-Allow-Credentials True\n\timport cors\n}\n:80 {\n\timport cors\n}\n';
    const { findings } = await linter.lint({ path: '/Caddyfile', text }, defaultSettings);
    for (const { edits } of findings.flatMap(({ fixes }) => fixes)) {
      const places = edits.map(({ range }) => `${range.path} ${range.start} ${range.end}`);
      assert.equal(new Set(places).size, places.length);
    }
  });
});
