/**
 * The `_headers` file of Netlify and Cloudflare. Every rule that fits is applied; where two set the same header, Netlify
 * sends the later text, and Cloudflare both with a comma between them.
 */
import type { TreeDocument, TreeMap } from '../../syntax/trees/tree.ts';
import type { Fact, Policy } from '../../policy/policy.ts';
import { not, some } from '../../policy/request-test.ts';
import { defineFramework } from '../../models/framework.ts';
import { oneByOne } from '../../models/in-steps.ts';
import type { FrameworkContext } from '../../models/framework.ts';
import { functionHeaders, isForFunctions } from './netlify-functions.ts';
import { covers } from './source-patterns.ts';
import type { StaticHeader } from '../../models/static/static-headers.ts';
import { headersOfMap, purposeOf, staticHeadersPolicy } from '../../models/static/static-headers.ts';
import { insertKey, mapsOf, textOf } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'headers-file',
  title: '`_headers` of Netlify and Cloudflare',
  documentation: 'https://developers.cloudflare.com/pages/configuration/headers/',
  reads: '`_headers` of Netlify, Cloudflare Pages and static assets of Workers',
  mentions: ['access-'],
  shape: 'tree',
  formats: ['headers-file'],
  *read(document, context) {
    const host = hostOf(document, context);
    const facts: Fact[] = [];
    const written = mapsOf(document.root).flatMap((map): Rule[] => {
      const [entry] = map.entries;
      if (entry?.value.kind !== 'map') return [];
      const headers = headersOfMap(document, entry.value);
      const address = host === 'Cloudflare' ? headers.findIndex((header) => readsAsAddress(header, document)) : -1;
      if (address !== -1) facts.push(addressFact(headers[address]!, document));
      return [
        {
          source: entry.key,
          map: entry.value,
          headers: joinedByName(address === -1 ? headers : headers.slice(0, address)),
        },
      ];
    });
    // Cloudflare keeps one rule for each address: the last.
    const rules =
      host === 'Cloudflare'
        ? written.filter(({ source }, index) => !written.slice(index + 1).some((later) => later.source === source))
        : written.filter((rule) => !isForFunctions(rule));
    if (host !== 'Cloudflare') facts.push(...functionHeaders(written));
    return { policies: yield* oneByOne(rules, (rule) => readPolicy(rule, rules, host, document)), facts };
  },
});

type Host = 'Netlify' | 'Cloudflare' | undefined;
interface Rule {
  readonly source: string;
  readonly map: TreeMap;
  readonly headers: readonly StaticHeader[];
}

/** By what only one of them reads, else by the settings file that lies beside or above. */
function hostOf({ root, text }: TreeDocument, { readFile }: FrameworkContext): Host {
  const takesAway = /^[ \t]*! \S/m.test(text);
  if (takesAway || mapsOf(root).some(({ entries }) => /^[a-z][a-z0-9+.-]*:\/\//i.test(entries[0]?.key ?? '')))
    return 'Cloudflare';
  const beside = (names: readonly string[]): boolean =>
    names
      .flatMap((name) => [name, `../${name}`])
      .map(readFile)
      .some((found) => found !== undefined);
  // Both are asked for, so that one round reads them.
  const [netlify, cloudflare] = [
    beside(['netlify.toml']),
    beside(['wrangler.toml', 'wrangler.json', 'wrangler.jsonc']),
  ];
  return netlify === cloudflare ? undefined : netlify ? 'Netlify' : 'Cloudflare';
}

/**
 * `Access-Control-Allow-Origin:https://a.example`, without the blank, begins a rule of its own on Cloudflare, which
 * then has a wrong address.
 */
function readsAsAddress({ nameRange, value }: StaticHeader, { text }: TreeDocument): boolean {
  return /^\S+:\/\//.test(text.slice(nameRange.start, value.range.end));
}

function addressFact({ name, nameRange, value }: StaticHeader, { text }: TreeDocument): Fact {
  const range = { start: nameRange.start, end: value.range.end };
  const at = nameRange.end + 1;
  return {
    kind: 'misspelt-header',
    name: text.slice(range.start, range.end),
    suggestion: `${name}: ${textOf(value) ?? ''}`,
    range,
    why: 'Cloudflare takes the line for the address of a new rule, because no blank stands before "://".',
    rename: () => [{ range: { start: at, end: at }, newText: ' ' }],
  };
}

/** The same name twice in a rule is one header with commas. */
function joinedByName(headers: readonly StaticHeader[]): StaticHeader[] {
  const byName = new Map<string, StaticHeader>();
  for (const header of headers) {
    const before = byName.get(header.name.toLowerCase());
    byName.set(header.name.toLowerCase(), before ? joinedTo(before, header) : header);
  }
  return [...byName.values()];
}

/** The later header, sent with the text of the earlier one before its own. */
function joinedTo(before: StaticHeader, header: StaticHeader): StaticHeader {
  const [first, second] = [sentText(before), sentText(header)];
  // An empty text stands for "! Name", which counts before the texts of its own rule.
  if (first === '') return header;
  if (second === '') return before;
  return {
    ...header,
    sent:
      first === undefined || second === undefined ? { kind: 'unknown' } : { kind: 'text', text: `${first}, ${second}` },
    write: undefined,
  };
}

function sentText({ sent, value }: StaticHeader): string | undefined {
  return sent === undefined ? textOf(value) : sent.kind === 'text' ? sent.text : undefined;
}

function readPolicy(rule: Rule, rules: readonly Rule[], host: Host, document: TreeDocument): Policy[] {
  const applied: StaticHeader[] = [];
  const own: StaticHeader[] = [];
  for (const other of rules.filter((each) => each === rule || covers(each.source, rule.source))) {
    for (const written of other.headers.map((header) => filledIn(header, other.source))) {
      const at = applied.findIndex(({ name }) => name.toLowerCase() === written.name.toLowerCase());
      const before = applied[at];
      const header =
        before === undefined || host === 'Netlify' || takesAway(other, written)
          ? written
          : host === 'Cloudflare'
            ? joinedTo(before, written)
            : eitherOf(before, written);
      if (at !== -1) applied.splice(at, 1);
      applied.push(header);
      // What a later rule adds to a header of this one makes another text of it.
      const joins = header !== written && before !== undefined && own.includes(before);
      if (other === rule || joins) own.push(header);
    }
  }
  const policy = staticHeadersPolicy({
    framework: 'headers-file',
    title: host ?? 'The host',
    document,
    own,
    applied,
    scope: rule.source,
    purpose: purposeOf(rule.source),
    add: (name, value) => insertKey(document, rule.map, name, value),
    preflightStatus: null,
  });
  if (policy === undefined) return [];
  // Cloudflare's files are there to be read: every other method is answered with 405, a preflight too.
  return [
    host === 'Cloudflare'
      ? {
          ...policy,
          statuses: [
            {
              when: not(
                some([
                  { kind: 'method', name: 'GET' },
                  { kind: 'method', name: 'HEAD' },
                ]),
              ),
              status: 405,
            },
          ],
        }
      : policy,
  ];
}

/** The rule takes away what rules before it have set. */
function takesAway({ map }: Rule, { name }: StaticHeader): boolean {
  return map.entries.some(({ key, value }) => key.toLowerCase() === name.toLowerCase() && textOf(value) === '');
}

/** Whether the texts are joined is not known. */
function eitherOf(before: StaticHeader, header: StaticHeader): StaticHeader {
  return sentText(before) === '' ? header : { ...header, sent: { kind: 'unknown' } };
}

/** Cloudflare puts the parts of the address that a rule names into its texts. */
function filledIn(header: StaticHeader, source: string): StaticHeader {
  const names = [
    ...[...source.matchAll(/:([A-Za-z]\w*)/g)].map((match) => match[1]!),
    ...(source.includes('*') ? ['splat'] : []),
  ];
  return names.some((name) => textOf(header.value)?.includes(`:${name}`))
    ? { ...header, sent: { kind: 'unknown' } }
    : header;
}
