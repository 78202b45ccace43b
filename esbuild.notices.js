// Notes which packages go into the bundles, and writes down their licences, which all of them ask for.
const { readFileSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

/** Folders of packages that something was bundled of. */
const bundled = new Set();

/** The folder of the package that a file belongs to; undefined for files of our own. */
function packageOf(file) {
  return /^.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file)?.[0];
}

/** Also for what is copied and not bundled. */
function noteFile(file) {
  const folder = packageOf(file);
  if (folder !== undefined) bundled.add(join(__dirname, folder.slice(folder.indexOf('node_modules'))));
}

/** To be among the plugins of each bundle. */
const noticedPackages = {
  name: 'noticed packages',
  setup(build) {
    build.initialOptions.metafile = true;
    build.onEnd(({ metafile }) => Object.keys(metafile?.inputs ?? {}).forEach(noteFile));
  },
};

/** The notices of all packages that were noted. Throws where one of them brings no licence. */
function noticesText() {
  const entries = [...bundled].map((folder) => {
    const { name, version, homepage, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const texts = readdirSync(folder)
      .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
      .map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
    if (texts.length === 0) throw new Error(`${name} is bundled, and has no file with its licence`);
    const place = homepage ? `\n${homepage}` : '';
    return { title: `${name} ${version} (${license})`, text: `${place}\n\n${texts.join('\n\n')}` };
  });
  const byTitle = new Map(entries.map((entry) => [entry.title, entry.text]));
  const sorted = [...byTitle].sort(([a], [b]) => (a < b ? -1 : 1));
  const line = '-'.repeat(80);
  return [
    'CORS Lint is under the MIT licence (LICENSE). These packages are bundled with it, each under its own licence:',
    ...sorted.map(([title, text]) => `${line}\n${title}${text}`),
  ].join('\n\n');
}

module.exports = { noticedPackages, noteFile, noticesText };
