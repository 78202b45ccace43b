/** Functions of Rust's standard library and of the crates that many programs use, by the last two parts of their path. */
import type { Inner } from '../inner-value.ts';
import { mapChoices, toPublic } from '../inner-value.ts';
import { asList, compiledPattern, environmentVariable, itself, parsedUrl } from '../operations/functions.ts';
import type { At } from '../session.ts';
import type { LibraryFunction } from './value-language.ts';

const unread = (here: At): Inner => ({ kind: 'unknown', ...here });
const emptyList: LibraryFunction = (_given, { here }) => ({
  kind: 'list',
  items: [],
  open: false,
  type: 'list',
  ...here,
});

/** `Regex::new(r"^https://.*$")`. See https://docs.rs/regex/latest/regex/#syntax */
const compiled: LibraryFunction = (given, use) => {
  const source = given.at(0);
  return source && mapChoices(source, (one) => compiledPattern(one, '', use));
};

/** `LazyLock::new(|| vec![…])`: what the function gives. */
const made: LibraryFunction = (given, { here, session, place }) => {
  const maker = given.at(0);
  return maker?.kind === 'function' ? session.apply(maker, [], here, place) : undefined;
};

/** A span of time in seconds. */
const seconds =
  (factor: number): LibraryFunction =>
  (given, { here }) => {
    const count = given.at(0);
    if (count?.kind !== 'number') return count && unread(here);
    return { ...count, value: count.value * factor };
  };

const environment = environmentVariable();

const star: LibraryFunction = (_given, { here }) => ({ kind: 'text', text: '*', ...here });
const mirrored: LibraryFunction = (_given, { here }) => ({ kind: 'boolean', value: true, ...here });

/** A function that is asked for each request. */
const asked: LibraryFunction = (given, { here }) => {
  const fn = given.at(0);
  return fn && { ...fn, range: here.range };
};

/** Values of the crates tower-http and salvo: everybody, one, a list, a check, or whatever is asked for. */
const corsValues: Readonly<Record<string, LibraryFunction>> = {
  'cors.any': star,
  ...Object.fromEntries(
    ['AllowOrigin', 'AllowMethods', 'AllowHeaders', 'ExposeHeaders', 'MaxAge'].flatMap((type) => [
      [`${type}.any`, star],
      [`${type}.mirror_request`, mirrored],
      ...['predicate', 'async_predicate', 'dynamic'].map((name) => [`${type}.${name}`, asked]),
      ...['exact', 'list', 'from'].map((name) => [`${type}.${name}`, itself()]),
    ]),
  ),
  'AllowCredentials.yes': mirrored,
  'AllowCredentials.predicate': asked,
};

/** Each member of the list at this index as a regular expression, which stands where its text does. */
const eachCompiled =
  (index: number): LibraryFunction =>
  (given, use) => {
    const list = given.at(index);
    if (list?.kind !== 'list') return list && unread(use.here);
    const compile = (one: Inner): Inner =>
      compiledPattern(one, '', { ...use, here: { range: one.range, expression: one.expression } });
    return { ...list, items: list.items.map((item) => toPublic(mapChoices(item, compile))) };
  };

/** The members of both lists, of which the second are regular expressions. */
const exactAndCompiled: LibraryFunction = (given, use) => {
  const exact = given.at(0);
  const compiled = eachCompiled(1)(given, use);
  if (exact?.kind !== 'list' || compiled?.kind !== 'list') return unread(use.here);
  return { ...exact, ...use.here, items: [...exact.items, ...compiled.items], open: exact.open || compiled.open };
};

/** Values of the crate rocket_cors: everybody, a list, patterns, or the origin `null`; options to which fields are written. */
const rocketCorsValues: Readonly<Record<string, LibraryFunction>> = {
  'CorsOptions.default': (_given, { here }) => ({ kind: 'dict', entries: [], open: false, ...here }),
  'AllowedOrigins.all': star,
  'AllowedOrigins.some_exact': itself(),
  'AllowedOrigins.some_regex': eachCompiled(0),
  'AllowedOrigins.some': exactAndCompiled,
  'AllowedOrigins.some_null': (_given, { here }) => ({
    kind: 'list',
    type: 'list',
    items: [{ kind: 'text', text: 'null', ...here }],
    open: false,
    ...here,
  }),
  'AllowedHeaders.all': star,
  'AllowedHeaders.some': itself(),
};

const functions: Readonly<Record<string, LibraryFunction>> = {
  ...corsValues,
  ...rocketCorsValues,
  'env.var': environment,
  'env.var_os': environment,
  'dotenvy.var': environment,
  'dotenv.var': environment,
  var: environment,
  env: environment,
  option_env: environment,
  'String.from': itself(),
  'String.from_utf8_lossy': itself(),
  'String.new': (_given, { here }) => ({ kind: 'text', text: '', ...here }),
  'str.from_utf8': itself(),
  'HeaderValue.from_static': itself(),
  'HeaderValue.from_str': itself(),
  'HeaderValue.from_bytes': itself(),
  'HeaderValue.try_from': itself(),
  'HeaderValue.from': itself(),
  'HeaderName.from_static': itself(),
  'HeaderName.from_str': itself(),
  'HeaderName.from_bytes': itself(),
  'HeaderName.try_from': itself(),
  'HeaderName.new_unchecked': itself(),
  'Method.from_bytes': itself(),
  'Method.from_str': itself(),
  'FromStr.from_str': itself(),
  'Vec.from': asList('list'),
  'Vec.new': emptyList,
  'Vec.with_capacity': emptyList,
  'HashSet.from': asList('list'),
  'HashSet.from_iter': asList('list'),
  'HashSet.new': emptyList,
  'BTreeSet.from': asList('list'),
  'BTreeSet.new': emptyList,
  'Arc.from': itself(),
  'Regex.new': compiled,
  'Url.parse': parsedUrl,
  'Lazy.new': made,
  'LazyLock.new': made,
  'LazyCell.new': made,
  'Duration.from_secs': seconds(1),
  'Duration.from_mins': seconds(60),
  'Duration.from_hours': seconds(3600),
  'Duration.from_millis': seconds(0.001),
  'Duration.new': seconds(1),
};

/** Of a longer path the last two parts say what is called: `std::env::var`, `axum::http::HeaderValue::from_static`. */
export function rustFunction(name: string): LibraryFunction | undefined {
  const short = name.split('.').slice(-2).join('.');
  return Object.hasOwn(functions, short) ? functions[short] : undefined;
}
