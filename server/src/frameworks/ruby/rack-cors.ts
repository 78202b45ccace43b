/** The gem `rack-cors`: blocks of `allow`, each with its origins and its resources, in Rails, Sinatra and `config.ru`. */
import type { Call, Node, Program, Statement } from '../../syntax/programs/program.ts';
import type { Pattern } from '../../policy/request-test.ts';
import type { Policy } from '../../policy/policy.ts';
import { isWrittenAsPattern } from '../../policy/serialised-origin.ts';
import type { ProgramContext } from '../../models/framework.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { Found, FoundOptions } from '../../models/libraries/define-cors-library.ts';
import { differing } from '../../models/libraries/releases.ts';
import { keywordForm } from '../../models/libraries/options-form.ts';
import type { OptionsForm } from '../../models/libraries/options-form.ts';
import { javascriptLiterals } from '../../edits/literals.ts';
import { quoted } from '../../edits/program-edits.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { DictEntry, Value } from '../../values/value.ts';
import { lastName } from '../../syntax/programs/last-name.ts';

/** As `rack/cors` of 1.1.1 and 3.0.0 answers. See https://github.com/cyu/rack-cors#readme */
const rackCors: CorsLibrary = {
  options: {
    origin: ['origins'],
    credentials: ['credentials'],
    methods: ['methods'],
    allowedHeaders: ['headers'],
    exposedHeaders: ['expose'],
    maxAge: ['max_age'],
  },
  otherOptions: ['vary', 'if', 'path'],
  foreignNames: {
    origin: 'origins',
    supports_credentials: 'credentials',
    allow_credentials: 'credentials',
    allowed_headers: 'headers',
    allow_headers: 'headers',
    allowed_methods: 'methods',
    allow_methods: 'methods',
    method: 'methods',
    exposed: 'expose',
    exposed_headers: 'expose',
    expose_headers: 'expose',
    maxage: 'max_age',
  },
  origin: {
    missing: 'nobody',
    text: 'compared',
    star: 'any',
    empty: 'nobody',
    true: 'unknown',
    false: 'unknown',
    nothing: 'unknown',
    pattern: 'search',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'any',
    patternInList: 'search',
    wildcard: anyScheme,
    wildcardAlone: true,
    failure: 'the application does not start',
    callback: { roles: ['origin', 'context'], answers: 'return', as: 'truthy', refusal: 'nobody' },
  },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'reflect',
  vary: { any: true, sent: true, checked: 'always', notForOptions: 'preflights' },
  othersFor: 'allowed',
  needsOrigin: 'but-vary',
  methods: { default: 'GET', separator: ', ', everyResponse: true, upperCase: true },
  allowedHeaders: {
    default: undefined,
    separator: ', ',
    everyResponse: false,
    emptyIsDefault: false,
    vary: false,
    answersAsked: true,
  },
  exposedHeaders: { default: '', separator: ', ', onPreflight: true },
  maxAge: { default: '7200', zero: true, everyResponse: true },
  preflight: {
    when: { kind: 'preflight' },
    status: 200,
    refused: 200,
    onlyListed: { methods: true, headers: ['accept', 'accept-language', 'content-language', 'content-type'] },
  },
};

/**
 * A text without a scheme is a host that every scheme fits. It is compared as it is, and hosts of web pages have no capitals. A pattern
 * in quotes is such a text, too, and no host.
 */
function anyScheme(text: string): Pattern | undefined {
  if (text === '*' || isWrittenAsPattern(text) || /^[a-z][a-z0-9.+-]*:\/\//.test(text)) return undefined;
  const host = text.replaceAll(/[-\\^$*+?.()|[\]{}]/g, '\\$&');
  const scheme = /[A-Z]/.test(text) ? 'https?' : '[a-z][a-z0-9.+-]*';
  return { source: `^${scheme}:\\/\\/${host}$`, flags: '', dialect: 'pcre', mode: 'search' };
}

/** `headers: :any` allows whatever is asked for. */
const anyHeaders = {
  allowedHeaders: { default: 'requested', starIsDefault: true },
} as const;

/** A resource learns where it is made whether its block is open to everybody. One above the origins never writes a `*`. */
const aboveOrigins = { reflectsAny: true } as const;

function tableOf(_version: string | undefined, found: FoundOptions): CorsLibrary {
  const table = isAny(found.place.value, 'headers') ? differing(rackCors, anyHeaders) : rackCors;
  return (found as FoundResource).isBelowOrigins ? table : differing(table, aboveOrigins);
}

/** An origin is written as an argument of `origins`, everything else as an option of the resource. */
const form: OptionsForm = {
  ...keywordForm,
  literals: {
    ...javascriptLiterals,
    list: (values, quote) => values.map((value) => quoted(value, quote)).join(', '),
    comparison: () => undefined,
  },
  entry: (name, value) => (name === 'origins' ? `origins ${value}` : `${name}: ${value}`),
  insert: (_source, { entries }, entry, placeholder) => {
    const last = entries.filter(({ key }) => key !== 'origins').at(-1);
    if (last === undefined) return [];
    const { end, path } = last.range;
    return [{ range: { start: end, end, path }, newText: `, ${entry}`, placeholder }];
  },
};

const packageName = 'rack-cors';

export const framework = defineCorsLibrary({
  id: 'rack-cors',
  title: 'rack-cors',
  documentation: 'https://github.com/cyu/rack-cors#readme',
  reads:
    '`allow do … end` with `origins` and `resource`, in initializers of Rails and in `config.ru`; patterns and blocks',
  mentions: ['rack::cors', 'rack-cors'],
  languages: ['ruby'],
  uses: [
    {
      packageName,
      options: allowed,
      table: tableOf,
      refine: refused,
    },
  ],
});

/** Each resource of each block of `allow` with the origins of its block. */
function allowed(program: Program, context: ProgramContext): Found {
  const blocks = [...program.text.matchAll(/\ballow\s*(?:\(\)\s*)?(?:do\b|\{)/g)];
  return { options: blocks.flatMap(({ index }) => resourcesIn(stepsIn(program, index), context)) };
}

/** The calls in the block, in order, those under a condition included. */
function stepsIn(program: Program, offset: number): Call[] {
  let node: Node | undefined = program.expressionAt(offset);
  while (node && node.kind !== 'call') node = node.parent;
  const block = node?.arguments.at(-1)?.value;
  return block?.kind === 'function' && block.body?.kind === 'block' ? callsIn(block.body) : [];
}

function callsIn(statement: Statement): Call[] {
  switch (statement.kind) {
    case 'block':
      return statement.statements.flatMap(callsIn);
    case 'if':
      return [statement.consequent, ...(statement.alternate ? [statement.alternate] : [])].flatMap(callsIn);
    case 'expression-statement':
      return statement.expression.kind === 'call' ? [statement.expression] : [];
    case 'return':
      return statement.value?.kind === 'call' ? [statement.value] : [];
    default:
      return [];
  }
}

/** Whether the call stands under a condition of its block. */
function isConditional(call: Call): boolean {
  let node: Node | undefined = call.parent;
  while (node && node.kind !== 'function' && node.kind !== 'if') node = node.parent;
  return node?.kind === 'if';
}

/** A resource, and whether its block names origins before it. */
interface FoundResource extends FoundOptions {
  readonly isBelowOrigins: boolean;
}

function resourcesIn(steps: readonly Call[], context: ProgramContext): FoundResource[] {
  return steps
    .filter((step) => lastName(step.callee) === 'resource')
    .map((call): FoundResource => {
      // The last call of `origins` counts.
      const origins = steps.filter((step) => lastName(step.callee) === 'origins').at(-1);
      const [path, ...others] = call.arguments;
      const given = path && context.evaluator.evaluate(path.value);
      const entries = [...(origins ? [originsOf(origins, context)] : []), ...optionsOf(others, context)];
      const scope =
        given?.kind !== 'text' ? 'some paths' : given.text === '*' ? 'every route' : `paths like ${given.text}`;
      const open = others.some(({ name, spread }) => name === undefined || spread);
      const value: Value = { kind: 'dict', entries, open, range: call.range };
      return {
        call,
        scope,
        isBelowOrigins: steps.slice(0, steps.indexOf(call)).some((step) => lastName(step.callee) === 'origins'),
        place: { value, range: call.range, argumentsRange: call.argumentsRange, form },
        ...(isConditional(call) && { reach: context.evaluator.guard(call) }),
      };
    });
}

/** What is handed to `origins`, lists within it included, is one list. */
function originsOf(call: Call, { evaluator }: ProgramContext): DictEntry {
  const values = call.arguments.map(({ value }) => evaluator.evaluate(value));
  const [first, last] = [call.arguments[0], call.arguments.at(-1)];
  const range = { start: first?.range.start ?? call.range.end, end: last?.range.end ?? call.range.end };
  const keyRange = call.callee.range;
  const [only] = values;
  const value: Value =
    values.length === 1 && only
      ? { ...only, range: only.range.path === undefined ? range : only.range }
      : {
          kind: 'list',
          type: 'list',
          items: values.flatMap((one) => (one.kind === 'list' ? one.items : [one])),
          open: values.some((one) => one.kind === 'list' && one.open),
          range,
        };
  return { key: 'origins', keyRange, range: call.range, value };
}

function optionsOf(given: Call['arguments'], { evaluator }: ProgramContext): DictEntry[] {
  return given.flatMap(({ name, nameRange, range, spread, value }) =>
    name === undefined || spread || nameRange === undefined
      ? []
      : [{ key: name, keyRange: nameRange, range, value: meant(name, evaluator.evaluate(value)) }],
  );
}

/** Words for everything, and methods that no request can have: they are compared in small letters. */
function meant(name: string, value: Value): Value {
  if (name === 'headers' && isWord(value)) return { ...value, kind: 'text', text: '*' };
  if (name !== 'methods') return value;
  const item = (text: string): Value => ({ kind: 'text', text, range: value.range });
  if (isWord(value))
    return { kind: 'list', type: 'list', items: allMethods.map(item), open: false, range: value.range };
  if (value.kind !== 'list') return value;
  return {
    ...value,
    items: value.items.filter((one) => one.kind !== 'text' || one.text === one.text.toLowerCase()),
  };
}

const allMethods = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options'];

function isWord(value: Value): value is Value & { readonly kind: 'text' } {
  return value.kind === 'text' && value.text === 'any';
}

function isAny(options: Value | undefined, name: string): boolean {
  const value = dictEntry(options, name)?.value;
  return value?.kind === 'text' && value.text === '*';
}

/**
 * Everybody with credentials is refused where the resource is made, and so only where the origins are known by then: above them it writes
 * every caller back.
 */
function refused(policy: Policy, found: FoundOptions): Policy {
  const { origins, credentials } = policy.settings;
  const isOpen = origins.value.some(({ kind }) => kind === 'any');
  if (!isOpen || credentials.value !== true || !(found as FoundResource).isBelowOrigins) return policy;
  return {
    ...policy,
    headers: [],
    refusesToStart: 'rack-cors raises a CorsMisconfigurationError: credentials and everybody',
  };
}
