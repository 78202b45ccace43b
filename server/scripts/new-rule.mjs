/** `npm run new-rule <id>`: a rule that compiles, with one bad and one good example, to be filled in. */
import fs from 'node:fs';
import { run } from './install.mjs';

const [id] = process.argv.slice(2);
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id ?? '')) {
  console.error('new-rule takes an id in lower case with hyphens: npm run new-rule my-rule');
  process.exit(2);
}
const file = `server/src/rules/${id}.ts`;
if (fs.existsSync(file)) {
  console.error(`${file} is there already.`);
  process.exit(2);
}
fs.writeFileSync(
  file,
  `/** What this rule finds, in one sentence. */
import { defineRule } from './rule.ts';

export const rule = defineRule({
  id: '${id}',
  title: 'What is wrong, as a short noun phrase',
  description: \`What it finds and why it matters.\`,
  severity: 'warning',
  profile: 'default',
  fix: 'none',
  specification: 'https://fetch.spec.whatwg.org/#cors-check',
  since: '0.1.0',
  bad: { file: 'server.js', code: \`const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: 'https://app.example.com', maxAge: 42 }));
\` },
  good: { file: 'server.js', code: \`const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: 'https://app.example.com', maxAge: 7200 }));
\` },
  *policy({ policy }) {
    const { maxAge } = policy.settings;
    if (maxAge?.value !== '42') return;
    yield { range: maxAge.range, message: ['What it is.', 'Why it matters here.', 'What to do.'] };
  },
});
`,
);
run('node', ['server/scripts/generate.mjs']);
console.log(
  `${file} is written and in the index. Add a bad and a good fixture to test/fixtures/<room>/<framework>/, and fill in the words.`,
);
