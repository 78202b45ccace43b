/** Traefik's routers: which requests they take, and in which order their middlewares run. */
import type { SourceRange } from '../../syntax/range.ts';
import type { TreeDocument, TreeNode } from '../../syntax/trees/tree.ts';
import type { Fact } from '../../policy/policy.ts';
import { missedByPreflights } from '../../models/gateways/missed-routes.ts';
import { groupOf, kubernetesObjects, objectScope } from '../../models/gateways/kubernetes-objects.ts';
import { entriesOf, mapsOf, textNodesOf, textOf, valueAt } from '../../edits/tree-edits.ts';
import { knownText } from '../../models/gateways/setting-places.ts';
import type { TraefikHeaders } from './traefik-headers.ts';
import { listSettings } from './traefik-headers.ts';
import { labelsOf } from './traefik-labels.ts';
import { waysOfRule } from './traefik-rules.ts';

interface Placed {
  readonly text: string;
  readonly range: SourceRange;
}
interface Router {
  readonly scope: string;
  readonly rule?: Placed | undefined;
  /** In the order in which they run. */
  readonly middlewares: readonly Placed[];
}

/** By the middleware for CORS: the routers where no preflight reaches it. */
export function routerFacts(
  document: TreeDocument,
  headers: readonly TraefikHeaders[],
): ReadonlyMap<TraefikHeaders, readonly Fact[]> {
  const found = new Map<TraefikHeaders, Fact[]>();
  const cors = headers.filter(meansPreflights);
  if (cors.length === 0) return found;
  const answering = [...askingMiddlewares(document), ...answeringHeaders(headers)];
  const corsOf = (router: Router) => router.middlewares.find(({ text }) => cors.some(({ name }) => names(text, name)));
  const routers = routersIn(document);
  for (const router of routers) {
    const placed = corsOf(router);
    const middleware = placed && cors.find(({ name }) => names(placed.text, name));
    if (!placed || !middleware) continue;
    const others = routers.filter((other) => other !== router && other.rule && corsOf(other));
    const facts = [...missedRules(router, placed, others), ...answeredFirst(router, placed, answering)];
    found.set(middleware, [...(found.get(middleware) ?? []), ...facts]);
  }
  return found;
}

/** What the middleware allows is asked for in preflights only. */
function meansPreflights({ keys }: TraefikHeaders): boolean {
  return keys.some(({ name }) => /^accesscontrolallow(methods|headers)$/i.test(name));
}

function missedRules({ scope, rule }: Router, placed: Placed, others: readonly Router[]): Fact[] {
  if (!rule) return [];
  return missedByPreflights({
    scope,
    ways: waysOfRule(rule.text, rule.range),
    settings: placed.range,
    meant: true,
    others: others.flatMap(({ rule: other }) => (other ? [{ ways: waysOfRule(other.text, other.range) }] : [])),
  });
}

/** A middleware that answers a preflight itself, and why it is no success. */
interface Answering {
  readonly name: string;
  readonly why: string;
}

/** Each middleware answers or hands on to the next. */
function answeredFirst({ scope, middlewares }: Router, placed: Placed, answering: readonly Answering[]): Fact[] {
  const at = middlewares.indexOf(placed);
  for (const earlier of middlewares.slice(0, at)) {
    const why = answering.find(({ name }) => names(earlier.text, name))?.why;
    if (why === undefined) continue;
    const isNext = middlewares[at - 1] === earlier;
    return [
      {
        kind: 'unhandled-preflight',
        range: placed.range,
        needs: `${scope} with a token or another method`,
        why,
        instead: `Name ${placed.text} before ${earlier.text}`,
        related: earlier.range,
        relatedMessage: 'This runs first.',
        ...(isNext && {
          handle: () => [
            { range: earlier.range, newText: placed.text },
            { range: placed.range, newText: earlier.text },
          ],
        }),
      },
    ];
  }
  return [];
}

/** `auth@file`, `default-auth@kubernetescrd`: the provider's name follows, and its namespace stands before. */
function names(reference: string, middleware: string): boolean {
  const [name = '', provider] = reference.split('@');
  return name === middleware || (provider === 'kubernetescrd' && name.endsWith(`-${middleware}`));
}

const askers = /^(basicauth|digestauth|forwardauth)$/i;

/** Headers middlewares with any setting of CORS answer every preflight, with what they say themselves and nothing else. */
function answeringHeaders(headers: readonly TraefikHeaders[]): Answering[] {
  return headers.flatMap((one) => {
    const setting = one.keys.find(({ name }) => isSetting(one, name));
    if (setting === undefined || meansPreflights(one)) return [];
    const why = `a headers middleware with ${setting.name} answers preflights itself, and this one runs first`;
    return [{ name: one.name, why }];
  });
}

function isSetting(headers: TraefikHeaders, name: string): boolean {
  if (listSettings.some((list) => list.toLowerCase() === name.toLowerCase())) return true;
  const isOther = /^(addvaryheader|accesscontrol(allowcredentials|maxage))$/i.test(name);
  return isOther && /^(true|[1-9]\d*)$/.test(knownText(headers.place(name)) ?? '');
}

/** The middlewares that let nobody through who does not say who it is. */
function askingMiddlewares(document: TreeDocument): Answering[] {
  const found: Answering[] = [];
  const note = (name: string | undefined, settings: TreeNode | undefined): void => {
    const key = entriesOf(settings).find((entry) => askers.test(entry.key))?.key;
    if (key !== undefined) add(name, key);
  };
  const add = (name: string | undefined, kind: string): void => {
    if (name === undefined) return;
    const why = `the preflight is refused before: ${kind} runs first, and a browser sends no password or token with it`;
    found.push({ name, why });
  };
  for (const root of document.roots)
    for (const { key, value } of entriesOf(valueAt(root, 'http', 'middlewares'))) note(key, value);
  for (const object of kubernetesObjects(document, ['Middleware'])) note(object.name, object.spec);
  for (const { key } of labelsOf(document)) {
    const [, name, kind] = /^traefik\.http\.middlewares\.([^.]+)\.([a-z]+)\./i.exec(key) ?? [];
    if (askers.test(kind ?? '')) add(name, kind!);
  }
  return found;
}

function routersIn(document: TreeDocument): Router[] {
  return [...fileRouters(document), ...objectRouters(document), ...labelRouters(document)];
}

/** `http.routers.<name>`, and the middlewares of entry points and chains, which have no rule. */
function fileRouters(document: TreeDocument): Router[] {
  return document.roots.flatMap((root) => [
    ...entriesOf(valueAt(root, 'http', 'routers')).map(({ key, value }) => ({
      scope: `router ${key}`,
      rule: placedText(valueAt(value, 'rule')),
      middlewares: textNodesOf(valueAt(value, 'middlewares')).flatMap(placedTexts),
    })),
    ...entriesOf(valueAt(root, 'http', 'middlewares')).map(({ key, value }) => ({
      scope: `chain ${key}`,
      middlewares: textNodesOf(valueAt(value, 'chain', 'middlewares')).flatMap(placedTexts),
    })),
  ]);
}

function objectRouters(document: TreeDocument): Router[] {
  const routes = kubernetesObjects(document, ['IngressRoute']).filter((object) => /^traefik\./.test(groupOf(object)));
  const chains = kubernetesObjects(document, ['Middleware']);
  const named = (list: TreeNode | undefined): Placed[] =>
    mapsOf(list).flatMap((reference) => placedTexts(valueAt(reference, 'name')));
  return [
    ...routes.flatMap((object) =>
      mapsOf(valueAt(object.spec, 'routes')).map((route) => ({
        scope: objectScope(object),
        rule: placedText(valueAt(route, 'match')),
        middlewares: named(valueAt(route, 'middlewares')),
      })),
    ),
    ...chains.map((object) => ({
      scope: objectScope(object),
      middlewares: named(valueAt(object.spec, 'chain', 'middlewares')),
    })),
  ];
}

/** `traefik.http.routers.<name>.rule` and `.middlewares`, where the names stand in one text. */
function labelRouters(document: TreeDocument): Router[] {
  const labels = labelsOf(document);
  const owned = labels.flatMap((label) => {
    const [, kind, name, setting] =
      /^traefik\.http\.(routers|middlewares)\.([^.]+)\.(rule|middlewares|chain\.middlewares)$/i.exec(label.key) ?? [];
    return name === undefined
      ? []
      : [{ ...label, owner: `${kind === 'routers' ? 'router' : 'chain'} ${name}`, setting: setting! }];
  });
  return [...new Set(owned.map(({ owner }) => owner))].map((scope) => {
    const own = owned.filter(({ owner }) => owner === scope);
    const rule = own.find(({ setting }) => setting === 'rule');
    const list = own.find(({ setting }) => setting !== 'rule');
    return { scope, rule: rule && { text: rule.text, range: rule.range }, middlewares: list ? commaParts(list) : [] };
  });
}

/** Each name of a list in one text, where it stands. */
function commaParts({ text, range }: Placed): Placed[] {
  const exact = range.end - range.start === text.length;
  return [...text.matchAll(/[^,\s]+/g)].map((part) => {
    const start = range.start + part.index;
    return { text: part[0], range: exact ? { start, end: start + part[0].length } : range };
  });
}

function placedText(node: TreeNode | undefined): Placed | undefined {
  return placedTexts(node)[0];
}

function placedTexts(node: TreeNode | undefined): Placed[] {
  const text = textOf(node);
  return node?.kind === 'scalar' && text !== undefined ? [{ text, range: node.contentRange }] : [];
}
