/** Which of APISIX's routes a preflight gets to: one that lists methods, or asks for a header, is chosen for those requests only. */
import type { SourceRange } from '../../syntax/range.ts';
import type { TreeMap, TreeNode } from '../../syntax/trees/tree.ts';
import type { Fact } from '../../policy/policy.ts';
import type { Barrier, RouteWay } from '../../models/gateways/missed-routes.ts';
import { headerBarrier, methodBarrier, missedByPreflights } from '../../models/gateways/missed-routes.ts';
import { entryOf, isPlaceholder, mapsOf, textNodesOf, textOf, valueAt } from '../../edits/tree-edits.ts';

/** Of a route whose plugins hold CORS settings, among the routes that stand beside it. */
export function missedRoute(route: TreeMap, settings: SourceRange, scope: string): Fact[] {
  if (!entryOf(route, 'uri') && !entryOf(route, 'uris')) return [];
  const routes = route.parent?.kind === 'list' ? mapsOf(route.parent) : [];
  const others = routes.filter((other) => other !== route && valueAt(other, 'plugins', 'cors'));
  return missedByPreflights({
    scope,
    ways: waysOf(route),
    settings,
    meant: true,
    others: others.map((other) => ({ ways: waysOf(other) })),
  });
}

/** Of a rule of an ApisixRoute that has the plugin. */
export function missedRule(plugin: TreeMap, rules: readonly TreeMap[], scope: string): Fact[] {
  const rule = rules.find((one) => valueAt(one, 'plugins') === plugin.parent);
  if (!rule) return [];
  const others = rules.filter(
    (other) =>
      other !== rule && mapsOf(valueAt(other, 'plugins')).some((one) => textOf(valueAt(one, 'name')) === 'cors'),
  );
  return missedByPreflights({
    scope,
    ways: waysOfRule(rule),
    settings: valueAt(plugin, 'name')!.range,
    meant: true,
    others: others.map((other) => ({ ways: waysOfRule(other) })),
  });
}

function waysOf(route: TreeMap): RouteWay[] {
  const paths = [...textNodesOf(valueAt(route, 'uri')), ...textNodesOf(valueAt(route, 'uris'))];
  const barrier = variableBarrier(valueAt(route, 'vars')) ?? listedMethods(entryOf(route, 'methods')?.value);
  return paths.map(({ value }) => ({ path: beginningOf(value), barrier }));
}

/** `match: { paths, methods, exprs: [{ subject: { scope: Header, name }, op, value }] }` */
function waysOfRule(rule: TreeMap): RouteWay[] {
  const match = valueAt(rule, 'match');
  const headers = mapsOf(valueAt(match, 'exprs')).flatMap((expression) => {
    const subject = valueAt(expression, 'subject');
    const name = valueAt(subject, 'name');
    if (textOf(valueAt(subject, 'scope')) !== 'Header' || !name || !isPositive(textOf(valueAt(expression, 'op'))))
      return [];
    return headerBarrier(textOf(name) ?? 'origin', name.range) ?? [];
  });
  const barrier = headers[0] ?? listedMethods(valueAt(match, 'methods'));
  return textNodesOf(valueAt(match, 'paths')).map(({ value }) => ({ path: beginningOf(value), barrier }));
}

/** `/api/*`: a star at the end stands for the rest. */
function beginningOf(path: string): string | undefined {
  return /[:{]/.test(path) ? undefined : path.replace(/\*+$/, '');
}

function listedMethods(list: TreeNode | undefined): Barrier | undefined {
  const names = textNodesOf(list).map(({ value }) => value);
  if (!list || names.length === 0 || names.some(isPlaceholder)) return undefined;
  return methodBarrier((method) => names.includes(method), list.range);
}

/** `vars: [["http_x_tenant", "==", "blue"]]`, all of which have to hold. */
function variableBarrier(vars: TreeNode | undefined): Barrier | undefined {
  const tests = vars?.kind === 'list' ? vars.items : [];
  return tests
    .flatMap((test) => {
      const [subject, operator, ...rest] = test.kind === 'list' ? test.items : [];
      const name = /^(?:http_(\w+)|(cookie)_\w+)$/.exec(textOf(subject) ?? '');
      if (!name || !isPositive(textOf(operator)) || rest.length === 0) return [];
      return headerBarrier((name[1] ?? name[2]!).replaceAll('_', '-'), subject!.range) ?? [];
    })
    .at(0);
}

/** What is missing equals nothing and matches nothing. */
function isPositive(operator: string | undefined): boolean {
  return /^(==|~~|~\*|in|has|Equal|RegexMatch|RegexMatchCaseInsensitive|In)$/i.test(operator ?? '');
}
