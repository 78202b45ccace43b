/** What `npm run generate` built is what the sources say. */
import assert from 'node:assert/strict';
import { everybodyPlain, everybodySecure, fixedSources, universe } from '../../server/src/policy/fixed-languages.ts';
import { holds } from '../../server/src/policy/patterns/automaton.ts';
import { fullMatch } from '../../server/src/policy/patterns/pattern-language.ts';

describe('languages that are built beforehand', () => {
  for (const [name, language] of Object.entries({ universe, everybodySecure, everybodyPlain }))
    it(`${name} is the smallest automaton of its source`, () =>
      // Their numbers differ where one of them was forgotten in between.
      assert.deepEqual(
        { ...language().automaton, id: 0 },
        { ...fullMatch(fixedSources[name as keyof typeof fixedSources]).automaton, id: 0 },
      ));

  it('says yes to origins, and no to other texts', () => {
    for (const origin of ['null', 'https://a.example', 'http://[::1]:3000', 'chrome-extension://abc'])
      assert.equal(holds(universe(), origin), true, origin);
    for (const text of ['', '*', 'https://A.example', 'https://a.example/', 'https://a.example:0'])
      assert.equal(holds(universe(), text), false, text);
    assert.equal(holds(everybodySecure(), 'https://a.example.com'), true);
    assert.equal(holds(everybodySecure(), 'http://a.example.com'), false);
    assert.equal(holds(everybodyPlain(), 'http://a.example.com'), true);
    assert.equal(holds(everybodyPlain(), 'http://localhost'), false);
  });
});
