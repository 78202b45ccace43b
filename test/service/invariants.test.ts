/** What the design promises of every file, framework and rule. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { globSync } from 'tinyglobby';
import { frameworks } from '../../server/src/frameworks/index.ts';
import { fixtureFiles, fixturesOf, rooms } from '../frameworks/rooms.ts';
import { rules } from '../../server/src/rules/index.ts';

const root = process.cwd();
const sources = ['server/src', 'client/src']
  .flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => path.join(folder, name)),
  )
  .filter((name) => name.endsWith('.ts'));

describe('every source file', () => {
  it('says what it is for, and is named for it', () => {
    assert.ok(sources.length > 200);
    assert.deepEqual(
      sources.filter((name) => /(^|\/)(utils?|helpers?|common|misc)(\.|-)/.test(name)),
      [],
    );
    assert.deepEqual(
      sources.filter((name) => !/^(#!.*\n)?\/\*\*/.test(fs.readFileSync(path.join(root, name), 'utf8'))),
      [],
    );
  });
});

describe('every framework', () => {
  it('is a file and a folder of fixtures of its own', () => {
    assert.deepEqual(
      frameworks.map(({ id }) => id).filter((id) => fs.readdirSync(fixturesOf(id)).length < 2),
      [],
    );
    const folders = frameworks.map(({ id }) => `${rooms.get(id)}/${id}/`);
    assert.deepEqual(
      fixtureFiles().filter((file) => !folders.some((folder) => file.startsWith(folder))),
      [],
    );
  });
  it('has its lab in its own room', () => {
    const entries = globSync('**/entry.mjs', {
      cwd: path.join(root, 'test/lab'),
      ignore: ['**/{programs,node_modules}/**'],
    }).map((name) => path.dirname(name));
    assert.ok(entries.length > 50);
    assert.deepEqual(
      entries.filter((entry) => (rooms.get(path.posix.basename(entry)) ?? path.dirname(entry)) !== path.dirname(entry)),
      [],
    );
  });
});

describe('every rule', () => {
  it('is a file with a page of documentation, and no page is left over', () => {
    assert.deepEqual(
      rules.map(({ id }) => id).filter((id) => !fs.existsSync(path.join(root, 'server/src/rules', `${id}.ts`))),
      [],
    );
    assert.deepEqual(
      fs
        .readdirSync(path.join(root, 'server/docs/rules'))
        .map((name) => name.replace(/\.md$/, ''))
        .sort(),
      rules.map(({ id }) => id).sort(),
    );
  });
});
