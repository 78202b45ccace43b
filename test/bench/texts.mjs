/** The texts and folders that the rows are about. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A believable Express file of about a thousand lines with one cors() call and headers by hand. */
export function expressFile(lines) {
  const routes = [];
  while (routes.length * 5 < lines - 12) {
    const n = routes.length;
    routes.push(
      `app.get('/items${n}/:id', async (req, res) => {\n  const found = await store.find({ id: ` +
        `req.params.id, page: ${n} });\n  if (!found) return res.status(404).json({ error: 'not found' });\n ` +
        ` return res.json({ ok: true, items: found.map((item) => item.name) });\n});\n`,
    );
  }
  return (
    `const express = require('express');\nconst cors = require('cors');\nconst store = ` +
    `require('./store');\n\nconst app = express();\napp.use(cors({ origin: ['https://app.example.com'], ` +
    `credentials: true }));\napp.use('/raw', (req, res, next) => {\n  ` +
    `res.setHeader('Access-Control-Allow-Origin', '*');\n  next();\n});\n${routes.join('')}`
  );
}

/** Forty policies, each with patterns of its own: one of them is typed in, and the others are as they were. */
export function policiesFile(policies) {
  const one = (n) =>
    `app.use('/area${n}', cors({\n  origin: [/^https:\\/\\/[a-z0-9-]+\\.team${n}\\.example\\.com$/, ` +
    `'https://app${n}.example.com', /shop${n}.example.org/],\n  credentials: true,\n}));\n` +
    `app.get('/area${n}/items', async (req, res) => {\n  res.json(await store.find(${n}));\n});\n`;
  return (
    `const express = require('express');\nconst cors = require('cors');\nconst app = express();\n` +
    Array.from({ length: policies }, (_, n) => one(n)).join('')
  );
}

/** A folder of its own for as long as the work lasts. Returns what the work returns. */
export async function inFolder(work) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cors-lint-bench-'));
  try {
    return await work(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Small files in a hundred folders; one of a hundred holds CORS. */
export function tree(folder, files) {
  for (let i = 0; i < files; i++) {
    const directory = path.join(folder, `package${i % 100}`);
    fs.mkdirSync(directory, { recursive: true });
    const text =
      i % 100 === 0
        ? expressFile(60)
        : (
            `export function handler${i}(input) {\n  const result = input.map((value) => value * ${i});\n  ` +
            `return result.filter(Boolean);\n}\n`
          ).repeat(12);
    fs.writeFileSync(path.join(directory, `file${i}.js`), text);
  }
}

/** Real programs: scripts of the installed packages, in one order, without those that a tool has made small. */
export function realFiles(folder, files) {
  const packages = path.resolve('node_modules');
  const scripts = fs
    .readdirSync(packages, { recursive: true })
    .filter((name) => /(?<!\.min)\.js$/.test(name))
    .sort();
  let copied = 0;
  for (const name of scripts) {
    const facts = fs.statSync(path.join(packages, name));
    if (!facts.isFile() || facts.size > largestScript) continue;
    // Folders of that name are left alone by everybody.
    const target = path.join(folder, name.replaceAll('node_modules', 'nested'));
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.copyFileSync(path.join(packages, name), target);
    if (++copied === files) return;
  }
  throw new Error(`Only ${copied} scripts are installed, and ${files} are wanted.`);
}

/** In bytes. Larger ones are bundles. */
const largestScript = 60_000;
