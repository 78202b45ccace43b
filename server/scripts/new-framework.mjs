/** `npm run new-framework <room>/<id> -- --shape program|tree|directives`: a framework that compiles and reads nothing yet. */
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { run } from './install.mjs';

const {
  values,
  positionals: [place = ''],
} = parseArgs({ allowPositionals: true, options: { shape: { type: 'string', default: 'program' } } });
const shapes = {
  program: { line: "languages: ['javascript'],", read: 'read(program, context)', use: 'void [program, context];' },
  tree: { line: "formats: ['json', 'yaml'],", read: 'read(document, context)', use: 'void [document, context];' },
  directives: { line: "formats: ['nginx'],", read: 'read(document, context)', use: 'void [document, context];' },
};
const shape = shapes[values.shape];
const frameworks = 'server/src/frameworks';
const files = fs.readdirSync(frameworks, { recursive: true }).map((name) => name.replaceAll('\\', '/'));
const rooms = [...new Set(files.filter((name) => name.endsWith('.ts')).map((name) => path.posix.dirname(name)))];
const [room, id] = [path.posix.dirname(place), path.posix.basename(place)];
const file = `${frameworks}/${place}.ts`;
const problem = whatIsWrong();
if (problem) {
  console.error(problem);
  process.exit(2);
}

function whatIsWrong() {
  if (!/^([a-z][a-z0-9]*(-[a-z0-9]+)*\/)+[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(place))
    return (
      `new-framework takes a room and an id in lower case with hyphens: javascript/my-library. Rooms: ` +
      `${rooms.filter((name) => name !== '.').join(', ')}.`
    );
  if (!shape) return '--shape is program, tree or directives.';
  const taken = files.find((name) => path.posix.basename(name, '.ts') === id);
  return taken && `${frameworks}/${taken} is there already.`;
}

/** From the file's folder to `server/src/`. */
const up = '../'.repeat(place.split('/').length);
fs.mkdirSync(path.dirname(file), { recursive: true });
fs.writeFileSync(
  file,
  `/** Where ${id} sets CORS, and what it answers. */
import { defineFramework } from '${up}models/framework.ts';
import type { Policy } from '${up}policy/policy.ts';

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
const fixtures = `test/fixtures/${room}/${id}`;
fs.mkdirSync(fixtures, { recursive: true });
run('node', ['server/scripts/generate.mjs']);
console.log(
  [
    `${file} is written and in the index${rooms.includes(room) ? '' : `, in a new room, ${room}`}.`,
    `Put twins into ${fixtures}/ (name.bad.ext, name.good.ext), an example into examples/, and a lab entry into test/lab/${room}/${id}/.`,
  ].join('\n'),
);
