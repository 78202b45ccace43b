/**
 * Which headers of a program are sent on a developer's machine only: webpack's development server has them as an option,
 * others in ways of their own.
 */
import type { Assignment, Call, Declaration, Expression, Node, Program } from '../../syntax/programs/program.ts';
import type { HeaderWrite } from '../../models/handlers/header-write.ts';

/**
 * `headers`: the option of webpack's server, which it sends with every answer. `other`: a handler that is put into it, or
 * another product's server.
 */
export type DevServerPlace = 'headers' | 'other';

const constructors = /(^|\.)(webpackdevserver|webpackserver|devserver|rspackdevserver)$/i;
/** The server's options alone, as Create React App ejects them. */
const optionsFile = /(^|\/)webpack-?dev-?server(\.config)?\.[cm]?[jt]s$/i;
/** Configurations of build tools, whose servers serve nobody but a developer. */
const otherProducts = /(^|\/)(vite|vitest|astro|rsbuild|rspress|farm)\.(.*\.)?config\.(.*\.)?[cm]?[jt]s$/;
/** Hooks of plugins that are handed the server itself, by Vite and by its relatives. */
const serverHooks = /^configure(Preview)?Server$/;
const deepest = 60;

/** Where a write of a header stands in the settings of the development server; undefined for every other write. */
export function devServerPlace(write: HeaderWrite, program: Program): DevServerPlace | undefined {
  if (otherProducts.test(program.path) || isInServerHook(write.node, program)) return 'other';
  if (!program.text.has(/dev-?server/i) && !optionsFile.test(program.path)) return undefined;
  return climb(write.container ?? write.node, false, program, 0);
}

/** `{ configureServer(server) { server.middlewares.use(…) } }`: no server runs the hook but a developer's. */
function isInServerHook(node: Node, program: Program): boolean {
  if (!program.text.has(/configure(Preview)?Server/)) return false;
  for (let around = node.parent, inner = node; around !== undefined; inner = around, around = around.parent) {
    if (around.kind === 'function' && serverHooks.test(around.name ?? '')) return true;
    if (around.kind !== 'object') continue;
    const key = around.entries.find(({ value }) => value.range.start === inner.range.start)?.key;
    if (serverHooks.test(key ?? '')) return true;
  }
  return false;
}

/**
 * Follows the value outwards: to the entry, the argument or the assignment that takes it, and from a constant to where its
 * name is used.
 */
function climb(from: Node, below: boolean, program: Program, depth: number): DevServerPlace | undefined {
  let inHeaders = below;
  let child = from;
  if (child.kind === 'assignment') {
    const named = assigned(child);
    inHeaders ||= named.headers;
    if (named.devServer) return inHeaders ? 'headers' : 'other';
  }
  for (let level = depth; child.parent !== undefined && level < deepest; level += 1) {
    const { parent } = child;
    if (parent.kind === 'assignment' && parent.value.range.start !== child.range.start) return undefined;
    const step = stepInto(parent, child);
    // What a proxy is given goes to the server behind it.
    inHeaders = !step.proxy && (inHeaders || step.headers);
    if (step.devServer) return inHeaders ? 'headers' : 'other';
    // A constant inside of a function that the server is given belongs to that function.
    const used = parent.kind === 'declaration' ? usedIn(parent, child, inHeaders, program, level) : undefined;
    if (used !== undefined) return used;
    child = parent;
  }
  return inHeaders && optionsFile.test(program.path) ? 'headers' : undefined;
}

/** What the node around a value says of it. */
interface Step {
  /** The development server takes it. */
  readonly devServer: boolean;
  /** It stands among headers. */
  readonly headers: boolean;
  /** It stands among the settings of the server's proxy. */
  readonly proxy?: boolean;
}

function stepInto(parent: Node, child: Node): Step {
  switch (parent.kind) {
    case 'object': {
      const key = parent.entries.find(({ value }) => value.range.start === child.range.start)?.key;
      return { devServer: key === 'devServer', headers: key === 'headers', proxy: key === 'proxy' };
    }
    case 'assignment':
      return assigned(parent);
    case 'call': {
      const takes = taken(parent, child);
      return { devServer: takes !== undefined, headers: takes === 'headers' };
    }
    default:
      return { devServer: false, headers: false };
  }
}

/** Where the names of a declaration are used. */
function usedIn(
  { bindings }: Declaration,
  { range: { start } }: Node,
  inHeaders: boolean,
  program: Program,
  level: number,
): DevServerPlace | undefined {
  for (const binding of bindings) {
    if (binding.path.length > 0) continue;
    if (binding.name === 'devServer') return inHeaders ? 'headers' : 'other';
    for (const reference of program.references(binding)) {
      const place = reference.range.start === start ? undefined : climb(reference, inHeaders, program, level + 1);
      if (place !== undefined) return place;
    }
  }
  return undefined;
}

/** `config.devServer = …`, `config.devServer.headers = …`, `config.headers['…'] = …`. */
function assigned({ target }: Assignment): Step {
  const names: string[] = [];
  for (let at: Expression = target; at.kind === 'member' || at.kind === 'index'; at = at.object) {
    if (at.kind === 'member') names.push(at.property);
    else if (at.index.kind === 'string') names.push(at.index.value);
  }
  return { devServer: names.includes('devServer'), headers: names.includes('headers') };
}

/** `new WebpackDevServer({ headers })` takes all options, `config.devServer.headers({ … })` of webpack-chain the headers alone. */
function taken({ callee, isNew }: Call, child: Node): 'options' | 'headers' | undefined {
  if (callee.range.start === child.range.start) return undefined;
  if (isNew && constructors.test(callee.text)) return 'options';
  return callee.kind === 'member' && callee.property === 'headers' && /\bdevServer$/.test(callee.object.text)
    ? 'headers'
    : undefined;
}
