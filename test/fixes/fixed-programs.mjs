/** Every fix that the linter offers in a program of the fixtures, with the text before and after it. */
import fs from 'node:fs';
import path from 'node:path';
import { applyEdits } from '../../server/src/service/apply-edits.ts';
import { createLinter } from '../../server/src/service/linter.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';
import { nodeHost } from '../../server/src/node/host.ts';
import { fixtureFiles } from '../frameworks/rooms.ts';

const root = path.resolve('test/fixtures');
const trusted = 'https://app.example.com';

/**
 * @typedef {object} FixedProgram
 * @property {string} file absolute path of the fixture
 * @property {string} text as it stands
 * @property {string} fixed after the fix
 * @property {string} fix the rule and the title, for people
 */

/**
 * The programs whose names match, each with all of its fixes, once where nobody is trusted yet and once where the settings name a
 * trusted origin: what a fix writes differs.
 * @param {RegExp} names
 * @returns {Promise<{ programs: FixedProgram[], elsewhere: number }>} `elsewhere`: fixes that edit other files too, left out here
 */
export async function fixedPrograms(names) {
  const linter = createLinter(nodeHost());
  const programs = [];
  let elsewhere = 0;
  for (const name of fixtureFiles().filter((each) => names.test(each))) {
    const file = path.join(root, name);
    const text = fs.readFileSync(file, 'utf8');
    const seen = new Set();
    for (const trustedOrigins of [[], [trusted]]) {
      const settings = { ...defaultSettings, development: [], trustedOrigins };
      const { findings } = await linter.lint({ path: file.replaceAll('\\', '/'), text }, settings);
      for (const { rule, fixes } of findings) {
        for (const { title, edits } of fixes) {
          if (edits.some(({ range }) => range.path !== undefined)) {
            elsewhere += 1;
            continue;
          }
          const fixed = applyEdits(text, edits);
          if (seen.has(fixed)) continue;
          seen.add(fixed);
          programs.push({ file, text, fixed, fix: `${rule}: ${title}` });
        }
      }
    }
  }
  return { programs, elsewhere };
}
