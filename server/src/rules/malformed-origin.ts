/** A text that no origin is equal to. */
import type { Edit } from '../syntax/range.ts';
import { defineRule } from './rule.ts';
import { decide } from '../policy/decide.ts';
import { hasCircumstances } from '../policy/circumstances.ts';
import type { OriginEntry, Policy } from '../policy/policy.ts';
import type { OriginTest } from '../policy/request-test.ts';
import { inspectOrigin } from '../policy/serialised-origin.ts';
import { safe, unsafe } from './fixes.ts';
import { insteadOfPattern, words } from './origin-words.ts';
import type { Fix, Report } from './rule.ts';
import { isWildcard, unmatchedTests } from './unmatched-tests.ts';
import type { Unmatched } from './unmatched-tests.ts';

export const rule = defineRule({
  id: 'malformed-origin',
  title: 'A text that no origin is equal to',
  description:
    'Browsers send an origin as scheme, host and port, in lower case, without a path, a trailing slash ' +
    'or a default port. A text that looks like an origin but is spelled otherwise never matches, and ' +
    'the site that it names is locked out.',
  severity: 'error',
  severityNote: 'warning where the server puts the text together',
  profile: 'default',
  fix: 'safe',
  specification: 'https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: ['https://app.example.com/'] }));
`,
  },
  good: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: ['https://app.example.com'] }));
`,
  },
  *fact(fact) {
    if (fact.kind === 'unawaited-origin') {
      yield {
        range: fact.range,
        message: [
          'Nobody is let in: "[object Promise]" is sent as the origin.',
          'This function is asynchronous, and the version that is used here does not wait for its answer.',
          'Use a newer version of the package, or decide without waiting.',
        ],
      };
      return;
    }
    if (fact.kind !== 'joined-origin') return;
    yield {
      range: fact.range,
      severity: 'warning',
      confidence: 'likely',
      message: [
        `No page has the origin that "${fact.text}" makes.`,
        `${fact.why}, so the sites that are meant here are locked out.`,
        `Write "${fact.replacement}".`,
      ],
      fixes: [unsafe(`Write ${fact.replacement}`, 'the sites that are meant get in', fact.replace(), true)],
    };
  },
  *policy({ policy }) {
    const entries = policy.settings.origins.value;
    for (const entry of entries) {
      yield* unmatchedTests(entry)
        .filter((unmatched) => !entries.some((one) => isToldAt(one, unmatched)))
        .map((unmatched) => unmatchedReport(entry, unmatched));
      if (entry.writtenAs !== undefined) yield comparedInPart(entry, entry.writtenAs, policy.title);
      if (
        entry.kind !== 'text' ||
        entry.text === undefined ||
        entry.text === '*' ||
        entry.matching === 'wildcard' ||
        entry.matching === 'regex'
      )
        continue;
      const { valid, problems, serialised } = inspectOrigin(entry.text);
      if (entry.text.trim() === '' && meansNobodyYet(entry, policy)) continue;
      if (valid || problems.includes('wildcard') || problems.includes('several-origins')) continue;
      // Where letter case counts for nothing, the origin that is meant gets in all the same.
      if (entry.stops === undefined && serialised !== undefined && letsIn(entry, serialised)) continue;
      if (entry.stops === undefined && isCompleted(entry)) continue;
      yield {
        range: entry.range,
        message: [
          `No page has the origin "${entry.text}".`,
          entry.stops === undefined
            ? `${words(problems)}, so the site that is meant here is locked out.`
            : `${words(problems)}, and ${entry.stops}.`,
          problems.includes('pattern')
            ? insteadOfPattern(entry, policy.title)
            : serialised === undefined
              ? 'Write it as scheme://host, with a port only where it is not the default.'
              : `Write "${serialised}".`,
        ],
        fixes: [
          serialised === undefined
            ? undefined
            : replaceFix(
                // Which scheme was meant is a guess.
                { text: serialised, safety: problems.includes('no-scheme') ? 'unsafe' : 'safe' },
                entry.edits?.replaceText?.(serialised),
              ),
        ],
      };
    }
  },
});

/**
 * A setting that is empty by default, in another file or as `process.env.ORIGINS || ''`: no site is locked out that somebody
 * wrote down.
 */
function meansNobodyYet({ range, accepts }: OriginEntry, policy: Policy): boolean {
  return (range.path !== undefined && range.path !== policy.range.path) || hasCircumstances(accepts);
}

/** What is compared is an origin: the library adds the scheme that the text leaves out. */
function isCompleted({ accepts }: OriginEntry): boolean {
  return accepts.kind === 'origin' && accepts.operator === 'equals' && inspectOrigin(accepts.text).valid;
}

/** `https://app.example.com`, where the caller's host alone is compared with it. */
function comparedInPart(entry: OriginEntry, written: string, title: string): Report {
  return {
    range: entry.range,
    message: [
      `"${entry.text}" lets nobody in.`,
      `${title} compares a text with the caller's host, which has no scheme, so the site that is meant here is locked out.`,
      `Use a newer release, or write "${written}", which lets every scheme of that host in.`,
    ],
    fixes: [
      unsafe(`Write ${written}`, 'pages of that host get in, by every scheme', entry.edits?.replaceText?.(written)),
    ],
  };
}

/** The text of a comparison that is an entry of its own has its finding there: in the same place, or where the list stands. */
function isToldAt({ kind, range, text }: OriginEntry, { test, text: compared }: Unmatched): boolean {
  if (kind !== 'text' || test.range === undefined) return false;
  const isSamePlace = range.start === test.range.start && range.path === test.range.path;
  // A comparison that is as long as the text, with quotes or without, is written with a text of its own.
  const isOwnText = [compared.length, compared.length + 2].includes(test.range.end - test.range.start);
  return isSamePlace || (text === compared && !isOwnText);
}

function unmatchedReport(entry: OriginEntry, { test, text, why, repaired }: Unmatched): Report {
  const edit = repaired && unmatchedEdit(entry, test, repaired.text);
  return {
    range: test.range ?? entry.range,
    message: [
      `No page has an origin that passes "${text}".`,
      `${why}, so the sites that are meant here are locked out.`,
      repaired === undefined ? unmatchedAdvice(test) : `Write "${repaired.text}".`,
    ],
    fixes: repaired === undefined ? [] : [replaceFix(repaired, edit)],
  };
}

type Repaired = NonNullable<Unmatched['repaired']>;

function replaceFix({ text, safety }: Repaired, edit: readonly Edit[] | undefined): Fix | undefined {
  const title = `Replace by ${text}`;
  return safety === 'safe' ? safe(title, edit) : unsafe(title, 'the sites that are meant get in', edit);
}

function unmatchedAdvice({ part }: OriginTest): string {
  return part === 'origin'
    ? 'Origins are scheme://host in lower case, with a port only where it is not the default.'
    : 'Write it in lower case, without a scheme or a path.';
}

/** The repaired text, in the form in which this entry is written. */
function unmatchedEdit(entry: OriginEntry, test: OriginTest, text: string): readonly Edit[] | undefined {
  const { edits, pattern } = entry;
  if (test.operator !== 'matches') return edits?.replaceTest?.(test, [text]);
  if (isWildcard(entry)) return edits?.replaceText?.(text);
  return pattern ? edits?.replacePattern?.(text) : edits?.replaceTestPattern?.(test, text);
}

function letsIn({ accepts }: OriginEntry, origin: string): boolean {
  return decide(accepts, { origin, method: 'GET', cookie: false }) === true;
}
