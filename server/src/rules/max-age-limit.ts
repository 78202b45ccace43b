/** A preflight cache time that browsers do not keep. */
import { defineRule } from './rule.ts';
import { safe } from './fixes.ts';

export const rule = defineRule({
  id: 'max-age-limit',
  title: 'A preflight cache time that browsers do not keep',
  description:
    '`Access-Control-Max-Age` is a whole number of seconds. Browsers keep a preflight for 7,200 ' +
    'seconds (Chromium) or 86,400 seconds (Firefox) at most.',
  severity: 'information',
  profile: 'default',
  fix: 'safe',
  specification: 'https://fetch.spec.whatwg.org/#http-access-control-max-age',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: 'https://app.example.com', maxAge: 31536000 }));
`,
  },
  good: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: 'https://app.example.com', maxAge: 7200 }));
`,
  },
  *policy({ policy }) {
    const setting = policy.settings.maxAge;
    if (!setting?.written) return;
    const seconds = /^-?\d+$/.test(setting.value) ? Number(setting.value) : undefined;
    if (seconds !== undefined && seconds <= 86_400 && seconds >= -1) return;
    yield {
      range: setting.range,
      message:
        seconds === undefined
          ? [
              `"${setting.value}" is not a number of seconds.`,
              'Browsers then keep a preflight for five seconds.',
              'Write a whole number.',
            ]
          : [
              `No browser keeps a preflight for ${setting.value} seconds.`,
              'Chromium keeps it for 7,200 seconds at most, Firefox for 86,400.',
              'Write 7200, or 86400 for Firefox.',
            ],
      fixes: [safe('Write 7200', policy.edits.setMaxAge?.(7200))],
    };
  },
});
