/** What names of the CDK's own stand for, in every language that it is written in. */
import type { Expression } from '../../../syntax/programs/program.ts';
import { restHeaders, restMethods } from './aws-cors-services.ts';
import type { PlainValue } from '../../../edits/tree-edits.ts';

const seconds: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

/** https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_cloudfront.AllowedMethods.html */
const distributionMethods: Readonly<Record<string, readonly string[]>> = {
  ALLOW_GET_HEAD: ['GET', 'HEAD'],
  ALLOW_GET_HEAD_OPTIONS: ['GET', 'HEAD', 'OPTIONS'],
  ALLOW_ALL: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
};

/** Names of the CDK: `Cors.ALL_ORIGINS`, `s3.HttpMethods.GET`, `Duration.days(1)`. */
export function cdkConstant(expression: Expression): PlainValue | undefined {
  const { text } = expression;
  const duration = /\bDuration\.(seconds|minutes|hours|days)\(\s*([\d_.]+)\s*\)$/.exec(text);
  if (duration) return Number(duration[2]!.replaceAll('_', '')) * seconds[duration[1]!]!;
  const allowed = /\bAllowedMethods\.(ALLOW_[A-Z_]+)$/.exec(text)?.[1];
  if (allowed !== undefined) return distributionMethods[allowed];
  const [, type, member] = /(?:^|\.)(Cors|HttpMethods?|CorsHttpMethod)\.([A-Z_]+)$/.exec(text) ?? [];
  if (type === 'Cors')
    return member === 'ALL_ORIGINS'
      ? ['*']
      : member === 'ALL_METHODS'
        ? restMethods
        : member === 'DEFAULT_HEADERS'
          ? restHeaders
          : undefined;
  if (type === undefined) return undefined;
  return member === 'ANY' || member === 'ALL' ? '*' : member;
}
