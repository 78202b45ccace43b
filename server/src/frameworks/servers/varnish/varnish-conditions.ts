/** Conditions of VCL, as conditions on the request. */
import type { Word } from '../../../syntax/directives/directives.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import { isOnPreflights } from '../../../policy/preflight-headers.ts';
import { circumstance } from '../../../values/circumstances.ts';
import { all, always, never, not, originPresent, some, unknown } from '../../../policy/request-test.ts';
import { exactPattern } from '../../../models/servers/server-header-edits.ts';
import type { TestEdits } from '../../../models/servers/server-header-edits.ts';
import { readConnectives } from '../../../models/servers/connectives.ts';
import { equalsText, headerPresent, matchesPattern } from '../../../models/servers/server-tests.ts';
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

/** The words between the parentheses of an `if`. `unknown()` for what is not read here. */
export function readCondition(words: readonly Word[], sight: Sight, edits: TestEdits): RequestTest {
  return new ConditionReader(words, sight, edits).read();
}

class ConditionReader {
  private at = 0;

  constructor(
    private readonly words: readonly Word[],
    private readonly sight: Sight,
    private readonly edits: TestEdits,
  ) {}

  read(): RequestTest {
    const test = readConnectives({ take: (sign) => this.take(sign), operand: () => this.operand() });
    return this.at < this.words.length || this.words.length === 0 ? unknown() : test;
  }

  private take(text: string): boolean {
    const word = this.words[this.at];
    return word?.quote === '' && word.text === text && ++this.at > 0;
  }

  private operand(): RequestTest {
    const subject = this.words[this.at++];
    if (!subject) return unknown();
    if (this.words[this.at]?.text === '(') return this.call();
    const [operator, value] = this.words.slice(this.at, this.at + 2);
    if (!operator || operator.quote !== '' || !/^(==|!=|~|!~|<|>|<=|>=)$/.test(operator.text))
      return this.presence(subject);
    this.at += 2;
    return this.comparison(subject, operator, value);
  }

  /** A function of a module. */
  private call(): RequestTest {
    const start = this.at - 1;
    for (let depth = 0; this.at < this.words.length;) {
      const { text } = this.words[this.at++]!;
      if (text === '(') depth++;
      if (text === ')' && --depth === 0) break;
    }
    const written = this.words.slice(start, this.at);
    const looksAside = written
      .slice(2)
      .every(({ text, quote }) => quote !== '' || !/[a-z]/i.test(text) || isAside(text, this.sight));
    return looksAside ? circumstance(written.map(({ text }) => text).join(' ')) : unknown();
  }

  private presence({ text }: Word): RequestTest {
    if (text === 'true') return always;
    if (text === 'false') return never;
    if (isAside(text, this.sight)) return aside(text, undefined, false);
    return some(valuesOf(text, this.sight).map(({ when, value }) => all([when, isPresent(value)])));
  }

  private comparison(subject: Word, operator: Word, value: Word | undefined): RequestTest {
    const place = placeOf([subject, operator, value]);
    if (place !== undefined) return place === this.sight.place ? always : never;
    if (!value) return unknown();
    const negated = operator.text.startsWith('!');
    const test = this.ofAnswer(subject, operator, value) ?? this.aside(subject, operator, value);
    if (test) return negated ? not(test) : test;
    if (value.quote === '' || /^[<>]/.test(operator.text)) return unknown();
    const compared = operator.text.endsWith('~') ? this.match(subject, value) : this.equality(subject, value, negated);
    return negated ? not(compared) : compared;
  }

  /** Inside vcl_synth: whether the answer is the one with this status, or these words. */
  private ofAnswer(subject: Word, operator: Word, value: Word): RequestTest | undefined {
    const part = /^resp\.(status|reason)$/.exec(subject.text)?.[1] as 'status' | 'reason' | undefined;
    return part && /^[!=]=$/.test(operator.text) ? this.sight.answeredWith?.(part, value.text) : undefined;
  }

  private aside(subject: Word, operator: Word, value: Word): RequestTest | undefined {
    if (!isAside(subject.text, this.sight)) return undefined;
    return /^[!=]=$/.test(operator.text)
      ? aside(subject.text, value.text, value.text === '')
      : circumstance(`${subject.text} ${operator.text.replace('!', '')} ${value.text}`);
  }

  private match(subject: Word, value: Word): RequestTest {
    const ignoreCase = value.text.startsWith('(?i)');
    const cut = ignoreCase ? '(?i)'.length : 0;
    const content = { start: value.contentRange.start + cut, end: value.contentRange.end };
    this.edits.set(value.range, {
      replacePattern: (pattern) => [{ range: content, newText: pattern.replaceAll('\\/', '/') }],
      replaceByOrigins: (origins) => [{ range: value.contentRange, newText: exactPattern(origins) }],
    });
    const place = { range: value.range, textRange: content };
    return this.someValue(subject, (held) => matchesPattern(held, value.text.slice(cut), ignoreCase, place));
  }

  private equality(subject: Word, value: Word, negated: boolean): RequestTest {
    const content = value.contentRange;
    const whole = { start: subject.range.start, end: value.range.end };
    this.edits.set(value.range, {
      replaceText: (text) => [{ range: content, newText: text }],
      ...(!negated && {
        replaceByOrigins: (origins: readonly string[]) => {
          const tests = origins.map((origin) => `${subject.text} == "${origin}"`);
          return [{ range: whole, newText: tests.length === 1 ? tests[0]! : `(${tests.join(' || ')})` }];
        },
      }),
    });
    const place = { range: value.range, textRange: content };
    return this.someValue(subject, (held) => equalsText(held, value.text, false, place));
  }

  private someValue(subject: Word, test: (value: ServerValue) => RequestTest): RequestTest {
    return some(valuesOf(subject.text, this.sight).map(({ when, value }) => all([when, test(value)])));
  }
}

function isPresent(value: ServerValue): RequestTest {
  if (value.kind === 'origin') return originPresent;
  if (value.kind === 'header') return headerPresent(value.name);
  if (value.kind !== 'text') return unknown();
  return value.text === '' ? never : always;
}

/** Headers of the request that say nothing of the page which asks. */
const headersAside = /^(host|user-agent|cookie|authorization|content-type|range|upgrade|cache-control)$/;
const headerFamiliesAside = /^(accept(-.*)?|if-.*|x-forwarded-(for|proto|host)|fastly-.*)$/;
/** Other variables of that kind. */
const variablesAside =
  /^((be)?resp\.(?!http\.access-control-)|obj\.|client\.|server\.|remote\.|local\.|fastly\.|now$)/i;
const requestAside = /^(be)?req\.(url|restarts|proto|esi|is_|xid|backend|ttl)/i;

/**
 * What can be read without a look at the origin; a header that the file sets can hold it, and so can what the backend
 * made of it.
 */
function isAside(name: string, { variables }: Sight): boolean {
  const header = /^(?:be)?req\.http\.(.+)$/i.exec(name)?.[1]?.toLowerCase();
  if (header !== undefined)
    return !variables.has(header) && (headersAside.test(header) || headerFamiliesAside.test(header));
  return variablesAside.test(name) || requestAside.test(name);
}

/** A circumstance; where it asks for a header that no preflight carries, it is known how it comes out there. */
function aside(name: string, value: string | undefined, withoutHeader: boolean): RequestTest {
  const test = circumstance(name, value);
  const header = /^(?:be)?req\.http\.(.+)$/i.exec(name)?.[1];
  return header === undefined || isOnPreflights(header) || test.kind !== 'circumstance'
    ? test
    : { ...test, inPreflight: withoutHeader };
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
