/**
 * Headers that labels of containers give to Caddy: `caddy.header.Access-Control-Allow-Origin: "*"`. The proxy makes a Caddyfile of the
 * labels, in which each part of a name is a directive inside the one before it.
 */
import type { TreeDocument, TreeEntry, TreeNode, TreeScalar } from '../../syntax/trees/tree.ts';
import type { SourceRange } from '../../syntax/range.ts';
import type { Policy } from '../../policy/policy.ts';
import { always, unknown } from '../../policy/request-test.ts';
import { defineFramework } from '../../models/framework.ts';
import { withoutEdits } from '../../models/libraries/without-edits.ts';
import { staticHeadersPolicy } from '../../models/static/static-headers.ts';
import type { StaticHeader } from '../../models/static/static-headers.ts';
import { isString } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'caddy-labels',
  title: 'Caddy (labels)',
  documentation: 'https://github.com/lucaslorentz/caddy-docker-proxy#labels-to-caddyfile-conversion',
  reads: '`caddy.header` labels of containers, as caddy-docker-proxy turns them into a Caddyfile',
  mentions: ['caddy.', 'caddy_'],
  shape: 'tree',
  formats: ['yaml', 'json'],
  read(document) {
    return { policies: document.roots.flatMap((root) => labelPolicies(root, document)), facts: [] };
  },
});

/** The site, what stands around the directive, and the header; a number says where a directive goes. */
const label = /^(caddy(?:_\d+)?)\.((?:[^.]+\.)*?)(?:\d+_)?header(?:_\d+)?(?:\.(?:\d+_)?([+?>-]?)([\w-]+))?$/i;

/** One label, in a map or as `name=value` in a list. */
interface Label {
  readonly key: string;
  readonly keyRange: SourceRange;
  readonly value: TreeScalar & { readonly value: string };
}

function labelPolicies(node: TreeNode, document: TreeDocument): Policy[] {
  if (node.kind === 'scalar' || node.shared) return [];
  const labels = node.kind === 'map' ? node.entries.flatMap(ofEntry) : node.items.flatMap(ofItem);
  const sites = new Set(labels.map(({ key }) => siteOf(key)).filter((site) => site !== undefined));
  const inner = node.kind === 'map' ? node.entries.map(({ value }) => value) : node.items;
  return [
    ...[...sites].flatMap((site) => sitePolicy(site, labels, document)),
    ...inner.flatMap((one) => labelPolicies(one, document)),
  ];
}

function siteOf(key: string): string | undefined {
  return label.exec(key)?.[1];
}

function ofEntry({ key, keyRange, value }: TreeEntry): Label[] {
  return isString(value) && /^caddy[._]?/.test(key) ? [{ key, keyRange, value }] : [];
}

function ofItem(item: TreeNode): Label[] {
  const sign = isString(item) && /^caddy[._\d]*[.=]/.test(item.value) ? item.value.indexOf('=') : -1;
  if (sign < 0 || !isString(item)) return [];
  const { start, end } = item.contentRange;
  const isExact = end - start === item.value.length;
  const range = isExact ? { start: start + sign + 1, end } : item.range;
  const keyRange = isExact ? { start, end: start + sign } : item.range;
  return [
    {
      key: item.value.slice(0, sign),
      keyRange,
      value: { ...item, range, contentRange: range, value: item.value.slice(sign + 1) },
    },
  ];
}

function sitePolicy(site: string, labels: readonly Label[], document: TreeDocument): Policy[] {
  const headers = labels.filter(({ key }) => siteOf(key) === site).flatMap((one) => headerOf(one, labels));
  const policy = staticHeadersPolicy({
    framework: 'caddy-labels',
    title: 'Caddy',
    document,
    own: headers,
    applied: headers,
    scope: labels.find(({ key }) => key === site)?.value.value ?? 'the site',
    purpose: 'application',
    preflightStatus: null,
  });
  return policy ? [withoutEdits(policy)] : [];
}

/** `caddy.header: "Name value"` is a line of its own, `caddy.header.Name: value` one inside of braces. */
function headerOf({ key, keyRange, value }: Label, labels: readonly Label[]): StaticHeader[] {
  const [, , around = '', sign = '', name] = label.exec(key)!;
  const [, ownSign = '', ownName, ownText] = /^([+?>-]?)([A-Za-z][\w-]*)\s+(\S.*)$/s.exec(value.value.trim()) ?? [];
  const written = name ?? ownName;
  if (written === undefined || sign === '-' || ownSign === '-') return [];
  // A matcher beside the braces, and what stands around them, choose among requests.
  const beside = labels.find((one) => one.key === key.replace(/\.[^.]*$/, ''));
  const isChosen = around !== '' || (name !== undefined && beside !== undefined);
  return [
    {
      ...writtenHeader(name === undefined ? ownText! : value.value, value),
      name: written,
      nameRange: keyRange,
      when: isChosen ? unknown() : always,
    },
  ];
}

type Written = Pick<StaticHeader, 'value' | 'sent' | 'rename' | 'remove'>;

/** The text between quotes of Caddy; a placeholder for the request's origin is that origin. */
function writtenHeader(text: string, value: TreeScalar): Written {
  const bare = text.trim().replace(/^(["`])(.*)\1$/s, '$2');
  const isOrigin = /^\{(http\.request\.)?header\.origin\}$/i.test(bare);
  return {
    value: { ...value, value: bare },
    rename: () => [],
    remove: () => [],
    ...(isOrigin ? { sent: { kind: 'request-origin' } } : /[{}]/.test(bare) && { sent: { kind: 'unknown' } }),
  };
}
