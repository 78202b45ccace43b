/**
 * Jupyter Server and Notebook in `jupyter_server_config.py`: `allow_origin` is sent to everybody as it stands,
 * `allow_origin_pat` lets in whoever fits it.
 *
 * Newer versions want the pattern to fit the whole origin, older ones only its beginning. What is let in by the whole is
 * let in by both, and nothing else is said here.
 */
import type { SourceRange } from '../../syntax/range.ts';
import type { Assignment, Node, Program } from '../../syntax/programs/program.ts';
import type { HeaderRule, OriginEntry, Policy, PolicyEdits, Setting } from '../../policy/policy.ts';
import { all, always, not, originEquals, originMatches, originPresent, unknown } from '../../policy/request-test.ts';
import type { Pattern, RequestTest } from '../../policy/request-test.ts';
import type { Value } from '../../values/value.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { defineFramework } from '../../models/framework.ts';
import type { ProgramText } from '../../models/libraries/origin-entries.ts';
import { programText, textEdits } from '../../models/libraries/origin-entries.ts';
import { quoted } from '../../edits/program-edits.ts';

export const framework = defineFramework({
  id: 'jupyter',
  title: 'Jupyter Server',
  documentation: 'https://jupyter-server.readthedocs.io/en/latest/other/full-config.html',
  reads:
    '`allow_origin`, `allow_origin_pat` and `allow_credentials` of `c.ServerApp` and `c.NotebookApp` in `jupyter_server_config.py`',
  mentions: ['allow_origin'],
  shape: 'program',
  languages: ['python'],
  read(program, context) {
    const apps = new Map<string, Options>();
    for (const { app, option, assignment } of assignmentsIn(program))
      apps.set(app, {
        ...apps.get(app),
        [option]: { value: context.evaluator.evaluate(assignment.value), assignment },
      });
    return { policies: [...apps].flatMap(([app, options]) => readApp(app, options, program, context)), facts: [] };
  },
});

interface Option {
  readonly value: Value;
  readonly assignment: Assignment;
}
interface Options {
  readonly allow_origin?: Option;
  readonly allow_origin_pat?: Option;
  readonly allow_credentials?: Option;
}
type OptionName = keyof Options;

/** `c.ServerApp.allow_origin = …` at the top of the file; of several the last one counts. */
function assignmentsIn(
  program: Program,
): { readonly app: string; readonly option: OptionName; readonly assignment: Assignment }[] {
  return [
    ...program.text.matchAll(/\.(\w*App)\s*\.\s*(allow_origin_pat|allow_origin|allow_credentials)\b\s*=(?!=)/g),
  ].flatMap((match) => {
    let node: Node | undefined = program.expressionAt(match.index + match[0].indexOf(match[2]!, match[1]!.length + 1));
    while (node && node.kind !== 'assignment') node = node.parent;
    return node ? [{ app: match[1]!, option: match[2] as OptionName, assignment: node }] : [];
  });
}

function readApp(app: string, options: Options, program: Program, context: ProgramContext): Policy[] {
  const { allow_origin: fixed, allow_origin_pat: pattern, allow_credentials: credentials } = options;
  const origin = fixed && !isEmpty(fixed.value) ? fixed : undefined;
  const first = origin ?? pattern;
  if (first === undefined) return [];
  const text = programText(program, context);
  const { range } = first.value;
  const granted = origin ? grantOfText(origin.value, text) : grantOfPattern(first.value, program);
  return [
    {
      framework: 'jupyter',
      title: 'Jupyter',
      range,
      scope: app,
      purpose: 'application',
      settings: {
        origins: { value: [granted.entry], range, keyRange: first.assignment.target.range, written: true },
        credentials: credentialsOf(credentials, range),
        methods: { value: 'unknown', range, written: false },
        allowedHeaders: { value: 'unknown', range, written: false },
      },
      headers: [
        granted.header,
        ...credentialsHeader(credentials, range),
        { name: 'vary', operation: 'merge', value: { kind: 'unknown' }, when: unknown(), range },
      ],
      // Its handlers answer what they can; foreign sites get an error where no header lets them in.
      statuses: [
        { when: not(originPresent), status: null },
        { when: always, status: null },
      ],
      facts: [],
      edits: editsOf(options, first, text.quote),
    },
  ];
}

/** Who is let in, and the header that says so. */
interface Granted {
  readonly entry: OriginEntry;
  readonly header: HeaderRule;
}

function granted(entry: OriginEntry, value: HeaderRule['value'], when: RequestTest = always): Granted {
  const { range } = entry;
  return { entry, header: { name: 'access-control-allow-origin', operation: 'set', value, when, range } };
}

/** `allow_origin` goes out as it stands. */
function grantOfText(value: Value, text: ProgramText): Granted {
  const { range } = value;
  if (value.kind !== 'text') return granted({ range, kind: 'unknown', accepts: unknown() }, { kind: 'unknown' });
  const edits = textEdits(value, text, false);
  const entry: OriginEntry =
    value.text === '*'
      ? { range, kind: 'any', text: value.text, accepts: always, edits }
      : {
          range,
          kind: 'text',
          text: value.text,
          accepts: originEquals(value.text, range),
          matching: 'sent-as-is',
          edits,
        };
  return granted(entry, { kind: 'text', text: value.text });
}

/** The caller's own origin, where it fits `allow_origin_pat`. */
function grantOfPattern(value: Value, program: Program): Granted {
  const { range } = value;
  if (value.kind !== 'text') return granted({ range, kind: 'unknown', accepts: unknown() }, { kind: 'unknown' });
  const pattern: Pattern = { source: value.text, flags: '', dialect: 'python', mode: 'full' };
  const accepts = originMatches(pattern, range);
  const { contentRange } = value;
  const isRaw = /r["']$/i.test(program.text.slice(range.start, contentRange?.start ?? range.start));
  const entry: OriginEntry = {
    range,
    kind: 'pattern',
    text: pattern.source,
    pattern,
    accepts,
    matching: 'regex',
    ...(contentRange && {
      edits: {
        replacePattern: (source) => [
          { range: contentRange, newText: isRaw ? source : source.replaceAll('\\', '\\\\') },
        ],
      },
    }),
  };
  return granted(entry, { kind: 'request-origin' }, all([originPresent, accepts]));
}

function credentialsOf(credentials: Option | undefined, range: SourceRange): Setting<boolean | 'unknown'> {
  if (credentials === undefined) return { value: false, range, written: false };
  const { value, assignment } = credentials;
  return {
    value: value.kind === 'boolean' ? value.value : value.kind === 'nothing' ? false : 'unknown',
    range: value.range,
    keyRange: assignment.target.range,
    written: true,
  };
}

function credentialsHeader(credentials: Option | undefined, place: SourceRange): HeaderRule[] {
  const { value, range } = credentialsOf(credentials, place);
  if (value === false) return [];
  return [
    {
      name: 'access-control-allow-credentials',
      operation: 'set',
      value: { kind: 'text', text: 'true' },
      when: value === 'unknown' ? unknown() : always,
      range,
    },
  ];
}

/** One origin is a text; several take a pattern, which is another option. */
function editsOf(
  { allow_credentials: credentials }: Options,
  { value, assignment }: Option,
  quote: string,
): PolicyEdits {
  const isPattern = assignment.target.text.endsWith('_pat');
  return {
    allowOnly: (origins, placeholder) => {
      const source = `r${quote}${origins.map((origin) => origin.replaceAll('.', '\\.')).join('|')}${quote}`;
      if (isPattern) return [{ range: value.range, newText: source, placeholder }];
      return origins.length === 1 ? [{ range: value.range, newText: quoted(origins[0]!, quote), placeholder }] : [];
    },
    ...(credentials && { dropCredentials: () => [{ range: credentials.value.range, newText: 'False' }] }),
  };
}

function isEmpty(value: Value): boolean {
  return value.kind === 'text' && value.text === '';
}
