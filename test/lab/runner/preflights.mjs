/**
 * Findings about preflights are replayed as preflights: the one that the finding speaks of is asked, and the browser's own decision on the
 * answer has to refuse it before the fix and to accept it afterwards.
 */
import { passesPreflight } from '../../../server/src/browser/fetch-cors.ts';
import { readableHeaders } from '../../../server/src/browser/header-names.ts';
import { send } from './observations.mjs';

/** Nobody lists it, so that only a wildcard could let it through. */
const unlisted = 'x-lab-unlisted';
const names = (list) => (Array.isArray(list?.value) ? list.value.map(({ text }) => text) : []);
const within = (range, setting) =>
  Array.isArray(setting?.value) && setting.value.some((each) => each.range.start === range.start);

/**
 * What the finding says that a page cannot do: `{ method, headers, credentials }`, or `{ exposed }` for a header that it cannot read.
 * Undefined for a finding that is about no preflight; `{ none: why }` where it is, and no page can ask it.
 */
export function probeOf(finding, policies, text) {
  const policy = policies.find(({ settings }) =>
    [settings.methods, settings.allowedHeaders, settings.exposedHeaders].some((setting) =>
      within(finding.range, setting),
    ),
  );
  const written = text.slice(finding.range.start, finding.range.end).replace(/^["'`]|["'`]$/g, '');
  switch (finding.rule) {
    case 'unhandled-preflight':
      return {
        method: /\b(PUT|PATCH|DELETE)\b/.exec(finding.message)?.[1] ?? 'PUT',
        headers: [],
        credentials: false,
        ...(pathOf(finding) && { path: pathOf(finding) }),
      };
    case 'invalid-method': {
      if (policy === undefined) return undefined;
      const method = written.toUpperCase();
      if (/^(?:TRACE|TRACK|CONNECT)$/.test(method)) return { none: `no page can send ${method}` };
      if (/^(?:GET|HEAD|POST)$/.test(method))
        return { none: `${method} is on the safelist, in whatever case it is listed` };
      return { method, headers: [], credentials: names(policy.settings.methods).includes('*') };
    }
    case 'invalid-header-name': {
      if (policy === undefined) return undefined;
      const exposed = within(finding.range, policy.settings.exposedHeaders);
      const other = names(exposed ? policy.settings.exposedHeaders : policy.settings.allowedHeaders).find(
        (name) => name !== written && /^[\w-]+$/.test(name),
      );
      if (exposed) return other === undefined ? { none: 'it is the only name in the list' } : { exposed: other };
      // A list that does not parse fails even a preflight that asks for none of its names.
      return { method: 'GET', headers: other === undefined ? [] : [other.toLowerCase()], credentials: false };
    }
    case 'wildcard-is-literal': {
      if (policy === undefined) return undefined;
      if (within(finding.range, policy.settings.exposedHeaders)) return { exposed: unlisted };
      const method = within(finding.range, policy.settings.methods);
      return { method: method ? 'LAB-UNLISTED' : 'GET', headers: method ? [] : [unlisted], credentials: true };
    }
    default:
      return undefined;
  }
}

/** A path below the one that the finding is about; undefined where it is about all of its policy. */
export function pathOf({ message }) {
  const under = /\broutes under (\/[\w/-]+)/.exec(message)?.[1];
  return under && `${under}/lab`;
}

/** Whether a page of the origin gets what the probe asks for, on any of the paths. */
export async function getsThrough(port, paths, origin, { path: only, ...probe }) {
  for (const path of only === undefined ? paths : [only]) {
    if ('exposed' in probe) {
      // The program need not send the header for its list to be read.
      const received = await send(port, path, { origin, method: 'GET', cookie: false });
      const headers = new Map([...received.headers, [probe.exposed.toLowerCase(), ['1']]]);
      if (
        readableHeaders({ status: received.status, headers }, 'cors', probe.exposed === unlisted).includes(
          probe.exposed.toLowerCase(),
        )
      )
        return true;
      continue;
    }
    const received = await send(port, path, {
      origin,
      method: 'OPTIONS',
      cookie: false,
      preflight: { method: probe.method, headers: probe.headers },
    });
    if (passesPreflight({ origin, ...probe }, () => received) === true) return true;
  }
  return false;
}
