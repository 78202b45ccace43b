/** Properties that constructs of the CDK do not have: JavaScript takes them in silence, and no header comes of them. */
import type { Call } from '../../../syntax/programs/program.ts';
import type { Evaluator } from '../../../values/evaluator.ts';

interface ConstructPlace {
  readonly construct: RegExp;
  readonly keys: RegExp;
  /** Where the settings belong, in the words of the program. */
  readonly belongs: string;
}

/** https://docs.aws.amazon.com/cdk/api/v2/docs/aws-construct-library.html */
const places: readonly ConstructPlace[] = [
  { construct: /^HttpApi$/, keys: /^(cors|corsConfiguration|defaultCorsPreflightOptions)$/, belongs: 'corsPreflight' },
  {
    construct: /^(Lambda|StepFunctions)?RestApi$/,
    keys: /^(cors|corsPreflight|corsConfiguration)$/,
    belongs: 'defaultCorsPreflightOptions',
  },
  { construct: /^CfnApi$/, keys: /^(cors|corsPreflight)$/, belongs: 'corsConfiguration' },
  { construct: /^Bucket$/, keys: /^(corsRules|corsPreflight|corsConfiguration)$/, belongs: 'cors' },
  { construct: /^CfnBucket$/, keys: /^(cors|corsRules)$/, belongs: 'corsConfiguration, as corsRules' },
  { construct: /^CfnUrl$/, keys: /^corsConfiguration$/, belongs: 'cors' },
  { construct: /^(Nodejs|Docker|DockerImage)?Function$/, keys: /^cors$/, belongs: 'addFunctionUrl(…)' },
];

/** Where a property of the construct that the call makes belongs; undefined where it has it, or is no construct of the CDK. */
export function placeInConstruct(key: string, call: Call, evaluator: Evaluator): string | undefined {
  const made = evaluator.calleeOf(call);
  if (made === undefined || !/^(aws-cdk-lib|@aws-cdk\/)/.test(made.module)) return undefined;
  const name = call.callee.kind === 'member' ? call.callee.property : made.imported;
  return places.find(({ construct, keys }) => construct.test(name) && keys.test(key))?.belongs;
}
