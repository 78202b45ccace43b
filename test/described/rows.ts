/**
 * What a description says of a policy, row by row, against the answers of whoever is asked: the model, in the tests, and the running
 * program, in the lab. A row that leaves something open claims nothing there.
 */
import { checkCors, checkPreflight } from '../../server/src/browser/fetch-cors.ts';
import { combinedValue } from '../../server/src/policy/answer.ts';
import type { Policy } from '../../server/src/policy/policy.ts';
import type { Answer, CorsRequest } from '../../server/src/policy/request.ts';
import { inspectOrigin } from '../../server/src/policy/serialised-origin.ts';
import { describePolicy, readNames, sampleOrigin } from '../../server/src/service/describe-policy.ts';
import { asSent } from '../../server/src/service/layers.ts';
import { verdictOf } from '../../server/src/verdict/analyse.ts';
import { readsOf } from '../../server/src/verdict/readers.ts';
import { claimOfReaders, codeOf, namesIn } from './claims.ts';

/** Undefined where the request is none for this policy. */
export type Ask = (request: CorsRequest) => Promise<Answer | undefined>;

export interface Compared {
  /** Claims of the rows that were compared. */
  readonly compared: number;
  /** Each row that is not true, with what is. */
  readonly wrong: readonly string[];
}

/** One claim of a row, and whether it is true. */
interface Claim {
  readonly row: string;
  readonly holds: boolean;
  /** What is true instead. */
  readonly seen: string;
}

interface Described {
  readonly row: (name: string) => string;
  readonly method: string;
  readonly listedHeaders: readonly string[];
  readonly ask: Ask;
}

/** Those that a page cannot send without a preflight that allows them. */
const preflighted = ['PUT', 'PATCH', 'DELETE'];
const usualMethods = ['GET', 'HEAD', 'POST', ...preflighted];
/** What a row of readers begins with where every answer is an error. */
const errorsOnly = 'errors only: ';
const unlistedHeader = 'x-not-listed';

/** `origins` are asked for beside those that the description names. `text` is the document that the policy was read from. */
export async function compareRows(
  policy: Policy,
  text: string,
  origins: readonly string[],
  ask: Ask,
): Promise<Compared> {
  const sent = asSent(policy);
  const verdict = verdictOf(sent);
  // What circumstances decide as well, nobody can ask for from outside.
  const isOpen = verdict.readers.depends || verdict.credentialedReaders.depends;
  if (policy.refusesToStart !== undefined || isOpen) return { compared: 0, wrong: [] };
  const rows = new Map(describePolicy(policy, text).rows.map(({ name, value }) => [name, value]));
  const described: Described = {
    row: (name) => rows.get(name) ?? '',
    method: readsOf(sent).method,
    listedHeaders: listedHeadersOf(sent),
    ask,
  };
  const claims = [
    ...(await readers(described, readNames.without, origins, false)),
    ...(await readers(described, readNames.withCookies, origins, true)),
  ];
  const sample = sampleOrigin(verdict);
  // Where nobody gets in for sure, the description is of what they are told all the same.
  if (verdict.readers.has(sample) === true && inspectOrigin(sample).valid)
    claims.push(
      ...(await readAnswers(described, sample, [
        ...origins,
        ...claimOfReaders(described.row(readNames.without)).named,
      ])),
      ...(await preflightAnswers(described, sample)),
    );
  const wrong = claims.filter(({ holds }) => !holds).map(({ row, seen }) => `"${row}: ${described.row(row)}": ${seen}`);
  return { compared: claims.length, wrong: [...new Set(wrong)] };
}

function listedHeadersOf({ settings }: Policy): readonly string[] {
  const listed = settings.allowedHeaders?.value;
  if (!Array.isArray(listed)) return [];
  const names = (listed as readonly { readonly text: string }[]).map(({ text }) => text.toLowerCase());
  return [...new Set(names.filter((name) => /^[\w-]+$/.test(name)))].sort();
}

async function readers({ row, method, ask }: Described, name: string, origins: readonly string[], cookie: boolean) {
  const claims: Claim[] = [];
  const isOfErrors = row(name).startsWith(errorsOnly);
  const said = claimOfReaders(row(name).replace(errorsOnly, ''));
  for (const origin of new Set([...said.named, ...origins])) {
    const isIn = said.reads(origin);
    const answer = isIn === undefined ? undefined : await ask({ origin, method, cookie });
    const step = answer && checkCors(origin, cookie, answer);
    if (answer === undefined || step === 'unknown') continue;
    const reads = step === undefined;
    const isError = answer.status !== null && answer.status >= 400;
    claims.push({
      row: name,
      holds: isIn === reads && (!isOfErrors || isError),
      seen: `${origin} ${reads ? 'reads' : 'does not read'}`,
    });
  }
  return claims;
}

/** What is sent with what a page reads: exposed headers, and `Vary`. */
async function readAnswers({ row, method, ask }: Described, sample: string, origins: readonly string[]) {
  const claims: Claim[] = [];
  const own = await ask({ origin: sample, method, cookie: false });
  if (own === undefined) return claims;
  const exposed = combinedValue(own, 'access-control-expose-headers');
  const exposedRow = 'Headers that scripts see';
  const listed = row(exposedRow) === 'the safelisted ones' ? '' : codeOf(row(exposedRow));
  if (listed !== undefined && exposed !== null)
    claims.push({ row: exposedRow, holds: namesIn(listed) === namesIn(exposed ?? ''), seen: `it is "${exposed}"` });
  const answers = [own];
  for (const origin of origins) answers.push((await ask({ origin, method, cookie: false })) ?? own);
  claims.push(...varyClaims(row('Caches keep origins apart'), answers));
  return claims;
}

/** Of answers to several origins. */
function varyClaims(said: string, answers: readonly Answer[]): Claim[] {
  const told = answers.map((answer) => ({
    allowed: combinedValue(answer, 'access-control-allow-origin'),
    vary: combinedValue(answer, 'vary'),
  }));
  if (told.some(({ allowed, vary }) => allowed === null || vary === null) || !/^(?:yes|no)\b/.test(said)) return [];
  const isSame = new Set(told.map(({ allowed }) => allowed)).size === 1;
  // That they differ shows only to those who are told something else.
  if (said.startsWith('no') && isSame) return [];
  const lacking = new Set(told.filter(({ vary }) => !/\borigin\b|\*/i.test(vary ?? '')).map(({ allowed }) => allowed));
  const seen =
    isSame || lacking.size === 0 ? 'yes' : [...lacking].some((one) => one !== undefined) ? 'no' : 'yes where';
  const isSaid = seen === 'yes' ? /^yes, /.test(said) : said.startsWith(`${seen}${seen === 'no' ? ':' : ' '}`);
  // That refusals lack it shows only where somebody was refused.
  const isUnseen = said.startsWith('yes where') && seen === 'yes' && told.every(({ allowed }) => allowed !== undefined);
  return isUnseen ? [] : [{ row: 'Caches keep origins apart', holds: isSaid, seen: `it is "${seen}"` }];
}

/** Every usual method is asked for, with no header, with one that nobody lists, and with those that are listed. */
async function preflightAnswers({ row, listedHeaders, ask }: Described, origin: string): Promise<Claim[]> {
  const kinds = [[], [unlistedHeader], [...listedHeaders]];
  const tried: Tried[] = [];
  for (const method of usualMethods)
    for (const headers of new Map(kinds.map((kind) => [kind.join(), kind])).values()) {
      const answer = await ask({ origin, method: 'OPTIONS', preflight: { method, headers }, cookie: false });
      if (answer === undefined) continue;
      const step = checkPreflight(origin, method, headers, false, answer);
      // Where the route takes no such method, the answer is no answer of this policy.
      const isRefused = step !== undefined && step !== 'unknown' && /^preflight-(?:method|header)$/.test(step.reason);
      tried.push({
        method,
        headers: headers.join(),
        answer,
        passes: step === undefined || (isRefused ? false : undefined),
      });
    }
  const ofMethod = (method: string): boolean | undefined => oneOf(tried.filter((one) => one.method === method));
  const ofHeaders = (headers: string): boolean | undefined => oneOf(tried.filter((one) => one.headers === headers));
  const passed = tried.filter(({ passes }) => passes === true).map(({ answer }) => answer);
  return [
    ...methodClaims(row('Preflight: methods'), ofMethod),
    ...headerClaims(row('Preflight: request headers'), listedHeaders, ofHeaders),
    ...answerClaims(row, passed),
  ];
}

interface Tried {
  readonly method: string;
  readonly headers: string;
  readonly answer: Answer;
  /** Undefined where nobody can say, or where it was refused for another reason than its method or headers. */
  readonly passes: boolean | undefined;
}

/** One of them passes, or all are refused. */
function oneOf(tried: readonly Tried[]): boolean | undefined {
  const all = tried.map(({ passes }) => passes);
  return all.includes(true) ? true : all.length === 0 || all.includes(undefined) ? undefined : false;
}

function methodClaims(said: string, passes: (method: string) => boolean | undefined): Claim[] {
  const list = codeOf(said)?.split(/\s*,\s*/);
  const isNone = said === 'GET, HEAD and POST only';
  const isAll = said === 'whatever is asked for' || list?.includes('*');
  if (list === undefined && !isNone && !isAll) return [];
  return preflighted.flatMap((method): Claim[] => {
    const decided = passes(method);
    const isSaid = isAll || list?.includes(method) === true;
    const seen = `${method} ${decided ? 'gets' : 'does not get'} through`;
    return decided === undefined ? [] : [{ row: 'Preflight: methods', holds: isSaid === decided, seen }];
  });
}

function headerClaims(
  said: string,
  listed: readonly string[],
  passes: (headers: string) => boolean | undefined,
): Claim[] {
  const list = codeOf(said)
    ?.toLowerCase()
    .split(/\s*,\s*/);
  // What is no list of names is shown as it is sent, and lets nothing through.
  if (list?.some((name) => !/^[\w.*-]+$/.test(name))) return [];
  const isNone = said === 'safelisted ones only';
  const isAll = said === 'whatever is asked for' || list?.includes('*');
  if (list === undefined && !isNone && !isAll) return [];
  // A star stands for no `Authorization`: such a list is shown as it is.
  const groups = listed.length === 0 || (isAll && listed.includes('authorization')) ? [] : [[...listed]];
  return [[unlistedHeader], ...groups].flatMap((names): Claim[] => {
    const decided = passes(names.join());
    const isSaid = isAll || names.every((name) => list?.includes(name));
    const seen = `${names.join()} ${decided ? 'gets' : 'does not get'} through`;
    return decided === undefined ? [] : [{ row: 'Preflight: request headers', holds: isSaid === decided, seen }];
  });
}

/** What stands in the answers to preflights that get through. */
function answerClaims(row: Described['row'], answers: readonly Answer[]): Claim[] {
  if (answers.length === 0) return [];
  const claims: Claim[] = [];
  const [status, kept] = ['Preflight: status', 'Preflight: remembered for'];
  const statuses = new Set(answers.map((answer) => String(answer.status)));
  if (/^\d+$/.test(row(status)))
    claims.push({ row: status, holds: statuses.has(row(status)), seen: `it is ${[...statuses].join()}` });
  const ages = new Set(answers.map((answer) => combinedValue(answer, 'access-control-max-age')));
  const seconds = /^(\d+) seconds$/.exec(row(kept))?.[1] ?? codeOf(row(kept));
  const isDefault = row(kept).startsWith('5 seconds, ');
  if (!ages.has(null) && (isDefault || seconds !== undefined))
    claims.push({ row: kept, holds: ages.has(isDefault ? undefined : seconds), seen: `it is ${[...ages].join()}` });
  return claims;
}
