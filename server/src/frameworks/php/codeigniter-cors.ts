/** The CORS filter of CodeIgniter 4, with its settings in `app/Config/Cors.php`. */
import type { ObjectExpression, Program } from '../../syntax/programs/program.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Pattern } from '../../policy/request-test.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Value } from '../../values/value.ts';
import type { ProgramContext } from '../../models/framework.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import type { Found, FoundOptions } from '../../models/libraries/define-cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { arrayForm } from '../../models/libraries/options-form.ts';
import type { OptionsForm } from '../../models/libraries/options-form.ts';
import { phpLiterals } from '../../edits/php-literals.ts';
import { quoted } from '../../edits/program-edits.ts';
import { withoutLists } from '../../models/libraries/without-edits.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

/** It is put between `#\A` and `\z#`. */
const anchored = (text: string): Pattern => ({ source: text, flags: '', dialect: 'pcre', mode: 'full' });
const noOrigin = (): Pattern => ({ source: '(?!)', flags: '', dialect: 'pcre', mode: 'full' });

/** As `system/HTTP/Cors.php` of 4.5 and 4.6 says. See https://codeigniter.com/user_guide/libraries/cors.html */
const codeIgniter: CorsLibrary = {
  options: {
    origin: ['allowedOrigins'],
    credentials: ['supportsCredentials'],
    methods: ['allowedMethods'],
    allowedHeaders: ['allowedHeaders'],
    exposedHeaders: ['exposedHeaders'],
    maxAge: ['maxAge'],
  },
  otherOptions: ['allowedOriginsPatterns'],
  foreignNames: {},
  origin: {
    missing: 'nobody',
    text: 'fails',
    star: 'compared',
    empty: 'fails',
    ...otherKinds('fails', 'nobody'),
    nothing: 'fails',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'any-alone',
    singleInList: 'sent',
    failure: 'the origins have to be an array, with a star in it alone: every request is answered by an error',
  },
  credentials: { default: false, on: 'truthy' },
  // A ConfigException at each request.
  anyWithCredentials: 'fails',
  vary: { any: false, sent: false, checked: 'allowed' },
  othersFor: 'allowed',
  needsOrigin: false,
  methods: { default: undefined, separator: ', ', everyResponse: false },
  allowedHeaders: { default: undefined, separator: ', ', everyResponse: false, emptyIsDefault: false, vary: false },
  exposedHeaders: { default: undefined, separator: ', ', onPreflight: false },
  maxAge: { default: '7200', zero: true },
  preflight: { when: { kind: 'preflight' }, status: 204, refused: 204 },
};

function hasPatterns(options: Value | undefined): boolean {
  const patterns = dictEntry(options, 'allowedOriginsPatterns')?.value;
  return patterns !== undefined && !(patterns.kind === 'list' && patterns.items.length === 0 && !patterns.open);
}

/** Origins are no patterns, and a list of them beside patterns keeps nobody out. */
function refined(policy: Policy, options: Value | undefined): Policy {
  if (!hasPatterns(options)) return policy;
  const { allowOnly: _, ...edits } = policy.edits;
  return { ...withoutLists(policy), edits };
}

/** Beside patterns a single origin is not even compared; several of them are. */
function tableFor(options: Value | undefined): CorsLibrary {
  if (!hasPatterns(options)) return codeIgniter;
  const origins = dictEntry(options, 'allowedOrigins')?.value;
  const { singleInList: _, ...origin } = codeIgniter.origin;
  return {
    ...codeIgniter,
    origin: {
      ...origin,
      ...(origins?.kind === 'list' && origins.items.length === 1 && !origins.open && { wildcard: noOrigin }),
      patterns: { option: 'allowedOriginsPatterns', means: { wildcard: anchored, wildcardIsPattern: true } },
    },
  };
}

/** Patterns stand without delimiters, which are put around them. */
const settingsForm: OptionsForm = {
  ...arrayForm,
  literals: { ...phpLiterals, pattern: (source, quote) => quoted(source.replaceAll('#', '\\#'), quote) },
};

/** The arrays of `class Cors extends BaseConfig`: one for the filter `cors`, and one for each `cors:name`. */
function settings(program: Program, { evaluator }: ProgramContext): Found {
  const { text } = program;
  if (!/(^|\/)Config\/([\w/]+\/)?Cors\.php$/.test(program.path) && !text.has(/\bclass\s+Cors\s+extends\s+BaseConfig\b/))
    return { options: [] };
  return {
    options: [...text.matchAll(/['"]allowedOrigins['"]\s*=>/g)].flatMap(({ index }): FoundOptions[] => {
      const holder = arrayAround(program, index);
      const value = holder && evaluator.evaluate(holder);
      if (holder === undefined || value?.kind !== 'dict' || isUntouched(value)) return [];
      const { range } = holder;
      const place = { value, range, argumentsRange: range, form: settingsForm };
      return [{ place, scope: scopeOf(holder, program) }];
    }),
  };
}

/** As a new application has it: nobody has been let in yet. */
function isUntouched(value: Value): boolean {
  return ['allowedOrigins', 'allowedOriginsPatterns'].every((name) => {
    const list = dictEntry(value, name)?.value;
    return list === undefined || (list.kind === 'list' && list.items.length === 0 && !list.open);
  });
}

function arrayAround(program: Program, index: number): ObjectExpression | undefined {
  const holder = program.expressionAt(index + 1)?.parent;
  return holder?.kind === 'object' ? holder : undefined;
}

/** `public array $api = [`. */
function scopeOf({ range: { start } }: ObjectExpression, { text }: Program): string {
  const name = /\$(\w+)\s*=\s*$/.exec(text.slice(Math.max(0, start - 80), start))?.[1];
  return name === undefined || name === 'default'
    ? 'routes with the filter cors'
    : `routes with the filter cors:${name}`;
}

export const framework = defineCorsLibrary({
  id: 'codeigniter-cors',
  title: 'CodeIgniter 4',
  documentation: 'https://codeigniter.com/user_guide/libraries/cors.html',
  reads: '`app/Config/Cors.php`, with the arrays of all filters; patterns',
  mentions: ['allowedorigins'],
  languages: ['php'],
  uses: [
    {
      packageName: 'codeigniter4/framework',
      title: 'CodeIgniter',
      options: settings,
      table: (_version, { place }) => tableFor(place.value),
      refine: (policy, { place }) => refined(policy, place.value),
    },
  ],
});
