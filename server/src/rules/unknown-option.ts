/** An option that does not exist. */
import type { Fact } from '../policy/policy.ts';
import { defineRule } from './rule.ts';
import type { Report } from './rule.ts';
import { safe, unsafe } from './fixes.ts';
import { stranger } from './strangers.ts';

export const rule = defineRule({
  id: 'unknown-option',
  title: 'An option that does not exist',
  description:
    'The library knows no option of this name and says nothing about it, so that its default stays in ' +
    'force. For the origin that default often is "everybody". In Python the option is refused instead, ' +
    'and no request is answered; some services reject the settings as a whole.',
  severity: 'warning',
  severityNote: 'error where the default lets everybody in or the settings are refused',
  profile: 'default',
  fix: 'unsafe',
  specification: 'https://expressjs.com/en/resources/middleware/cors.html',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origins: ['https://app.example.com'] }));
`,
  },
  good: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: ['https://app.example.com'] }));
`,
  },
  *fact(fact, context) {
    if (fact.kind === 'misspelt-header') yield misspelt(fact);
    if (fact.kind !== 'unknown-option') return;
    if (fact.belongs !== undefined) {
      yield misplaced(fact, fact.belongs);
      return;
    }
    if (fact.refusal !== undefined) {
      yield {
        range: fact.range,
        severity: 'error',
        message: [
          `Every request fails: there is no option "${fact.name}".`,
          `${fact.refusal}.`,
          fact.suggestion === undefined ? 'Remove it, or use an option that exists.' : `Use "${fact.suggestion}".`,
        ],
        fixes: [unsafe(`Rename to ${fact.suggestion}`, 'the option counts then', fact.rename?.(), true)],
      };
      return;
    }
    const witness = fact.opens && !fact.rejected && context ? stranger(context, { credentials: false }) : undefined;
    yield {
      range: fact.range,
      severity: fact.opens || fact.rejected ? 'error' : 'warning',
      ...(witness !== undefined && { witness }),
      message: [
        fact.rejected
          ? `"${fact.name}" is rejected: there is no such option.`
          : witness === undefined
            ? `"${fact.name}" is ignored: there is no such option.`
            : `"${witness}" can read these responses: "${fact.name}" is ignored.`,
        fact.rejected
          ? 'None of these settings come into force with it.'
          : fact.opens
            ? 'Without the right option everybody is let in.'
            : 'The default stays in force.',
        fact.suggestion === undefined ? 'Remove it, or use an option that exists.' : `Use "${fact.suggestion}".`,
      ],
      fixes: [unsafe(`Rename to ${fact.suggestion}`, 'the option counts then', fact.rename?.(), true)],
    };
  },
});

/** A header that does not exist. */
function misspelt(fact: Fact & { readonly kind: 'misspelt-header' }): Report {
  return {
    range: fact.range,
    message: [
      fact.why === undefined ? `There is no header "${fact.name}".` : `"${fact.name}" is not sent.`,
      fact.why ?? 'Browsers ignore it.',
      `Write "${fact.suggestion}".`,
    ],
    fixes: [
      safe(fact.why === undefined ? `Rename to ${fact.suggestion}` : `Write ${fact.suggestion}`, fact.rename?.()),
    ],
  };
}

/** A setting that would be read in another place. */
function misplaced(fact: Fact & { readonly kind: 'unknown-option' }, belongs: string): Report {
  if (fact.unlessRead)
    return {
      range: fact.range,
      severity: 'information',
      confidence: 'likely',
      message: [
        `The framework does not read "${fact.name}".`,
        'It lets nobody in, unless code of the application reads it.',
        `Set the origins in ${belongs}.`,
      ],
    };
  return {
    range: fact.range,
    severity: fact.rejected || fact.opens ? 'error' : 'warning',
    message: [
      `"${fact.name}" is ${fact.rejected ? 'rejected' : 'ignored'}: this is not its place.`,
      fact.rejected
        ? 'Nothing is deployed with it.'
        : fact.opens
          ? 'Without it in the right place everybody is let in.'
          : 'No page of another origin is let in by it.',
      `Put it into ${belongs}.`,
    ],
  };
}
