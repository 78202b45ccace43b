/** Starlette's `CORSMiddleware`, which FastAPI hands on under its own name: where a program uses it. */
import { sameSpan } from '../../syntax/range.ts';
import type { Binding, Call, Expression, Node, Program } from '../../syntax/programs/program.ts';
import type { Policy } from '../../policy/policy.ts';
import { reachedWhen } from '../../policy/reached-policy.ts';
import { all, unknown } from '../../policy/request-test.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { defineFramework } from '../../models/framework.ts';
import type { InSteps } from '../../models/in-steps.ts';
import type { ProgramText } from '../../models/libraries/origin-entries.ts';
import { programText } from '../../models/libraries/origin-entries.ts';
import { pythonLiterals } from '../../edits/literals.ts';
import { readCorsMiddleware } from './starlette/starlette-cors.ts';
import { bindOptions } from './starlette/starlette-options.ts';
import { surroundingsOf } from './starlette/starlette-order.ts';
import { usesOfFunction } from '../../values/function-uses.ts';

const classNames = new Set(['fastapi.middleware.cors.CORSMiddleware', 'starlette.middleware.cors.CORSMiddleware']);

export const framework = defineFramework({
  id: 'fastapi',
  title: 'CORSMiddleware (FastAPI, Starlette)',
  documentation: 'https://www.starlette.io/middleware/#corsmiddleware',
  reads: '`CORSMiddleware` in `add_middleware`, in `Middleware(…)` and around an app',
  mentions: ['corsmiddleware'],
  shape: 'program',
  languages: ['python'],
  *read(program, context) {
    const text = programText(program, context, pythonLiterals);
    const policies: Policy[] = [];
    for (const use of yield* middlewareUses(program)) {
      if (context.isLeftOut?.(use.call.range, policies.length)) continue;
      policies.push(readUse(use, program, context, text));
      yield;
    }
    return { policies, facts: [] };
  },
});

interface Use {
  readonly call: Call;
  /** The class where it is handed over: `add_middleware(CORSMiddleware, …)`, `Middleware(CORSMiddleware, …)`. */
  readonly handed: Expression | undefined;
}

const everywhere = { start: 0, end: Number.POSITIVE_INFINITY };

function* middlewareUses(program: Program): InSteps<Use[]> {
  const found = new Map<string, Use>();
  for (const imported of program.imports) {
    if (!imported.binding) continue;
    const start = imported.imported === '*' ? imported.module : `${imported.module}.${imported.imported}`;
    for (const node of yield* placesOfClass(start, imported.binding, program)) {
      const call = node.parent;
      if (call?.kind !== 'call') continue;
      const place = `${call.range.start} ${call.range.end}`;
      if (found.has(place)) continue;
      if (sameSpan(call.callee.range, node.range)) found.set(place, { call, handed: undefined });
      else if (/(^|\.)(add_middleware|Middleware)$/.test(call.callee.text)) found.set(place, { call, handed: node });
    }
  }
  return [...found.values()].sort((a, b) => a.call.range.start - b.call.range.start);
}

/** Where the class stands, also by a name that it was given: `middleware = CORSMiddleware`. */
function* placesOfClass(start: string, binding: Binding, program: Program): InSteps<Expression[]> {
  const places: Expression[] = [];
  for (const reference of program.referencesIn(binding, everywhere)) {
    yield;
    const { name, node } = dottedName(start, reference);
    if (!classNames.has(name)) continue;
    const { parent } = node;
    const given =
      parent?.kind === 'assignment' && parent.target.kind === 'identifier' && sameSpan(parent.value.range, node.range)
        ? program.resolve(parent.target)
        : undefined;
    const named = given?.assignments.length === 0 ? [...program.referencesIn(given, everywhere)] : undefined;
    places.push(...(named ?? usesOfItsKind(node, program) ?? [node]));
  }
  return places;
}

/** What decides about origins and answers preflights there. https://github.com/encode/starlette/blob/master/starlette/middleware/cors.py */
const deciding =
  /^(__init__|__call__|is_allowed_origin|preflight_response|simple_response|send|allow_explicit_origin)$/;

/** Where a class stands that is made of this one and leaves what it decides as it is; undefined where none is made here. */
function usesOfItsKind({ parent, range }: Expression, program: Program): readonly Expression[] | undefined {
  if (parent?.kind !== 'class' || parent.superclass === undefined || !sameSpan(parent.superclass.range, range))
    return undefined;
  return parent.members.some(({ name }) => deciding.test(name)) ? undefined : usesOfFunction(parent, program);
}

/** `cors.CORSMiddleware` from the name `cors` outwards. */
function dottedName(start: string, reference: Expression): { readonly name: string; readonly node: Expression } {
  let name = start;
  let node = reference;
  for (
    let parent: Node | undefined = node.parent;
    parent?.kind === 'member' && sameSpan(parent.object.range, node.range);
    parent = node.parent
  ) {
    name += `.${parent.property}`;
    node = parent;
  }
  return { name, node };
}

function readUse({ call, handed }: Use, program: Program, context: ProgramContext, text: ProgramText): Policy {
  const version = context.version('starlette');
  const options = bindOptions(call, handed, version, context.evaluator);
  const parts = readCorsMiddleware({ range: call.range, options, version, text });
  const { facts, guarded } = surroundingsOf(call, program, context.evaluator);
  const policy: Policy = {
    framework: 'fastapi',
    title: version === undefined ? 'Starlette' : `Starlette ${version}`,
    version,
    range: call.range,
    scope: 'every route',
    purpose: 'application',
    ...parts,
    facts: [...parts.facts, ...facts],
  };
  const reach = context.evaluator.developmentOnly(call);
  return reachedWhen(policy, guarded ? all([reach, unknown()]) : reach);
}
