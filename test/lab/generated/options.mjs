/** Options as programs could write them, by chance: the usual, the odd and the wrong, so that a table is asked what nobody thought of. */

/** A generator of numbers in [0, 1) that gives the same row for the same seed (mulberry32). */
export function chanceOf(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { pick: (list) => list[Math.floor(next() * list.length)], happens: (likelihood) => next() < likelihood };
}

const texts = [
  `'https://app.example.com'`,
  `'http://localhost:3000'`,
  `'https://sub.app.example.com'`,
  `'https://app.example.com/'`,
  `'HTTPS://App.Example.com'`,
  `'null'`,
  `'app.example.com'`,
  `'https://*.example.com'`,
  `'*.example.com'`,
];
const patterns = [
  String.raw`/^https:\/\/([a-z]+\.)?app\.example\.com$/`,
  String.raw`/example\.com$/`,
  `/app.example.com/`,
  `/^HTTPS:..APP/i`,
];
const nothing = ['undefined', 'null', 'process.env.NOT_SET'];
const odd = [`''`, '[]', 'true', 'false', '0', '1', ...nothing];
const fallbacks = [
  `process.env.NOT_SET ?? '*'`,
  `process.env.NOT_SET || 'https://app.example.com'`,
  `process.env.NOT_SET?.split(',') ?? ['*']`,
  `(process.env.NOT_SET ?? '').split(',')`,
  `(process.env.NOT_SET || 'https://app.example.com,http://localhost:3000').split(',').map((one) => one.trim())`,
  `process.env.NOT_SET === 'production' ? false : ['https://app.example.com']`,
];

function listOf({ pick, happens }) {
  const members = [];
  do
    members.push(
      pick([...texts, ...texts, ...patterns, `'*'`, `''`, 'undefined', 'null', `'https://app.example.com'`]),
    );
  while (happens(0.6) && members.length < 4);
  return `[${members.join(', ')}]`;
}

function originOf(chance, { functions = [], objects = [] }) {
  const { pick } = chance;
  const kinds = [
    () => `'*'`,
    () => pick(texts),
    () => `'https://app.example.com, http://localhost:3000'`,
    () => pick(patterns),
    () => pick(odd),
    () => pick(fallbacks),
    () => listOf(chance),
    () => listOf(chance),
    ...(functions.length > 0 ? [() => pick(functions), () => pick(functions)] : []),
    ...(objects.length > 0 ? [() => pick(objects)] : []),
  ];
  return pick(kinds)();
}

const switches = ['true', 'true', 'true', 'false', `'true'`, `'false'`, '0', '1', ...nothing];
const names = [`'GET'`, `'GET,PUT'`, `['GET', 'put']`, `['GET']`, `['*']`, `'*'`, '[]', `''`, 'undefined', 'null'];
const headers = [
  `'X-Test'`,
  `'Content-Type, X-Test'`,
  `['content-type', 'X-Test']`,
  `['X-Test']`,
  `['*']`,
  `'*'`,
  '[]',
  `''`,
  'undefined',
  'null',
];
const ages = ['600', '600', '0', `'600'`, '-1', 'undefined', 'null', '1.5', 'NaN'];

/**
 * The text of an object with options of a library.
 * @param {object} chance of `chanceOf`
 * @param {object} library `names` of its six options (those that it lacks are left out), the `functions` and `objects` that its origin
 *   option takes, and `others`: name → values. `only` keeps values of one kind: name → values.
 */
export function optionsText(chance, library) {
  const values = {
    origin: () => originOf(chance, library),
    credentials: () => chance.pick(switches),
    methods: () => chance.pick(names),
    allowedHeaders: () => chance.pick(headers),
    exposedHeaders: () => chance.pick(headers),
    maxAge: () => chance.pick(ages),
  };
  const entries = [];
  for (const [setting, value] of Object.entries(values)) {
    const name = library.names[setting];
    const likelihood = setting === 'origin' ? 0.9 : setting === 'credentials' ? 0.5 : 0.25;
    if (name !== undefined && chance.happens(likelihood))
      entries.push(`${name}: ${library.only?.[setting] ? chance.pick(library.only[setting]) : value()}`);
  }
  for (const [name, others] of Object.entries(library.others ?? {}))
    if (chance.happens(0.2)) entries.push(`${name}: ${chance.pick(others)}`);
  return `{ ${entries.join(', ')} }`;
}
