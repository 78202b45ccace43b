/** Fixes for headers written by hand: an allowlist check with `Vary`, dropped or repaired headers, exact comparisons. */
import type { Edit, SourceRange } from '../../../syntax/range.ts';
import type { Expression, FunctionExpression, Node, Program } from '../../../syntax/programs/program.ts';
import type { EntryEdits, PolicyEdits } from '../../../policy/policy.ts';
import type { OriginTest } from '../../../policy/request-test.ts';
import type { Evaluator } from '../../../values/evaluator.ts';
import type { HeaderSite } from './header-sites.ts';
import type { ProgramText } from '../../../models/libraries/origin-entries.ts';
import { isKoa } from './raw-headers-handlers.ts';
import { deeper, indentationAt, lineEnd, originList, quoted, removeMember } from '../../../edits/program-edits.ts';

export interface EditedGroup {
  readonly sites: readonly HeaderSite[];
  readonly allowOrigin: readonly HeaderSite[];
  readonly handler: FunctionExpression | undefined;
  readonly program: Program;
  readonly evaluator: Evaluator;
  readonly text: ProgramText;
}

/** The edits that this group of writes allows; members whose edit would not be exact are absent. */
export function rawHeaderEdits(group: EditedGroup): PolicyEdits {
  const { sites, allowOrigin, program } = group;
  const named = (name: string) => sites.filter((site) => site.name.toLowerCase() === name);
  const credentials = named('access-control-allow-credentials');
  const maxAge = named('access-control-max-age');
  const [target] = allowOrigin;
  return {
    // Several writes change together where each is one value.
    ...(target !== undefined &&
      (allowOrigin.length === 1 || allowOrigin.every(({ form }) => form === 'entry')) &&
      allowOrigin.every(({ value }) => value !== undefined) && {
        allowOnly: (origins: readonly string[], placeholder?: string) =>
          allowOrigin.flatMap((site) => allowOnly(site, site.value!, origins, placeholder, group)),
      }),
    ...(credentials.length > 0 && { dropCredentials: () => credentials.flatMap((site) => removeSite(site, program)) }),
    ...(credentials.length === 1 &&
      credentials[0]!.value && {
        repairCredentials: () => [{ range: credentials[0]!.value!.range, newText: quoted('true', group.text.quote) }],
      }),
    ...(maxAge.length === 1 &&
      maxAge[0]!.value && {
        setMaxAge: (seconds: number) => [
          { range: maxAge[0]!.value!.range, newText: quoted(String(seconds), group.text.quote) },
        ],
      }),
    ...(target !== undefined && { addVaryOrigin: () => addVary(target, group) }),
  };
}

/** Removes one write: its statement with the line, or its entry with the comma. */
export function removeSite(site: HeaderSite, program: Program): Edit[] {
  if (
    site.form === 'entry' ||
    site.form === 'key-value' ||
    (site.form === 'pair' && site.node.range.start === site.range.start)
  )
    return removeMember(program.text, site.range);
  // One link of a chain, `reply.header(…).header(…)`: the others stay.
  if (
    site.form === 'call' &&
    site.receiver !== undefined &&
    (site.receiver.kind === 'call' || site.node.parent?.kind === 'member')
  ) {
    return [{ range: { start: site.receiver.range.end, end: site.node.range.end }, newText: '' }];
  }
  const statement = statementOf(site);
  return statement ? [{ range: wholeLine(program.text, statement.range), newText: '' }] : [];
}

/** Edits of a check on the origin: one loose test becomes an exact comparison of the same subject. */
export function testEdits(program: Program, text: ProgramText): EntryEdits {
  return {
    replaceTest: (test: OriginTest, origins: readonly string[], placeholder?: string): Edit[] => {
      const subject = test.range && test.part === 'origin' ? subjectOf(test.range, program) : undefined;
      return subject === undefined || test.range === undefined
        ? []
        : [{ range: test.range, newText: `${originList(origins, text.quote)}.includes(${subject})`, placeholder }];
    },
  };
}

function subjectOf(range: SourceRange, program: Program): string | undefined {
  if (range.path !== undefined && range.path !== program.path) return undefined;
  let node: Node | undefined = program.expressionAt(range.start);
  while (node && !(node.range.start === range.start && node.range.end === range.end)) node = node.parent;
  if (node?.kind !== 'call' || node.callee.kind !== 'member') return undefined;
  const { object, property } = node.callee;
  if (/^(test|exec)$/.test(property)) return node.arguments[0]?.value.text;
  return /^(startsWith|endsWith|includes|match|search|indexOf)$/.test(property) &&
    (object.kind === 'identifier' || object.kind === 'member' || object.kind === 'call')
    ? object.text
    : undefined;
}

function statementOf(site: HeaderSite): Node | undefined {
  const holder = site.form === 'call' || site.form === 'assignment' ? site.node : undefined;
  return holder?.parent?.kind === 'expression-statement' ? holder.parent : undefined;
}

function wholeLine(text: string, range: SourceRange): SourceRange {
  const lineStart = text.lastIndexOf('\n', range.start - 1) + 1;
  const tail = /^[ \t]*;?[ \t]*\r?\n/.exec(text.slice(range.end))?.[0];
  return text.slice(lineStart, range.start).trim() === '' && tail !== undefined
    ? { start: lineStart, end: range.end + tail.length }
    : range;
}

function allowOnly(
  site: HeaderSite,
  value: Expression,
  origins: readonly string[],
  placeholder: string | undefined,
  group: EditedGroup,
): Edit[] {
  const { text } = group;
  const request = requestOriginText(site, group);
  const statement = statementOf(site);
  if (statement && request !== undefined && site.form === 'call' && site.receiver?.kind !== 'call')
    return checkedStatement(site, value, statement, request, origins, placeholder, group);
  if (origins.length === 1) return [{ range: value.range, newText: quoted(origins[0]!, text.quote), placeholder }];
  if (request === undefined || site.form !== 'entry') return [];
  return [
    {
      range: value.range,
      newText: `${originList(origins, text.quote)}.includes(${request}) ? ${request} : ${quoted(origins[0]!, text.quote)}`,
      placeholder,
    },
    ...(hasVary(group) ? [] : addVary(site, group)),
  ];
}

function checkedStatement(
  site: HeaderSite,
  value: Expression,
  statement: Node,
  request: string,
  origins: readonly string[],
  placeholder: string | undefined,
  group: EditedGroup,
): Edit[] {
  const { program, text } = group;
  const newline = lineEnd(program.text);
  const indentation = indentationAt(program.text, statement.range.start);
  const inner = deeper(program.text, indentation);
  const list = /\ballowedOrigins\b/.test(program.text) ? 'corsAllowedOrigins' : 'allowedOrigins';
  const write =
    program.text.slice(site.range.start, value.range.start) +
    request +
    program.text.slice(value.range.end, site.range.end);
  const nested = statement.parent?.kind === 'if' || statement.parent?.kind === 'loop';
  const checked = [`if (${list}.includes(${request})) {`, `${inner.slice(indentation.length)}${write};`, '}'];
  const constant = `const ${list} = ${originList(origins, text.quote)};`;
  const vary = hasVary(group) ? [] : [varyStatement(site, group)];
  // `if (origin) res.set(…)` without braces: a declaration needs them, and `Vary` stands outside of the condition.
  const step = inner.slice(indentation.length);
  const lines = nested
    ? ['{', ...[constant, ...checked].map((line) => step + line), '}']
    : [constant, ...checked, ...vary];
  const outside = nested && vary.length > 0 ? addVary(site, group) : [];
  const end =
    program.text[statement.range.end - 1] === ';'
      ? statement.range.end
      : statement.range.end + (/^;/.test(program.text.slice(statement.range.end)) ? 1 : 0);
  return [
    ...outside,
    { range: { start: statement.range.start, end }, newText: lines.join(newline + indentation), placeholder },
  ];
}

function hasVary(group: EditedGroup): boolean {
  const body = group.handler
    ? group.program.text.slice(group.handler.range.start, group.handler.range.end)
    : group.program.text;
  return /\bvary\b/i.test(body) && /\borigin\b/i.test(/\bvary\b[^\n]*/i.exec(body)?.[0] ?? '');
}

function varyStatement(site: HeaderSite, group: EditedGroup): string {
  const { program, text } = group;
  const receiver = site.receiver?.text ?? 'res';
  const origin = quoted('Origin', text.quote);
  const name = quoted('Vary', text.quote);
  if (
    isKoa(group.handler, group.program) ||
    /from ['"]express['"]|require\(['"]express['"]\)|import\(['"]express['"]\)/.test(program.text)
  )
    return `${receiver}.vary(${origin});`;
  if (/headers$/i.test(receiver)) return `${receiver}.append(${name}, ${origin});`;
  const method = site.via === 'append' || site.via === 'writeHead' ? 'setHeader' : site.via;
  return `${receiver}.${method}(${name}, ${origin});`;
}

function addVary(site: HeaderSite, group: EditedGroup): Edit[] {
  const { program, text } = group;
  if (site.form === 'entry') {
    const multiline = program.text.slice(site.container?.range.start ?? 0, site.range.start).includes('\n');
    const separator = multiline ? lineEnd(program.text) + indentationAt(program.text, site.range.start) : ' ';
    return [
      {
        range: { start: site.range.end, end: site.range.end },
        newText: `,${separator}${quoted('Vary', text.quote)}: ${quoted('Origin', text.quote)}`,
      },
    ];
  }
  if (site.form === 'key-value') {
    const multiline = program.text.slice(site.container?.range.start ?? 0, site.range.start).includes('\n');
    const separator = multiline ? lineEnd(program.text) + indentationAt(program.text, site.range.start) : ' ';
    return [
      {
        range: { start: site.range.end, end: site.range.end },
        newText: `,${separator}{ key: ${quoted('Vary', text.quote)}, value: ${quoted('Origin', text.quote)} }`,
      },
    ];
  }
  if (site.form !== 'call' || site.receiver === undefined || site.receiver.kind === 'call') return [];
  const outer = outermostStatement(site.node, group.handler);
  if (outer === undefined) return [];
  const indentation = indentationAt(program.text, outer.range.start);
  return [
    {
      range: { start: outer.range.start, end: outer.range.start },
      newText: varyStatement(site, group) + lineEnd(program.text) + indentation,
    },
  ];
}

/** The statement of the handler's own block that holds the write, so that `Vary` stands outside of every condition. */
function outermostStatement(node: Node, handler: FunctionExpression | undefined): Node | undefined {
  let current: Node | undefined = node;
  while (current) {
    const parent: Node | undefined = current.parent;
    if (parent === undefined) return handler === undefined ? current : undefined;
    if (
      parent.kind === 'block' &&
      parent.parent?.kind === 'function' &&
      parent.parent.range.start === handler?.range.start
    )
      return current;
    current = parent;
  }
  return undefined;
}

/** The expression for the request's Origin in this handler; undefined where no parameter gives it. */
function requestOriginText(site: HeaderSite, group: EditedGroup): string | undefined {
  const { handler, program, text } = group;
  const { value } = site;
  if (
    value !== undefined &&
    group.evaluator.isRequestOrigin(value) &&
    (value.kind === 'identifier' || value.kind === 'member' || value.kind === 'call')
  )
    return value.text;
  const parameter = handler?.parameters[0]?.name;
  if (parameter === undefined || parameter.startsWith('_')) return undefined;
  const origin = quoted('Origin', text.quote);
  if (isKoa(group.handler, group.program)) return `${parameter}.get(${origin})`;
  if (/^(c|context)$/.test(parameter) && /hono/i.test(program.text)) return `${parameter}.req.header(${origin})`;
  if (!/^(req|request)$/.test(parameter)) return undefined;
  const second = handler?.parameters[1]?.name;
  const node = second !== undefined && /^(res|response|reply)$/.test(second);
  if (!node) return `${parameter}.headers.get(${origin})`;
  return /\.tsx?$/.test(program.path)
    ? `${parameter}.headers.origin ?? ${quoted('', text.quote)}`
    : `${parameter}.headers.origin`;
}
