/** Conditions of VCL, as conditions on the request. */
import type { Word } from '../../../syntax/directives/directives.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import { circumstance } from '../../../values/circumstances.ts';
import { all, always, never, not, originPresent, some, unknown } from '../../../policy/request-test.ts';
import { exactPattern } from '../../../models/servers/server-header-edits.ts';
import type { TestEdits } from '../../../models/servers/server-header-edits.ts';
import { readConnectives } from '../../../models/servers/connectives.ts';
import { equalsText, matchesPattern } from '../../../models/servers/server-tests.ts';
import type { ServerValue } from '../../../models/servers/server-values.ts';

export interface Held {
  readonly when: RequestTest;
  readonly value: ServerValue;
}
export interface Sight {
  /** What header variables of the request hold, by their name in lower case. */
  readonly variables: ReadonlyMap<string, readonly Held[]>;
  /** Another file is included, which may set headers of the request. */
  readonly includes: boolean;
  /** When a synthetic answer has this status, or these words beside it; undefined outside of vcl_synth. */
  readonly answeredWith?: (part: 'status' | 'reason', text: string) => RequestTest;
  /** The condition on host or path that the policy is about. */
  readonly place: string | undefined;
}

/** `req.url ~ "…"` and the like, by which one file answers for several places. */
export function placeOf([subject, operator, value]: readonly (Word | undefined)[]): string | undefined {
  return subject &&
    operator &&
    value &&
    value.quote !== '' &&
    /^(=~?|==|~)$/.test(operator.text) &&
    /^(req|bereq)\.(url|http\.host)$/i.test(subject.text)
    ? `${subject.text.replace('bereq', 'req')} ${operator.text} "${value.text}"`
    : undefined;
}

export function readCondition(words: readonly Word[], sight: Sight, edits: TestEdits): RequestTest {
  let at = 0;
  const take = (text: string): boolean => words[at]?.quote === '' && words[at]?.text === text && ++at > 0;
  function operand(): RequestTest {
    const subject = words[at++];
    if (!subject) return unknown();
    if (words[at]?.text === '(') return call();
    const [operator, value] = [words[at], words[at + 1]];
    if (!operator || !/^(==|!=|~|!~|<|>|<=|>=)$/.test(operator.text) || operator.quote !== '') return presence(subject);
    at += 2;
    return comparison(subject, operator, value);
  }
  /** A function of a module. */
  function call(): RequestTest {
    const start = at - 1;
    for (let depth = 0; at < words.length;) {
      const { text } = words[at++]!;
      if (text === '(') depth++;
      if (text === ')' && --depth === 0) break;
    }
    const written = words.slice(start, at);
    return written.slice(2).every(({ text, quote }) => quote !== '' || !/[a-z]/i.test(text) || isAside(text, sight))
      ? circumstance(written.map(({ text }) => text).join(' '))
      : unknown();
  }
  function presence({ text }: Word): RequestTest {
    if (text === 'true') return always;
    if (text === 'false') return never;
    if (isAside(text, sight)) return circumstance(text);
    return some(
      valuesOf(text, sight).map(({ when, value }) =>
        all([
          when,
          value.kind === 'origin'
            ? originPresent
            : value.kind === 'text'
              ? value.text === ''
                ? never
                : always
              : unknown(),
        ]),
      ),
    );
  }
  function comparison(subject: Word, operator: Word, value: Word | undefined): RequestTest {
    const place = placeOf([subject, operator, value]);
    if (place !== undefined) return place === sight.place ? always : never;
    if (!value) return unknown();
    const negated = operator.text.startsWith('!');
    const part = /^resp\.(status|reason)$/.exec(subject.text)?.[1] as 'status' | 'reason' | undefined;
    if (part && sight.answeredWith && /^[!=]=$/.test(operator.text))
      return negated ? not(sight.answeredWith(part, value.text)) : sight.answeredWith(part, value.text);
    if (isAside(subject.text, sight)) {
      const met = /^[!=]=$/.test(operator.text)
        ? circumstance(subject.text, value.text)
        : circumstance(`${subject.text} ${operator.text.replace('!', '')} ${value.text}`);
      return negated ? not(met) : met;
    }
    if (value.quote === '' || /^[<>]/.test(operator.text)) return unknown();
    const ignoreCase = value.text.startsWith('(?i)');
    const source = ignoreCase ? value.text.slice(4) : value.text;
    const content = { start: value.contentRange.start + (ignoreCase ? 4 : 0), end: value.contentRange.end };
    const where = { range: value.range, textRange: content };
    const isPattern = operator.text.endsWith('~');
    const test = some(
      valuesOf(subject.text, sight).map((held) =>
        all([
          held.when,
          isPattern
            ? matchesPattern(held.value, source, ignoreCase, where)
            : equalsText(held.value, value.text, false, where),
        ]),
      ),
    );
    const whole = { start: subject.range.start, end: value.range.end };
    edits.set(
      value.range,
      isPattern
        ? {
            replacePattern: (pattern) => [{ range: content, newText: pattern.replaceAll('\\/', '/') }],
            replaceByOrigins: (origins) => [{ range: value.contentRange, newText: exactPattern(origins) }],
          }
        : {
            replaceText: (text) => [{ range: content, newText: text }],
            ...(!negated && {
              replaceByOrigins: (origins: readonly string[]) => [
                {
                  range: whole,
                  newText:
                    origins.length === 1
                      ? `${subject.text} == "${origins[0]}"`
                      : `(${origins.map((origin) => `${subject.text} == "${origin}"`).join(' || ')})`,
                },
              ],
            }),
          },
    );
    return negated ? not(test) : test;
  }
  const test = readConnectives({ take, operand });
  return at < words.length || words.length === 0 ? unknown() : test;
}

/** What can be read without a look at the origin; a header that the file sets can hold it, and so can what the backend made of it. */
function isAside(name: string, { variables }: Sight): boolean {
  const header = /^(?:be)?req\.http\.(.+)$/i.exec(name)?.[1]?.toLowerCase();
  if (header !== undefined)
    return (
      !variables.has(header) &&
      /^(host|user-agent|cookie|authorization|accept(-.*)?|content-type|range|upgrade|if-.*|cache-control|x-forwarded-(for|proto|host)|fastly-.*)$/.test(
        header,
      )
    );
  return /^((be)?resp\.(?!http\.access-control-)|obj\.|client\.|server\.|remote\.|local\.|fastly\.|now$|(be)?req\.(url|restarts|proto|esi|is_|xid|backend|ttl))/i.test(
    name,
  );
}

/** What a variable holds. */
export function valuesOf(name: string, { variables, includes }: Sight): readonly Held[] {
  const known = (value: ServerValue): readonly Held[] => [{ when: always, value }];
  const header = /^(?:be)?req\.http\.(.+)$/i.exec(name)?.[1]?.toLowerCase();
  if (header !== undefined)
    return (
      variables.get(header) ??
      known(
        header === 'origin' ? { kind: 'origin' } : includes ? { kind: 'unknown' } : { kind: 'header', name: header },
      )
    );
  return known(/^(be)?req\.(method|request)$/.test(name) ? { kind: 'method' } : { kind: 'unknown' });
}
