/** Runs one program for real and compares what it sends with `answer()` on the policies that the linter reads from it. */
import fs from 'node:fs';
import path from 'node:path';
import { answer } from '../../../server/src/policy/answer.ts';
import { nodeHost } from '../../../server/src/node/host.ts';
import { createLinter } from '../../../server/src/service/linter.ts';
import { defaultSettings } from '../../../server/src/service/settings.ts';
import { compareRows } from '../../described/rows.ts';
import { pathOf } from './preflights.mjs';
import { describeRequest, differences, openHeaders, origins, requestsFrom, send } from './observations.mjs';

const linter = createLinter(nodeHost());
/** Fixes are asked for with an origin to trust, and every rule takes part. */
export const labSettings = { ...defaultSettings, trustedOrigins: ['https://app.example.com'], profile: 'thorough' };

/** The linter's result for a file on disk. */
export async function lintFile(file, entry) {
  const result = await linter.lint(
    { path: file.replaceAll('\\', '/'), languageId: entry.languageId, text: fs.readFileSync(file, 'utf8') },
    labSettings,
  );
  linter.release(result.memory);
  return result;
}

/**
 * Starts the program in `file`, hands the port to `use`, and ends it whatever happens. What does not start or breaks a connection
 * is tried a second time, and that is said: only a failure that comes twice is one.
 * @template T
 * @param {(port: number) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function whileRunning(run, use) {
  try {
    return await runOnce(run, use);
  } catch (error) {
    run.log.push(`STARTED AGAIN ${path.basename(run.file)}: ${error instanceof Error ? error.message : error}`);
    return runOnce(run, use);
  }
}

async function runOnce({ entry, version, folder, file, port }, use) {
  const server = await entry.start({ file, port, folder, version });
  try {
    return await use(port);
  } finally {
    await server.close();
  }
}

/** The requests that one policy is asked, those that fail in the application included. */
export function requestsOf(entry, policy, text) {
  const failing = entry.errors?.(policy, text) ?? [];
  const asked = origins.flatMap((origin) => [
    ...(entry.requests ?? requestsFrom)(origin),
    ...failing.map((error) => ({ origin, method: 'GET', cookie: false, ...error })),
  ]);
  return asked.filter((request) => entry.answers?.(policy, request, text) ?? true);
}

/**
 * Asks a running program everything. An observation is `compared` when the model decides every header of it, and `open` when it leaves
 * one to run time; a failure is one request whose decided headers or status differ from what was received. `rows` are the claims of the
 * hover that were compared, `hover` those that the answers prove wrong.
 * @returns {Promise<{
 *   compared: number, open: number, agreed: number, rows: number, failures: string[], hover: string[], openIn: string[]
 * }>}
 */
export async function compare({ entry, file }, { policies, findings }, port) {
  const found = { compared: 0, open: 0, agreed: 0, rows: 0, failures: [], hover: [], openIn: new Set() };
  const text = fs.readFileSync(file, 'utf8');
  for (const policy of policies) {
    const home = entry.pathOf?.(policy) ?? '/';
    const preflightFails = entry.preflightsMayFail === true && hasFailingPreflight(policy, findings);
    for (const request of requestsOf(entry, policy, text)) {
      if (preflightFails && request.preflight !== undefined) continue;
      const received = await send(port, request.path ?? home, request);
      const full = answer(entry.upstream === 'silent' ? withoutUpstream(policy) : policy, request);
      const modelled = {
        ...full,
        headers: new Map(full.headers),
        ...(entry.ownStatuses === false && { status: null }),
      };
      // Where an emulator is known to answer otherwise than the service, nothing is compared.
      const departing = (entry.departures ?? [])
        .filter((departure) => departure.when(request, policy, received))
        .flatMap(({ headers }) => headers);
      for (const name of departing) {
        modelled.headers.delete(name);
        received.headers.delete(name);
      }
      const differing = differences(received, modelled, entry);
      const open = openHeaders(modelled);
      if (open.length > 0) found.openIn.add(`${path.basename(file)} (${open.join(', ')})`);
      if (open.length > 0) found.open += 1;
      else found.compared += 1;
      if (open.length === 0 && differing.length === 0) found.agreed += 1;
      if (differing.length > 0) found.failures.push(`${describeRequest(request)}: ${differing.join('; ')}`);
    }
    const rows = await compareHover({ entry, policy, text, home, preflightFails }, port);
    found.rows += rows.compared;
    found.hover.push(...rows.wrong.map((one) => `hover: ${one}`));
  }
  return { ...found, openIn: [...found.openIn] };
}

/** What the hover says, against what the program answers. Where an answer is known to be the emulator's own, nothing is compared. */
function compareHover({ entry, policy, text, home, preflightFails }, port) {
  const named = origins.filter((origin) => origin !== null);
  const ask = async (asked) => {
    const { path: ownPath, headers } = (entry.requests ?? requestsFrom)(asked.origin)[0] ?? {};
    const request = { ...asked, ...(ownPath && { path: ownPath }), ...(headers && { headers }) };
    const isForeign = entry.answers?.(policy, request, text) === false;
    if (isForeign || (request.preflight && (preflightFails || entry.ownStatuses === false))) return undefined;
    const received = await send(port, request.path ?? home, request);
    const departs = (entry.departures ?? []).some(({ when }) => when(request, policy, received));
    return departs ? undefined : received;
  };
  // Several rows are asked by the same request.
  const answers = new Map();
  const askOnce = (asked) => {
    const key = JSON.stringify(asked);
    if (!answers.has(key)) answers.set(key, ask(asked));
    return answers.get(key);
  };
  return compareRows(entry.upstream === 'silent' ? withoutUpstream(policy) : policy, text, named, askOnce);
}

/** The linter says of this policy that none of its preflights comes to it. */
function hasFailingPreflight({ range: policy }, findings) {
  return findings.some(
    (finding) =>
      finding.rule === 'unhandled-preflight' &&
      pathOf(finding) === undefined &&
      finding.range.start < policy.end &&
      policy.start < finding.range.end,
  );
}

/** The application behind the proxies of an entry sends no headers of its own. */
function withoutUpstream(policy) {
  return {
    ...policy,
    headers: policy.headers.filter(({ value }) => value.kind !== 'unknown' || value.from !== 'upstream'),
  };
}

/** Throws where the linter's reading cannot be compared with a running program. */
export function checkReading({ policies, problems }, entry) {
  if (policies.length === 0 || problems)
    throw new Error(`the linter read ${policies.length} policies ${problems ?? ''}`);
  if (policies.length > 1 && !entry.pathOf && !entry.answers && !entry.render)
    throw new Error(
      `the linter read ${policies.length} policies, and the entry does not say which requests each answers`,
    );
}
