/**
 * `npm run bench`: the ratios that the design promises, all measured in this one run. Nothing here passes or fails by a clock;
 * the figures are for people.
 */
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { createLinter } from '../../server/src/service/linter.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';
import { nodeHost } from '../../server/src/node/host.ts';
import { installPackages } from '../lab/launchers/packages.mjs';

const require = createRequire(import.meta.url);
const TreeSitter = require('@vscode/tree-sitter-wasm');
const rows = [];
const report = (what, ours, against, goal) =>
  rows.push({
    what,
    ours,
    against,
    ratio: typeof ours === 'number' && typeof against === 'number' ? (ours / against).toFixed(2) : '',
    goal,
  });
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const round = (value) => Math.round(value * 100) / 100;

/** A believable Express file of about a thousand lines with one cors() call and headers by hand. */
function expressFile(lines) {
  const routes = [];
  while (routes.length * 5 < lines - 12) {
    const n = routes.length;
    routes.push(
      `app.get('/items${n}/:id', async (req, res) => {\n  const found = await store.find({ id: ` +
        `req.params.id, page: ${n} });\n  if (!found) return res.status(404).json({ error: 'not found' });\n ` +
        ` return res.json({ ok: true, items: found.map((item) => item.name) });\n});\n`,
    );
  }
  return (
    `const express = require('express');\nconst cors = require('cors');\nconst store = ` +
    `require('./store');\n\nconst app = express();\napp.use(cors({ origin: ['https://app.example.com'], ` +
    `credentials: true }));\napp.use('/raw', (req, res, next) => {\n  ` +
    `res.setHeader('Access-Control-Allow-Origin', '*');\n  next();\n});\n${routes.join('')}`
  );
}

/** Row and column as tree-sitter counts them; with a wrong row it reads more of the file again than the edit needs. */
function pointAt(text, offset) {
  const lines = text.slice(0, offset).split('\n');
  return { row: lines.length - 1, column: lines.at(-1).length };
}

/** As the language server does: a watched file is read once, until the editor says that it changed. */
function keeping(host) {
  const kept = new Map();
  return { ...host, readFile: (file) => kept.get(file) ?? kept.set(file, host.readFile(file)).get(file) };
}

async function keystroke() {
  const text = expressFile(1000);
  const linter = createLinter(keeping(nodeHost()));
  await TreeSitter.Parser.init();
  const parser = new TreeSitter.Parser();
  parser.setLanguage(
    await TreeSitter.Language.load(
      fs.readFileSync(require.resolve('@vscode/tree-sitter-wasm/wasm/tree-sitter-javascript.wasm')),
    ),
  );
  const document = { path: '/bench/server.js', languageId: 'javascript', text };
  let { memory } = await linter.lint(document, defaultSettings);
  let tree = parser.parse(text);
  const [parse, lint] = [[], []];
  const at = text.indexOf('page: 90');
  let current = text;
  for (let i = 0; i < 60; i++) {
    const next =
      i % 2 === 0 ? `${current.slice(0, at)} ${current.slice(at)}` : current.slice(0, at) + current.slice(at + 1);
    let started = performance.now();
    const [oldEnd, newEnd] = i % 2 === 0 ? [at, at + 1] : [at + 1, at];
    tree.edit({
      startIndex: at,
      oldEndIndex: oldEnd,
      newEndIndex: newEnd,
      startPosition: pointAt(current, at),
      oldEndPosition: pointAt(current, oldEnd),
      newEndPosition: pointAt(next, newEnd),
    });
    const before = tree;
    tree = parser.parse(next, before);
    before.delete();
    parse.push(performance.now() - started);
    started = performance.now();
    ({ memory } = await linter.lint({ ...document, text: next }, defaultSettings, memory));
    lint.push(performance.now() - started);
    current = next;
  }
  report(
    'a keystroke in a 1,000-line Express file, ms (against the incremental parse alone)',
    round(median(lint)),
    round(median(parse)),
    '≤ 1.5',
  );
  return median(lint);
}

/** Forty policies, each with patterns of its own: one of them is typed in, and the others are as they were. */
function policiesFile(policies) {
  const one = (n) =>
    `app.use('/area${n}', cors({\n  origin: [/^https:\\/\\/[a-z0-9-]+\\.team${n}\\.example\\.com$/, ` +
    `'https://app${n}.example.com', /shop${n}.example.org/],\n  credentials: true,\n}));\n` +
    `app.get('/area${n}/items', async (req, res) => {\n  res.json(await store.find(${n}));\n});\n`;
  return (
    `const express = require('express');\nconst cors = require('cors');\nconst app = express();\n` +
    Array.from({ length: policies }, (_, n) => one(n)).join('')
  );
}

/** The whole parse of the file is what it is held against: the incremental one looks at a line of forty policies. */
async function keystrokeInPolicies() {
  const text = policiesFile(40);
  const linter = createLinter(keeping(nodeHost()));
  const parser = new TreeSitter.Parser();
  parser.setLanguage(
    await TreeSitter.Language.load(
      fs.readFileSync(require.resolve('@vscode/tree-sitter-wasm/wasm/tree-sitter-javascript.wasm')),
    ),
  );
  const document = { path: '/bench/server.js', languageId: 'javascript', text };
  let { memory } = await linter.lint(document, defaultSettings);
  const at = text.indexOf('team20') + 'team'.length;
  const [parse, lint] = [[], []];
  let current = text;
  for (let i = 0; i < 40; i++) {
    current = i % 2 === 0 ? `${text.slice(0, at)}x${text.slice(at)}` : text;
    let started = process.cpuUsage();
    parser.parse(current).delete();
    parse.push(cpuSince(started));
    started = process.cpuUsage();
    ({ memory } = await linter.lint({ ...document, text: current }, defaultSettings, memory));
    lint.push(cpuSince(started));
  }
  report(
    'a keystroke in a file with 40 policies and patterns, CPU ms (against the parse of that file)',
    round(median(lint)),
    round(median(parse)),
    '≤ 4',
  );
}

function cpuSince(started) {
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

/** ESLint with the one published rule about CORS, from a folder of its own that is installed when it is missing. */
function eslint() {
  const folder = path.resolve('test/bench/packages');
  installPackages(folder);
  const requireThere = createRequire(path.join(folder, 'index.js'));
  const config = [
    {
      files: ['**/*.js'],
      plugins: { sonarjs: requireThere('eslint-plugin-sonarjs') },
      rules: { 'sonarjs/cors': 'error' },
      languageOptions: { sourceType: 'commonjs' },
    },
  ];
  return { ...requireThere('eslint'), config };
}

function againstEslint(ours) {
  const { Linter, config } = eslint();
  const linter = new Linter();
  const text = expressFile(1000);
  const times = [];
  for (let i = 0; i < 8; i++) {
    const started = performance.now();
    linter.verify(text, config, { filename: 'server.js' });
    times.push(performance.now() - started);
  }
  report(
    'the same keystroke, ESLint with its only published CORS rule, ms (against ours)',
    round(median(times)),
    round(ours),
    '≥ 20',
  );
}

/** A tenth of the large tree, so that ESLint comes to an end. */
async function scanAgainstEslint() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cors-lint-bench-'));
  try {
    tree(folder, 1000);
    const { ESLint, config } = eslint();
    const parsing = config.map((part) => ({ ...part, languageOptions: { sourceType: 'module' } }));
    const started = performance.now();
    await new ESLint({ cwd: folder, overrideConfigFile: true, overrideConfig: parsing }).lintFiles(['.']);
    const theirs = performance.now() - started;
    report(
      '1,000 files, ESLint with that rule, ms (against ours, start of the process included)',
      Math.round(theirs),
      Math.round(
        median([1, 2, 3].map(() => timed('node', [path.resolve('dist/cli.js'), folder, '--format', 'json']).ms)),
      ),
      '≥ 50',
    );
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function tree(folder, files) {
  for (let i = 0; i < files; i++) {
    const directory = path.join(folder, `package${i % 100}`);
    fs.mkdirSync(directory, { recursive: true });
    const text =
      i % 100 === 0
        ? expressFile(60)
        : (
            `export function handler${i}(input) {\n  const result = input.map((value) => value * ${i});\n  ` +
            `return result.filter(Boolean);\n}\n`
          ).repeat(12);
    fs.writeFileSync(path.join(directory, `file${i}.js`), text);
  }
}

function timed(command, args, options = {}) {
  const started = performance.now();
  const result = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, ...options });
  return { ms: performance.now() - started, result };
}

/** User and system seconds of a whole process, as the shell accounts for it: other work on the machine hardly counts. */
function cpuSeconds(command, args) {
  const script = '"$0" "$@" >/dev/null 2>&1; times';
  const seconds = () => {
    const { stdout } = spawnSync('sh', ['-c', script, command, ...args], { encoding: 'utf8' });
    const [, children = ''] = stdout.split('\n');
    return [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, m, s]) => sum + Number(m) * 60 + Number(s), 0);
  };
  return round(median([1, 2, 3].map(seconds)));
}

/** Files that all hold a policy, against oxlint with the same published rule. */
function scanOfCorsFiles() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cors-lint-bench-'));
  try {
    for (let i = 0; i < 200; i++) fs.writeFileSync(path.join(folder, `file${i}.js`), expressFile(60 + (i % 50)));
    const packages = path.resolve('test/bench/packages/node_modules');
    const settings = path.join(folder, 'oxlint.json');
    fs.writeFileSync(
      settings,
      JSON.stringify({
        jsPlugins: [path.join(packages, 'eslint-plugin-sonarjs')],
        categories: { correctness: 'off' },
        rules: { 'sonarjs/cors': 'error' },
      }),
    );
    report(
      '200 files that are all CORS, CPU s (against oxlint with that rule)',
      cpuSeconds('node', [path.resolve('dist/cli.js'), folder, '--format', 'json']),
      cpuSeconds('node', [path.join(packages, 'oxlint/bin/oxlint'), '-c', settings, folder]),
      '≤ 0.5',
    );
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** What a program costs before it has said anything: the processor's time, over that of Node with nothing to do. */
function start() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cors-lint-bench-'));
  try {
    fs.writeFileSync(path.join(folder, 'server.js'), expressFile(60));
    report(
      'the command over one file, CPU s (against node -e 0)',
      cpuSeconds('node', [path.resolve('dist/cli.js'), folder]),
      cpuSeconds('node', ['-e', '0']),
      '≤ +0.12 s',
    );
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function scan() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cors-lint-bench-'));
  try {
    tree(folder, 10_000);
    const cli = path.resolve('dist/cli.js');
    timed('node', [cli, folder, '--format', 'json']);
    const runs = [1, 2, 3].map(() => timed('node', [cli, folder, '--format', 'json']));
    const ours = median(runs.map(({ ms }) => ms));
    const rg = timed('rg', ['-l', '-i', 'cors|access-control-', folder]);
    if (rg.result.error) console.log('NOT RUN: ripgrep is not installed; the scan is not compared with it.');
    else
      report(
        '10,000 files of which 1 % hold CORS, ms (against rg -l)',
        Math.round(ours),
        Math.round(median([1, 2, 3].map(() => timed('rg', ['-l', '-i', 'cors|access-control-', folder]).ms))),
        '≤ 4',
      );
    const memory = spawnSync('/usr/bin/env', ['time', '-v', 'node', cli, folder, '--format', 'json'], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    const kilobytes = /Maximum resident set size \(kbytes\): (\d+)/.exec(memory.stderr ?? '')?.[1];
    if (kilobytes) report('memory of that scan, MB', Math.round(Number(kilobytes) / 1024), '', '≤ 150');
    else console.log('NOT RUN: GNU time is not installed; the memory of the scan is not measured.');
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** From starting the process to the first published diagnostics, over stdio. */
function serverStart() {
  return new Promise((resolve) => {
    const started = performance.now();
    const server = spawn('node', ['dist/server.js', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const send = (message) => {
      const body = JSON.stringify({ jsonrpc: '2.0', ...message });
      server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    };
    let output = '';
    server.stdout.on('data', (chunk) => {
      output += chunk;
      if (output.includes('"id":1') && !output.includes('opened')) {
        output += 'opened';
        send({ method: 'initialized', params: {} });
        send({
          method: 'textDocument/didOpen',
          params: {
            textDocument: {
              uri: 'file:///bench/server.js',
              languageId: 'javascript',
              version: 1,
              text: expressFile(60),
            },
          },
        });
      }
      if (output.includes('publishDiagnostics')) {
        const ms = performance.now() - started;
        server.once('exit', () => resolve(ms));
        server.kill();
      }
    });
    send({ id: 1, method: 'initialize', params: { processId: process.pid, rootUri: null, capabilities: {} } });
  });
}

async function edits() {
  const linter = createLinter(nodeHost());
  let text = expressFile(300);
  let memory;
  const used = [];
  for (let i = 1; i <= 10_000; i++) {
    const at = (i * 7919) % text.length;
    text = i % 2 === 0 ? text.slice(0, at) + text.slice(at + 1) : `${text.slice(0, at)} ${text.slice(at)}`;
    ({ memory } = await linter.lint(
      { path: '/bench/edit.js', languageId: 'javascript', text },
      defaultSettings,
      memory,
    ));
    if (i === 1000 || i === 10_000) {
      globalThis.gc?.();
      used.push(process.memoryUsage().rss / 1048576);
    }
  }
  report(
    'memory after 10,000 random edits, MB (against after 1,000)',
    Math.round(used[1]),
    Math.round(used[0]),
    'no growth',
  );
}

// What ships is measured, not the build for debugging.
spawnSync('node', ['esbuild.js', '--production'], { stdio: 'inherit' });
const ours = await keystroke();
await keystrokeInPolicies();
againstEslint(ours);
scan();
await scanAgainstEslint();
scanOfCorsFiles();
start();
const floors = [1, 2, 3, 4, 5].map(() => timed('node', ['-e', '0']).ms);
const starts = [];
for (let i = 0; i < 5; i++) starts.push(await serverStart());
report(
  'server start to first diagnostics, ms (against node -e 0)',
  Math.round(median(starts)),
  Math.round(median(floors)),
  '≤ +200 ms',
);
const vsix = fs.readdirSync('.').find((name) => name.endsWith('.vsix'));
if (vsix) report('.vsix, MB', round(fs.statSync(vsix).size / 1048576), '', '≤ 5');
else console.log('NOT RUN: no .vsix here; `npm run package` makes it.');
await edits();
console.table(rows);
