/**
 * Options of the command line in Go: the package `flag` and pflag (https://pkg.go.dev/github.com/spf13/pflag), which share their calls,
 * kingpin (https://pkg.go.dev/github.com/alecthomas/kingpin/v2), urfave/cli and viper, which are asked by name.
 */
import type { Call, Expression, Program, StringLiteral } from '../../syntax/programs/program.ts';
import { escaped } from '../../syntax/programs/name-places.ts';
import type { Flag } from './value-language.ts';

/** `String`, `StringVar`, `StringSliceVarP`: whether a pointer stands first, and a short name behind the long one. */
const declaring = /^(?:String(?:Slice|Array)?|Bool|Text)(Var)?(P)?$/;
/** What ends a declaration of kingpin. */
const endOfChain = /^(?:String|Strings|Bool|Regexp|RegexpList|Enum|Enums)(?:Var)?$/;
const asking = /^(?:Get)?(?:String|StringSlice|StringArray|Strings|Bool)$/;

/** `flag.String("cors", "*", "who may read")`, `app.Flag("cors", "who may read").Default("*").String()`. */
export function goFlag(call: Call): Flag | undefined {
  const { callee } = call;
  if (callee.kind !== 'member') return undefined;
  return (
    flagInCall(call, callee.property) ?? (endOfChain.test(callee.property) ? flagInChain(callee.object) : undefined)
  );
}

function flagInCall(call: Call, method: string): Flag | undefined {
  const [isDeclaring, pointer, short] = declaring.exec(method) ?? [];
  const given = call.arguments.slice(pointer === undefined ? 0 : 1).map(({ value }) => value);
  const [name] = given;
  if (isDeclaring === undefined || name?.kind !== 'string' || given.length !== (short === undefined ? 3 : 4))
    return undefined;
  return { name: `--${name.value}`, usual: [given.at(-2)!], isList: false };
}

/** The steps between `Flag(…)` and the end of the chain may be other ones, in any order. */
function flagInChain(last: Expression): Flag | undefined {
  let usual: readonly Expression[] | undefined;
  for (let step = last; step.kind === 'call' && step.callee.kind === 'member'; step = step.callee.object) {
    const { property } = step.callee;
    if (property === 'Default') usual = step.arguments.map(({ value }) => value);
    const name = step.arguments[0]?.value;
    if (property !== 'Flag' && property !== 'Arg') continue;
    return usual && name?.kind === 'string'
      ? { name: `--${name.value}`, usual, isList: usual.length !== 1 }
      : undefined;
  }
  return undefined;
}

/** `c.String("cors")` of urfave/cli, `cmd.Flags().GetString("cors")` of cobra, `viper.GetString("cors.origin")`: where it is declared. */
export function askedGoFlag(call: Call, program: Program): Flag | undefined {
  const [name, ...others] = call.arguments;
  const { callee } = call;
  if (callee.kind !== 'member' || !asking.test(callee.property)) return undefined;
  if (name?.value.kind !== 'string' || others.length > 0) return undefined;
  const text = name.value.value;
  const named = program.strings(new RegExp(`^${escaped(text)}$`));
  const found = named.flatMap((one) => declaredBy(one) ?? []);
  return found.length === 1 ? found[0] : undefined;
}

function declaredBy(name: StringLiteral): Flag | undefined {
  const { parent } = name;
  if (parent?.kind === 'object') {
    const usual = parent.entries.find(({ key }) => key === 'Value')?.value;
    const isNamed = parent.entries.some(({ key, value }) => key === 'Name' && value.range.start === name.range.start);
    return isNamed && usual ? { name: `--${name.value}`, usual: [usual], isList: false } : undefined;
  }
  if (parent?.kind !== 'call' || parent.callee.kind !== 'member') return undefined;
  if (parent.callee.property !== 'SetDefault') return goFlag(parent);
  const usual = parent.arguments[1]?.value;
  return usual && { name: name.value, usual: [usual], isList: false };
}
