/**
 * Repositories of strangers, made at random: whatever lies in one, the command ends by itself, says of each file that it could not
 * read that it did not, reports all others, and neither reads nor writes outside.
 */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { runs } from '../seed.ts';
import { buildCli, copyCommand, closedApp, fixableApp, found, openApp, place } from './run.ts';
import type { Outcome, Place } from './run.ts';

/** Nobody is told of an address that stands only outside. */
const secret = 'https://secret-outside.example/';
const outsider = `exports.origins = ['${secret}'];\nrequire('express')().use(require('cors')({ origin: '${secret}' }));\n`;
const asks = (file: string): string =>
  `const { origins } = require('${file}');\nrequire('express')().use(require('cors')({ origin: origins }));\n`;
const deepPython =
  'from fastapi.middleware.cors import CORSMiddleware\n' +
  Array.from({ length: 600 }, (_, at) => `${' '.repeat(at)}if a:\n`).join('') +
  `${' '.repeat(600)}app.add_middleware(CORSMiddleware, allow_origins=['*'])\n`;
const escape = '\u001b]0;title\u0007\u001b[2J';
const raw = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;
const canPipe = spawnSync('mkfifo', ['--version']).error === undefined;

/** What one thing in the repository does to the outcome. */
interface Expected {
  /** Files with one finding, `any-origin`. */
  readonly open?: readonly string[];
  /** Files that standard error names, as it shows them. */
  readonly named?: readonly string[];
  /** Nothing is checked: the call, or its settings, are wrong. */
  readonly refused?: true;
  /** A file could not be checked. */
  readonly failed?: true;
}
type Ingredient = (repo: Repository, number: number) => Expected;
interface Repository {
  write(name: string, content: string | Uint8Array): void;
  link(target: string, name: string): void;
  pipe(name: string): void;
}

const ingredients: Readonly<Record<string, Ingredient>> = {
  app(repo, number) {
    const name = `${'deep/'.repeat(number % 40)}app.js`;
    repo.write(name, openApp);
    return { open: [name] };
  },
  linkedFile(repo) {
    repo.link('../outside/list.js', 'linked.js');
    repo.write('asks-link.js', asks('./linked.js'));
    return {};
  },
  linkedFolder(repo) {
    repo.link('../outside', 'linked');
    repo.write('asks-folder.js', asks('./linked/list.js'));
    return {};
  },
  importOutside(repo) {
    repo.write('asks-outside.js', asks('../outside/list.js'));
    repo.write('nginx.conf', 'http { include ../outside/*.conf; include /etc/nginx/*.conf; }\n');
    return {};
  },
  circle(repo) {
    repo.link('circle-b.js', 'circle-a.js');
    repo.link('circle-a.js', 'circle-b.js');
    repo.link('.', 'here');
    repo.write('asks-circle.js', asks('./circle-a.js'));
    return {};
  },
  pipes(repo, number) {
    for (const name of ['pipe.js', 'pipes/.gitignore', 'pipes/package.json', 'pipes/.env'].slice(number % 3))
      repo.pipe(name);
    repo.write('pipes/app.js', openApp);
    repo.write('asks-pipe.js', asks('./pipe.js'));
    return { open: ['pipes/app.js'], ...(number % 3 < 2 && canPipe && { named: ['pipes/.gitignore'] }) };
  },
  device(repo) {
    repo.link('/dev/zero', 'zero.js');
    repo.write('asks-zero.js', asks('./zero.js'));
    return {};
  },
  closed(repo) {
    repo.write('closed.js', openApp);
    return { named: ['closed.js'] };
  },
  controlInName(repo) {
    const name = `${escape}\u202e.js`;
    repo.write(name, openApp);
    return { open: [name] };
  },
  commandInName(repo, number) {
    const name = ['::error ::x.js', 'a\n::error ::y.js', '##[error]z.js', ' - a: %0A::set-output name=b::c.js'][
      number % 4
    ]!;
    repo.write(name, openApp);
    return { open: [name] };
  },
  longName(repo) {
    const name = `${`${'l'.repeat(200)}/`.repeat(4)}${'n'.repeat(240)}.js`;
    repo.write(name, openApp);
    return { open: [name] };
  },
  brokenSettings(repo, number) {
    repo.write('settings/cors-lint.json', ['{{{', `{ "${escape}": 1 }`, '\0\0', '[]', ''][number % 5]!);
    repo.write('settings/app.js', closedApp);
    return { refused: true, named: ['settings/cors-lint.json'] };
  },
  hugeSettings(repo, number) {
    repo.write(
      'settings/cors-lint.json',
      number % 2 ? `{ "exclude": [${'"a", '.repeat(600_000)} "b"] }` : '['.repeat(100_000),
    );
    repo.write('settings/app.js', closedApp);
    return { refused: true, named: ['settings/cors-lint.json'] };
  },
  deepBlocks(repo) {
    repo.write('deep.py', deepPython);
    return { failed: true, named: ['deep.py'] };
  },
  deepBrackets(repo, number) {
    const count = 3000 + (number % 3000);
    repo.write('brackets/vercel.json', `{ "headers": ${'['.repeat(count)}"Access-Control-Allow-Origin"`);
    // In lines, as people write: what a machine wrote is for information only.
    repo.write('brackets/app.js', `${openApp}x = ${'[\n'.repeat(count)}\n`);
    return { open: ['brackets/app.js'] };
  },
  binary(repo, number) {
    repo.write('binary.js', Buffer.concat([Buffer.from(openApp), Buffer.alloc(1 + (number % 5000))]));
    return { named: ['binary.js'] };
  },
  noText(repo, number) {
    repo.write('bytes.js', Buffer.from(Array.from({ length: 3000 }, (_, at) => 128 + ((at * 7919 + number) % 127))));
    return {};
  },
  large(repo) {
    repo.write('large.js', openApp + ' '.repeat(9 * 1_048_576));
    return { named: ['large.js'] };
  },
  hostileWords(repo) {
    repo.write(
      'words.js',
      `const app = require('express')();\napp.use('/a\\n::error ::z${escape}', require('cors')());\n`,
    );
    return { open: ['words.js'] };
  },
};

const settings = Object.keys(ingredients).filter((name) => name.endsWith('Settings'));
/** Where the settings are wrong nothing else is told, so that they seldom are. */
const recipe = fc.tuple(
  fc.subarray(
    Object.keys(ingredients).filter((name) => !settings.includes(name)),
    { minLength: 4 },
  ),
  fc.constantFrom([], [], [], [], [], settings.slice(0, 1), settings.slice(1)),
  fc.nat(),
);

describe('a repository made at random', function () {
  this.timeout(600_000);
  let commandOfAll: Place;
  before(() => {
    buildCli();
    // Run by somebody who is not the superuser, from where everybody may read it.
    commandOfAll = place();
    copyCommand(commandOfAll.folder);
    chmodSync(commandOfAll.folder, 0o755);
  });
  after(() => commandOfAll.remove());

  const run = (cwd: string, ...args: string[]): Outcome => {
    const superuser = process.getuid?.() === 0;
    const { status, stdout, stderr, error } = spawnSync(
      process.execPath,
      [path.join(commandOfAll.folder, 'cli.js'), ...args],
      {
        cwd,
        encoding: 'utf8',
        timeout: 300_000,
        maxBuffer: 64 * 1_048_576,
        env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
        ...(superuser && { uid: 65534, gid: 65534 }),
      },
    );
    if (error) throw error;
    return { status, out: stdout, error: stderr };
  };

  it('costs nobody anything', function () {
    if (process.platform === 'win32') {
      console.error('SKIPPED: on Windows this needs other means to make such files.');
      this.skip();
    }
    fc.assert(
      fc.property(recipe, ([things, wrong, number]) => {
        const names = [...things, ...wrong];
        const here = place({ 'outside/list.js': outsider, 'outside/fix.js': fixableApp, 'repo/.git/HEAD': '' });
        try {
          const expected = names.map((name) => ingredients[name]!(repositoryIn(here), number));
          makeOpen(here.folder);
          if (names.includes('closed')) chmodSync(path.join(here.folder, 'repo/closed.js'), 0);
          const outside = contentOf(path.join(here.folder, 'outside'));
          const repo = path.join(here.folder, 'repo');
          checkJson(run(repo, '-f', 'json', '.'), expected);
          checkWords(run(repo, ...[['.'], ['-f', 'github', '.'], ['policy', '.']][number % 3]!));
          const fixed = run(repo, '--fix', '.');
          assert.ok([0, 1, 2, 3].includes(fixed.status!), String(fixed.status));
          assert.doesNotMatch(fixed.error, /crashed/);
          assert.deepEqual(contentOf(path.join(here.folder, 'outside')), outside);
        } finally {
          here.remove();
        }
      }),
      // Each repository takes seconds: whoever is told of one need not wait for a smaller one.
      { numRuns: runs(24), endOnFailure: true },
    );
  });

  it('may change while it is read: each file is read as it was at one time, and no other is lost', async () => {
    const here = place({
      'repo/.git/HEAD': '',
      'repo/z.js': openApp,
      one: openApp,
      other: closedApp + '// and so on\n'.repeat(25_000),
    });
    const repo = path.join(here.folder, 'repo');
    const script = 'while :; do cp one repo/a.js; cp other repo/a.js; rm repo/a.js; : > repo/a.js; sleep 0.01; done';
    const writer = spawn('sh', ['-c', script], { cwd: here.folder, stdio: 'ignore' });
    const ended = new Promise((resolve) => writer.on('exit', resolve));
    try {
      makeOpen(here.folder);
      for (let time = 0; time < 2; time++) {
        const outcome = run(repo, '-f', 'json', '.');
        assert.ok(found(outcome).includes('z.js any-origin'), outcome.error);
        assert.match(outcome.error, /^((skipped|could not be checked): a\.js: [^\n]+\n)?$/);
      }
    } finally {
      writer.kill();
      await ended;
      here.remove();
    }
  });
});

function repositoryIn(here: Place): Repository {
  const full = (name: string): string => {
    const file = path.join(here.folder, 'repo', name);
    mkdirSync(path.dirname(file), { recursive: true });
    return file;
  };
  return {
    write: (name, content) => writeFileSync(full(name), content),
    link: (target, name) => symlinkSync(target, full(name)),
    pipe: (name) => void spawnSync('mkfifo', [full(name)]),
  };
}

/** Everybody may read and write it, so that what is not written was not to be written. */
function makeOpen(folder: string): void {
  spawnSync('chmod', ['-R', 'a+rwX', folder]);
}

function contentOf(folder: string): unknown {
  return readdirSync(folder).map((name) => {
    const { mode, mtimeMs, ino } = lstatSync(path.join(folder, name));
    return { name, mode, mtimeMs, ino, text: readFileSync(path.join(folder, name), 'utf8') };
  });
}

function checkJson(outcome: Outcome, expected: readonly Expected[]): void {
  const { status, out, error } = outcome;
  const refusals = expected.filter(({ refused }) => refused);
  const named = (refusals.length > 0 ? refusals : expected).flatMap((one) => one.named ?? []);
  for (const name of named) assert.ok(error.includes(name), `${name} in ${error}`);
  assert.doesNotMatch(error, raw);
  assert.ok(!(out + error).includes(secret));
  if (refusals.length > 0) {
    assert.equal(status, 2, error);
    return;
  }
  const open = expected.flatMap((one) => one.open ?? []);
  assert.deepEqual(found(outcome).sort(), open.map((name) => `${name} any-origin`).sort());
  assert.equal(status, expected.some(({ failed }) => failed) ? 3 : open.length > 0 ? 1 : 0, error);
}

function checkWords({ out, error }: Outcome): void {
  assert.doesNotMatch(out + error, raw);
  assert.ok(!(out + error).includes(secret));
  // What begins as an annotation is read as one, whatever stands in it.
  const lines = `${out}\n${error}`.split('\n').filter((line) => !/^::(error|warning|notice) file=[^:]*::/.test(line));
  for (const line of lines) assert.doesNotMatch(line, /^\s*::|##\[|##vso\[/);
}
