/**
 * WordPress: the filters by which plugins and themes say who may call `admin-ajax.php` with the user's cookies. `allowed_http_origins` is
 * a list that is compared exactly; the result of `allowed_http_origin` alone decides.
 *
 * https://developer.wordpress.org/reference/functions/send_origin_headers/
 */
import type { Call, FunctionExpression, Node, Program } from '../../syntax/programs/program.ts';
import { optionsMethod } from '../../policy/request-test.ts';
import type { OriginEntry, Policy } from '../../policy/policy.ts';
import type { ProgramContext } from '../../models/framework.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { FoundOptions, OptionsFinder } from '../../models/libraries/define-cors-library.ts';
import { whenAsked } from '../../models/libraries/option-finders.ts';
import { arrayForm } from '../../models/libraries/options-form.ts';
import { withoutEdits } from '../../models/libraries/without-edits.ts';
import type { ParameterRole } from '../../values/evaluator.ts';
import type { Value } from '../../values/value.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

/** As `wp-includes/http.php` of 3.4 and later says: `send_origin_headers` and `is_allowed_http_origin`. */
const origins: CorsLibrary = {
  options: {
    origin: ['allowed_http_origins'],
    credentials: [],
    methods: [],
    allowedHeaders: [],
    exposedHeaders: [],
    maxAge: [],
  },
  otherOptions: [],
  foreignNames: {},
  origin: {
    missing: 'nobody',
    text: 'nobody',
    star: 'compared',
    empty: 'nobody',
    ...otherKinds('nobody', 'nobody'),
    nothing: 'nobody',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'compared',
  },
  credentials: { default: true, on: 'true' },
  anyWithCredentials: 'reflect',
  vary: { any: false, sent: false, checked: 'never' },
  othersFor: 'allowed',
  needsOrigin: true,
  methods: { default: undefined, separator: ', ', everyResponse: false },
  allowedHeaders: { default: undefined, separator: ', ', everyResponse: false, emptyIsDefault: false, vary: false },
  exposedHeaders: { default: undefined, separator: ', ', onPreflight: false },
  maxAge: { default: undefined, zero: true },
  preflight: { when: optionsMethod, status: 200, refused: 403 },
};

/** What is true lets in whoever asks. The function is handed an empty text for an origin that is not in the list, and then the origin. */
const decision: CorsLibrary = {
  ...origins,
  options: { ...origins.options, origin: ['allowed_http_origin'] },
  origin: {
    ...origins.origin,
    true: 'reflect',
    callback: { roles: ['empty', 'origin'], answers: 'return', as: 'truthy', refusal: 'nobody' },
  },
};

const packageName = 'wordpress';
const title = 'WordPress';
const takesList: readonly ParameterRole[] = ['list'];
/** What a filter makes of its callback. */
type Reading = (callback: Value, context: ProgramContext) => Value;
const asItIs: Reading = (callback) => callback;
const scope = 'admin-ajax.php, and what asks `is_allowed_http_origin()`';

export const framework = defineCorsLibrary({
  id: 'wordpress-origins',
  title: 'WordPress, allowed origins',
  documentation: 'https://developer.wordpress.org/reference/hooks/allowed_http_origin/',
  reads: "`add_filter('allowed_http_origins', …)`, `add_filter('allowed_http_origin', …)`",
  mentions: ['allowed_http_origin'],
  languages: ['php'],
  uses: [
    { packageName, title, scope, options: filtersOf('allowed_http_origins', listOf), table: origins, refine: fixed },
    { packageName, title, scope, options: filtersOf('allowed_http_origin', asItIs), table: decision, refine: fixed },
  ],
});

/** No setting makes the answer vary. The list is put together from several places, where the text of an origin alone can be repaired. */
function fixed(policy: Policy): Policy {
  const { origins: setting } = policy.settings;
  const value = setting.value.map((entry): OriginEntry => {
    const { replaceText } = entry.edits ?? {};
    return entry.kind === 'predicate' ? entry : { ...entry, edits: replaceText && { replaceText } };
  });
  return {
    ...withoutEdits(policy),
    fixedVary: true,
    settings: { ...policy.settings, origins: { ...setting, value } },
  };
}

/** `add_filter('allowed_http_origin', $callback, 10, 2)`. */
function filtersOf(name: string, reading: Reading): OptionsFinder {
  const pattern = new RegExp(`\\badd_filter\\(\\s*['"]${name}['"]\\s*,`, 'g');
  return (program, context) => ({
    options: [...program.text.matchAll(pattern)].flatMap(({ index }): FoundOptions[] => {
      const call = callAt(index, program);
      const callback = call?.arguments[1];
      if (call === undefined || callback === undefined) return [];
      const { range, argumentsRange } = call;
      return [
        {
          call,
          place: whenAsked({ range, argumentsRange, form: arrayForm }, () => {
            const value = reading(functionOf(callback.value, program, context), context);
            const entry = { key: name, keyRange: callback.range, range: callback.range, value };
            return { kind: 'dict', entries: [entry], open: false, range };
          }),
        },
      ];
    }),
  });
}

function callAt(offset: number, program: Program): Call | undefined {
  const parent: Node | undefined = program.expressionAt(offset)?.parent;
  return parent?.kind === 'call' ? parent : undefined;
}

/** A function of the file by its name, `'name'`, `[$this, 'name']` or with a namespace; `__return_true` is one of WordPress's own. */
function functionOf(callback: Call['callee'], program: Program, { evaluator }: ProgramContext): Value {
  const value = evaluator.evaluate(callback);
  const parts = value.kind === 'list' ? value.items : value.kind === 'concatenation' ? value.parts : [value];
  const last = parts.at(-1);
  const name = last?.kind === 'text' ? last.text.split(/::|\\/).at(-1)! : undefined;
  const { range } = callback;
  if (name === '__return_true' || name === '__return_false')
    return { kind: 'boolean', value: name === '__return_true', range };
  const declared = name === undefined ? undefined : declaredIn(program, name);
  if (declared) return { kind: 'function', function: declared, range: declared.range };
  return value.kind === 'function' ? value : { kind: 'unknown', range };
}

/** The function or method of this name, where there is one only. */
function declaredIn(program: Program, name: string): FunctionExpression | undefined {
  if (!/^\w+$/.test(name)) return undefined;
  const [found, ...others] = [...program.text.matchAll(new RegExp(`\\bfunction\\s+&?${name}\\s*\\(`, 'g'))];
  if (found === undefined || others.length > 0) return undefined;
  let node: Node | undefined = program.expressionAt(found.index + found[0].length);
  while (node !== undefined && !(node.kind === 'function' && node.name === name)) node = node.parent;
  return node;
}

/** What the list is after the function has added to it. */
function listOf(callback: Value, { evaluator }: ProgramContext): Value {
  const { range } = callback;
  if (callback.kind !== 'function') return { kind: 'unknown', range };
  const returned = evaluator.outcomes(callback, takesList).filter(({ kind }) => kind === 'return');
  const [first, ...others] = returned.flatMap(({ when, values: [value] }) => (value ? [{ when, value }] : []));
  if (first === undefined) return { kind: 'unknown', range };
  return others.length === 0 ? first.value : { kind: 'one-of', choices: [first, ...others], range };
}
