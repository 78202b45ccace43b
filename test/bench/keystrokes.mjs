/** Rows about one file that is typed in. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { createLinter, defaultSettings, nodeHost } from './bundled-linter.mjs';
import { cpuSince, median, round, row } from './measure.mjs';
import { eslint } from './peers.mjs';
import { expressFile, policiesFile } from './texts.mjs';

const require = createRequire(import.meta.url);
const TreeSitter = require('@vscode/tree-sitter-wasm');

/** Row and column as tree-sitter counts them; with a wrong row it reads more of the file again than the edit needs. */
function pointAt(text, offset) {
  const lines = text.slice(0, offset).split('\n');
  return { row: lines.length - 1, column: lines.at(-1).length };
}

async function javascriptParser() {
  await TreeSitter.Parser.init();
  const parser = new TreeSitter.Parser();
  const grammar = fs.readFileSync(require.resolve('@vscode/tree-sitter-wasm/wasm/tree-sitter-javascript.wasm'));
  parser.setLanguage(await TreeSitter.Language.load(grammar));
  return parser;
}

/** Whoever types has typed before: the engine has compiled by then what runs at each keystroke. */
const typedBefore = 100;

/** As the language server does: a watched file is read once, until the editor says that it changed. */
function keeping(host) {
  const kept = new Map();
  return { ...host, readFile: (file) => kept.get(file) ?? kept.set(file, host.readFile(file)).get(file) };
}

export async function keystroke() {
  const text = expressFile(1000);
  const linter = createLinter(keeping(nodeHost()));
  const parser = await javascriptParser();
  const document = { path: '/bench/server.js', languageId: 'javascript', text };
  let { memory } = await linter.lint(document, defaultSettings);
  let tree = parser.parse(text);
  const [parse, lint] = [[], []];
  const at = text.indexOf('page: 90');
  let current = text;
  for (let i = 0; i < typedBefore + 60; i++) {
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
  return (typed = row(
    'a keystroke in a 1,000-line Express file, ms (against the incremental parse alone)',
    round(median(lint.slice(typedBefore))),
    round(median(parse.slice(typedBefore))),
    '≤ 1.5',
  ));
}

/** The whole parse of the file is what it is held against: the incremental one looks at a line of forty policies. */
export async function keystrokeInPolicies() {
  const text = policiesFile(40);
  const linter = createLinter(keeping(nodeHost()));
  const parser = await javascriptParser();
  const document = { path: '/bench/server.js', languageId: 'javascript', text };
  let { memory } = await linter.lint(document, defaultSettings);
  const at = text.indexOf('team20') + 'team'.length;
  const [parse, lint] = [[], []];
  let current = text;
  for (let i = 0; i < typedBefore + 40; i++) {
    current = i % 2 === 0 ? `${text.slice(0, at)}x${text.slice(at)}` : text;
    let started = process.cpuUsage();
    parser.parse(current).delete();
    parse.push(cpuSince(started));
    started = process.cpuUsage();
    ({ memory } = await linter.lint({ ...document, text: current }, defaultSettings, memory));
    lint.push(cpuSince(started));
  }
  return row(
    'a keystroke in a file with 40 policies and patterns, CPU ms (against the parse of that file)',
    round(median(lint.slice(typedBefore))),
    round(median(parse.slice(typedBefore))),
    '≤ 4',
  );
}

/** The row of the same keystroke, where it has been measured. */
let typed;

/** The peer reads the whole file again. */
export async function verifyWithEslint() {
  const { ours } = (typed ??= await keystroke());
  const { Linter, config } = eslint();
  const linter = new Linter();
  const text = expressFile(1000);
  const times = [];
  for (let i = 0; i < 8; i++) {
    const started = performance.now();
    linter.verify(text, config, { filename: 'server.js' });
    times.push(performance.now() - started);
  }
  return row(
    'the same keystroke, ESLint with its only published CORS rule, ms (against ours)',
    round(median(times)),
    ours,
    '≥ 20',
  );
}

export async function edits() {
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
  return row(
    'memory after 10,000 random edits, MB (against after 1,000)',
    Math.round(used[1]),
    Math.round(used[0]),
    'no growth',
  );
}
