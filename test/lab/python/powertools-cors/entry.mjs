/** Functions for AWS Lambda with Powertools, behind a stand-in for API Gateway. */
import { pythonPrograms } from '../../launchers/python-programs.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = pythonPrograms(
  import.meta.url,
  [
    {
      label: 'Powertools for AWS Lambda 3.37.0',
      pinned: ['aws-lambda-powertools==3.37.0'],
      modules: ['aws_lambda_powertools.event_handler'],
    },
  ],
  'serve.py',
);
