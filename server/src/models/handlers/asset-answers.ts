/** Answers that are fonts, images and other files for everybody: by the path that they stand for, or by the type that they name. */
import type { Call, Expression, FunctionExpression, Node } from '../../syntax/programs/program.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import type { Value } from '../../values/value.ts';
import { isAssetPath } from '../static/asset-paths.ts';
import type { HeaderWrite } from './header-write.ts';

/** `Content-Type: image/png`, `mimetype='image/png'`, `.type('image/png')`: the type's first half is the second group. */
const typeNamed =
  /(content-?type|mime-?type|media_?type|\.type\()['"`\])]*\s*[:,=(]?\s*(?:value['"]?\s*[:=]\s*)?[[({]*\s*['"`]([a-z]+\/[\w.+-]+)/gi;
const assetType = /^(image|font|audio|video)\/|^application\/(x-)?font-|^application\/vnd\.ms-fontobject$/i;
/** Methods that register a handler for paths. */
const registration = /^(use|get|head|all|route|mount|handle|handlefunc|static|group)$/i;
/** Members of a table of headers that name its paths: of Next.js, and of its relatives. */
const pathKeys = /^(source|path|pattern|route|url|matcher|for)$/;

/** Whether all that these headers are sent with is for everybody. */
export function answersWithAssets(
  { node }: HeaderWrite,
  handler: FunctionExpression | undefined,
  evaluator: Evaluator,
): boolean {
  return namesAssetType(node, handler) || standsForAssetPaths(node, evaluator);
}

/** The headers beside decide, where they name a type; else the whole handler. */
function namesAssetType(node: Expression, handler: FunctionExpression | undefined): boolean {
  const texts = [...objectsAround(node), ...(handler ? [handler] : [])].map(({ text }) => text);
  for (const text of texts) {
    const types = [...text.matchAll(typeNamed)].map(([, , type]) => type!);
    if (types.length > 0) return types.every((type) => assetType.test(type));
  }
  return false;
}

/** The headers, and what holds them beside a path: no more, for a table further out speaks of other answers. */
function objectsAround(node: Expression): readonly Node[] {
  const found: Node[] = [];
  for (
    let around: Node | undefined = node;
    around && around.kind !== 'function' && found.length < 2;
    around = around.parent
  )
    if (around.kind === 'object') found.push(around);
  return found;
}

/** The nearest path around decides: of an entry of a table, of a route, or of a condition. */
function standsForAssetPaths(node: Expression, evaluator: Evaluator): boolean {
  for (let around: Node | undefined = node.parent, inner: Node = node; around; inner = around, around = around.parent) {
    const paths =
      around.kind === 'object'
        ? pathsOfEntry(around.entries, inner, evaluator)
        : around.kind === 'call'
          ? pathsOfRoute(around, evaluator)
          : around.kind === 'if' && around.consequent.range.start === inner.range.start
            ? pathsAsked(around.test, evaluator)
            : undefined;
    if (paths !== undefined) return paths.length > 0 && paths.every(isAssetPath);
  }
  return false;
}

type Entries = Extract<Expression, { kind: 'object' }>['entries'];

/** `{ source: '/fonts/:path*', headers: […] }`, `{ '/fonts/**': { headers: {…} } }`. */
function pathsOfEntry(entries: Entries, inner: Node, evaluator: Evaluator): readonly string[] | undefined {
  const named = entries.find(({ key }) => pathKeys.test(key ?? ''));
  const value = named?.value && textsOf(evaluator.evaluate(named.value));
  if (value?.some((path) => path.startsWith('/'))) return value;
  const own = entries.find((entry) => entry.value?.range.start === inner.range.start)?.key;
  return own?.startsWith('/') ? [own] : undefined;
}

/** `app.use('/fonts', …)`, `router.get(['/a.png', '/b.png'], …)`. */
function pathsOfRoute(call: Call, evaluator: Evaluator): readonly string[] | undefined {
  const { callee } = call;
  const first = call.arguments[0];
  if (callee.kind !== 'member' || !registration.test(callee.property) || first === undefined || first.spread)
    return undefined;
  const texts = textsOf(evaluator.evaluate(first.value));
  return texts?.some((path) => path.startsWith('/')) ? texts : undefined;
}

/** The member, or the name, that holds the path of a request: `url.pathname`, `req.path`, `self.path`. */
const pathOfRequest = /(^|\.)(pathname|path|url|originalUrl)$/;

/** `if (url.pathname === '/openapi.json')`, alone or beside other conditions that all have to hold. */
function pathsAsked(test: Expression, evaluator: Evaluator): readonly string[] | undefined {
  if (test.kind !== 'binary') return undefined;
  const { operator, left, right } = test;
  if (operator === '&&') return pathsAsked(left, evaluator) ?? pathsAsked(right, evaluator);
  if (operator !== '==') return undefined;
  const other = pathOfRequest.test(left.text) ? right : pathOfRequest.test(right.text) ? left : undefined;
  const texts = other && textsOf(evaluator.evaluate(other));
  return texts?.some((path) => path.startsWith('/')) ? texts : undefined;
}

function textsOf(value: Value): readonly string[] | undefined {
  if (value.kind === 'text') return [value.text];
  if (value.kind === 'concatenation')
    return [value.parts.map((part) => (part.kind === 'text' ? part.text : unknownPart)).join('')];
  if (value.kind !== 'list') return undefined;
  const texts = value.items.flatMap((item) => (item.kind === 'text' ? [item.text] : []));
  return texts.length === value.items.length ? texts : undefined;
}

/** In `` `${base}/openapi.json` ``: below what may be an API the name of the file alone says that it is for everybody. */
const unknownPart = '/api';
