/** An http: origin is trusted with credentials. */
import { defineRule } from './rule.ts';
import { canRead } from '../policy/analyse.ts';
import { inspectOrigin, isLoopbackHost, isPrivateHost } from '../policy/serialised-origin.ts';
import { unsafe } from './fixes.ts';
import { credentialsLine } from './strangers.ts';

export const rule = defineRule({
  id: 'insecure-origin',
  title: 'An http: origin is trusted with credentials',
  description: `Whoever sits between the user and an \`http:\` page can change that page, and with it read these responses with the user's cookies.`,
  severity: 'warning',
  profile: 'default',
  fix: 'unsafe',
  cwe: 319,
  specification: 'https://www.w3.org/TR/mixed-content/',
  since: '0.1.0',
  bad: { file: 'server.js', code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: ['http://app.example.com'], credentials: true }));
` },
  good: { file: 'server.js', code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: ['https://app.example.com'], credentials: true }));
` },
  *policy(context) {
    const { policy, verdict, development } = context;
    if (verdict.credentials !== true || development) return;
    for (const entry of policy.settings.origins.value) {
      const inspected = entry.kind === 'text' && entry.text !== undefined ? inspectOrigin(entry.text) : undefined;
      if (inspected?.valid !== true || !entry.text!.startsWith('http://')) continue;
      const host = new URL(entry.text!).hostname;
      if (isLoopbackHost(host) || isPrivateHost(host) || !host.includes('.') || !canRead(policy, entry.text!, { credentials: true })) continue;
      const secure = entry.text!.replace(/^http:/, 'https:');
      yield {
        range: entry.range,
        message: [`"${entry.text}" is not encrypted and can read these responses with the user's cookies.`, 'Whoever can change that page on its way to the user reads along.', `Serve it over https and allow "${secure}" instead.`],
        related: credentialsLine(context),
        fixes: [unsafe(`Replace by ${secure}`, entry.edits?.replaceText?.(secure))],
      };
    }
  },
});
