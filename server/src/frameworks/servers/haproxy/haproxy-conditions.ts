/** Conditions of HAProxy: named and anonymous ACLs, `if` and `unless`. https://docs.haproxy.org/2.8/configuration.html#7 */
import type { Directive, Word } from '../../../syntax/directives/directives.ts';
import type { Edit } from '../../../syntax/range.ts';
import type { EntryEdits } from '../../../policy/policy.ts';
import type { Pattern, RequestTest } from '../../../policy/request-test.ts';
import {
  all,
  always,
  never,
  not,
  originPresent,
  some,
  undecidedHeader,
  unknown,
} from '../../../policy/request-test.ts';
import type { TestEdits } from '../../../models/servers/server-header-edits.ts';
import { patternEdits } from '../../../models/servers/server-header-edits.ts';
import { equalsText, headerPresent, matchesPattern } from '../../../models/servers/server-tests.ts';
import type { ServerValue } from '../../../models/servers/server-values.ts';
import { methods } from '../../../models/servers/server-values.ts';

export interface Held {
  readonly when: RequestTest;
  readonly value: ServerValue;
}
/** What a rule can look at: the request itself is gone when the response is handled, all but its method. */
export interface Sight {
  readonly phase: 'request' | 'response';
  readonly variables: ReadonlyMap<string, readonly Held[]>;
  /** What `capture.req.hdr(n)` holds. */
  readonly captures: readonly ServerValue[];
}
export type Acls = ReadonlyMap<string, readonly Directive[]>;

export function readAcls(section: readonly Directive[]): Acls {
  const found = new Map<string, Directive[]>();
  for (const directive of section) {
    const name = directive.name === 'acl' ? directive.args[0]?.text : undefined;
    if (name !== undefined) found.set(name, [...(found.get(name) ?? []), directive]);
  }
  return found;
}

/** The words after `if` or `unless`: terms side by side are all needed, `or` separates choices. */
export function readCondition(words: readonly Word[], acls: Acls, sight: Sight, edits: TestEdits): RequestTest {
  const choices: RequestTest[] = [];
  let terms: RequestTest[] = [];
  for (let at = 0; at < words.length; at++) {
    let { text } = words[at]!;
    if (text === 'or' || text === '||') {
      choices.push(all(terms));
      terms = [];
      continue;
    }
    let negated = false;
    if (text === '!') {
      negated = true;
      text = words[++at]?.text ?? '';
    }
    while (text.startsWith('!')) {
      negated = !negated;
      text = text.slice(1);
    }
    let test: RequestTest;
    if (text === '{') {
      const end = words.findIndex((word, index) => index > at && word.text === '}');
      test = readTest(words.slice(at + 1, end < 0 ? undefined : end), sight, edits);
      at = end < 0 ? words.length : end;
    } else test = named(text, acls, sight, edits);
    terms.push(negated ? not(test) : test);
  }
  return some([...choices, all(terms)]);
}

function named(name: string, acls: Acls, sight: Sight, edits: TestEdits): RequestTest {
  const written = acls.get(name);
  if (written) return some(written.map((acl) => readTest(acl.args.slice(1), sight, edits)));
  if (name === 'TRUE') return always;
  if (name === 'FALSE') return never;
  const method = /^METH_(\w+)$/.exec(name)?.[1];
  return method !== undefined && (methods as readonly string[]).includes(method)
    ? some([{ kind: 'method', name: method }, ...(method === 'GET' ? [{ kind: 'method' as const, name: 'HEAD' }] : [])])
    : unknown();
}

/** A sample, its flags, and the texts or patterns that it is compared with. */
function readTest(words: readonly Word[], sight: Sight, edits: TestEdits): RequestTest {
  const [sample, ...rest] = words;
  if (!sample) return unknown();
  const short = /^hdr_(beg|end|sub|dom|dir|reg|str)(\(.*)$/.exec(sample.text);
  const path = /^(?:path|url|base|src|dst|ssl_fc|hdr\(host\)|req\.hdr\(host\))/i.test(sample.text);
  let how = short?.[1] ?? 'str';
  let ignoreCase = false;
  const from = short ? sample.range.start : rest[0]?.range.start;
  let at = 0;
  for (; at < rest.length && rest[at]!.text.startsWith('-') && rest[at]!.quote === ''; at++) {
    const flag = rest[at]!.text;
    if (flag === '-i') ignoreCase = true;
    else if (flag === '-m') how = rest[++at]?.text ?? '';
    else if (flag === '--') {
      at++;
      break;
    } else if (flag !== '-n' && flag !== '-M') return unknown();
  }
  // A browser sends no password with a preflight.
  if (/^http_auth(_group)?\(/.test(sample.text)) return undecidedHeader(sample.text, false);
  if (path) return sight.phase === 'response' && !/^(src|dst|ssl_fc)/.test(sample.text) ? never : unknown();
  const held = sampleValue(short ? `hdr${short[2]!}` : sample.text, sight);
  const lower = /,lower\b/.test(sample.text) || ignoreCase;
  const values = rest.slice(at);
  return some(
    held.map(({ when, value }) =>
      all([
        when,
        how === 'found'
          ? presence(value)
          : values.length === 0
            ? truth(value)
            : some(
                values.map((word) =>
                  compare(value, how, word, lower, {
                    values,
                    edits,
                    ...(from !== undefined && { from }),
                    ...(short && { sample: `hdr${short[2]!} ` }),
                  }),
                ),
              ),
      ]),
    ),
  );
}

interface Written {
  readonly values: readonly Word[];
  readonly edits: TestEdits;
  /** Where the flags begin, when they say how it is compared. */
  readonly from?: number;
  /** The sample for an exact comparison, where its name says how it is compared. */
  readonly sample?: string;
}

/** A sample that is compared with nothing is a condition itself. */
function truth(value: ServerValue): RequestTest {
  if (value.kind !== 'text') return unknown();
  return /^(1|true)$/i.test(value.text) ? always : /^(0|false|)$/i.test(value.text) ? never : unknown();
}

function presence(value: ServerValue): RequestTest {
  if (value.kind === 'header') return headerPresent(value.name);
  return value.kind === 'origin' ? originPresent : value.kind === 'text' ? always : unknown();
}

function compare(value: ServerValue, how: string, word: Word, ignoreCase: boolean, written: Written): RequestTest {
  const place = { range: word.range, textRange: word.contentRange };
  const edits = comparisonEdits(how, word, written);
  if (edits) written.edits.set(word.range, edits);
  if (how === 'reg') return matchesPattern(value, word.text, ignoreCase, place);
  if (how === 'str') return equalsText(value, word.text, ignoreCase, place);
  return value.kind === 'origin' ? partOfOrigin(how, word, ignoreCase) : unknown();
}

/** `beg`, `end` and `sub` compare letters, `dom` and `dir` whole words between separators (pattern.c, match_word). */
function partOfOrigin(how: string, word: Word, ignoreCase: boolean): RequestTest {
  const text = ignoreCase ? word.text.toLowerCase() : word.text;
  const place = { range: word.range, textRange: word.contentRange };
  const operator = ({ beg: 'starts-with', end: 'ends-with', sub: 'contains' } as const)[how];
  if (operator) return { kind: 'origin', part: 'origin', operator, text, ignoreCase, ...place };
  const separators = ({ dom: '/?.:', dir: '/?' } as const)[how];
  if (separators === undefined) return unknown();
  const escaped = text.replaceAll(/[.[\]()*+?^$|{}\\]/g, '\\$&');
  const pattern: Pattern = {
    source: `(^|[${separators}])${escaped}([${separators}]|$)`,
    flags: ignoreCase ? 'i' : '',
    dialect: 'pcre',
    mode: 'search',
  };
  return { kind: 'origin', part: 'origin', operator: 'matches', pattern, ...place };
}

function comparisonEdits(how: string, word: Word, { values, from, sample = '' }: Written): EntryEdits | undefined {
  const exact = word.contentRange.end - word.contentRange.start === word.text.length;
  if (how === 'reg') {
    // Outside of quotes a backslash would have to be doubled.
    return exact && word.quote !== ''
      ? patternEdits(word.contentRange)
      : patternEdits(word.range, (source) => `'${source}'`);
  }
  if (!exact) return undefined;
  const whole = { start: from ?? 0, end: values.at(-1)!.range.end };
  const exactly = (origins: readonly string[], placeholder?: string): Edit[] => [
    {
      range: whole,
      newText: `${sample}-m str ${origins.join(' ')}`,
      ...(placeholder !== undefined && { placeholder }),
    },
  ];
  const alone = how !== 'str' && from !== undefined && values.length === 1;
  return {
    replaceText: (text) => [{ range: word.contentRange, newText: text }],
    ...removalFrom(values, word),
    ...(how === 'str' && { replaceByOrigins: (origins) => [{ range: word.range, newText: origins.join(' ') }] }),
    ...(alone && {
      replaceTest: (_, origins, placeholder) => exactly(origins, placeholder),
      replaceByOrigins: exactly,
    }),
  };
}

/** A value goes with the blanks to the next one; the only one stays. */
function removalFrom(values: readonly Word[], word: Word): Pick<EntryEdits, 'remove'> {
  const index = values.indexOf(word);
  const [before, after] = [values[index - 1], values[index + 1]];
  const range = after
    ? { start: word.range.start, end: after.range.start }
    : before && { start: before.range.end, end: word.range.end };
  return range ? { remove: () => [{ range, newText: '' }] } : {};
}

/** What a sample gives: the Origin, a variable, a captured header. */
export function sampleValue(sample: string, { phase, variables, captures }: Sight): readonly Held[] {
  const [, name, argument] = /^([\w.]+)(?:\(([^)]*)\))?/.exec(sample.trim()) ?? [];
  const known = (value: ServerValue): readonly Held[] => [{ when: always, value }];
  if (/,(?!lower\b)\w/.test(sample.slice((name ?? '').length + (argument ?? '').length)))
    return known({ kind: 'unknown' });
  if (name === 'var') return variables.get(argument ?? '') ?? known({ kind: 'text', text: '' });
  if (name === 'capture.req.hdr') return known(captures[Number(argument)] ?? { kind: 'unknown' });
  if (name === 'method' || name === 'capture.req.method') return known({ kind: 'method' });
  if (name === 'str' || name === 'bool' || name === 'int') return known({ kind: 'text', text: argument ?? '' });
  if (/^(req\.)?f?hdr$/.test(name ?? '') || name === 'hdr_val') {
    const header = argument?.split(',')[0]?.trim().toLowerCase() ?? '';
    if (phase === 'response') return [];
    return known(header === 'origin' ? { kind: 'origin' } : { kind: 'header', name: header });
  }
  return known({ kind: 'unknown' });
}
