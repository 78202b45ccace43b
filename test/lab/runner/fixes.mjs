/**
 * The fix lab: applies each fix of each finding to a copy of its program, starts the copy, and asks with the browser's own
 * decision whether the door that the finding shows is closed, and whether those who were meant to get in still do.
 */
import fs from 'node:fs';
import path from 'node:path';
import { decidePageRequest } from '../../../server/src/browser/fetch-cors.ts';
import { readsOf } from '../../../server/src/verdict/readers.ts';
import { applyEdits } from '../../../server/src/service/apply-edits.ts';
import { checkReading, compare, labSettings, lintFile, whileRunning } from './observe.mjs';
import { origins, send } from './observations.mjs';
import { getsThrough, probeOf } from './preflights.mjs';

/** Findings that say: an origin that is meant to get in is locked out. Their fix has to let it in. */
const lockedOut = new Set([
  'wildcard-with-credentials',
  'wildcard-is-literal',
  'unsupported-wildcard',
  'malformed-origin',
  'multiple-origins',
  'invalid-credentials-value',
]);
const [trusted] = labSettings.trustedOrigins;

/**
 * Asks a running program, as it is, what its findings say of it: who of the witnesses reads, and which preflights fail.
 * @returns {Promise<Before>} what the fixes are measured against, and how much of it held
 *
 * @typedef {object} Before
 * @property {Map<string, object>} readers by rule and place of the finding
 * @property {Map<object, object>} probes by finding
 * @property {boolean} credentials whether cookies may be allowed
 * @property {{ include: boolean, omit: boolean }} trusted what the trusted origin reads
 * @property {{ replayed: number, preflights: number, failures: string[] }} count
 */
export async function askBefore({ entry, file }, lint, port) {
  const count = { replayed: 0, preflights: 0, failures: [] };
  return {
    probes: await askProbes(entry, lint, port, fs.readFileSync(file, 'utf8'), count),
    readers: await askWitnesses(entry, lint, port, count),
    credentials: lint.policies.some(({ settings }) => settings.credentials.value !== false),
    trusted: await readable(port, pathsOf(entry, lint.policies), trusted, methodsOf(lint.policies)),
    count,
  };
}

/** Findings about preflights, replayed as one: what they say a page cannot ask has to fail. */
async function askProbes(entry, lint, port, text, count) {
  const probes = new Map();
  const asking = await someReader(port, pathsOf(entry, lint.policies));
  for (const finding of lint.findings) {
    const probe = probeOf(finding, lint.policies, text);
    if (probe === undefined || probe.none !== undefined) continue;
    const paths = pathsOf(entry, lint.policies, finding.range);
    if (await getsThrough(port, paths, asking, probe))
      count.failures.push(
        `${finding.rule}: ${JSON.stringify(probe)} of ${asking} passes, and the finding says that it fails`,
      );
    else count.preflights += 1;
    probes.set(finding, { probe, paths, asking });
  }
  return probes;
}

/** Witnesses of findings: each has to read at least one answer. */
async function askWitnesses(entry, lint, port, count) {
  const readers = new Map();
  for (const { witness, range, rule } of lint.findings) {
    if (witness === undefined) continue;
    const paths = pathsOf(entry, lint.policies, range);
    const methods = methodsOf(lint.policies);
    const reads = await readable(port, paths, witness, methods);
    readers.set(`${rule} ${range.start}`, { ...reads, paths, methods });
    if (reads.include || reads.omit) count.replayed += 1;
    else count.failures.push(`${rule}: the witness ${witness} cannot read a single answer`);
  }
  return readers;
}

/**
 * Tries every fix of one program.
 * @param {Before} before
 * @returns {Promise<{ applied: number, held: number, replayed: number, preflights: number, failures: string[] }>}
 */
export async function tryFixes(run, lint, before) {
  const count = { applied: 0, held: 0, ...before.count, failures: [...before.count.failures] };
  for (const finding of lint.findings) {
    for (const fix of finding.fixes) {
      count.applied += 1;
      const broken = await tryFix(run, finding, before, fix).catch((error) => [
        error instanceof Error ? error.message : String(error),
      ]);
      if (broken.length === 0) count.held += 1;
      else count.failures.push(...broken.map((one) => `${finding.rule}, fix "${fix.title}": ${one}`));
    }
  }
  return count;
}

let copies = 0;
async function tryFix(run, finding, before, fix) {
  const copy = path.join(run.folder, `fixed-${copies++}`);
  const home = path.dirname(run.file);
  fs.cpSync(home, copy, { recursive: true });
  fs.chmodSync(copy, 0o755);
  const file = path.join(copy, path.basename(run.file));
  for (const [edited, edits] of byFile(fix.edits, run.file)) {
    const inside = path.relative(home, edited);
    if (inside.startsWith('..') || path.isAbsolute(inside))
      throw new Error(`it edits ${edited}, which is not beside the program`);
    fs.writeFileSync(path.join(copy, inside), applyEdits(fs.readFileSync(edited, 'utf8'), edits));
  }
  const { entry } = run;
  const moved = { ...run, file };
  try {
    return await whileRunning(moved, async (port) => {
      const broken = [];
      const after = await lintFile(file, entry);
      // A fix that takes the last header away leaves no policy, and nobody gets in.
      if (after.policies.length > 0) checkReading(after, entry);
      const compared = await compare(moved, after, port);
      if (compared.failures.length > 0)
        broken.push(
          `the model and the fixed program differ: ${compared.failures[0]} (and ${compared.failures.length - 1} more)`,
        );
      const paths = pathsOf(entry, after.policies);
      const now = await readable(port, paths, trusted, methodsOf(after.policies));
      // What is switched off lets nobody in, those who are trusted among them.
      if (fix.title === 'Switch CORS off')
        return now.include || now.omit ? [...broken, `${trusted} still reads`] : broken;
      const dropped = /credential/i.test(fix.title) && !now.include;
      if (finding.witness !== undefined)
        broken.push(
          ...(await stillIn(port, finding, before.readers.get(`${finding.rule} ${finding.range.start}`), dropped)),
        );
      // Nothing sets variables here.
      if (fix.title === 'Let nobody in when it is not set') return broken;
      if (before.trusted.omit && !now.omit) broken.push(`${trusted} could read before and cannot any more`);
      if (before.trusted.include && !now.include && !dropped)
        broken.push(`${trusted} could read with cookies before and cannot any more`);
      const probed = before.probes.get(finding);
      if (probed !== undefined && !(await getsThrough(port, paths, probed.asking, probed.probe)))
        broken.push(`${JSON.stringify(probed.probe)} of ${probed.asking} still fails`);
      if (lockedOut.has(finding.rule))
        broken.push(...(await letIn(port, paths, fix, finding.rule, before.credentials)));
      return broken;
    });
  } finally {
    fs.rmSync(copy, { recursive: true, force: true });
  }
}

/** One line for each stranger that reads with cookies. What is open to all without cookies may be meant so. */
export async function readersAmong(port, strangers) {
  const failures = [];
  for (const { witness, rule, paths } of strangers) {
    const reads = await readable(port, paths, witness);
    if (reads.include) failures.push(`${rule}: ${witness} still reads with cookies`);
  }
  return failures;
}

/** A fix may edit files beside the one that is linted. */
function byFile(edits, file) {
  const files = new Map();
  for (const edit of edits) files.set(edit.range.path ?? file, [...(files.get(edit.range.path ?? file) ?? []), edit]);
  return files;
}

/** The trusted origin where it can read, else the first of the lab's that can. */
async function someReader(port, paths) {
  for (const origin of [trusted, ...origins]) {
    if (origin !== null && (await readable(port, paths, origin)).omit) return origin;
  }
  return trusted;
}

/** The witness has to be out wherever it was in; without cookies it may stay where only the cookies were taken away. */
async function stillIn(port, finding, before, dropped) {
  const now = await readable(port, before.paths, finding.witness, before.methods);
  const broken = [];
  if (before.include && now.include) broken.push(`the witness ${finding.witness} still reads with cookies`);
  if (before.omit && now.omit && !dropped) broken.push(`the witness ${finding.witness} still reads without cookies`);
  return broken;
}

/** The origins that the fix names, else the trusted one, get in; with cookies where that is what was broken. */
async function letIn(port, paths, fix, rule, credentials) {
  const named = fix.title.match(/https?:\/\/[^\s"'`,]+/g) ?? [];
  const meant = named.length > 0 ? named.map((origin) => origin.replace(/[.)]+$/, '')) : [trusted];
  const broken = [];
  for (const origin of meant) {
    const reads = await readable(port, paths, origin);
    const cookies =
      rule === 'invalid-credentials-value' ||
      (rule === 'wildcard-with-credentials' && credentials && !/credential/i.test(fix.title));
    if (cookies ? !reads.include : !reads.omit) broken.push(`${origin} is meant to get in and does not`);
  }
  return broken;
}

/** Whether a page of the origin reads the answer to a simple request on one of the paths, with and without cookies. */
async function readable(port, paths, origin, methods = ['GET']) {
  const found = { include: false, omit: false };
  for (const each of paths) {
    for (const method of methods) {
      const preflight = { origin, method: 'OPTIONS', cookie: false, preflight: { method, headers: [] } };
      const permitted = /^(GET|HEAD|POST)$/.test(method) ? undefined : await send(port, each, preflight);
      for (const credentials of ['include', 'omit']) {
        const received = await send(port, each, { origin, method, cookie: credentials === 'include' });
        const page = { origin, method, headers: [], credentials };
        const decision = decidePageRequest(page, ({ preflight: asked }) => (asked ? permitted : received));
        found[credentials] ||= decision.readable === true;
      }
    }
  }
  return found;
}

/** GET, and the methods by which these policies are judged. */
function methodsOf(policies) {
  return [...new Set(['GET', ...policies.map((policy) => readsOf(policy).method)])];
}

/** Where to knock: the paths of the policies that hold the finding or whose origins it is about, else those of all policies. */
function pathsOf(entry, policies, range) {
  const near =
    range === undefined
      ? []
      : policies.filter((policy) =>
          [policy, ...policy.settings.origins.value].some(
            (place) => place.range.start <= range.start && range.end <= place.range.end,
          ),
        );
  return [...new Set((near.length > 0 ? near : policies).map((policy) => entry.pathOf?.(policy) ?? '/'))];
}
