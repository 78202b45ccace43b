/** A star that is only sent where a setting asks for it: who wrote the setting lets everybody in, and not this line. */
import type { Expression, Node } from '../../syntax/programs/program.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import type { HeaderWrite } from './header-write.ts';

const star = /^["'`]?\*["'`]?$/;
/** `*`, and patterns that every text fits. */
const everything = /^["'`/]?(\*|\^?(\(\?:|\()?\.[*+]\)?\$?)["'`/]?$/;

/** `if (options.origin === '*') set(name, '*')`, where nothing says what the option is. */
export function isAskedFor({ node, value }: HeaderWrite, evaluator: Evaluator): boolean {
  if (value?.kind !== 'string' || !star.test(value.text)) return false;
  for (
    let child: Node = node, parent = node.parent;
    parent !== undefined && child.kind !== 'function';
    child = parent, parent = parent.parent
  ) {
    if (parent.kind !== 'if' && parent.kind !== 'conditional') continue;
    const isMeant = parent.consequent.range.start === child.range.start && comparesWithEverything(parent.test);
    if (isMeant && /^(unknown|circumstance)$/.test(evaluator.test(parent.test).kind)) return true;
  }
  return false;
}

function comparesWithEverything(test: Expression): boolean {
  switch (test.kind) {
    case 'binary':
      return test.operator === '==' && [test.left, test.right].some(({ text }) => everything.test(text));
    case 'call':
      return /(^|\.)(includes|contains|Contains|has)$/.test(test.callee.text) && hasStar(test.arguments);
    default:
      return false;
  }
}

function hasStar(given: readonly { readonly value: Expression }[]): boolean {
  return given.some(({ value }) => value.kind === 'string' && star.test(value.text));
}
