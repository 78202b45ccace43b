/** Endings of languages that are not read. */
import assert from 'node:assert/strict';
import { languages } from '../../server/src/service/languages.ts';
import { unreadEndings } from '../../server/src/service/unread-languages.ts';

describe('languages that are not read', () => {
  it('have no ending of one that is: a walk over folders would pass it by', () => {
    const read = new Set(languages.flatMap(({ endings }) => endings));
    assert.deepEqual(
      unreadEndings.filter((ending) => read.has(ending)),
      [],
    );
  });
});
