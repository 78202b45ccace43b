/**
 * `npm run test:fixes`: every fix of every program of the fixtures, given to the language's own compiler or parser: `tsc --strict` with
 * the libraries' types, the parsers of JavaScript and Python, gofmt. What a fix makes of a program is a program.
 */
import { fixedPrograms } from './fixed-programs.mjs';
import { languages, missing, namesOf, refused } from './parsers.mjs';
import { compileTypeScript } from './strict-typescript.mjs';

const failures = [];
const report = (language, { programs, elsewhere }, found) => {
  failures.push(...found);
  const left = elsewhere === 0 ? '' : `; ${elsewhere} edit other files too and are left to the lab`;
  console.log(`${language}: ${programs.length} fixed programs, ${found.length} refused${left}`);
};

const typescript = await fixedPrograms(/\.[cm]?tsx?$/);
const compiled = compileTypeScript(typescript.programs);
report('TypeScript', typescript, compiled.failures);
console.log(`  imported without types: ${compiled.unresolved.join(', ')}`);

for (const language of languages) {
  const reason = missing(language);
  if (reason !== undefined) {
    console.log(`NOT RUN: fixes of ${language} were not parsed: ${reason}`);
    continue;
  }
  const fixed = await fixedPrograms(namesOf(language));
  report(language, fixed, refused(language, fixed.programs));
}

if (failures.length > 0) {
  console.error(failures.join('\n'));
  process.exitCode = 1;
}
