/** What the design promises of every file, framework and rule. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { frameworks } from '../../server/src/frameworks/index.ts';
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
  it('has 300 lines at most', () => {
    assert.ok(sources.length > 200);
    assert.deepEqual(
      sources.filter((name) => fs.readFileSync(path.join(root, name), 'utf8').trimEnd().split('\n').length > 300),
      [],
    );
  });
  it('says what it is for, and is named for it', () => {
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
      frameworks
        .map(({ id }) => id)
        .filter(
          (id) =>
            !fs.existsSync(path.join(root, 'server/src/frameworks', `${id}.ts`)) ||
            fs.readdirSync(path.join(root, 'test/fixtures', id)).length < 2,
        ),
      [],
    );
    assert.deepEqual(
      fs.readdirSync(path.join(root, 'test/fixtures')).filter((folder) => !frameworks.some(({ id }) => id === folder)),
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
