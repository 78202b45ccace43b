/** Patterns and origins from a seeded generator: the same in every run. */

function generator(seed) {
  let state = seed;
  // mulberry32
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const atoms = [
  'a',
  'p',
  'e',
  '\\.',
  '.',
  ':',
  '/',
  '-',
  '\\d',
  '\\w',
  '\\W',
  '[a-z]',
  '[^.]',
  '[a-z0-9-]',
  '[^a-z]',
  'app',
  'example',
  'com',
  '\\.com',
  'https',
  '://',
  '(?:a|p)',
  '(a|app)',
  '(?:https?)',
  '[.]',
  'x',
  'K',
];
const ends = ['^', '$', '\\b', '\\B'];
/** A group is repeated a few times only: the engines that go back would take for ever for `(a+)+`. */
const fewTimes = ['?', '{2}', '{0,2}', '??', '{1,2}'];
const quantifiers = ['*', '+', '?', '{2}', '{1,}', '{0,2}', '*?', '+?', '??', '{1,2}?'];
/** What only some dialects have, and may mean otherwise in others. */
const special = {
  javascript: ['(?=a)', '(?!e)', '(?<=/)', '(?<!p)', '\\u0061', '[]', '\\x2e'],
  python: [
    '(?=a)',
    '(?!e)',
    '(?<=/)',
    '(?<!p)',
    '\\A',
    '\\Z',
    '(?P<n>a)',
    '(?i:A)',
    '\\x2e',
    '[]a]',
    'p++',
    '[a-z]*+',
    'a?+',
    '(?>p+)',
    '{,2}',
  ],
  pcre: [
    '(?=a)',
    '(?!e)',
    '(?<=/)',
    '(?<!p)',
    '\\A',
    '\\z',
    '\\Z',
    '(?<n>a)',
    '(?i)',
    '(?-i)',
    '(?i:A)',
    '\\Qa.\\E',
    '[[:alpha:]]',
    '[[:^digit:]]',
    '\\h',
    '\\pL',
    '\\p{Lu}',
    'p++',
    '[a-z]*+',
    'a?+',
    '(?>p+)',
    '(?>a|p)',
    '\\x{2e}',
    '\\K',
    '(?#x)',
  ],
  go: [
    '\\A',
    '\\z',
    '(?P<n>a)',
    '(?i)',
    '(?-i)',
    '(?i:A)',
    '\\Qa.\\E',
    '[[:alpha:]]',
    '[[:^digit:]]',
    '\\pL',
    '\\p{Lu}',
    '\\PL',
    '\\x{2e}',
    '(?s)',
    '(?U)',
  ],
  java: [
    '(?=a)',
    '(?!e)',
    '(?<=/)',
    '(?<!p)',
    '\\A',
    '\\z',
    '\\Z',
    '(?<n>a)',
    '(?i)',
    '(?-i)',
    '(?i:A)',
    '\\Qa.\\E',
    '\\p{Alpha}',
    '\\p{Lu}',
    '\\h',
    'p++',
    '[a-z]*+',
    'a?+',
    '(?>p+)',
    '(?>a|p)',
    '[a-z&&[^p]]',
    '\\x{2e}',
  ],
};

export function generatedPatterns(dialect, most = 700) {
  const random = generator(dialect.length * 1000 + dialect.charCodeAt(0));
  const pick = (list) => list[Math.floor(random() * list.length)];
  const group = (depth) => {
    const [open, one] = [pick(['(', '(?:']), sequence(depth)];
    const other = random() < 0.4 ? `|${sequence(depth)}` : '';
    return `${open}${one}${other})${random() < 0.4 ? pick(fewTimes) : ''}`;
  };
  const sequence = (depth) =>
    Array.from({ length: 1 + Math.floor(random() * 4) }, () => {
      const roll = random();
      if (roll < 0.1) return pick(ends);
      if (roll < 0.25) return pick(special[dialect]);
      if (roll < 0.35 && depth < 2) return group(depth + 1);
      return pick(atoms) + (random() < 0.35 ? pick(quantifiers) : '');
    }).join('');
  const found = new Map();
  while (found.size < most) {
    const source = sequence(0);
    const flags = random() < 0.25 && dialect !== 'go' ? 'i' : '';
    found.set(`${source} ${flags}`, { source, flags });
  }
  return [...found.values()];
}

export function generatedOrigins(most = 20) {
  const random = generator(7);
  const pick = (list) => list[Math.floor(random() * list.length)];
  return Array.from({ length: most }, () => {
    const labels = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
      Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
        pick(['a', 'app', 'p', 'e', 'example', 'x', '-', '1', 'K', '_']),
      ).join(''),
    );
    return `${pick(['https', 'http', 'app'])}://${labels.join('.')}${pick(['.com', '.example.com', '', ':80', '.com:3000'])}`;
  });
}
