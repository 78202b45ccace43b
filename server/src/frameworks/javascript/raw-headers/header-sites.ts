/**
 * Where a program names a CORS response header: as a call's argument, a key, a pair, an assignment; directly or through
 * a constant. Each site is one write of one header.
 */
import type { SourceRange } from '../../../syntax/range.ts';
import type {
  Call,
  Expression,
  FunctionExpression,
  ObjectEntry,
  ObjectExpression,
  Program,
} from '../../../syntax/programs/program.ts';
import type { Evaluator } from '../../../values/evaluator.ts';

/** How the write stands in the text; edits depend on it. */
export type SiteForm = 'call' | 'entry' | 'pair' | 'assignment' | 'key-value';

export interface HeaderSite {
  /** As written. */
  readonly name: string;
  readonly nameRange: SourceRange;
  readonly form: SiteForm;
  readonly operation: 'set' | 'append' | 'merge';
  /** Undefined while the value is not typed yet. */
  readonly value: Expression | undefined;
  /** The whole write: the call, the entry, the pair. */
  readonly node: Expression;
  readonly range: SourceRange;
  /** For entries and pairs: the object or list that holds them. */
  readonly container?: Expression;
  /** What is written to, for example `res`, `ctx`, `reply`, `headers`. */
  readonly receiver?: Expression;
  /** For people and for statuses: `setHeader`, `writeHead`, `Response` … */
  readonly via: string;
  /** A client's request gets the header, not a response. */
  readonly direction: 'response' | 'request';
}

export const corsHeaderName = /^\s*(access-control-[a-z-]*|vary)\s*$/i;
const setters: Readonly<Record<string, HeaderSite['operation']>> = {
  setHeader: 'set',
  header: 'set',
  set: 'set',
  append: 'append',
  appendHeader: 'append',
  setResponseHeader: 'set',
  add: 'append',
  writeHeader: 'append',
  setHeaders: 'set',
  headers: 'set',
  writeHead: 'set',
};
const requestCallees =
  /^(axios|\$|jQuery|http|https|superagent|got|ky|\$http|httpClient|apiClient|api|client|instance|this\.http|this\.\$http|request)$/i;

/** All writes of CORS headers and `Vary`, in source order. */
export function headerSites(program: Program, evaluator: Evaluator): HeaderSite[] {
  const sites: HeaderSite[] = [];
  for (const literal of program.strings(corsHeaderName)) {
    const { parent } = literal;
    if (parent?.kind === 'declaration') {
      for (const binding of parent.bindings) {
        if (binding.path.length > 0) continue;
        for (const reference of program.references(binding))
          addSite(reference, literal.value, sites, program, evaluator);
      }
    } else addSite(literal, literal.value, sites, program, evaluator);
  }
  return sites.sort((a, b) => a.range.start - b.range.start);
}

function addSite(name: Expression, text: string, sites: HeaderSite[], program: Program, evaluator: Evaluator): void {
  const site = siteOf(name, text.trim(), program, evaluator);
  if (
    site &&
    !sites.some((other) => other.range.start === site.range.start && other.nameRange.start === site.nameRange.start)
  )
    sites.push(site);
}

function siteOf(name: Expression, text: string, program: Program, evaluator: Evaluator): HeaderSite | undefined {
  const { parent } = name;
  if (parent?.kind === 'call') return callSite(name, text, parent);
  if (parent?.kind === 'object') return objectSite(name, text, parent, program, evaluator);
  if (parent?.kind === 'list') return listSite(name, text, parent, program, evaluator);
  if (
    parent?.kind === 'index' &&
    parent.parent?.kind === 'assignment' &&
    parent.parent.target.range.start === parent.range.start
  ) {
    const assignment = parent.parent;
    return {
      name: text,
      nameRange: name.range,
      form: 'assignment',
      operation: 'set',
      value: fieldValue(assignment.value),
      node: assignment,
      range: assignment.range,
      receiver: parent.object,
      via: 'headers',
      direction: /axios|defaults\.headers|request|config\.headers/i.test(parent.object.text) ? 'request' : 'response',
    };
  }
  return undefined;
}

function callSite(name: Expression, text: string, call: Call): HeaderSite | undefined {
  const { callee } = call;
  const position = call.arguments.findIndex((argument) => argument.value.range.start === name.range.start);
  const method = callee.kind === 'member' ? callee.property : callee.kind === 'identifier' ? callee.name : '';
  const base = { name: text, nameRange: name.range, form: 'call' as const, node: call, range: call.range, via: method };
  if (method === 'setRequestHeader' && callee.kind === 'member')
    return {
      ...base,
      operation: 'set',
      value: call.arguments[1]?.value,
      receiver: callee.object,
      direction: 'request',
    };
  if (callee.kind === 'identifier') {
    // h3 and Nitro: setHeader(event, name, value), setResponseHeader(event, name, value).
    const isEventCall =
      position === 1 && /^(setHeader|setResponseHeader|appendHeader|appendResponseHeader)$/.test(method);
    return isEventCall
      ? {
          ...base,
          operation: method.startsWith('append') ? 'append' : 'set',
          value: call.arguments[2]?.value,
          direction: 'response',
        }
      : undefined;
  }
  const operation = callee.kind === 'member' && Object.hasOwn(setters, method) ? setters[method] : undefined;
  if (callee.kind !== 'member' || operation === undefined || position !== 0) return undefined;
  // One argument asks for a header's value, it does not set one.
  if (call.arguments.length < 2) return undefined;
  const onHeaders = /headers$/i.test(callee.object.text);
  return {
    ...base,
    operation: operation === 'append' && onHeaders ? 'merge' : operation,
    value: call.arguments[1]!.value,
    receiver: callee.object,
    direction: 'response',
  };
}

function objectSite(
  name: Expression,
  text: string,
  object: ObjectExpression,
  program: Program,
  evaluator: Evaluator,
): HeaderSite | undefined {
  const asKey = object.entries.find(
    (entry) => entry.keyRange.start <= name.range.start && name.range.end <= entry.keyRange.end,
  );
  if (asKey) {
    const role = roleOf(object, program, evaluator, 0);
    return (
      role && {
        name: text,
        nameRange: asKey.keyRange,
        form: 'entry',
        operation: 'set',
        value: fieldValue(asKey.value),
        node: asKey.value,
        range: asKey.range,
        container: object,
        receiver: role.receiver,
        via: role.via,
        direction: role.direction,
      }
    );
  }
  // { key: 'Access-Control-Allow-Origin', value: '*' } of next.config and similar lists.
  const asValue = object.entries.find((entry) => entry.value.range.start === name.range.start);
  const value = object.entries.find((entry: ObjectEntry) => entry.key === 'value');
  if ((asValue?.key !== 'key' && asValue?.key !== 'name') || value === undefined || isFieldValue(object))
    return undefined;
  return {
    name: text,
    nameRange: name.range,
    form: 'key-value',
    operation: 'set',
    value: value.value,
    node: object,
    range: object.range,
    container: object.parent?.kind === 'list' ? object.parent : object,
    via: 'headers()',
    direction: 'response',
  };
}

/** The text in `{ value: '*' }` and `[{ key: 'Access-Control-Allow-Origin', value: '*' }]`, as CloudFront's functions write a header. */
function fieldValue(written: Expression): Expression {
  const field =
    written.kind === 'list' && written.elements.length === 1 && !written.elements[0]!.spread
      ? written.elements[0]!.value
      : written;
  return (field.kind === 'object' ? field.entries.find(({ key }) => key === 'value')?.value : undefined) ?? written;
}

/** `[{ key, value }]` under a header's name: the write is the one of that name. */
function isFieldValue(object: ObjectExpression): boolean {
  const list = object.parent;
  if (list?.kind !== 'list') return false;
  const { parent } = list;
  if (parent?.kind === 'assignment')
    return (
      parent.target.kind === 'index' &&
      parent.target.index.kind === 'string' &&
      corsHeaderName.test(parent.target.index.value)
    );
  return (
    parent?.kind === 'object' &&
    parent.entries.some(
      ({ key, value }) => key !== undefined && corsHeaderName.test(key) && value.range.start === list.range.start,
    )
  );
}

function listSite(
  name: Expression,
  text: string,
  list: Expression & { kind: 'list' },
  program: Program,
  evaluator: Evaluator,
): HeaderSite | undefined {
  const index = list.elements.findIndex((element) => element.value.range.start === name.range.start);
  const value = list.elements[index + 1]?.value;
  if (value === undefined || index % 2 !== 0) return undefined;
  const isPair = list.elements.length === 2 && list.parent?.kind === 'list';
  const holder = isPair ? (list.parent as Expression) : list;
  const role = roleOf(holder, program, evaluator, 0);
  if (role === undefined || (role.via === 'object' && !isPair)) return undefined;
  return {
    name: text,
    nameRange: name.range,
    form: 'pair',
    operation: 'append',
    value,
    node: list,
    range: isPair ? list.range : { start: name.range.start, end: value.range.end },
    container: holder,
    receiver: role.receiver,
    via: role.via,
    direction: role.direction,
  };
}

interface Role {
  readonly direction: HeaderSite['direction'];
  readonly via: string;
  readonly receiver?: Expression;
}

/** What a dictionary of headers is for, by climbing to the call, entry or constant that holds it. */
function roleOf(holder: Expression, program: Program, evaluator: Evaluator, depth: number): Role | undefined {
  const { parent } = holder;
  const response: Role = { direction: 'response', via: 'object' };
  if (parent === undefined || depth > 8) return response;
  switch (parent.kind) {
    case 'call':
      return callRole(holder, parent, program, evaluator, depth);
    case 'object': {
      const entry = parent.entries.find((candidate) => candidate.value.range.start === holder.range.start);
      if (entry?.spread || (entry?.key !== undefined && /headers$/i.test(entry.key)))
        return roleOf(parent, program, evaluator, depth + 1);
      return response;
    }
    case 'declaration': {
      const roles = parent.bindings
        .flatMap((binding) => (binding.path.length === 0 ? program.references(binding) : []))
        .map((reference) => roleOf(reference, program, evaluator, depth + 1));
      const known = roles.filter((role) => role !== undefined);
      if (known.length > 0 && known.every((role) => role.direction === 'request')) return known[0];
      const responses = known.filter((role) => role.direction === 'response');
      return responses.find((role) => role.via !== 'object') ?? responses[0] ?? response;
    }
    case 'conditional':
    case 'binary':
      return roleOf(parent, program, evaluator, depth + 1);
    default:
      return response;
  }
}

function callRole(
  holder: Expression,
  call: Call,
  program: Program,
  evaluator: Evaluator,
  depth: number,
): Role | undefined {
  const callee = call.callee;
  const name = callee.kind === 'identifier' ? callee.name : callee.kind === 'member' ? callee.property : '';
  const object = callee.kind === 'member' ? callee.object : undefined;
  if (
    /^(toEqual|toMatchObject|toStrictEqual|toHaveProperty|toContainEqual|objectContaining|expect|deepEqual|deepStrictEqual|same|match|include)$/.test(
      name,
    )
  )
    return undefined;
  if (name === 'Headers' && call.isNew) {
    const role = roleOf(call, program, evaluator, depth + 1);
    return role === undefined || role.via === 'object' ? { direction: 'response', via: 'Headers' } : role;
  }
  if (name === 'Request' && call.isNew) return { direction: 'request', via: 'Request' };
  if (name === 'fetch' || name === '$fetch' || name === 'ofetch' || name === 'useFetch')
    return { direction: 'request', via: name };
  if (name === 'Response' || (object && /Response$/.test(object.text)))
    return { direction: 'response', via: 'Response' };
  if (name === 'writeHead' || name === 'setHeaders') return { direction: 'response', via: name, receiver: object };
  if (
    name === 'ajax' ||
    (callee.kind === 'identifier' && requestCallees.test(name)) ||
    (object && requestCallees.test(object.text) && name !== 'set' && name !== 'header')
  )
    return { direction: 'request', via: name };
  if (name === 'create' && object?.text === 'axios') return { direction: 'request', via: 'axios' };
  if (Object.hasOwn(setters, name)) return { direction: 'response', via: name, receiver: object };
  return { direction: 'response', via: 'object' };
}

/** The function that answers the request: callbacks of list methods count as a part of it. */
export function handlerOf(node: Expression, evaluator: Evaluator): FunctionExpression | undefined {
  let current = evaluator.enclosingFunction(node);
  while (
    current?.parent?.kind === 'call' &&
    current.parent.callee.kind === 'member' &&
    /^(forEach|map|some|every|find)$/.test(current.parent.callee.property)
  ) {
    current = evaluator.enclosingFunction(current.parent);
  }
  return current;
}
