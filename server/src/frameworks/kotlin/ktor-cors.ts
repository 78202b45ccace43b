/** The plugin CORS of Ktor's server: `install(CORS) { allowHost("app.example.com", schemes = listOf("https")) }`. */
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { FoundOptions, UseContext } from '../../models/libraries/define-cors-library.ts';
import { withoutEdits } from '../../models/libraries/without-edits.ts';
import { isBefore } from '../../models/libraries/releases.ts';
import type { HeaderRule, Policy } from '../../policy/policy.ts';
import { installations, packageName, versionOf } from './ktor-cors/options.ts';
import { ktorAt, simpleMethods } from './ktor-cors/table.ts';

export const framework = defineCorsLibrary({
  id: 'ktor-cors',
  title: 'Ktor',
  documentation: 'https://ktor.io/docs/server-cors.html',
  reads: '`install(CORS) { … }` of releases 1 to 3: `anyHost`, `allowHost` with schemes and subdomains, `allowOrigins`',
  mentions: ['install(cors', 'install( cors', 'plugins.cors', 'features.cors'],
  languages: ['kotlin'],
  uses: [
    {
      packageName,
      version: versionOf,
      title: 'Ktor’s CORS',
      options: installations,
      table: ktorAt,
      refine: (policy: Policy, found: FoundOptions, use: UseContext) => withoutEdits(refused(policy, found, use)),
    },
  ],
});

/** A host with a scheme, or with a star anywhere else than in front, keeps the server from starting. */
function refused(policy: Policy, found: FoundOptions, { version }: UseContext): Policy {
  const stops = 'stops' in found && typeof found.stops === 'string' ? found.stops : undefined;
  if (stops !== undefined) return { ...policy, headers: [], refusesToStart: stops };
  const listsAll = version === undefined || !isBefore(version, '3.5.1');
  return { ...policy, headers: policy.headers.flatMap((rule) => (listsAll ? [rule] : withoutSimple(rule))) };
}

/** Before release 3.5.1 methods that need no listing are not listed. */
function withoutSimple(rule: HeaderRule): HeaderRule[] {
  if (rule.name !== 'access-control-allow-methods' || rule.value?.kind !== 'text') return [rule];
  const others = rule.value.text.split(', ').filter((method) => !simpleMethods.includes(method));
  return others.length === 0 ? [] : [{ ...rule, value: { ...rule.value, text: others.join(', ') } }];
}
