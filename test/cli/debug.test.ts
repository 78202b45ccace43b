/** `--debug`: what each file was read by, what it led to, and where an evaluation took too much. */
import assert from 'node:assert/strict';
import { buildCli, openApp, place } from './run.ts';

describe('--debug', () => {
  before(buildCli);

  it('tells on standard error who was asked, what was read besides, and nothing without it', () => {
    const here = place({
      'app.js': "const { origin } = require('./list.js');\nrequire('express')().use(require('cors')({ origin }));\n",
      'list.js': "exports.origin = ['https://app.example.com'];\n",
    });
    try {
      const { status, out, error } = here.run(['--debug', '-q', '.']);
      assert.equal(status, 0);
      assert.equal(out, '');
      assert.match(error, /^debug: app\.js: policies: 1; asked: [^\n]*\bexpress-cors\b/m);
      assert.match(error, /^debug: app\.js: led to: [^\n]*\blist\.js\b/m);
      assert.doesNotMatch(error, /counts as unknown/);
      assert.doesNotMatch(here.run(['-q', '.']).error, /debug/);
    } finally {
      here.remove();
    }
  });

  it('tells where a value is nested too deep to be evaluated', () => {
    const sum = Array.from({ length: 400 }, () => '[').join('') + Array.from({ length: 400 }, () => ']').join('');
    const here = place({ 'app.js': openApp.replace("require('cors')()", `require('cors')({ origin: ${sum} })`) });
    try {
      const { error } = here.run(['--debug', 'app.js']);
      assert.match(
        error,
        /^debug: app\.js:2:\d+: What stands here is nested more than 250 deep, and counts as unknown\.$/m,
      );
    } finally {
      here.remove();
    }
  });

  it('tells where a text grows beyond its bound', () => {
    const doubled = Array.from({ length: 20 }, (_, at) => `const t${at + 1} = t${at} + t${at};`).join('\n');
    const app = openApp.replace("require('cors')()", "require('cors')({ origin: t20 })");
    const here = place({ 'app.js': `const t0 = 'https://app.example.com';\n${doubled}\n${app}` });
    try {
      const { error } = here.run(['--debug', 'app.js']);
      assert.match(error, /^debug: app\.js:\d+:\d+: What stands here is a text of more than 100000 letters/m);
    } finally {
      here.remove();
    }
  });
});
