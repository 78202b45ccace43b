/** The CORS middleware of ASP.NET Core. */
import type { Program } from '../../../syntax/programs/program.ts';
import type { Policy } from '../../../policy/policy.ts';
import { dictEntry } from '../../../values/dict-entry.ts';
import type { Value } from '../../../values/value.ts';
import { never } from '../../../policy/request-test.ts';
import type { ProgramContext } from '../../../models/framework.ts';
import { defineCorsLibrary } from '../../../models/libraries/define-cors-library.ts';
import type { Found, FoundOptions } from '../../../models/libraries/define-cors-library.ts';
import { isBefore } from '../../../models/libraries/releases.ts';
import { pipelineFacts, pipelineOf, reachOf } from './pipeline.ts';
import type { Pipeline } from './pipeline.ts';
import { builtPolicies } from './policies.ts';
import type { BuiltPolicy } from './policies.ts';
import { aspNetCorsAt } from './table.ts';

/** A place with what the table has to know of it. */
interface FoundPolicy extends FoundOptions {
  readonly isObject: boolean;
}

const isObject = (found: FoundOptions): boolean => (found as FoundPolicy).isObject;

/** `UseCors` of OWIN takes options of its own, which `webapi-cors.ts` reads. */
const owin = /\busing\s+(?:Microsoft\.)?Owin\b/;

function policiesIn(program: Program, context: ProgramContext): Found {
  if (program.text.has(owin)) return { options: [] };
  const policies = builtPolicies(program, context);
  const pipeline = pipelineOf(program, context);
  const isUnused = pipeline.middlewares.length === 0 && pipeline.isWhole;
  return {
    options: isUnused ? [] : policies.flatMap((one) => foundPolicy(one, pipeline)),
    facts: pipelineFacts(policies, pipeline, program),
  };
}

/** A policy that nobody asks for sends nothing. */
function foundPolicy(policy: BuiltPolicy, pipeline: Pipeline): FoundPolicy[] {
  const reach = reachOf(policy, pipeline);
  if (reach === never) return [];
  const { by, place } = policy;
  return [{ call: by.call, place, scope: scopeOf(policy), isObject: policy.isObject, ...(reach && { reach }) }];
}

function scopeOf({ by, name }: BuiltPolicy): string {
  switch (by.member.property) {
    case 'AddPolicy':
      return name === undefined ? 'a policy' : `policy "${name}"`;
    case 'AddDefaultPolicy':
      return 'the default policy';
    case 'RequireCors':
      return 'one endpoint';
    case 'Build':
      return 'what this provider is asked for';
    default:
      return 'every route';
  }
}

/** Of `Vary` the middleware decides alone. A star beside credentials is refused from 2.2 on, where the policy is built. */
function refined(read: Policy, version: string | undefined, found: FoundOptions): Policy {
  const { value } = found.place;
  const { allowOnly, ...others } = read.edits;
  const edits = allowOnly && !isElsewhere(value) ? { ...others, allowOnly } : others;
  const policy: Policy = { ...read, edits, fixedVary: true };
  const { origins, credentials } = policy.settings;
  const isOpen = origins.value.some(({ kind }) => kind === 'any');
  const isOld = version !== undefined && isBefore(version, '2.2.0');
  if (!isOpen || credentials.value !== true || isOld) return policy;
  return {
    ...policy,
    headers: [],
    refusesToStart: isObject(found)
      ? 'ASP.NET Core throws an ArgumentException at each request: a wildcard origin and credentials may not stand together'
      : 'ASP.NET Core throws an InvalidOperationException: a wildcard origin and credentials may not stand together',
  };
}

/** Of steps in several branches an edit changes the last one: it closes nothing where another one is open. */
function isElsewhere(value: Value | undefined): boolean {
  const origins = dictEntry(value, 'WithOrigins')?.value;
  const last = origins?.kind === 'one-of' ? origins.choices[0]?.value : undefined;
  return last !== undefined && last.kind !== 'text';
}

export const framework = defineCorsLibrary({
  id: 'aspnet-cors',
  title: 'ASP.NET Core',
  documentation: 'https://learn.microsoft.com/aspnet/core/security/cors',
  reads:
    '`AddCors`, `AddPolicy`, `AddDefaultPolicy`, `UseCors`, `RequireCors`, `CorsPolicyBuilder`, `ICorsPolicyProvider`, ' +
    '`new CorsPolicy { … }` and what is written to its members behind; origin functions; origins from `appsettings.json`; ' +
    'names of policies, and the order of the pipeline',
  mentions: ['usecors', 'addcors', 'requirecors', 'corspolicybuilder', 'corspolicy'],
  languages: ['csharp'],
  uses: [
    {
      packageName: 'Microsoft.AspNetCore.App',
      title: 'ASP.NET Core',
      options: policiesIn,
      table: (version, found) => aspNetCorsAt(version, found.place.value, isObject(found)),
      refine: (policy, found, { version }) => refined(policy, version, found),
    },
  ],
});
