/**
 * `npm run test:dialects`: the engines themselves judge what the linter takes a pattern to mean.
 *
 * Patterns of people and of a seeded generator, in every dialect and every way of applying them, are run by the real
 * engine over origins; where the linter has an answer, it must be the engine's. A pattern that the engine refuses must be
 * unknown to the linter. An engine that is not there is a failure, said in one line. Last line: `N passed, N failed`.
 *
 * Lines for an engine: first all texts, then one pattern a line as mode, flags and source, everything in base64; it answers
 * one line a pattern, `1` or `0` a text, or `refused`.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { decide } from '../../server/src/policy/decide.ts';
import { languageOfPattern } from '../../server/src/policy/patterns/pattern-language.ts';
import { origins, patterns } from './dialect-patterns.mjs';
import { generatedOrigins, generatedPatterns } from './generated-patterns.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const engine = (name) => path.join(here, 'engines', name);
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'cors-lint-dialects-'));
const verbose = process.argv.includes('--verbose');

function run(command, args, options = {}) {
  const done = spawnSync(command, args, { encoding: 'utf8', timeout: 120_000, maxBuffer: 64 << 20, ...options });
  return done.error || done.status !== 0
    ? {
        failed:
          done.error?.code === 'ENOENT'
            ? `${command} is not installed`
            : (done.stderr || String(done.error ?? `status ${done.status}`)).trim().slice(0, 500),
      }
    : { text: done.stdout };
}

const engines = {
  javascript: {
    modes: ['search', 'prefix', 'full'],
    name: () => `Node ${process.versions.node}`,
    start: () => [process.execPath, [engine('javascript.mjs')]],
  },
  python: {
    modes: ['search', 'prefix', 'full'],
    name: () => run('python3', ['--version']),
    start: () => ['python3', [engine('python_re.py')]],
  },
  pcre: {
    modes: ['search'],
    name: () => {
      const version = run('python3', [engine('pcre2.py'), '--version']);
      return version.failed
        ? { failed: 'libpcre2-8 or python3 is missing (Debian: libpcre2-8-0)' }
        : { text: `PCRE2 ${version.text}` };
    },
    start: () => ['python3', [engine('pcre2.py')]],
  },
  go: {
    modes: ['search'],
    name: () => {
      const built = run('go', ['build', '-o', path.join(scratch, 'judge'), '.'], {
        cwd: engine('go'),
        env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=mod', GOPROXY: 'off' },
      });
      return built.failed ? built : run(path.join(scratch, 'judge'), ['--version']);
    },
    start: () => [path.join(scratch, 'judge'), []],
  },
  java: {
    modes: ['search', 'prefix', 'full'],
    name: () => {
      const version = run('java', ['--version']);
      return version.failed ? version : { text: version.text.split('\n')[0] };
    },
    start: () => ['java', [engine('Judge.java')]],
  },
};

const encode = (text) => Buffer.from(text).toString('base64');
let shown = 0;
let failed = 0;
let agreed = 0;
for (const [dialect, { modes, name, start }] of Object.entries(engines)) {
  const version = name();
  if (version.failed) {
    failed += 1;
    console.log(`NOT RUN: ${dialect}: ${version.failed}`);
    continue;
  }
  judge(dialect, modes, (version.text ?? version).trim(), start());
}
console.log('NOT RUN: dotnet: there is no package of it in Debian; what is known of it follows its documentation');
fs.rmSync(scratch, { recursive: true });
console.log(`${agreed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

function judge(dialect, modes, version, [command, args]) {
  const written = patterns[dialect].map((text) => {
    const [source, flags = ''] = text.split('\t');
    return { source, flags };
  });
  const jobs = [
    ...written.map((one) => ({ ...one, by: 'people' })),
    ...generatedPatterns(dialect).map((one) => ({ ...one, by: 'generator' })),
  ].flatMap((one) => modes.map((mode) => ({ ...one, mode, dialect })));
  const texts = [...origins, ...generatedOrigins()];
  const input = [
    texts.map(encode).join(' '),
    ...jobs.map(({ mode, flags, source }) => [mode, flags, encode(source)].join(' ')),
    '',
  ].join('\n');
  const output = run(command, args, { input });
  const answers = output.failed ? [] : output.text.trimEnd().split('\n');
  if (answers.length !== jobs.length) {
    failed += 1;
    console.log(`NOT RUN: ${dialect}: ${output.failed ?? `${answers.length} answers to ${jobs.length} questions`}`);
    return;
  }
  const count = { pairs: 0, refused: 0, unknown: new Set(), known: new Set(), silent: 0 };
  jobs.forEach((pattern, index) => {
    const test = { kind: 'origin', part: 'origin', operator: 'matches', pattern };
    const linter = texts.map((origin) => decide(test, { origin, method: 'GET', cookie: false }));
    const isKnown = languageOfPattern(pattern) !== undefined;
    const title = `${pattern.source} ${pattern.flags}`;
    if (answers[index] === 'refused') {
      count.refused += 1;
      if (linter.every((one) => one === 'unknown')) agreed += 1;
      else report(`${dialect} refuses ${title}, the linter knows what it means`);
      return;
    }
    if (pattern.by === 'people') (isKnown ? count.known : count.unknown).add(title);
    linter.forEach((mine, at) => {
      if (mine === 'unknown' || answers[index][at] === '?') count.silent += 1;
      else if (mine === (answers[index][at] === '1')) {
        agreed += 1;
        count.pairs += 1;
      } else
        report(
          `${dialect} ${pattern.mode} ${title} on "${texts[at]}": the engine says ${answers[index][at] === '1'}, the linter ${mine}`,
        );
    });
  });
  console.log(
    `${dialect}: ${version}: ${jobs.length} patterns and modes (${written.length} patterns by people), ` +
      `${count.pairs} pairs agree, ${count.silent} are left open, ${count.refused} patterns are refused by ` +
      `both`,
  );
  console.log(
    `  of the patterns by people that the engine takes, ${count.known.size} are known and ` +
      `${count.unknown.size} not: ${[...count.unknown].join('   ')}`,
  );
}

function report(line) {
  failed += 1;
  if (shown++ < 60 || verbose) console.log(line);
}
