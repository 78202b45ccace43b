/** Properties that constructs of the CDK do not have: JavaScript takes them in silence, and no header comes of them. */
import type { Call } from '../../../syntax/programs/program.ts';
import type { PlaceTable } from '../../../models/services/locked-out.ts';
import { belongsTo } from '../../../models/services/locked-out.ts';
import type { Evaluator } from '../../../values/evaluator.ts';

/** https://docs.aws.amazon.com/cdk/api/v2/docs/aws-construct-library.html */
const places: PlaceTable = [
  [/^HttpApi$/, /^(cors|corsConfiguration|defaultCorsPreflightOptions)$/, 'corsPreflight'],
  [/^(Lambda|StepFunctions)?RestApi$/, /^(cors|corsPreflight|corsConfiguration)$/, 'defaultCorsPreflightOptions'],
  [/^CfnApi$/, /^(cors|corsPreflight)$/, 'corsConfiguration'],
  [/^Bucket$/, /^(corsRules|corsPreflight|corsConfiguration)$/, 'cors'],
  [/^CfnBucket$/, /^(cors|corsRules)$/, 'corsConfiguration, as corsRules'],
  [/^CfnUrl$/, /^corsConfiguration$/, 'cors'],
  [/^(Nodejs|Docker|DockerImage)?Function$/, /^cors$/, 'addFunctionUrl(…)'],
];

/** Where a property of the construct that the call makes belongs; undefined where it has it, or is no construct of the CDK. */
export function placeInConstruct(key: string, call: Call, evaluator: Evaluator): string | undefined {
  const made = evaluator.calleeOf(call);
  if (made === undefined || !/^(aws-cdk-lib|@aws-cdk\/)/.test(made.module)) return undefined;
  const name = call.callee.kind === 'member' ? call.callee.property : made.imported;
  return belongsTo(places, name, key);
}
