/**
 * The model of headers written by hand with tables of other languages: what their programs would say, in a syntax that
 * can be read here.
 */
import assert from 'node:assert/strict';
import type { Edit } from '../../server/src/syntax/range.ts';
import { findWrites } from '../../server/src/models/handlers/find-writes.ts';
import { handlerPolicies, misplacedHeaders } from '../../server/src/models/handlers/handler-policies.ts';
import type { HandlerLanguage } from '../../server/src/models/handlers/handler-language.ts';
import type { WaysOfWriting } from '../../server/src/models/handlers/ways-of-writing.ts';
import { answer, combinedValue } from '../../server/src/policy/answer.ts';
import type { Policy } from '../../server/src/policy/policy.ts';
import { always } from '../../server/src/policy/request-test.ts';
import { applyEdits } from '../../server/src/service/apply-edits.ts';
import { open } from '../values/harness.ts';
import { finished } from '../../server/src/models/in-steps.ts';

const nothing: WaysOfWriting = {
  methods: [],
  functions: [],
  takers: [],
  requests: /^client\./,
  headersObject: /^headers$/,
  vary: [],
};

function languageOf(writes: Partial<WaysOfWriting>, others: Partial<HandlerLanguage> = {}): HandlerLanguage {
  return {
    writes: { ...nothing, ...writes },
    answers: {
      route: () => ({ scope: 'every request', when: always, optionsStatus: 200 }),
      statuses: { before: /\bstatus\(/, names: { NO_CONTENT: 204 } },
      isLostOnError: () => false,
    },
    preflights: { readsJson: [], routed: /\bput\(/, answered: /OPTIONS/ },
    edits: {
      notation: {
        quote: '"',
        list: (members) => `listOf(${members.join(', ')})`,
        contains: (list, text) => `contains(${list}, ${text})`,
        choice: () => undefined,
        constant: (name, value) => `${name} := ${value}`,
        listNames: ['allowed', 'corsAllowed'],
        condition: (test, statement, step) => [`if ${test} {`, step + statement, '}'],
        end: '',
      },
      checked: ['call', 'assignment'],
      patternMethods: /^test$/,
      requestOrigin: () => 'origin(r)',
    },
    ...others,
  };
}

async function read(text: string, language: HandlerLanguage): Promise<{ policies: Policy[]; misplaced: string[] }> {
  const { program, evaluator } = await open({ 'program.js': text });
  const context = {
    path: 'program.js',
    evaluator,
    readFile: () => undefined,
    document: () => undefined,
    version: () => undefined,
    listFolder: () => undefined,
  };
  const found = finished(findWrites(program, evaluator, language.writes));
  const named = { framework: 'test', title: 'headers by hand' };
  return {
    policies: finished(
      handlerPolicies(
        found.filter(({ direction }) => direction === 'response'),
        program,
        context,
        language,
        named,
      ),
    ),
    misplaced: misplacedHeaders(
      found.filter(({ direction }) => direction === 'request'),
      program,
    ).map((fact) => (fact.kind === 'response-header-in-request' ? fact.header : '')),
  };
}

/** What a page of the origin gets, by name. */
function sent(policy: Policy, name: string, origin: string | null, method = 'GET'): string | null | undefined {
  return combinedValue(answer(policy, { origin, method, cookie: false }), name);
}

const shop = 'https://shop.example';
const allowOrigin = 'access-control-allow-origin';

describe('Headers by hand', () => {
  it('reads name and value in one text, and names that are taken away', async () => {
    const language = languageOf({
      functions: [
        { name: /^header$/, operation: 'set', line: true },
        { name: /^header_remove$/, operation: 'remove', line: true },
      ],
    });
    const text = `function handle(req) {
      header('Access-Control-Allow-Origin: ' + req.headers.origin);
      header('access-control-max-age:600');
      header("Vary: Origin");
      if (req.method === 'POST') header_remove('Access-Control-Max-Age');
    }`;
    const { policies } = await read(text, language);
    const [policy, ...others] = policies;
    assert.equal(others.length, 0);
    assert.equal(sent(policy!, allowOrigin, shop), shop);
    assert.equal(sent(policy!, allowOrigin, null), undefined);
    assert.equal(sent(policy!, 'access-control-max-age', shop), '600');
    assert.equal(sent(policy!, 'access-control-max-age', shop, 'POST'), undefined);
    assert.equal(sent(policy!, 'vary', null), 'Origin');
    const { range } = policy!.settings.maxAge!;
    assert.equal(text.slice(range.start, range.end), '600');
  });

  it('knows constants of libraries by their holder', async () => {
    const language = languageOf({
      constants: ['HttpHeaders', 'header'],
      methods: [{ name: /^insert$/, operation: 'set' }],
    });
    const text = `function handle(request, response) {
      response.insert(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, '*');
      response.insert(http.header.AccessControlAllowCredentials, 'true');
      response.insert(HttpHeaders.CONTENT_TYPE, 'text/plain');
      response.insert(Other.ACCESS_CONTROL_MAX_AGE, '600');
    }`;
    const { policies } = await read(text, language);
    assert.deepEqual(
      policies.flatMap(({ headers }) => headers.map(({ name }) => name)),
      [allowOrigin, 'access-control-allow-credentials'],
    );
  });

  it('tells a response from what a client sends, by the receiver', async () => {
    const language = languageOf({
      methods: [
        { name: /^Set$/, on: /^r\.Header$/, operation: 'set', direction: 'request' },
        { name: /^Set$/, operation: 'set' },
        { name: /^SetDefault$/, operation: 'default' },
      ],
    });
    const text = `function handle(w, r) {
      w.Header().SetDefault('Access-Control-Allow-Origin', 'https://first.example');
      w.Header().SetDefault('Access-Control-Allow-Origin', 'https://second.example');
      r.Header.Set('Access-Control-Allow-Credentials', 'true');
      client.headers['Access-Control-Allow-Methods'] = 'PUT';
    }`;
    const { policies, misplaced } = await read(text, language);
    assert.equal(policies.length, 1);
    assert.equal(sent(policies[0]!, allowOrigin, shop), 'https://first.example');
    assert.deepEqual(misplaced, ['Access-Control-Allow-Credentials', 'Access-Control-Allow-Methods']);
  });

  it('writes checks in the notation of the language, and Vary in the way of the write', async () => {
    const language = languageOf({ methods: [{ name: /^Set$/, operation: 'set' }] });
    const text = `function handle(w, r) {\n  w.Header().Set("Access-Control-Allow-Origin", "*")\n}\n`;
    const { policies } = await read(text, language);
    const edits = policies[0]!.edits.allowOnly!(['https://a.example', 'https://b.example']);
    assert.equal(
      applyEdits(text, edits as Edit[]),
      `function handle(w, r) {
  allowed := listOf("https://a.example", "https://b.example")
  if contains(allowed, origin(r)) {
    w.Header().Set("Access-Control-Allow-Origin", origin(r))
  }
  w.Header().Set("Vary", "Origin")
}
`,
    );
  });

  it('offers no edit where the language has no expression for a choice', async () => {
    const text = `function handle(w, r) { return { headers: { 'Access-Control-Allow-Origin': '*' } } }`;
    const { policies } = await read(text, languageOf({}));
    assert.deepEqual(policies[0]!.edits.allowOnly!(['https://a.example', 'https://b.example']), []);
    assert.equal(policies[0]!.edits.allowOnly!(['https://a.example']).length, 1);
  });

  it('adds Vary behind what makes the response, and outside of every other condition', async () => {
    const language = languageOf({ methods: [{ name: /^set$/, operation: 'set' }] });
    const text = `function handle(req) {
  if (req.path) {
    const answer = make()
    if (req.headers.origin === '${shop}') {
      answer.set('Access-Control-Allow-Origin', req.headers.origin)
    }
  }
}
`;
    const { policies } = await read(text, language);
    const after = applyEdits(text, policies[0]!.edits.addVaryOrigin!() as Edit[]);
    assert.match(after, /make\(\)\n {4}answer\.set\("Vary", "Origin"\)\n {4}if/);
  });

  it('joins handlers that answer together, in the order in which they run', async () => {
    const plain = languageOf({ methods: [{ name: /^set$/, operation: 'set' }] });
    const text = `
      function last(self) { self.set('Access-Control-Allow-Origin', '${shop}'); self.set('Access-Control-Max-Age', '600') }
      function get(self) { self.set('Access-Control-Allow-Origin', '*'); self.set('Access-Control-Allow-Credentials', 'true') }
      function options(self) { self.set('Access-Control-Allow-Methods', 'PUT'); self.status(http.NO_CONTENT) }
    `;
    const { program } = await open({ 'program.js': text });
    const handlers = program.body.flatMap((statement) =>
      statement.kind === 'declaration' && statement.value?.kind === 'function' ? [statement.value] : [],
    );
    const starts = handlers.map(({ range }) => range.start);
    const language: HandlerLanguage = {
      ...plain,
      answers: {
        ...plain.answers,
        together: (handler) => (starts.includes(handler.range.start) ? handlers : undefined),
        route: ({ name }) => ({
          scope: 'this class',
          when: name === 'last' ? always : { kind: 'method', name: name!.toUpperCase() },
          optionsStatus: 405,
          ...(name === 'last' && { runs: 'last' as const }),
        }),
      },
    };
    const { policies } = await read(text, language);
    assert.equal(policies.length, 1);
    assert.equal(sent(policies[0]!, allowOrigin, 'https://other.example'), shop);
    assert.equal(sent(policies[0]!, 'access-control-allow-methods', shop), undefined);
    assert.equal(sent(policies[0]!, 'access-control-allow-methods', shop, 'OPTIONS'), 'PUT');
    assert.equal(answer(policies[0]!, { origin: shop, method: 'OPTIONS', cookie: false }).status, 204);
    // Alone, each is a policy of its own.
    assert.equal((await read(text, plain)).policies.length, 3);
  });

  it('sends nothing for nothing, or does not know, as the language has it', async () => {
    const methods = [{ name: /^set$/, operation: 'set' as const }];
    const text = `function handle(req, res) { res.set('Access-Control-Allow-Origin', req.headers.origin) }`;
    const silent = await read(text, languageOf({ methods }));
    const open_ = await read(text, languageOf({ methods, sendsNothing: true }));
    assert.equal(sent(silent.policies[0]!, allowOrigin, null), undefined);
    assert.equal(sent(open_.policies[0]!, allowOrigin, null), null);
    assert.equal(sent(open_.policies[0]!, allowOrigin, shop), shop);
  });

  it('leaves open what another function of the file writes, that is called with the answer', async () => {
    const methods = [{ name: /^set$/, operation: 'set' as const }];
    const text = (call: string) => `
      function allow(res) {
        res.set('Access-Control-Allow-Origin', '*');
        res.set('Access-Control-Allow-Methods', 'PUT');
      }
      function between(res) { allow(res) }
      function handle(req, res) { ${call}; res.set('Access-Control-Max-Age', '600') }
    `;
    for (const call of ['allow(res)', 'between(res)']) {
      const { policies } = await read(text(call), languageOf({ methods }));
      const [, own] = policies;
      assert.equal(policies.length, 2);
      assert.equal(sent(own!, allowOrigin, shop), null, call);
      assert.equal(sent(own!, 'access-control-allow-methods', shop, 'OPTIONS'), null, call);
      assert.equal(sent(own!, 'access-control-max-age', shop), '600', call);
      assert.deepEqual(
        own!.settings.origins.value.map(({ kind }) => kind),
        ['unknown'],
      );
    }
    const [, alone] = (await read(text('other(res)'), languageOf({ methods }))).policies;
    assert.equal(sent(alone!, allowOrigin, shop), undefined);
  });

  it('is one policy whichever way a handler answers, where the language says what makes an answer', async () => {
    const writes = {
      functions: [{ name: /^header$/, on: 'nothing' as const, operation: 'set' as const, line: true }],
      methods: [{ name: /^header$/, operation: 'set' as const }],
      answers: [{ name: /^response$/ }, { name: /^next$/, on: 'nothing' as const }],
    };
    const text = `
      function handle(request, next) {
        if (request.method === 'OPTIONS') {
          header('Access-Control-Allow-Origin: *');
          return response('', 204).header('Access-Control-Allow-Methods', 'PUT');
        }
        const answered = next(request);
        answered.header('Access-Control-Allow-Origin', '*');
        return answered;
      }
    `;
    const { policies } = await read(text, languageOf(writes));
    assert.equal(policies.length, 1);
    assert.equal(sent(policies[0]!, allowOrigin, shop), '*');
    assert.equal(sent(policies[0]!, allowOrigin, shop, 'OPTIONS'), '*');
    assert.equal(sent(policies[0]!, 'access-control-allow-methods', shop, 'OPTIONS'), 'PUT');
    assert.equal((await read(text, languageOf({ ...writes, answers: [] }))).policies.length, 3);
  });
});
