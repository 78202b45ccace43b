/**
 * Jupyter Server and Notebook in `jupyter_server_config.py`: `allow_origin` is sent to everybody as it stands,
 * `allow_origin_pat` lets in whoever fits it.
 *
 * Newer versions want the pattern to fit the whole origin, older ones only its beginning. What is let in by the whole is
 * let in by both, and nothing else is said here.
 */
import type { Assignment, Node, Program } from '../../syntax/programs/program.ts';
import type { HeaderRule, OriginEntry, Policy, PolicyEdits, Setting } from '../../policy/policy.ts';
import { all, always, not, originEquals, originMatches, originPresent, unknown } from '../../policy/request-test.ts';
import type { Pattern, RequestTest } from '../../policy/request-test.ts';
import type { Value } from '../../values/value.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { defineFramework } from '../../models/framework.ts';
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
  const withCredentials =
    credentials === undefined
      ? false
      : credentials.value.kind === 'boolean'
        ? credentials.value.value
        : credentials.value.kind === 'nothing'
          ? false
          : 'unknown';
  const headers: HeaderRule[] = [];
  const entries: OriginEntry[] = [];
  if (origin?.value.kind === 'text') {
    const written = origin.value.text;
    const edits = textEdits(origin.value, text, false);
    entries.push(
      written === '*'
        ? { range, kind: 'any', text: written, accepts: always, edits }
        : { range, kind: 'text', text: written, accepts: originEquals(written, range), matching: 'sent-as-is', edits },
    );
    headers.push({
      name: 'access-control-allow-origin',
      operation: 'set',
      value: { kind: 'text', text: written },
      when: always,
      range,
    });
  } else if (origin === undefined && pattern?.value.kind === 'text') {
    const read: Pattern = { source: pattern.value.text, flags: '', dialect: 'python', mode: 'full' };
    const test = originMatches(read, range);
    const { contentRange } = pattern.value;
    const raw = /r["']$/i.test(program.text.slice(range.start, contentRange?.start ?? range.start));
    entries.push({
      range,
      kind: 'pattern',
      text: read.source,
      pattern: read,
      accepts: test,
      matching: 'regex',
      ...(contentRange && {
        edits: {
          replacePattern: (source) => [
            { range: contentRange, newText: raw ? source : source.replaceAll('\\', '\\\\') },
          ],
        },
      }),
    });
    headers.push({
      name: 'access-control-allow-origin',
      operation: 'set',
      value: { kind: 'request-origin' },
      when: all([originPresent, test]),
      range,
    });
  } else {
    entries.push({ range, kind: 'unknown', accepts: unknown() });
    headers.push({
      name: 'access-control-allow-origin',
      operation: 'set',
      value: { kind: 'unknown' },
      when: always,
      range,
    });
  }
  const credentialsWhen: RequestTest = withCredentials === 'unknown' ? unknown() : always;
  if (withCredentials !== false)
    headers.push({
      name: 'access-control-allow-credentials',
      operation: 'set',
      value: { kind: 'text', text: 'true' },
      when: credentialsWhen,
      range: credentials!.value.range,
    });
  headers.push({ name: 'vary', operation: 'merge', value: { kind: 'unknown' }, when: unknown(), range });
  const setting: Setting<boolean | 'unknown'> = credentials
    ? {
        value: withCredentials,
        range: credentials.value.range,
        keyRange: credentials.assignment.target.range,
        written: true,
      }
    : { value: false, range, written: false };
  return [
    {
      framework: 'jupyter',
      title: 'Jupyter',
      range,
      scope: app,
      purpose: 'application',
      settings: {
        origins: { value: entries, range, keyRange: first.assignment.target.range, written: true },
        credentials: setting,
        methods: { value: 'unknown', range, written: false },
        allowedHeaders: { value: 'unknown', range, written: false },
      },
      headers,
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
