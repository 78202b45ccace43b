/** django-cors-headers: the `CORS_*` settings of a module of Django's settings. */
import type { Program } from '../../syntax/programs/program.ts';
import type { SourceRange } from '../../syntax/range.ts';
import type { Fact, OriginEntry, Policy } from '../../policy/policy.ts';
import { never } from '../../policy/request-test.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { Found, FoundOptions, UseContext } from '../../models/libraries/define-cors-library.ts';
import { assignmentForm } from '../../models/libraries/options-form.ts';
import { phaseOf } from '../../values/phase-words.ts';
import { originEdits } from './django-cors-headers/edits.ts';
import { addIt, isMissing, orderFacts } from './django-cors-headers/middlewares.ts';
import type { Written } from './django-cors-headers/settings.ts';
import { optionsOf, settingNames, settingsOf } from './django-cors-headers/settings.ts';
import { djangoCorsAt } from './django-cors-headers/table.ts';

const title = 'django-cors-headers';

export const framework = defineCorsLibrary({
  id: 'django-cors-headers',
  title,
  documentation: 'https://github.com/adamchainz/django-cors-headers#configuration',
  reads: '`CORS_*` settings, those of modules that are imported with all their names too; the place in `MIDDLEWARE`',
  mentions: ['cors_allow', 'cors_origin', 'cors_urls_regex', 'corsheaders'],
  languages: ['python'],
  uses: [{ packageName: title, options: configured, table: (version) => djangoCorsAt(version), refine: refined }],
});

/** The settings of a module, where it is one of Django's. */
function configured(program: Program, context: ProgramContext): Found {
  if (!isOfDjango(program)) return { options: [] };
  const facts = orderFacts(program, context);
  const settings = settingsOf(program, context);
  const own = settings.filter(({ statement }) => statement !== undefined);
  const [first] = own.toSorted((one, other) => one.statement!.start - other.statement!.start);
  if (first === undefined || !own.some(({ name }) => settingNames.includes(name))) return { options: [], facts };
  const range = unconditional(first.statement!, program);
  const entries = optionsOf(settings);
  const purpose = isForDevelopment(program) ? { purpose: 'development' as const } : {};
  return {
    options: [
      {
        place: {
          value: { kind: 'dict', entries, open: false, range },
          range,
          argumentsRange: range,
          form: assignmentForm,
        },
        scope: scopeOf(settings),
        ...purpose,
        ...(isMissing(program, context) && { reach: never }),
      },
    ],
    facts,
  };
}

/** The statement, or the `if` at the left margin that it stands in: what is in another branch is about the same settings. */
function unconditional({ start, end }: SourceRange, { text }: Program): SourceRange {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  if (lineStart === start) return { start, end };
  const above = /(?:^|\n)(\S[^\n]*)(?:\n[ \t][^\n]*|\n)*$/.exec(text.slice(0, lineStart));
  if (above === null) return { start, end };
  const head = above.index + above[0].indexOf(above[1]!);
  return { start: head, end: head + above[1]!.length };
}

/** Settings of Flask-CORS alone, and those that it does not have. */
const ofFlask = /^CORS_(?:ORIGINS|RESOURCES|SUPPORTS_CREDENTIALS|METHODS|MAX_AGE|SEND_WILDCARD)\b/m;
const ofDjango = /\bdjango|^CORS_(?:ALLOW_ALL|ALLOWED|ALLOW_CREDENTIALS|ORIGIN_|URLS_REGEX|PREFLIGHT)/im;

/** Other programs have names like these, too. */
function isOfDjango({ text, path }: Program): boolean {
  if (text.has(/\bcorsheaders\b|^(?:INSTALLED_APPS|MIDDLEWARE|ROOT_URLCONF)\b/m)) return true;
  const isPart = text.has(/^from\s+\.[\w.]*\s+import\s+\*/m) && text.has(/^CORS_/m);
  if (isPart && !text.has(/\b(?:fastapi|flask|pydantic)\b/i)) return true;
  if (!/(?:^|\/)(?:\w*settings\w*)(?:\/[^/]+)*\.py$/i.test(path) || text.has(/\b(?:fastapi|flask|pydantic)\b/i))
    return false;
  return !text.has(ofFlask) || text.has(ofDjango);
}

/** `settings/dev.py`, `settings_local.py`. */
function isForDevelopment({ path }: Program): boolean {
  return phaseOf(path.slice(path.lastIndexOf('/') + 1).replace(/\.py$/, '')) === 'development';
}

function scopeOf(settings: readonly Written[]): string {
  const value = settings.find(({ name }) => name === 'CORS_URLS_REGEX')?.entry.value;
  const pattern = value?.kind === 'text' ? value.text : value?.kind === 'pattern' ? value.pattern.source : undefined;
  return pattern === undefined || pattern === '^.*$' ? 'every path' : `paths that match ${pattern}`;
}

/** What no table says: edits of several settings, and a middleware that is missing. */
function refined(policy: Policy, { place, reach }: FoundOptions, { program, context }: UseContext): Policy {
  const settings = settingsOf(program, context);
  const { origins } = policy.settings;
  const edited: Policy = {
    ...policy,
    settings: { ...policy.settings, origins: { ...origins, value: origins.value.map(keptPattern) } },
    edits: { ...policy.edits, ...originEdits(settings, program, policy) },
  };
  if (reach !== never) return edited;
  const switchOn = addIt(program, context);
  const missing: Fact = {
    kind: 'no-origin-configured',
    range: place.range,
    set: settings.filter(({ statement }) => statement !== undefined).map(({ name }) => name),
    switchedOff: {
      setting: '"corsheaders.middleware.CorsMiddleware" is in MIDDLEWARE',
      ...(switchOn && { switchOn }),
    },
  };
  return { ...edited, facts: [missing] };
}

/** A list of patterns takes no plain origins. */
function keptPattern(entry: OriginEntry): OriginEntry {
  return entry.kind === 'pattern' && entry.edits
    ? { ...entry, edits: { ...entry.edits, replaceByOrigins: undefined } }
    : entry;
}
