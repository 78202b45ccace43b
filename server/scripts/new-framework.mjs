/** `npm run new-framework <id> -- --shape program|tree|directives`: a framework that compiles and reads nothing yet. */
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { run } from './install.mjs';

const {
  values,
  positionals: [id],
} = parseArgs({ allowPositionals: true, options: { shape: { type: 'string', default: 'program' } } });
const shapes = {
  program: { line: "languages: ['javascript'],", read: 'read(program, context)', use: 'void [program, context];' },
  tree: { line: "formats: ['json', 'yaml'],", read: 'read(document, context)', use: 'void [document, context];' },
  directives: { line: "formats: ['nginx'],", read: 'read(document, context)', use: 'void [document, context];' },
};
const shape = shapes[values.shape];
const file = `server/src/frameworks/${id}.ts`;
const problem = !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id ?? '')
  ? 'new-framework takes an id in lower case with hyphens.'
  : !shape
    ? '--shape is program, tree or directives.'
    : fs.existsSync(file)
      ? `${file} is there already.`
      : undefined;
if (problem) {
  console.error(problem);
  process.exit(2);
}
fs.writeFileSync(
  file,
  `/** Where ${id} sets CORS, and what it answers. */
import type { Policy } from '../policy/policy.ts';
import { defineFramework } from './framework.ts';

export const framework = defineFramework({
  id: '${id}',
  title: '${id}',
  documentation: 'https://fetch.spec.whatwg.org/#http-cors-protocol',
  reads: 'what is read, in a few words',
  // Words in lower case, one of which every file with these settings holds.
  mentions: ['${id}'],
  shape: '${values.shape}',
  ${shape.line}
  ${shape.read} {
    const policies: Policy[] = [];
    ${shape.use}
    return { policies, facts: [] };
  },
});
`,
);
fs.mkdirSync(`test/fixtures/${id}`, { recursive: true });
run('node', ['server/scripts/generate.mjs']);
console.log(
  `${file} is written and in the index. Put twins into test/fixtures/${id}/ (name.bad.ext, name.good.ext), an example into examples/, and a lab entry into test/lab/${id}/.`,
);
