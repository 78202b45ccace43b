/** A small file for each kind of quick fix, in each source's own language. */
export interface FixCase {
  readonly name: string;
  readonly file: string;
  readonly rule: string;
  readonly text: string;
  /** Fixes offered at the least, the three that accept the finding by a comment among them. */
  readonly atLeast: number;
}

const express = (options: string): string =>
  `const cors = require('cors');\nconst app = require('express')();\napp.use(cors(${options}));\n`;
const handler = (body: string): string =>
  `const app = require('express')();\napp.get('/account', (req, res) => {\n${body}\n  res.json({});\n});\n`;

export const fixCases: readonly FixCase[] = [
  { name: 'an allowlist for any origin', file: 'fix-any-origin.js', rule: 'any-origin', text: express(''), atLeast: 4 },
  {
    name: 'an allowlist, or no credentials',
    file: 'fix-credentials.js',
    rule: 'any-origin-with-credentials',
    text: express('{ origin: true, credentials: true }'),
    atLeast: 5,
  },
  {
    name: 'an origin as browsers write it',
    file: 'fix-malformed.ts',
    rule: 'malformed-origin',
    text: express("{ origin: ['https://app.example.com/'] }").replace(
      "const cors = require('cors')",
      "import cors from 'cors'",
    ),
    atLeast: 4,
  },
  {
    name: 'a pattern that holds',
    file: 'fix-pattern.js',
    rule: 'bypassable-origin-check',
    text: express('{ origin: /shop\\.example$/, credentials: true }'),
    atLeast: 4,
  },
  {
    name: 'no null',
    file: 'fix-null.js',
    rule: 'null-origin',
    text: express("{ origin: ['https://app.example.com', 'null'] }"),
    atLeast: 4,
  },
  {
    name: 'the right name of an option',
    file: 'fix-option.js',
    rule: 'unknown-option',
    text: express("{ origins: ['https://app.example.com'] }"),
    atLeast: 4,
  },
  {
    name: 'a choice for a star with credentials',
    file: 'fix-star.js',
    rule: 'wildcard-with-credentials',
    text: handler(
      "  res.setHeader('Access-Control-Allow-Origin', '*');\n  res.setHeader('Access-Control-Allow-Credentials', 'true');",
    ),
    atLeast: 4,
  },
  {
    name: 'one origin a response',
    file: 'fix-several.js',
    rule: 'multiple-origins',
    text: handler("  res.setHeader('Access-Control-Allow-Origin', 'https://a.example.com, https://b.example.com');"),
    atLeast: 4,
  },
  {
    name: 'Vary',
    file: 'fix-vary.js',
    rule: 'missing-vary',
    text: handler(
      "  const trusted = ['https://app.example.com', 'https://b.example.com'];\n" +
        '  const origin = req.headers.origin;\n  if (trusted.includes(origin)) {\n' +
        "    res.setHeader('Access-Control-Allow-Origin', origin);\n  }",
    ),
    atLeast: 4,
  },
];
