/** `allowHost("app.example.com", schemes = listOf("https"), subDomains = listOf("api"))` as the origins that it stands for. */
import type { Expression } from '../../../syntax/programs/program.ts';
import type { ProgramContext } from '../../../models/framework.ts';
import { givenTo } from '../../../models/libraries/builder-steps.ts';
import type { BuilderStep } from '../../../models/libraries/builder-steps.ts';
import { always, never } from '../../../policy/request-test.ts';
import type { DictEntry, Text, Value } from '../../../values/value.ts';

interface Reading {
  readonly context: ProgramContext;
  /** Those of a host that names none. */
  readonly schemes: readonly string[];
}

/** The hosts of one call, a loop's rounds included; `stops`: why the server does not start. */
export function allowedHost(
  step: BuilderStep,
  { context, schemes }: Reading,
): { readonly entries: readonly DictEntry[]; readonly stops?: string } {
  const { call, nameRange } = step;
  const host = argument(call, 0, 'host');
  if (host === undefined) return { entries: [] };
  const given = {
    schemes: textsOf(argument(call, 1, 'schemes'), context, schemes),
    subdomains: textsOf(argument(call, 2, 'subDomains'), context, []),
  };
  const rounds = context.evaluator.rounds(call, host).filter(({ when }) => when !== never);
  const items = rounds.flatMap(({ when, value }): Value[] => {
    const origins = value ? originsOf(value, given) : [{ kind: 'unknown', range: host.range } as const];
    return when === always
      ? origins
      : origins.map((origin) => ({
          kind: 'one-of',
          choices: [
            { when, value: origin },
            { when: always, value: { kind: 'nothing', range: origin.range } },
          ],
          range: origin.range,
        }));
  });
  const stops = rounds.flatMap(({ value }) => (value?.kind === 'text' ? (stopFor(value.text) ?? []) : [])).at(0);
  const value: Value = { kind: 'list', type: 'list', items, open: false, range: host.range };
  return {
    entries: [{ key: 'allowHost', keyRange: nameRange, value, range: { ...nameRange, end: call.range.end } }],
    ...(stops !== undefined && { stops }),
  };
}

function argument(call: BuilderStep['call'], index: number, name: string): Expression | undefined {
  const all = givenTo(call);
  const positional = all.filter((one) => one.name === undefined);
  return (all.find((one) => one.name === name) ?? positional[index])?.value;
}

/** Undefined where they are not known. */
function textsOf(
  expression: Expression | undefined,
  { evaluator }: ProgramContext,
  otherwise: readonly string[],
): readonly string[] | undefined {
  if (expression === undefined) return otherwise;
  const value = evaluator.evaluate(expression);
  if (value.kind !== 'list' || value.open) return undefined;
  const texts = value.items.flatMap((item) => (item.kind === 'text' ? [item.text] : []));
  return texts.length === value.items.length ? texts : undefined;
}

interface Given {
  readonly schemes: readonly string[] | undefined;
  readonly subdomains: readonly string[] | undefined;
}

function originsOf(value: Value, given: Given): Value[] {
  switch (value.kind) {
    case 'text':
      return originsOfText(value, given);
    case 'environment': {
      const { fallback, ...variable } = value;
      const fallbacks = fallback ? originsOf(fallback, given) : [];
      return fallbacks.length === 0 ? [variable] : fallbacks.map((one) => ({ ...variable, fallback: one }));
    }
    case 'one-of':
      return [
        {
          ...value,
          choices: value.choices.flatMap(({ when, value: one }) =>
            originsOf(one, given).map((origin) => ({ when, value: origin })),
          ),
        },
      ];
    default:
      return [value.kind === 'nothing' ? value : { kind: 'unknown', range: value.range }];
  }
}

function originsOfText({ text, range, expression }: Text, { schemes, subdomains }: Given): Value[] {
  const at = { range, ...(expression && { expression }) };
  if (text === '*') return [{ kind: 'text', text, ...at }];
  if (schemes === undefined || subdomains === undefined) return [{ kind: 'unknown', range }];
  return schemes.flatMap((scheme) =>
    [text, ...subdomains.map((one) => `${one}.${text}`)].map((host): Value => ({
      kind: 'text',
      text: `${scheme}://${host}`,
      ...at,
    })),
  );
}

/** In the words in which the plugin says it. */
function stopFor(host: string): string | undefined {
  if (host.includes('://')) return 'scheme should be specified as a separate parameter schemes';
  const stars = host.split('*').length - 1;
  return host !== '*' && stars > 0 && (!host.startsWith('*.') || stars > 1)
    ? 'wildcard must appear in front of the domain, e.g. *.domain.com'
    : undefined;
}
