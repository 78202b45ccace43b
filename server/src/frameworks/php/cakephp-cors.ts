/** CakePHP's own builder: `$response->cors($request)->allowOrigin([…])->build()`. */
import type { Call, Program } from '../../syntax/programs/program.ts';
import type { SourceText } from '../../syntax/source-text.ts';
import type { Edit, SourceRange } from '../../syntax/range.ts';
import type { Pattern } from '../../policy/request-test.ts';
import { phpLiterals } from '../../edits/php-literals.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { isScattered, optionsOfSteps, stepsBehind, stepsOn } from '../../models/libraries/builder-steps.ts';
import type { BuilderStep, StepMeaning } from '../../models/libraries/builder-steps.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { FoundOptions } from '../../models/libraries/define-cors-library.ts';
import type { OptionsForm } from '../../models/libraries/options-form.ts';
import { wildcardPattern } from '../../models/services/wildcard-pattern.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

/** A host without a scheme is asked for over the scheme of the request itself, taken here for `https`. */
function domainPattern(text: string): Pattern | undefined {
  const whole = text.includes('://') ? text : `https://${text}`;
  return whole === text && !text.includes('*') ? undefined : wildcardPattern(whole);
}

/** As `Http/CorsBuilder.php` of 3.2 to 5 says. See https://book.cakephp.org/5/en/controllers/request-response.html */
const cakePhp: CorsLibrary = {
  options: {
    origin: ['allowOrigin'],
    credentials: ['allowCredentials'],
    methods: ['allowMethods'],
    allowedHeaders: ['allowHeaders'],
    exposedHeaders: ['exposeHeaders'],
    maxAge: ['maxAge'],
  },
  otherOptions: [],
  foreignNames: {},
  origin: {
    missing: 'off',
    forgotten: 'CakePHP sends nothing without allowOrigin().',
    text: 'compared',
    star: 'any',
    empty: 'nobody',
    ...otherKinds('nobody', 'nobody'),
    nothing: 'nobody',
    list: 'members',
    emptyList: 'nobody',
    // The first one that fits counts.
    starInList: 'others',
    wildcard: domainPattern,
    wildcardAlone: true,
  },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'literal',
  vary: { any: false, sent: false, checked: 'never' },
  othersFor: 'allowed',
  needsOrigin: true,
  methods: { default: undefined, separator: ', ', everyResponse: true },
  allowedHeaders: { default: undefined, separator: ', ', everyResponse: true, emptyIsDefault: false, vary: false },
  exposedHeaders: { default: undefined, separator: ', ', onPreflight: true },
  maxAge: { default: undefined, zero: true },
  // What answers OPTIONS is the program's own route or middleware.
  preflight: { when: { kind: 'preflight' }, status: null },
};

const meanings: Readonly<Record<string, StepMeaning>> = {
  allowOrigin: { option: 'allowOrigin', takes: 'members' },
  allowMethods: { option: 'allowMethods', takes: 'members' },
  allowHeaders: { option: 'allowHeaders', takes: 'members' },
  exposeHeaders: { option: 'exposeHeaders', takes: 'members' },
  allowCredentials: { option: 'allowCredentials', takes: { constant: true } },
  maxAge: { option: 'maxAge', takes: 'first' },
};

/** Steps behind an arrow. */
const arrowForm: OptionsForm = {
  literals: phpLiterals,
  entry: (name, value) => `${name}(${value})`,
  whole: (step) => step,
  isScattered,
  remove: removeArrow,
  insert(source, { range: { start, path } }, step, placeholder) {
    // Before the first step, so that `build()` stays the last one.
    const arrow = source.lastIndexOf('->', start);
    return arrow < 0 ? [] : [{ range: { start: arrow, end: arrow, path }, newText: `->${step}`, placeholder }];
  },
};

/** The step with its arrow, and with the line where it has one of its own. */
function removeArrow(source: SourceText, { start, end, path }: SourceRange): Edit[] {
  const arrow = source.lastIndexOf('->', start);
  const [blanks] = /\s*$/.exec(source.slice(Math.max(0, arrow - 80), arrow))!;
  return [{ range: { start: arrow - blanks.length, end, path }, newText: '' }];
}

/** Every `->cors($request)` and `new CorsBuilder($response, $origin)` with steps of the builder behind it, or on its name. */
function built(program: Program, { evaluator }: ProgramContext): FoundOptions[] {
  const makers = program.text.matchAll(/(?:->|\?->)\s*cors(?=\s*\()|\bnew\s+\\?(?:Cake\\Http\\)?CorsBuilder(?=\s*\()/g);
  return [...makers].flatMap(({ 0: found, index }): FoundOptions[] => {
    const call = callAt(program, index + found.length - 1);
    const steps = call ? stepsOfBuilder(call, program) : [];
    const own = steps.filter(({ name }) => Object.hasOwn(meanings, name));
    const [first] = own;
    if (call === undefined || first === undefined) return [];
    const value = optionsOfSteps(steps, meanings, { evaluator, start: call });
    const range = { ...call.range, start: first.nameRange.start, end: own.at(-1)!.call.range.end };
    const place = { value: { ...value, range }, range, argumentsRange: call.argumentsRange, form: arrowForm };
    return [{ call: first.call, place, scope: 'this response' }];
  });
}

/** Behind the maker, and on what it is named. */
function stepsOfBuilder(made: Call, program: Program): readonly BuilderStep<Call>[] {
  const { parent } = made;
  const target = parent?.kind === 'assignment' && parent.target.kind === 'identifier' ? parent.target : undefined;
  const binding = target ? program.resolve(target) : parent?.kind === 'declaration' ? parent.bindings[0] : undefined;
  const later = binding ? stepsOn(binding, program).filter(({ call }) => call.range.start > made.range.end) : [];
  return [...stepsBehind(made), ...later];
}

function callAt(program: Program, offset: number): Call | undefined {
  const member = program.expressionAt(offset);
  const call = member?.kind === 'call' ? member : member?.parent;
  if (call?.kind === 'call' && call.isNew) return call;
  return member?.kind === 'member' && call?.kind === 'call' && call.callee.range.end === member.range.end
    ? call
    : undefined;
}

export const framework = defineCorsLibrary({
  id: 'cakephp-cors',
  title: 'CakePHP',
  documentation:
    'https://book.cakephp.org/5/en/controllers/request-response.html#setting-cross-origin-request-headers-cors',
  reads:
    '`$response->cors($request)` and `new CorsBuilder(…)` with their steps: origins, hosts and wildcards, credentials',
  mentions: ['alloworigin('],
  languages: ['php'],
  uses: [
    {
      packageName: 'cakephp/cakephp',
      title: 'CakePHP',
      options: (...asked) => ({ options: built(...asked) }),
      table: cakePhp,
    },
  ],
});
