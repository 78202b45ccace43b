/** `MIDDLEWARE`: whether the package's middleware is there, and what stands before it. */
import type { Program } from '../../../syntax/programs/program.ts';
import type { Fact } from '../../../policy/policy.ts';
import type { ProgramContext } from '../../../models/framework.ts';
import { indentationAt, lineEnd } from '../../../edits/program-edits.ts';
import type { List, Text } from '../../../values/value.ts';

const middleware = 'corsheaders.middleware.CorsMiddleware';
/** Those that answer by themselves: redirects, files, refused forms. */
const answering =
  /\.(CommonMiddleware|WhiteNoiseMiddleware|CsrfViewMiddleware|LocaleMiddleware|FetchFromCacheMiddleware)$/;

/** The list as it is written in this file; undefined where it is not, or where more may be added to it. */
function listedIn(program: Program, { evaluator }: ProgramContext): List | undefined {
  const expression = program.exports.get('MIDDLEWARE') ?? program.exports.get('MIDDLEWARE_CLASSES');
  const value = expression && evaluator.evaluate(expression);
  return value?.kind === 'list' && !value.open && value.items.every(({ kind }) => kind === 'text') ? value : undefined;
}

/** The settings are for a middleware that no request passes. */
export function isMissing(program: Program, context: ProgramContext): boolean {
  const listed = listedIn(program, context);
  return listed !== undefined && !listed.items.some((item) => item.kind === 'text' && /cors/i.test(item.text));
}

/** Puts it first. */
export function addIt(program: Program, context: ProgramContext) {
  const first = listedIn(program, context)?.items[0];
  if (first === undefined || first.range.path !== undefined) return undefined;
  return () => {
    const { start } = first.range;
    const quote = program.text.slice(start, start + 1);
    const isAlone = program.text.slice(program.text.lastIndexOf('\n', start - 1) + 1, start).trim() === '';
    const between = isAlone ? `,${lineEnd(program.text)}${indentationAt(program.text, start)}` : ', ';
    return [{ range: { start, end: start }, newText: quote + middleware + quote + between }];
  };
}

/** A middleware before it answers by itself, and without its headers. */
export function orderFacts(program: Program, context: ProgramContext): Fact[] {
  const items = (listedIn(program, context)?.items ?? []).filter((item): item is Text => item.kind === 'text');
  const at = items.findIndex(({ text }) => text === middleware);
  const earlier = items.slice(0, Math.max(at, 0)).find(({ text }) => answering.test(text));
  const own = items[at];
  if (own === undefined || earlier === undefined || own.range.path !== undefined || earlier.range.path !== undefined)
    return [];
  const between = program.text.slice(earlier.range.start, own.range.start);
  return [
    {
      kind: 'middleware-order',
      range: own.range,
      earlier: earlier.range,
      what: earlier.text.slice(earlier.text.lastIndexOf('.') + 1),
      order: 'listed-before',
      move: () => [
        {
          range: { start: earlier.range.start, end: own.range.end },
          newText: [
            program.text.slice(own.range.start, own.range.end),
            /,\s*$/.exec(between)?.[0] ?? ', ',
            between.replace(/,\s*$/, ''),
          ].join(''),
        },
      ],
    },
  ];
}
