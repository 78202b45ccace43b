/** Parameters that hold settings: what the callers of the function hand over, in its own file and in those around it. */
import type { Argument, Binding, Call, FunctionExpression, Program } from '../syntax/programs/program.ts';
import { always } from '../policy/request-test.ts';
import { callsOf } from './callers.ts';
import { circumstance } from './circumstances.ts';
import type { Choice, Inner } from './inner-value.ts';
import { oneOf } from './inner-value.ts';
import { destructured } from './destructuring.ts';
import type { At, Place, Session } from './session.ts';

/** Settings of CORS, or what holds them among others. */
const ofSettings =
  /origin|cors|allow|trusted|whitelist|domains|hosts|config|cfg|conf$|opts?$|options|settings|args|argv/i;
/** How many callers one above the other are asked. */
const deepestCaller = 2;

/** What the parameter stands for by its callers; undefined where none of them says it. */
export function givenSetting(
  binding: Binding,
  fn: FunctionExpression,
  here: At,
  session: Session,
  place: Place,
): Inner | undefined {
  if (place.calls > deepestCaller || !ofSettings.test(binding.name)) return undefined;
  const sites = callsOf(fn, session, place) ?? [];
  const given = sites.map((site, index): Choice => {
    const argument = argumentOf(site.call, binding, fn);
    const value: Inner = argument ? session.value(argument.value, site.place) : { kind: 'nothing', ...here };
    const whole: Inner =
      argument || binding.path.length > 0 || !binding.fallback ? value : session.value(binding.fallback, place);
    const when = circumstance(`call ${index + 1} of ${site.call.callee.text}`);
    return { when, value: destructured(whole, binding, here, session, site.place) };
  });
  if (given.every(({ value }) => !isKnown(value))) return undefined;
  const [only] = given;
  if (given.length === 1 && !isSeenElsewhere(fn, place.program)) return only!.value;
  return oneOf([...given, { when: always, value: { kind: 'unknown', ...here } }], here.range, here.expression);
}

function argumentOf(
  { arguments: all }: Call,
  { parameterIndex }: Binding,
  fn: FunctionExpression,
): Argument | undefined {
  const index = parameterIndex ?? 0;
  const name = fn.parameters[index]?.name;
  const named = name === undefined ? undefined : all.find((one) => one.name === name);
  const argument = named ?? all.filter((one) => one.name === undefined)[index];
  return argument?.spread ? undefined : argument;
}

/** What the client sent is no setting, and of what nobody knows nothing is gained. */
function isKnown({ kind }: Inner): boolean {
  return /^(text|boolean|list|dict|environment|one-of|instance)$/.test(kind);
}

/** Files further away may call it, too. */
function isSeenElsewhere(fn: FunctionExpression, { exports }: Program): boolean {
  return [...exports.values()].some(({ range }) => range.start <= fn.range.start && fn.range.end <= range.end);
}
