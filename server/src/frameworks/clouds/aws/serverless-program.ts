/** The Serverless Framework's service where a program builds it: `serverless.ts`, `serverless.js`. */
import type { Program } from '../../../syntax/programs/program.ts';
import type { TreeDocument } from '../../../syntax/trees/tree.ts';
import { defineFramework } from '../../../models/framework.ts';
import type { ProgramContext } from '../../../models/framework.ts';
import { programTree } from '../../../models/services/program-tree.ts';
import { serviceIn } from './serverless.ts';

const id = 'serverless-program';

export const framework = defineFramework({
  id,
  title: 'Serverless Framework, as a program',
  documentation: 'https://www.serverless.com/framework/docs/providers/aws/guide/intro',
  reads: 'what `serverless.ts` and `serverless.js` export, as in `serverless.yml`',
  mentions: ['cors', 'access-control-'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    const document = serviceOf(program, context);
    if (document === undefined) return { policies: [], facts: [] };
    const { policies, facts } = serviceIn(document);
    return { policies: policies.map((policy) => ({ ...policy, framework: id })), facts };
  },
});

/** What the file exports, as the tree of a service. */
function serviceOf(program: Program, { evaluator }: ProgramContext): TreeDocument | undefined {
  if (!/(^|\/)serverless([.-][\w-]+)*\.[cm]?[jt]s$/.test(program.path)) return undefined;
  const exported = program.exports.get('default') ?? program.exports.get('module.exports');
  if (exported === undefined) return undefined;
  const { document, node } = programTree(program, () => undefined);
  const root = node(evaluator.evaluate(exported));
  return { ...document, root, roots: [root] };
}
