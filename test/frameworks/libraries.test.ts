/** Libraries as tables: releases, and options that are written in other ways than as an object. */
import assert from 'node:assert/strict';
import type { CorsLibrary } from '../../server/src/models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../server/src/models/libraries/define-cors-library.ts';
import { keywordsOf } from '../../server/src/models/libraries/option-finders.ts';
import { byRelease, differing, isBefore } from '../../server/src/models/libraries/releases.ts';
import type { Policy } from '../../server/src/policy/policy.ts';
import type { Edit } from '../../server/src/syntax/range.ts';
import { canRead } from '../../server/src/verdict/analyse.ts';
import { open } from '../values/harness.ts';
import { finished } from '../../server/src/models/in-steps.ts';

/** A made-up library of Python, which lets everybody in unless it is told otherwise. */
const table: CorsLibrary = {
  options: {
    origin: ['origins'],
    credentials: ['supports_credentials'],
    methods: ['methods'],
    allowedHeaders: ['allow_headers'],
    exposedHeaders: ['expose_headers'],
    maxAge: ['max_age'],
  },
  otherOptions: ['vary_header'],
  foreignNames: {},
  origin: {
    missing: 'any',
    text: 'compared',
    star: 'any',
    empty: 'nobody',
    true: 'fails',
    false: 'fails',
    nothing: 'any',
    pattern: 'search',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'any',
    patternInList: 'search',
  },
  credentials: { default: false, on: 'truthy' },
  anyWithCredentials: 'reflect',
  vary: { any: false, sent: true, checked: 'allowed' },
  othersFor: 'everybody',
  needsOrigin: false,
  methods: { default: 'GET,POST', separator: ', ', everyResponse: false },
  allowedHeaders: { default: 'requested', separator: ', ', everyResponse: false, emptyIsDefault: true, vary: false },
  exposedHeaders: { default: undefined, separator: ', ', onPreflight: true },
  maxAge: { default: undefined, zero: true },
  preflight: { when: { kind: 'method', name: 'OPTIONS' }, status: 200 },
};

describe('tables by release', () => {
  const at = byRelease(table, [
    { before: '4.0.0', differs: { origin: { missing: 'reflect' }, maxAge: { default: '600' } } },
    { before: '3.1.0', differs: { otherOptions: [], origin: { text: 'sent' } } },
  ]);

  it('takes the newest where the version is not known, and no difference behind it', () => {
    for (const version of [undefined, '4.0.0', '4.0.0rc1', 'v4.0.0-beta.3', '10.0', 'latest'])
      assert.equal(at(version), table, version);
  });

  it('adds up the differences, group by group', () => {
    const third = at('3.9.9');
    assert.deepEqual(third.origin, { ...table.origin, missing: 'reflect' });
    assert.deepEqual(third.maxAge, { default: '600', zero: true });
    assert.deepEqual(third.otherOptions, table.otherOptions);
    const first = at('3.0');
    assert.deepEqual(first.origin, { ...table.origin, missing: 'reflect', text: 'sent' });
    assert.deepEqual(first.otherOptions, []);
    assert.equal(table.origin.missing, 'any');
  });

  it('replaces what is a group inside a group as a whole', () => {
    const changed = differing(table, { preflight: { when: { kind: 'preflight' } } });
    assert.deepEqual(changed.preflight, { when: { kind: 'preflight' }, status: 200 });
  });

  it('compares versions of every ecosystem by their numbers', () => {
    assert.ok(isBefore('1.9.9', '1.10.0'));
    assert.ok(isBefore('v1.8', '1.8.1'));
    assert.ok(!isBefore('1.8.0', '1.8'));
    assert.ok(!isBefore('2.0.0.Final', '2.0.0'));
    assert.ok(!isBefore('main', '1.0.0'));
  });
});

describe('options as keyword arguments', () => {
  const framework = defineCorsLibrary({
    id: 'made-up',
    title: 'Made up',
    documentation: 'https://example.com/',
    reads: '`CORS(app, origins=…)`',
    mentions: ['made_up'],
    languages: ['python'],
    uses: [{ packageName: 'made-up', options: keywordsOf({ modules: ['made_up'], names: ['CORS'] }), table }],
  });

  async function policyOf(body: string): Promise<{ readonly policy: Policy; readonly text: string }> {
    const text = `from made_up import CORS\n${body}\n`;
    const { program, evaluator } = await open({ '/app.py': text });
    const reading = framework.read(program, {
      path: '/app.py',
      readFile: () => undefined,
      document: () => undefined,
      version: () => undefined,
      listFolder: () => undefined,
      evaluator,
    });
    const { policies } = finished(reading);
    assert.equal(policies.length, 1);
    return { policy: policies[0]!, text };
  }

  const letsIn = ({ policy }: { readonly policy: Policy }, origin: string): boolean =>
    canRead(policy, origin, { credentials: false });

  function applied(text: string, edits: readonly Edit[] | undefined): string {
    return [...(edits ?? [])]
      .sort((a, b) => b.range.start - a.range.start)
      .reduce((before, { range, newText }) => before.slice(0, range.start) + newText + before.slice(range.end), text);
  }

  it('reads them by their names, also where a dictionary is unpacked', async () => {
    for (const call of [
      'CORS(app, origins="https://a.example", supports_credentials=True)',
      'options = {"origins": ["https://a.example"]}\nCORS(app, **options, supports_credentials=True)',
    ]) {
      const read = await policyOf(call);
      assert.ok(letsIn(read, 'https://a.example'), call);
      assert.ok(!letsIn(read, 'https://evil.example'), call);
      assert.equal(read.policy.settings.credentials.value, true);
    }
  });

  it('lets everybody in by default, and knows nothing where something unknown is unpacked', async () => {
    assert.ok(letsIn(await policyOf('CORS(app)'), 'https://evil.example'));
    const unknown = await policyOf('CORS(app, **settings())');
    assert.deepEqual(
      unknown.policy.settings.origins.value.map(({ kind }) => kind),
      ['unknown'],
    );
  });

  it('writes them as Python does', async () => {
    const allowOnly = async (call: string): Promise<string | undefined> => {
      const { policy, text } = await policyOf(call);
      return applied(text, policy.edits.allowOnly?.(['https://a.example']))
        .split('\n')
        .slice(1)
        .join('\n')
        .trimEnd();
    };
    assert.equal(await allowOnly('CORS(app)'), 'CORS(app, origins=["https://a.example"])');
    assert.equal(await allowOnly('CORS(app, max_age="5")'), 'CORS(app, origins=["https://a.example"], max_age="5")');
    assert.equal(
      await allowOnly('CORS(\n    app,\n    max_age="5",\n)'),
      'CORS(\n    app,\n    origins=["https://a.example"],\n    max_age="5",\n)',
    );
    assert.equal(await allowOnly('CORS(app, origins="*")'), 'CORS(app, origins=["https://a.example"])');
    // What a dictionary holds is not written as a keyword.
    assert.equal(await allowOnly('CORS(app, **{"max_age": 5})'), 'CORS(app, **{"max_age": 5})');
  });

  it('renames an option that does not exist', async () => {
    const { policy, text } = await policyOf('CORS(app, origin="https://a.example")');
    const fact = policy.facts.find(({ kind }) => kind === 'unknown-option');
    assert.ok(fact?.kind === 'unknown-option' && fact.suggestion === 'origins' && fact.opens);
    assert.match(applied(text, fact.rename?.()), /CORS\(app, origins="https:\/\/a\.example"\)/);
  });
});
