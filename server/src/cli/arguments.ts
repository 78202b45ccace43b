/** The command line's arguments. */
import { parseArgs } from 'node:util';
import { inspectOrigin } from '../policy/serialised-origin.ts';
import { guessedName } from '../edits/nearest-name.ts';

const formats = ['text', 'json', 'sarif', 'github', 'gitlab', 'junit', 'checkstyle'] as const;
export type Format = (typeof formats)[number];
export type Command =
  | { readonly kind: 'lint'; readonly paths: readonly string[]; readonly options: LintOptions }
  /** Without a rule: the list of all of them. */
  | { readonly kind: 'explain'; readonly rule: string | undefined; readonly options: LintOptions }
  | { readonly kind: 'policy'; readonly paths: readonly string[]; readonly options: LintOptions }
  | {
      readonly kind: 'try';
      readonly paths: readonly string[];
      readonly options: LintOptions;
      readonly request: TriedRequest;
    }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' };

export interface LintOptions {
  readonly format: Format;
  readonly fix: boolean;
  readonly dryRun: boolean;
  /** Fixes are applied that change who reads, too, where nothing is left to fill in. */
  readonly unsafeFixes: boolean;
  readonly stdin: boolean;
  readonly stdinFilename: string | undefined;
  readonly config: string | undefined;
  /** Folder that files and what they lead to have to lie in, instead of the repository's. */
  readonly root: string | undefined;
  readonly failOn: 'error' | 'warning' | 'information' | 'never';
  readonly quiet: boolean;
  /** Tells on standard error what each file was read by, what it led to, and where an evaluation was ended. */
  readonly debug: boolean;
  /** Only what has changed since this commit; empty: what is not committed. */
  readonly changed: string | undefined;
  /** Undefined leaves it to the environment. */
  readonly color: boolean | undefined;
  /** The baseline file, instead of the one that the settings name. */
  readonly baseline: string | undefined;
  /** Writes it: with all that is found now, or without what is gone. */
  readonly writeBaseline: 'all' | 'gone' | undefined;
}
export interface TriedRequest {
  readonly origins: readonly string[];
  readonly method: string;
  readonly headers: readonly string[];
  readonly credentials: boolean;
  /** What is to come of each request. */
  readonly expected: Expectation | undefined;
}
const expectations = ['allowed', 'allowed-with-cookies', 'denied'] as const;
export type Expectation = (typeof expectations)[number];

/** What is wrong with the call, for people. */
export class UsageError extends Error {}

const knownOptions = {
  format: { type: 'string', short: 'f' },
  fix: { type: 'boolean' },
  'fix-dry-run': { type: 'boolean' },
  'unsafe-fixes': { type: 'boolean' },
  stdin: { type: 'boolean' },
  'stdin-filename': { type: 'string' },
  config: { type: 'string', short: 'c' },
  root: { type: 'string' },
  'fail-on': { type: 'string' },
  quiet: { type: 'boolean', short: 'q' },
  debug: { type: 'boolean' },
  color: { type: 'boolean' },
  'no-color': { type: 'boolean' },
  baseline: { type: 'string' },
  'write-baseline': { type: 'boolean' },
  'prune-baseline': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
  origin: { type: 'string', multiple: true },
  method: { type: 'string' },
  'request-header': { type: 'string', multiple: true },
  'no-credentials': { type: 'boolean' },
  expect: { type: 'string' },
  changed: { type: 'string' },
} as const;
const levels = ['error', 'warning', 'information', 'never'] as const;

type Values = ReturnType<typeof parse>['values'];

/** Throws a UsageError when the arguments make no sense. */
export function readArguments(argv: readonly string[]): Command {
  const { values, positionals } = parse(argv);
  if (values.help || (positionals[0] === 'help' && positionals.length === 1)) return { kind: 'help' };
  if (values.version) return { kind: 'version' };
  const paths = positionals.filter((path) => path !== '-');
  const options = optionsOf({ ...values, stdin: values.stdin || paths.length < positionals.length });
  const [first, ...rest] = paths;
  if (options.stdin && (isCommand(first) ? rest : paths).length > 0 && first !== 'explain')
    throw new UsageError('With --stdin no path is given; --stdin-filename names the text.');
  if (isCommand(first)) refuseForCommand(first, options);
  if (first !== 'try') refuseOptionsOfTry(values);
  switch (first) {
    case 'explain':
      if (rest.length > 1)
        throw new UsageError('explain takes one rule id, for example: cors-lint explain any-origin.');
      return { kind: 'explain', rule: rest[0], options };
    case 'policy':
      if (rest.length === 0 && !options.stdin) throw new UsageError('policy takes a file.');
      return { kind: 'policy', paths: rest, options };
    case 'try':
      if (rest.length === 0 && !options.stdin) throw new UsageError('try takes a file or folder.');
      return { kind: 'try', paths: rest, options, request: requestOf(values) };
    default:
      return { kind: 'lint', paths, options };
  }
}

function parse(argv: readonly string[]) {
  try {
    // Its value may be left away, which the parser does not know of.
    const args = argv.map((argument) => (argument === '--changed' ? '--changed=' : argument));
    return parseArgs({ args, allowPositionals: true, allowNegative: false, options: knownOptions });
  } catch (error) {
    throw new UsageError(wrongOption(error));
  }
}

function isCommand(first: string | undefined): first is 'policy' | 'try' {
  return first === 'policy' || first === 'try';
}

function optionsOf(values: Values): LintOptions {
  const options: LintOptions = {
    format: choice('--format', values.format ?? 'text', formats),
    failOn: choice('--fail-on', values['fail-on'] ?? 'warning', levels),
    fix: values.fix ?? false,
    dryRun: values['fix-dry-run'] ?? false,
    unsafeFixes: values['unsafe-fixes'] ?? false,
    stdin: values.stdin ?? false,
    stdinFilename: values['stdin-filename'],
    config: values.config,
    root: values.root,
    quiet: values.quiet ?? false,
    debug: values.debug ?? false,
    changed: values.changed,
    color: values['no-color'] ? false : values.color,
    baseline: values.baseline,
    writeBaseline: values['write-baseline'] ? 'all' : values['prune-baseline'] ? 'gone' : undefined,
  };
  if (options.stdinFilename !== undefined && !options.stdin)
    throw new UsageError('--stdin-filename goes with --stdin, or "-" as the path.');
  if (options.stdin && options.fix) throw new UsageError('--fix writes files; with --stdin use --fix-dry-run.');
  if (options.fix && options.dryRun)
    throw new UsageError('--fix writes files and --fix-dry-run only shows what it would write: choose one.');
  if (options.unsafeFixes && !options.fix && !options.dryRun)
    throw new UsageError('--unsafe-fixes goes with --fix or --fix-dry-run.');
  if (values['write-baseline'] && values['prune-baseline'])
    throw new UsageError('--write-baseline writes all findings and --prune-baseline takes some out: choose one.');
  refusePartial(options);
  return options;
}

/** What is read from standard input, or is only a part, says nothing about all of the files. */
function refusePartial({ stdin, changed, writeBaseline }: LintOptions): void {
  if (stdin && writeBaseline) throw new UsageError('A baseline is written of files, not of --stdin.');
  if (stdin && changed !== undefined) throw new UsageError('--changed is about files, not about --stdin.');
  if (changed !== undefined && writeBaseline)
    throw new UsageError('A baseline is written of all files, not of those that have --changed.');
}

function refuseForCommand(command: 'policy' | 'try', options: LintOptions): void {
  const { format, fix, dryRun, baseline, writeBaseline } = options;
  if (format !== 'text' && format !== 'json') throw new UsageError(`${command} answers in text or json.`);
  if (fix || dryRun) throw new UsageError(`${command} changes no files; --fix goes with checking.`);
  if (baseline !== undefined || writeBaseline)
    throw new UsageError(`${command} tells no findings, so that a baseline is of no use.`);
  if (options.changed !== undefined)
    throw new UsageError(`${command} tells no findings; --changed goes with checking.`);
}

function refuseOptionsOfTry(values: Values): void {
  for (const name of ['origin', 'method', 'request-header', 'no-credentials', 'expect'] as const)
    if (values[name] !== undefined) throw new UsageError(`--${name} goes with try.`);
}

function requestOf(values: Values): TriedRequest {
  if (!values.origin?.length)
    throw new UsageError('try needs at least one --origin, for example: --origin https://app.example.com.');
  for (const origin of values.origin) checkOrigin(origin);
  const headers = (values['request-header'] ?? [])
    .flatMap((header) => header.split(','))
    .map((header) => header.split(':')[0]!.trim())
    .filter((header) => header !== '');
  const expected = values.expect === undefined ? undefined : choice('--expect', values.expect, expectations);
  if (expected === 'allowed-with-cookies' && values['no-credentials'])
    throw new UsageError('--expect allowed-with-cookies asks for cookies, and --no-credentials leaves them away.');
  return {
    origins: values.origin,
    method: values.method ?? 'GET',
    headers,
    credentials: !values['no-credentials'],
    expected,
  };
}

/** Only what a browser sends can be tried: another text would get an answer that nobody ever sees. */
function checkOrigin(text: string): void {
  const { valid, serialised } = inspectOrigin(text);
  if (valid) return;
  const right =
    serialised === undefined
      ? 'Write scheme, host and, where it is not the default, port: https://app.example.com.'
      : `Write "${serialised}".`;
  throw new UsageError(`No browser sends the origin "${text}". ${right}`);
}

/** The words of Node on an unknown option go on about positional arguments. */
function wrongOption(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const unknown = /^Unknown option '(-[^']*)'/.exec(message)?.[1];
  if (unknown === undefined) return `${message.split('\n')[0]!.replace(/[.]?$/, '.')} See cors-lint --help.`;
  const names = Object.keys(knownOptions).map((name) => `--${name}`);
  const nearest = names.find((name) => unknown.length > 2 && name.startsWith(unknown)) ?? guessedName(unknown, names);
  return `There is no option "${unknown}". ${nearest === undefined ? 'See cors-lint --help.' : `Did you mean "${nearest}"?`}`;
}

function choice<Choice extends string>(option: string, value: string, allowed: readonly Choice[]): Choice {
  if (!(allowed as readonly string[]).includes(value))
    throw new UsageError(`${option} is one of ${allowed.join(', ')}, not "${value}".`);
  return value as Choice;
}

export const help = `cors-lint: who can read your responses?

  cors-lint [paths…]                 check files, folders and globs (default: this folder)
  cors-lint -                        check standard input
  cors-lint explain [rule]           what a rule finds and why it matters; without one, all rules
  cors-lint policy <file>            the effective policies of a file
  cors-lint try <paths…> --origin O  what is sent to this origin, and what the browser does with it

Options
  -f, --format ${formats.join('|')}
  --fix                  apply safe fixes          --fix-dry-run   show them as a patch, write nothing
  --unsafe-fixes         with either: also fixes that change who reads, where nothing is left to fill in
  --stdin                read the text from standard input, as "-" in place of a path does
  --stdin-filename FILE  its name, which says what kind of text it is (default: stdin.js)
  -c, --config FILE      use this cors-lint.json
  --root FOLDER          read and write in this folder, and not outside of it (default: the repository of each file)
  --fail-on LEVEL        error, warning (default), information or never
  --changed[=REF]        findings of what is not committed, or of what this branch changed since it left REF
  --baseline FILE        leave out the findings that this file knows (cors-lint.json can name it, too)
  --write-baseline       write all findings of now into it (default: cors-lint-baseline.json)
  --prune-baseline       take out of it what is found no more
  -q, --quiet            findings at or above --fail-on only, no summary
  --debug                tell on standard error what each file was read by, and where an evaluation took too much
  --color, --no-color    instead of what FORCE_COLOR, NO_COLOR and the terminal say
  -h, --help             this text                 -v, --version   of cors-lint
  try: --origin O…  --method M  --request-header H…  --no-credentials
       --expect allowed|allowed-with-cookies|denied    end with 1 where something else comes of it

Folders are walked as git does: what .gitignore names is left out. Files that are not checked are said on standard error.
Settings, imports and includes from outside of the repository are not read.

Exit codes: 0 clean, 1 findings at or above --fail-on, 2 wrong usage or settings, a named file that cannot be
read, or one that could not be written, 3 a file that could not be checked, or a crash. Everything else is checked and reported first.
`;
