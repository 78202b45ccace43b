/** Hooks that Flask runs before every request, and that turn away who has not signed in: Flask-CORS adds its headers to that refusal. */
import type { FunctionExpression, Program } from '../../../syntax/programs/program.ts';
import type { Policy } from '../../../policy/policy.ts';
import { optionsMethod } from '../../../policy/request-test.ts';
import { guardFacts } from '../../../models/libraries/earlier-guards.ts';
import type { FoundOptions, UseContext } from '../../../models/libraries/define-cors-library.ts';
import { signs } from '../python-headers/answers.ts';

/** Of the application or of a blueprint: `@app.before_request`, `@bp.before_app_request`. */
const hook = /\.before_(?:app_)?request\b/g;

/** The policy of the extension, with the first hook of the file that refuses preflights. */
export function withGuards(policy: Policy, { call, scope }: FoundOptions, { program, context }: UseContext): Policy {
  if (call === undefined || policy.settings.origins.value.length === 0) return policy;
  const earlier = hooksIn(program);
  const search = { program, evaluator: context.evaluator, language: signs };
  const facts = earlier.length === 0 ? [] : guardFacts({ made: call, scope: scope ?? 'every route', earlier }, search);
  if (facts.length === 0) return policy;
  // The hook answers a preflight before the extension does, and with which status is its own matter.
  const statuses = [{ when: optionsMethod, status: null }, ...policy.statuses];
  return { ...policy, statuses, facts: [...policy.facts, ...facts] };
}

function hooksIn(program: Program): readonly FunctionExpression[] {
  return [...program.text.matchAll(hook)].flatMap(({ index, 0: { length } }) => {
    const named = /^(?:\s|#.*|@.*)*(?:async\s+)?def\s+/.exec(
      program.text.slice(index + length, index + length + 1_000),
    );
    const found = named && program.expressionAt(index + length + named[0].length);
    const around = found?.kind === 'function' ? found : found?.parent;
    return around?.kind === 'function' ? [around] : [];
  });
}
