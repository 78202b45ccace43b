/** Sanic-CORS, which follows Flask-CORS: the extension of an application, its resources, and the decorator of a view. */
import type { HeaderRule, Policy } from '../../policy/policy.ts';
import type { Pattern } from '../../policy/request-test.ts';
import { not, originPresent } from '../../policy/request-test.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { FoundOptions } from '../../models/libraries/define-cors-library.ts';
import { differing } from '../../models/libraries/releases.ts';
import { refined } from './flask-cors/refined.ts';
import { flaskCorsFor } from './flask-cors/table.ts';
import { decoratorOptions, extensionOptions } from './flask-cors/uses.ts';

const modules = ['sanic_cors', 'sanic_cors.extension', 'sanic_cors.decorator'];
const packageName = 'sanic-cors';
const title = 'Sanic-CORS';
/** It began with this release of Flask-CORS. */
const copied = '3.0.10';

export const framework = defineCorsLibrary({
  id: 'sanic-cors',
  title,
  documentation: 'https://github.com/ashleysommer/sanic-cors',
  reads: '`CORS(app, …)`, `resources`, `@cross_origin`',
  mentions: ['sanic_cors'],
  languages: ['python'],
  uses: [
    { packageName, title, options: extensionOptions({ modules, name: 'CORS' }), table: tableOf, refine: ofSanic },
    {
      packageName,
      title,
      options: decoratorOptions({ modules, name: 'cross_origin' }),
      table: tableOf,
      refine: ofSanic,
    },
  ],
});

/** As observed of 2.2.0. */
function tableOf(_: string | undefined, { place }: FoundOptions): CorsLibrary {
  return differing(flaskCorsFor(copied, place.value), {
    origin: { wildcard: patternLike, starWithoutOrigin: true },
    // The text that a missing number is written as.
    maxAge: { default: 'None' },
  });
}

/** A request without Origin gets the last of the texts, in the order of the alphabet. */
function ofSanic(policy: Policy, found: FoundOptions): Policy {
  const whole = refined(policy, found);
  const texts = whole.settings.origins.value.flatMap(({ kind, text }) =>
    kind === 'text' && text !== undefined ? [text] : [],
  );
  const last = texts.sort().at(-1);
  const isSent = whole.headers.some(
    ({ name, value, when }) => name === 'access-control-allow-origin' && value.kind === 'text' && when.kind !== 'never',
  );
  if (texts.length < 2 || !isSent) return whole;
  const rule: HeaderRule = {
    name: 'access-control-allow-origin',
    operation: 'set',
    value: { kind: 'text', text: last! },
    when: not(originPresent),
    range: whole.range,
  };
  return { ...whole, headers: [...whole.headers, rule] };
}

/** Fewer characters than those of Flask-CORS make a pattern of a text. */
function patternLike(text: string): Pattern | undefined {
  return /[*\\\]?]/.test(text) ? { source: text, flags: 'i', dialect: 'python', mode: 'prefix' } : undefined;
}
