/**
 * Programs that deploy something and answer nothing: the tool itself writes the configuration that the service gets, the linter reads
 * that, and its policies must be those that it read from the program. A fix has to take its finding out of what the tool writes, too.
 */
import fs from 'node:fs';
import path from 'node:path';
import { decidePageRequest } from '../../../server/src/browser/fetch-cors.ts';
import { answer } from '../../../server/src/policy/answer.ts';
import { applyEdits } from '../../../server/src/service/apply-edits.ts';
import { lintFile } from './observe.mjs';
import { describeRequest, origins, requestsFrom } from './observations.mjs';

const requests = origins.flatMap(requestsFrom);

/** Compares the policies of one program with those of what its tool writes. */
export async function compareRendered(run, lint) {
  const found = { compared: 0, open: 0, agreed: 0, failures: [], openIn: new Set() };
  const rendered = await render(run);
  if (rendered.error !== undefined) return { ...found, ...refusal(lint, rendered.error), openIn: [] };
  const written = answersOf(lint.policies);
  const deployed = answersOf(rendered.policies);
  const unread = new Set(deployed.keys());
  const left = [];
  for (const [key, one] of written) {
    if (!deployed.has(key)) {
      left.push(one);
      continue;
    }
    found.compared += requests.length;
    found.agreed += requests.length;
    unread.delete(key);
  }
  for (const one of left) {
    const key = [...unread].find((each) => leavesOpen(one, deployed.get(each)));
    if (key === undefined) {
      found.compared += requests.length;
      found.failures.push(`${one.policy.title} (${one.policy.scope}) of the program: ${nearest(one, deployed)}`);
      continue;
    }
    found.open += requests.length;
    found.openIn.add(`${path.basename(run.file)} (${one.policy.title})`);
    unread.delete(key);
  }
  for (const key of unread) {
    const { policy } = deployed.get(key);
    found.failures.push(
      `${policy.title} (${policy.scope}) is deployed, and the linter did not read it from the program`,
    );
  }
  return { ...found, openIn: [...found.openIn] };
}

/** Whether the one says what the other says, but for values that only a run would tell. */
function leavesOpen(one, other) {
  if (one.policy.title !== other.policy.title) return false;
  return one.lines.every((line, index) => {
    const [open, said] = [line.split('; '), other.lines[index].split('; ')];
    return (
      open.length === said.length &&
      open.every(
        (part, at) =>
          part === said[at] || part === '?' || (part.endsWith(': ?') && said[at].startsWith(part.slice(0, -1))),
      )
    );
  });
}

/** Applies each fix to a copy of the program: what the tool then writes lacks the finding, and its witness is out of one policy more. */
export async function tryRenderedFixes(run, lint) {
  const count = { applied: 0, held: 0, replayed: 0, preflights: 0, failures: [] };
  const before = await render(run);
  for (const finding of lint.findings) {
    if (finding.witness !== undefined && before.error === undefined) {
      if (readable(before.policies, finding.witness) > 0) count.replayed += 1;
      else count.failures.push(`${finding.rule}: the witness ${finding.witness} reads nothing of what is deployed`);
    }
    for (const fix of finding.fixes) {
      count.applied += 1;
      const broken = await tryFix(run, finding, fix, before).catch((error) => [
        error instanceof Error ? error.message : String(error),
      ]);
      if (broken.length === 0) count.held += 1;
      else count.failures.push(...broken.map((one) => `${finding.rule}, fix "${fix.title}": ${one}`));
    }
  }
  return count;
}

let copies = 0;
async function tryFix(run, finding, fix, before) {
  const folder = path.join(run.folder, `fixed-${copies++}`);
  // What a tool writes beside the programs comes and goes while it works on others.
  fs.cpSync(path.dirname(run.file), folder, { recursive: true, filter: (source) => !source.endsWith('.service') });
  const file = path.join(folder, path.basename(run.file));
  fs.writeFileSync(file, applyEdits(fs.readFileSync(run.file, 'utf8'), fix.edits));
  const moved = { ...run, file };
  try {
    const lint = await lintFile(file, run.entry);
    const broken = (await compareRendered(moved, lint)).failures.map(
      (failure) => `the model and what is deployed differ: ${failure}`,
    );
    const after = await render(moved);
    const times = ({ findings = [] }) => findings.filter(({ rule }) => rule === finding.rule).length;
    if (before.error === undefined && after.error === undefined) {
      if (times(before) > 0 && times(after) >= times(before)) broken.push('what is deployed still has the finding');
      if (
        finding.witness !== undefined &&
        readable(after.policies, finding.witness) >= readable(before.policies, finding.witness)
      )
        broken.push(`the witness ${finding.witness} still reads`);
    }
    return broken;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** What the tool writes for one program, read by the linter; `error` where the tool refuses it. */
async function render(run) {
  const { error, files = [] } = await run.entry.render(run);
  if (error !== undefined) return { error };
  const policies = [];
  const findings = [];
  for (const file of files) {
    const read = await lintFile(file, {});
    policies.push(...read.policies);
    findings.push(...read.findings);
  }
  return { policies, findings };
}

/** Whether the linter says of a file that it is refused, in the same words or where those of the entry's `refusal` are said. */
export function isForeseen({ policies }, error, refusal) {
  return policies.some(
    ({ refusesToStart }) =>
      refusesToStart !== undefined && (error.includes(refusesToStart) || refusal?.test(error) === true),
  );
}

/** A tool may only refuse what the linter says that it refuses. */
function refusal(lint, error) {
  const foreseen = isForeseen(lint, error);
  return {
    compared: 1,
    agreed: foreseen ? 1 : 0,
    failures: foreseen ? [] : [`the tool refuses it, which the linter does not say: ${error.slice(0, 500)}`],
  };
}

/** Policies by all that they answer; what one text settles for many resources is one. */
function answersOf(policies) {
  return new Map(
    policies.map((policy) => {
      const lines = requests.map((request) => {
        const { status, headers } = answer(policy, request);
        return [
          status ?? '?',
          ...[...headers]
            .filter(([, values]) => values === null || values.length > 0)
            .sort()
            .map(([name, values]) => `${name}: ${normal(values)}`),
        ].join('; ');
      });
      return [JSON.stringify([policy.title, lines]), { policy, lines }];
    }),
  );
}

function normal(values) {
  return values === null ? '?' : values.map((value) => value.replaceAll(/\s*,\s*/g, ',')).join(' | ');
}

/** The first difference from the policy that differs in the fewest answers. */
function nearest(one, others) {
  const differing = ({ lines }) => lines.filter((line, index) => line !== one.lines[index]).length;
  const [best] = [...others.values()]
    .filter(({ policy }) => policy.title === one.policy.title)
    .sort((a, b) => differing(a) - differing(b));
  if (best === undefined) return 'nothing of the kind is deployed';
  const at = best.lines.findIndex((line, index) => line !== one.lines[index]);
  return `${describeRequest(requests[at])}: the program says "${one.lines[at]}", and deployed is "${best.lines[at]}"`;
}

/** In how many policies, with and without cookies, a page of the origin reads the answer, or has its preflight let through. */
function readable(policies, origin) {
  let found = 0;
  for (const policy of policies) {
    for (const credentials of ['include', 'omit']) {
      const headers = settled(policy, {
        origin,
        method: 'OPTIONS',
        cookie: false,
        preflight: { method: 'GET', headers: [] },
      });
      const decision = decidePageRequest({ origin, method: 'GET', headers: [], credentials }, (request) => {
        const own = answer(policy, request);
        // Where a function answers the request itself, what the gateway says to the preflight stands for it.
        return own.headers.get('access-control-allow-origin') === null ? { status: 200, headers } : own;
      });
      if (decision.readable === true) found += 1;
    }
  }
  return found;
}

function settled(policy, request) {
  return new Map([...answer(policy, request).headers].filter(([, values]) => values !== null));
}
