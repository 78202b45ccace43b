/** The examples: every source that exists has one, `before` has findings, `after` has none, and `npm start` shows them. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { frameworks } from '../../server/src/frameworks/index.ts';
import { nodeHost } from '../../server/src/node/host.ts';
import { applyEdits } from '../../server/src/service/apply-edits.ts';
import { createLinter } from '../../server/src/service/linter.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';

/** Files of `before` and `after` in which no policy is read yet. A name here fails as soon as its source has arrived. */
const sourceToCome: readonly string[] = [];

/** Sources that read no policy: what they have to say is that no header is sent. */
const withoutPolicy: readonly string[] = ['better-auth', 'nestjs-graphql'];

const root = path.resolve('examples');
const linter = createLinter(nodeHost());
const files = fs
  .readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => /\/(before|after)\//.test(name) && fs.statSync(path.join(root, name)).isFile())
  .sort();
/** `deploy/vercel.json` for `deploy/before/vercel.json`. */
const subject = (name: string): string => name.replace(/\/(before|after)\//, '/');

async function lint(name: string) {
  const text = fs.readFileSync(path.join(root, name), 'utf8');
  const result = await linter.lint(
    { path: path.join(root, name).replaceAll('\\', '/'), relativePath: name, text },
    defaultSettings,
  );
  assert.deepEqual(result.problems ?? [], [], 'no error inside the linter');
  return result;
}

/** The other form of an `after`, with CORS switched off everywhere; undefined where something has no switch. */
async function switchedOff(name: string): Promise<string | undefined> {
  if (!name.includes('/after/')) return undefined;
  const before = name.replace('/after/', '/before/');
  const edits = (await lint(before)).policies.map((policy) => policy.edits.switchOff?.());
  return edits.length > 0 && edits.every((each) => each !== undefined)
    ? applyEdits(fs.readFileSync(path.join(root, before), 'utf8'), edits.flat())
    : undefined;
}

describe('examples', () => {
  for (const name of files) {
    it(name, async () => {
      const { findings, policies } = await lint(name);
      if (sourceToCome.includes(subject(name))) {
        assert.equal(policies.length, 0, `The source of ${name} has arrived: take it out of sourceToCome.`);
        return;
      }
      if (policies.length === 0)
        assert.equal(
          fs.readFileSync(path.join(root, name), 'utf8'),
          await switchedOff(name),
          `No policy is read in ${name}, and it is not what is left where CORS is switched off.`,
        );
      if (/\/before\//.test(name)) assert.ok(findings.length > 0, 'a bad example without a finding');
      else
        assert.deepEqual(
          findings.map((finding) => `${finding.rule}: ${finding.message}`),
          [],
        );
    });
  }

  it('come in pairs', () => {
    const of = (kind: string): string[] => files.filter((name) => name.includes(`/${kind}/`)).map(subject);
    assert.deepEqual(of('before'), of('after'));
    assert.deepEqual(
      sourceToCome.filter((name) => !of('before').includes(name)),
      [],
    );
  });

  it('show every source', async () => {
    const shown = new Set(
      (await Promise.all(files.map(lint))).flatMap(({ policies }) => policies.map(({ framework }) => framework)),
    );
    assert.deepEqual(
      frameworks.map(({ id }) => id).filter((id) => !shown.has(id) && !withoutPolicy.includes(id)),
      [],
    );
  });

  it('are all in the table of the README', () => {
    const table = fs.readFileSync(path.join(root, 'README.md'), 'utf8');
    const listed = [...table.matchAll(/^\| `([^`]+)`/gm)].map((match) => match[1]!.replace('/…/', '/')).sort();
    assert.deepEqual(listed, [...new Set(files.map(subject))].sort());
  });

  it('are what `npm start` prints, without failing', () => {
    const { status, stdout, error } = spawnSync(process.execPath, ['server/scripts/start.mjs'], {
      encoding: 'utf8',
      timeout: 600_000,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    });
    if (error) throw error;
    assert.equal(status, 0, stdout);
    for (const name of files.filter((each) => each.includes('/before/') && !sourceToCome.includes(subject(each))))
      assert.ok(stdout.includes(`examples/${name}:`), `${name} is not named in:\n${stdout}`);
    assert.doesNotMatch(stdout, /\/after\//);
  });
});
