/** Circumstances: conditions that the text does not decide and that cannot look at the origin. */
import type { RequestTest } from '../policy/request-test.ts';
import { unknown } from '../policy/request-test.ts';
import { choose } from './inner-value.ts';
import type { Inner } from './inner-value.ts';
import { phaseOf } from './phase-words.ts';
import type { PhaseWords } from './phase-words.ts';

/** The circumstance that an environment variable is set. */
export function isSet(variable: string): RequestTest {
  return circumstance(`environment variable ${variable}`);
}

/** What is asked of a variable with a fallback: unknown where it is set, else what the fallback says. */
export function ofFallback(
  value: Inner & { kind: 'environment' },
  ask: (fallback: Inner) => RequestTest,
  whenSet: RequestTest = unknown(),
): RequestTest {
  return value.fallback === undefined ? whenSet : choose(isSet(value.name), whenSet, ask(value.fallback));
}

/** What switches are set to that are on: `CORS_OPEN=true`. */
const switchedOn = /^(true|1|yes|y|on|t|enabled?)$/i;

/**
 * A variable has this text. Where that means that it is on, and it is off without a value, it is a switch that somebody has to set: what
 * only that opens is open for those who want it.
 */
export function isSetTo({ name, fallback }: Inner & { kind: 'environment' }, text: string): RequestTest {
  const test = circumstance(`environment variable ${name}`, text);
  const usual = fallback === undefined ? '' : constantText(fallback);
  return !switchedOn.test(text) || usual === undefined || switchedOn.test(usual) ? test : asOptIn(test);
}

/** A variable whose program says that it is off without a value: `env('CORS_OPEN', false)`. */
export function isOffUnset({ fallback }: Inner & { kind: 'environment' }): boolean {
  return fallback?.kind === 'boolean' && !fallback.value;
}

/** A switch that somebody has to set; what its words say of development or production stays what it is. */
export function asOptIn(test: RequestTest): RequestTest {
  return test.kind === 'circumstance' && test.phase === undefined ? { ...test, phase: 'opt-in' } : test;
}

/** A circumstance by the words that it is written in; `more`: the language's own words for development and production. */
export function circumstance(subject: string, value?: string, more?: PhaseWords): RequestTest {
  const name = subject
    .replaceAll(/\s+/g, ' ')
    .replace(/^await /, '')
    .trim();
  const phase = phaseOf(value === undefined ? name : `${name} ${value}`, more);
  return { kind: 'circumstance', subject: name, ...(value !== undefined && { value }), ...(phase && { phase }) };
}

/** What the value is where it is compared with a constant; undefined for anything else. */
export function constantText(value: Inner): string | undefined {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'number':
    case 'boolean':
      return String(value.value);
    case 'nothing':
      return 'null';
    default:
      return undefined;
  }
}
