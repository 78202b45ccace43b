/** A developer’s own machine is trusted. */
import type { Edit, SourceRange } from '../syntax/range.ts';
import type { OriginEntry } from '../policy/policy.ts';
import { literalTexts } from '../policy/named-hosts.ts';
import { originSet } from '../policy/origin-set.ts';
import type { OriginTest, RequestTest } from '../policy/request-test.ts';
import { defineRule } from './rule.ts';
import type { Report } from './rule.ts';
import { isTunnelHost } from '../policy/known-hosts.ts';
import { inspectOrigin, isLoopbackHost, isPrivateAddress } from '../policy/serialised-origin.ts';
import { unsafe } from './fixes.ts';

export const rule = defineRule({
  id: 'development-origin',
  title: 'A developer’s own machine is trusted',
  description:
    '`localhost` and tunnels belong to whoever sits at that machine. In production, any program on the ' +
    `user's machine that serves a page there can read these responses. A private address is another device ` +
    'in each network, and a page of that device can read them.',
  severity: 'information',
  severityNote: 'warning with credentials',
  profile: 'default',
  fix: 'unsafe',
  cwe: 489,
  specification: 'https://developer.mozilla.org/docs/Web/Security/Same-origin_policy',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: ['https://app.example.com', 'http://localhost:3000'] }));
`,
  },
  good: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: ['https://app.example.com'] }));
`,
  },
  *policy(context) {
    const { policy, verdict, development } = context;
    // Who lets everybody in has a finding for that, and takes no developer out of it.
    if (development || verdict.anyone === true || verdict.anyoneWithCredentials === true) return;
    const entries = policy.settings.origins.value;
    const owned = entries.flatMap((entry) => machineOf(entry) ?? []).filter(({ origin }) => !isOfApp(origin, entries));
    for (const alike of kindsOf(owned))
      yield reportOf(alike, verdict.credentials === true, alike.length < entries.length);
  },
});

/**
 * An app in a WebView is served under `http://localhost` or `https://localhost` on Android, and under a scheme of its own elsewhere.
 * https://capacitorjs.com/docs/config
 */
function isOfApp(origin: string, entries: readonly OriginEntry[]): boolean {
  return (
    /^https?:\/\/localhost$/.test(origin) &&
    entries.some(({ text = '' }) => /^(capacitor|ionic):\/\/localhost$/.test(text))
  );
}

/** Machines of a developer, tunnels, and devices of private networks: one decision each, however many of them are listed. */
function kindsOf(owned: readonly Machine[]): Machine[][] {
  const kinds = new Map<string, Machine[]>();
  for (const machine of owned) {
    const { whose } = wordsFor(new URL(machine.origin).hostname);
    kinds.set(whose, [...(kinds.get(whose) ?? []), machine]);
  }
  return [...kinds.values()];
}

/** Stands at the first of them and leads to the others. A list from which all is taken out may let everybody in. */
function reportOf(alike: readonly Machine[], withCookies: boolean, leavesOthers: boolean): Report {
  const [first, ...others] = alike as [Machine, ...Machine[]];
  const names = [...new Set(alike.map(({ origin }) => origin))];
  const { who, whose, reader } = wordsFor(new URL(first.origin).hostname);
  return {
    range: first.range,
    severity: withCookies ? 'warning' : 'information',
    confidence: 'likely',
    message: [
      names.length === 1 ? `"${names[0]}" is ${who}.` : `${named(names)} are ${whose}.`,
      `${reader} ${withCookies ? "reads responses with the user's cookies" : 'reads these responses'}.`,
      `Allow ${names.length === 1 ? 'it' : 'them'} in development only.`,
    ],
    related: others.map(({ range }) => ({ range, message: 'This is another one.' })),
    fixes: [
      unsafe(
        `Remove ${names.join(', ')}`,
        'its pages are locked out',
        leavesOthers || alike.length === 1 ? removalOf(alike) : undefined,
      ),
    ],
  };
}

/** Undefined where one of them is no text that can be taken out. */
function removalOf(alike: readonly Machine[]): Edit[] | undefined {
  const removals = alike.map(({ remove }) => remove?.());
  return removals.every((edits) => edits !== undefined) ? removals.flat() : undefined;
}

const shownNames = 3;

/** `"a"`, `"a" and "b"`, `"a", "b" and 2 more` */
function named(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`);
  const shown =
    quoted.length > shownNames
      ? [...quoted.slice(0, shownNames - 1), `${quoted.length - shownNames + 1} more`]
      : quoted;
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** Whose the host is, and who reads where it is not the developer's. */
function wordsFor(host: string): { readonly who: string; readonly whose: string; readonly reader: string } {
  if (isPrivateAddress(host))
    return {
      who: 'an address of a private network, and another device in each',
      whose: 'addresses of private networks, and other devices in each',
      reader: 'Wherever the user is, a page of the device that has it there',
    };
  const own = isTunnelHost(host) ? 'tunnel' : 'machine';
  return {
    who: `a developer's own ${own}`,
    whose: `a developer's own ${own}${own === 'tunnel' ? 's' : ''}`,
    reader: 'In production any program that serves a page there',
  };
}

interface Machine {
  readonly origin: string;
  readonly range: SourceRange;
  readonly remove?: () => readonly Edit[];
}

/** The developer's machine, or the device of a private network, that the entry lets in under every circumstance. */
function machineOf(entry: OriginEntry): Machine | undefined {
  const named = machinesNamed(entry);
  if (named.length === 0) return undefined;
  // An origin that is only allowed under a condition may be allowed in development only.
  const allowed = originSet(entry.accepts);
  const machine = allowed.depends ? undefined : named.find(({ origin }) => allowed.has(origin) === true);
  return machine && { ...machine, ...(entry.kind === 'text' && entry.edits?.remove && { remove: entry.edits.remove }) };
}

/** What the entry's text, pattern or tests name, whatever stands before them. */
function machinesNamed(entry: OriginEntry): readonly Machine[] {
  switch (entry.kind) {
    case 'text':
      return entry.text !== undefined && isDeveloperOrigin(entry.text)
        ? [{ origin: entry.text, range: entry.range }]
        : [];
    case 'pattern':
      return matchedMachines(entry.accepts, entry.range);
    case 'predicate':
      return entry.tests?.flatMap((test) => matchedMachines(test, placeOf(test, entry))) ?? [];
    default:
      return [];
  }
}

/** The text or pattern of the test, where it stands in this file. */
function placeOf({ textRange, range }: OriginTest, entry: OriginEntry): SourceRange {
  return [textRange, range].find((place) => place !== undefined && place.path === undefined) ?? entry.range;
}

function isDeveloperOrigin(text: string): boolean {
  if (!/^https?:\/\//.test(text) || inspectOrigin(text).valid !== true) return false;
  const { hostname } = new URL(text);
  return isTunnelHost(hostname) || isLoopbackHost(hostname) || isPrivateAddress(hostname);
}

/** Hosts that a test may name, with an address that is one of them. */
const machines: readonly { readonly named: RegExp; readonly host: string }[] = [
  { named: /(^|[^a-z0-9-])localhost/i, host: 'localhost' },
  { named: /(^|\D)127\.0\.0\.1/, host: '127.0.0.1' },
  { named: /(^|\D)127\.0\.0\./, host: '127.0.0.2' },
  { named: /(^|\D)192\.168\./, host: '192.168.1.10' },
  { named: /(^|\/)10\./, host: '10.0.0.10' },
  { named: /\[::1\]/, host: '[::1]' },
];
const ports = [':3000', '', ':8080', ':5173', ':4200', ':8000'];

/** A machine that the test names and lets in. One that lets in names of anybody beside it is another rule's. */
function matchedMachines(test: RequestTest, range: SourceRange): readonly Machine[] {
  const texts = literalTexts(test);
  const named = machines.filter((machine) => texts.some((text) => machine.named.test(text)));
  if (named.length === 0) return [];
  const set = originSet(test);
  const origin = named
    .flatMap(({ host }) => ports.flatMap((port) => [`http://${host}${port}`, `https://${host}${port}`]))
    .find((candidate) => set.has(candidate) === true);
  const isLoose = [
    ...named.map(({ host }) => `${host}.evil.example`),
    '192.168.evil.example',
    'evil-localhost',
    'evil.example',
  ].some((host) => set.has(`http://${host}`) !== false || set.has(`https://${host}`) !== false);
  return origin === undefined || isLoose ? [] : [{ origin, range }];
}
