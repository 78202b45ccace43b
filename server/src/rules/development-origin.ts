/** A developer’s own machine is trusted. */
import { defineRule } from './rule.ts';
import { originSet } from '../policy/origin-set.ts';
import { isTunnelHost } from '../policy/known-hosts.ts';
import { inspectOrigin, isLoopbackHost, isPrivateAddress } from '../policy/serialised-origin.ts';
import { unsafe } from './fixes.ts';

export const rule = defineRule({
  id: 'development-origin',
  title: 'A developer’s own machine is trusted',
  description:
    '`localhost`, private addresses and tunnels belong to whoever sits at that machine. In ' +
    `production, any program on the user's machine that serves a page there can read these responses.`,
  severity: 'information',
  severityNote: 'warning with credentials',
  profile: 'default',
  fix: 'unsafe',
  cwe: 489,
  specification: 'https://developer.mozilla.org/docs/Web/Security/Same-origin_policy',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: ['https://app.example.com', 'http://localhost:3000'] }));
`,
  },
  good: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: ['https://app.example.com'] }));
`,
  },
  *policy(context) {
    const { policy, verdict, development } = context;
    if (development) return;
    for (const entry of policy.settings.origins.value) {
      if (
        entry.kind !== 'text' ||
        entry.text === undefined ||
        !/^https?:\/\//.test(entry.text) ||
        inspectOrigin(entry.text).valid !== true
      )
        continue;
      const { hostname } = new URL(entry.text);
      const tunnel = isTunnelHost(hostname);
      if (!tunnel && !isLoopbackHost(hostname) && !isPrivateAddress(hostname)) continue;
      // An origin that is only allowed under a condition may be allowed in development only.
      const allowed = originSet(entry.accepts);
      if (allowed.depends || allowed.has(entry.text) !== true) continue;
      const withCookies = verdict.credentials === true;
      yield {
        range: entry.range,
        severity: withCookies ? 'warning' : 'information',
        confidence: 'likely',
        message: [
          `"${entry.text}" is a developer's own ${tunnel ? 'tunnel' : 'machine'}.`,
          withCookies
            ? "In production any program that serves a page there reads responses with the user's cookies."
            : 'In production any program that serves a page there reads these responses.',
          'Allow it in development only.',
        ],
        fixes: [unsafe(`Remove ${entry.text}`, entry.edits?.remove?.())],
      };
    }
  },
});
