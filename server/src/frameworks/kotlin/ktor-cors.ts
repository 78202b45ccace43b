/** The plugin CORS of Ktor's server: `install(CORS) { allowHost("app.example.com", schemes = listOf("https")) }`. */
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { FoundOptions, UseContext } from '../../models/libraries/define-cors-library.ts';
import { withoutEdits } from '../../models/libraries/without-edits.ts';
import type { Policy } from '../../policy/policy.ts';
import { installations, packageName } from './ktor-cors/options.ts';
import { ktorAt } from './ktor-cors/table.ts';

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
      title: 'Ktor’s CORS',
      options: installations,
      table: ktorAt,
      refine: (policy: Policy, found: FoundOptions, use: UseContext) => withoutEdits(refused(policy, found, use)),
    },
  ],
});

/** A host with a scheme, or with a star anywhere else than in front, keeps the server from starting. */
function refused(policy: Policy, found: FoundOptions, _use: UseContext): Policy {
  const stops = 'stops' in found && typeof found.stops === 'string' ? found.stops : undefined;
  return stops === undefined ? policy : { ...policy, headers: [], refusesToStart: stops };
}
