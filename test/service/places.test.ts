/**
 * Whatever a lint says of a file, it says where that stands: an empty line in front of the text moves each place of the file by one, and
 * no place of another file. A place that does not know its file would be shown in the wrong one.
 */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { nodeHost } from '../../server/src/node/host.ts';
import { createLinter } from '../../server/src/service/linter.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';
import { fixtureFiles } from '../frameworks/rooms.ts';
import { sampled } from '../seed.ts';
import { said } from './small-changes.ts';

type Data = null | string | number | boolean | readonly Data[] | { readonly [name: string]: Data };

const offsets = new Set(['start', 'end', 'at', 'app']);

/** The same with the places of that file moved; what stands for the whole file begins at its beginning in either text. */
function moved(data: Data, by: number, file: string): Data {
  if (typeof data === 'string') return data.replaceAll(/\bfailure at \d+/g, 'failure');
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return data.map((one: Data) => moved(one, by, file));
  const members = Object.entries(data as Readonly<Record<string, Data>>);
  const { start, path: of } = Object.fromEntries(members);
  if (start !== undefined && of !== undefined && of !== file) return data;
  return Object.fromEntries(
    members.map(([name, value]) => {
      if (typeof value !== 'number' || !offsets.has(name)) return [name, moved(value, by, file)];
      return [name, value + by <= 1 ? 0 : value + by];
    }),
  );
}

describe('places', () => {
  const files = fixtureFiles().filter((name) => fs.statSync(path.join('test/fixtures', name)).size < 20_000);
  const linter = createLinter(nodeHost());

  async function saidOf(file: string, text: string, by: number): Promise<Data> {
    const result = await linter.lint({ path: file, text }, defaultSettings);
    linter.release(result.memory);
    return moved(JSON.parse(said(result)) as Data, by, file);
  }

  it('know the file that they stand in', async () => {
    for (const name of sampled(files, 400)) {
      const file = path.resolve('test/fixtures', name);
      const text = fs.readFileSync(file, 'utf8');
      assert.deepEqual(await saidOf(file, `\n${text}`, 0), await saidOf(file, text, 1), name);
    }
  });
});
