/** Options without an origin. */
import { defineRule } from './rule.ts';
import { allowOnlyFix, unsafe } from './fixes.ts';
import { stranger } from './strangers.ts';

export const rule = defineRule({
  id: 'no-origin-configured',
  title: 'Options without an origin',
  description: `Methods, headers or credentials are set, but no origin, so that the default of the library decides who gets in.`,
  severity: 'warning',
  profile: 'default',
  fix: 'unsafe',
  cwe: 942,
  specification: 'https://fetch.spec.whatwg.org/#cors-check',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ methods: ['GET', 'POST'] }));
`,
  },
  good: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: 'https://app.example.com', methods: ['GET', 'POST'] }));
`,
  },
  *fact(fact, context) {
    if (fact.kind !== 'no-origin-configured') return;
    if (fact.switchedOff) {
      yield {
        range: fact.range,
        message: [
          'Nobody is let in: CORS is not switched on.',
          fact.why ?? 'Nothing reads these settings meanwhile.',
          `See to it that ${fact.switchedOff.setting}, or remove these settings.`,
        ],
        fixes: [unsafe('Switch CORS on', 'the origins of these settings get in', fact.switchedOff.switchOn?.())],
      };
      return;
    }
    if (context === undefined) return;
    if (context.verdict.wildcardWithCredentials === true || context.verdict.anyoneWithCredentials === true) return;
    const witness = stranger(context, { credentials: false });
    yield {
      range: fact.range,
      ...(witness !== undefined && { witness }),
      message: [
        witness === undefined
          ? fact.set.length > 0
            ? 'No origin is set beside these options.'
            : 'No origin is set.'
          : `"${witness}" can read these responses: no origin is set.`,
        fact.why ??
          `Only ${fact.set.join(', ')} ${fact.set.length > 1 ? 'are' : 'is'} given; the default of ` +
            `${context.policy.title} decides who gets in.`,
        'Say which origins may read the responses.',
      ],
      fixes: [allowOnlyFix(context)],
    };
  },
});
