import assert from 'node:assert/strict';
import { hoconSettings } from '../../server/src/models/services/hocon-settings.ts';
import type { FrameworkContext } from '../../server/src/models/framework.ts';
import { readHocon } from '../../server/src/syntax/trees/hocon.ts';

const context: FrameworkContext = {
  path: '/project/conf/application.conf',
  readFile: () => undefined,
  document: () => undefined,
  version: () => undefined,
  listFolder: () => undefined,
};

describe('settings of HOCON', () => {
  it('asks each name once, however often others refer to it', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    // Looked up for each reference anew, this would be 100 million ways to the value.
    const references = names.slice(0, -1).flatMap((name, index) => Array(40).fill(`${name} = \${${names[index + 1]}}`));
    const text = [...references, 'f = ["https://shop.example"]', ''].join('\n');
    const found = hoconSettings(readHocon(context.path, text), context).get('a')?.entry.value;
    assert.ok(found?.kind === 'list');
    assert.deepEqual(
      found.items.map((item) => item.kind === 'scalar' && item.value),
      ['https://shop.example'],
    );
  });

  it('has no value for names that lead in a circle', () => {
    const text = 'a = ${b}\nb = ${c}\nc = ${a}\n';
    const value = hoconSettings(readHocon(context.path, text), context).get('a')?.entry.value;
    assert.ok(value?.kind === 'scalar' && String(value.value).startsWith('${'));
  });
});
