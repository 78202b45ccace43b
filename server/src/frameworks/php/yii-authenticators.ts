/**
 * Yii asks the filters of a controller in the order of its behaviours: an authenticator before the filter for CORS refuses preflights,
 * which carry no token. The REST controllers have an `authenticator` of their own, whose place a new one takes.
 * See https://www.yiiframework.com/doc/guide/2.0/en/rest-controllers#cors
 */
import type { SourceRange } from '../../syntax/range.ts';
import type { Expression, Program } from '../../syntax/programs/program.ts';
import type { Fact } from '../../policy/policy.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import { guardedBefore } from '../../models/libraries/earlier-guards.ts';

const authenticated = /\b(?:Http(?:Bearer|Basic|Header)Auth|QueryParamAuth|CompositeAuth|JwtHttpBearerAuth)\b/;
/** What makes an exception for preflights, or for all. */
const excepted = /['"](?:except|optional|only)['"]|\boptions\b|->isOptions\b/i;
const restController = /\byii\\rest\\|\bextends\s+(?:\\?yii\\rest\\)?(?:ActiveController|RestController)\b/;

/** The authenticator that runs before the filter, which is made of this array. */
export function beforeFilter(filter: Expression, program: Program, evaluator: Evaluator): Fact[] {
  const fn = evaluator.enclosingFunction(filter);
  if (fn === undefined) return [];
  const body = program.text.part(fn.range.start, fn.range.end);
  if (!body.has(authenticated) || body.has(excepted)) return [];
  const before = besides(filter) ?? assignedBefore(filter, fn.range, program);
  return before === undefined ? [] : [guardedBefore(filter.range, 'the actions of this controller', before)];
}

/** `['authenticator' => […], 'corsFilter' => […]]`. */
function besides({ parent, range }: Expression): SourceRange | undefined {
  if (parent?.kind !== 'object') return undefined;
  const own = parent.entries.findIndex(({ value }) => value.range.start === range.start);
  return parent.entries.slice(0, own).find(({ key }) => key === 'authenticator')?.range;
}

/** `$behaviors['authenticator'] = […];` before `$behaviors['corsFilter'] = […];`, or where the parent has one already. */
function assignedBefore(filter: Expression, within: SourceRange, program: Program): SourceRange | undefined {
  const { parent } = filter;
  const target = parent?.kind === 'assignment' && parent.target.kind === 'index' ? parent.target.object : undefined;
  if (target?.kind !== 'identifier') return undefined;
  const { text } = program;
  const name = target.text.replaceAll(/[^\w]/g, '');
  const written = new RegExp(String.raw`\$${name}\[['"]authenticator['"]\]\s*=`, 'g');
  const [first] = [...text.slice(within.start, within.end).matchAll(written)];
  if (first === undefined || text.part(within.start, within.end).has(/\bunset\s*\(/)) return undefined;
  const start = within.start + first.index;
  const keepsPlace = text.part(within.start, within.end).has(/\bparent::behaviors\(/) && text.has(restController);
  return start < filter.range.start || keepsPlace ? { start, end: start + first[0].length - 1 } : undefined;
}
