/** What a server sends that has caught a part of the origin with a pattern. */
import assert from 'node:assert/strict';
import { captured } from '../../server/src/models/servers/server-captures.ts';
import { always } from '../../server/src/policy/request-test.ts';

const values = (source: string) =>
  captured({ source, flags: '', dialect: 'pcre', mode: 'search' }, always).map(({ value }) => value);

describe('What a pattern catches of the origin', () => {
  it('is nothing that a page can read by where it is a part', () => {
    assert.deepEqual(values('https?://shop\\.example$'), [{ kind: 'text', text: '' }, { kind: 'origin' }]);
  });

  it('is the origin where the pattern takes the whole', () => {
    assert.deepEqual(values('^https://shop\\.example$'), [{ kind: 'origin' }]);
  });

  it('is open where something else fills the pattern in', () => {
    assert.deepEqual(values('${SHOP_ORIGINS}'), [{ kind: 'unknown' }]);
  });
});
