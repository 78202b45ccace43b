/** What the pictures of the README and of the walkthrough show, scene by scene. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { open } from '../host.mjs';
import { calmWindow, until, workbenchOf } from '../workbench.mjs';
import { filmOf, takeStill } from './film.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const media = path.resolve(here, '../../../client/media');
const size = { width: 960, height: 560 };
const wholeWindow = { x: 0, y: 0, ...size };

/** Nothing moves by itself, and nothing comes that the scene is not about. */
const settings = {
  ...calmWindow,
  'editor.cursorBlinking': 'solid',
  'editor.fontSize': 15,
  'editor.guides.bracketPairs': false,
  'editor.matchBrackets': 'never',
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'editor.selectionHighlight': false,
  'editor.suggestOnTriggerCharacters': false,
  'workbench.reduceMotion': 'on',
  'workbench.statusBar.visible': false,
};

const themes = { dark: 'Default Dark Modern', light: 'Default Light Modern' };
/** Patterns of the shop, as people write them. */
const bypassable = String.raw`/^https:\/\/.*shop\.example$/`;

/**
 * Makes all pictures anew.
 * @param {{ version: string, vsix: string, tell: (outcome: { title: string, error?: string }) => void }} options
 */
export async function makePictures({ version, vsix, tell }) {
  for (const [name, colorTheme] of Object.entries(themes))
    await inWindow({ version, vsix, colorTheme }, async (window) => {
      for (const [title, still] of Object.entries(stills)) {
        await still(window, async (picture, area) => {
          if (isShown(picture, name)) await takeStill(window.page, { file: fileOf(picture, name), area });
        });
        tell({ title: `${title} (${name})` });
      }
    });
  for (const [title, scene] of Object.entries(films))
    await inWindow({ version, vsix, colorTheme: themes.dark }, async (window, host) => {
      const film = filmOf(window.page, wholeWindow);
      await scene(window, film, host);
      const bytes = await film.write(path.join(media, `${title}.gif`));
      tell({ title: `${title}.gif: ${Math.round(bytes / 1000)} kB` });
    });
}

/** Those of the walkthrough are packed with the extension, where each costs everybody who installs it: they are dark. */
function isShown(picture, theme) {
  return theme === 'dark' || picture === 'hover';
}

function fileOf(picture, theme) {
  return path.join(media, theme === 'dark' ? `${picture}.png` : `${picture}-${theme}.png`);
}

async function inWindow({ version, vsix, colorTheme }, look) {
  const host = await open({
    version,
    vsix,
    kind: 'user',
    settings: { ...settings, 'workbench.colorTheme': colorTheme },
    window: { ...size, scale: 1.5 },
    fillWorkspace: (folder) => fs.cpSync(path.join(here, 'orders'), folder, { recursive: true }),
  });
  try {
    const window = workbenchOf(host.page, host.workspace);
    await window.ready();
    await window.openFile('server.js');
    await window.page.keyboard.press('Control+b');
    await window.page.locator('.codelens-decoration a').first().waitFor({ timeout: 120_000 });
    await look(window, host);
  } finally {
    await host.close();
  }
}

/** Each goes on where the one before it ended. */
const stills = {
  async 'the underline and the problem'(window, still) {
    await writeOrigin(window, bypassable);
    await window.seeSquiggles('error', (count) => count === 1, 'the pattern is underlined');
    await lensSays(window, /evil-shop/);
    await window.problems();
    await still('squiggle', wholeWindow);
    await window.closePanel();
  },
  async 'the hover of a policy'(window, still) {
    await window.hoverOver('maxAge');
    await until(
      'the policy is in the hover',
      () => window.page.locator('.monaco-hover:visible').first().innerText(),
      (text) => /600 seconds/.test(text),
    );
    await still('hover', wholeWindow);
    await window.parkPointer();
  },
  async 'the quick fixes'(window, still) {
    await window.clickAt('error');
    await window.quickFixes();
    await still('quick-fix', { ...wholeWindow, height: 480 });
    await window.page.keyboard.press('Escape');
  },
  async 'the settings'(window, still) {
    await window.page.keyboard.press('Control+s');
    await window.runCommand('CORS Lint: Create Settings File');
    await window.page.locator('.tab.active[data-resource-name="cors-lint.json"]').waitFor({ timeout: 120_000 });
    await window.goTo(3, 13);
    await window.askForSuggestions();
    await still('settings', { ...wholeWindow, height: 400 });
    await window.page.keyboard.press('Escape');
  },
};

const films = {
  /** Somebody widens an allowlist by a pattern, hears who gets in, and lets it be repaired. */
  async 'find-and-repair'(window, film) {
    const { keyboard } = window.page;
    film.say('One origin may read, with cookies. Now all subdomains should …');
    await film.frame(1800);
    await selectOrigin(window);
    await film.frame(500);
    for (const letters of bypassable.match(/.{1,3}/g)) {
      await keyboard.type(letters);
      await film.frame(130);
    }
    await window.seeSquiggles('error', (count) => count === 1, 'the pattern is underlined');
    await lensSays(window, /evil-shop/);
    film.say('CORS Lint names an origin that gets in and should not');
    await film.frame(2600);
    await window.hover('error');
    await window.page.getByText('can read these responses').first().waitFor({ timeout: 120_000 });
    await window.page.waitForTimeout(500);
    await film.frame(4200);
    await window.parkPointer();
    await window.clickAt('error');
    await window.quickFixes();
    await window.page.waitForTimeout(400);
    film.say('… and offers the edit that closes it');
    await film.frame(2600);
    await window.chooseFix(/^Repair the pattern/);
    await window.seeSquiggles('error', (count) => count === 0, 'the underline is gone');
    await until(
      'the line above says what is let in',
      () => lens(window),
      (text) => !/evil/.test(text),
    );
    await film.frame(3600);
  },

  /** The line above a policy opens its view, where two origins are tried. */
  async 'try-an-origin'(window, film) {
    film.say('The line above a policy says who can read, and opens its view');
    await film.frame(2200);
    await window.page.locator('.codelens-decoration a').first().click();
    const view = window.policiesView();
    await view.getByRole('heading', { level: 2, name: /^cors/ }).waitFor({ timeout: 120_000 });
    await window.page.keyboard.press('Home');
    await window.page.waitForTimeout(800);
    film.say('Every origin, with and without cookies, and what a preflight gets');
    await film.frame(4200);
    const outcome = view.getByRole('status');
    for (const [origin, says, caption] of [
      [
        'https://evil.example',
        'The page cannot read the response',
        'Any other origin can be tried: here is the step at which the browser refuses',
      ],
      ['https://www.shop.example', 'The page reads the response', 'Whoever is meant gets in, with these headers'],
    ]) {
      film.say(caption);
      const field = view.getByLabel('Origin of the page');
      await field.focus();
      await field.fill('');
      for (const letters of origin.match(/.{1,4}/g)) {
        await window.page.keyboard.type(letters);
        await film.frame(130);
      }
      await window.page.keyboard.press('Enter');
      await outcome.getByText(says).waitFor({ timeout: 120_000 });
      await outcome.scrollIntoViewIfNeeded();
      await window.page.waitForTimeout(400);
      await film.frame(4000);
    }
  },

  /** All files are checked, in five languages, and the list leads to each. */
  async 'check-workspace'(window, film) {
    const { page } = window;
    film.say('Check Workspace reads every file, in every language');
    await page.keyboard.press('Control+Shift+p');
    const input = page.locator('.quick-input-widget:visible input.input');
    await input.fill('>CORS Lint: Check');
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: 'Check Workspace' }).waitFor();
    await film.frame(1800);
    await page.keyboard.press('Enter');
    // The command opens the list.
    await page.locator('.markers-panel-container .monaco-list-row').first().waitFor({ timeout: 120_000 });
    await until(
      'all files are listed',
      () => window.problems(),
      (rows) => /uploads\.tf/.test(rows.join('\n')),
    );
    await page.waitForTimeout(600);
    await film.frame(3600);
    for (const [file, caption] of [
      ['uploads.tf', 'Terraform: this origin has a slash, and nobody has it: the shop is locked out'],
      ['main.py', 'FastAPI: “*” with credentials lets in everybody here: the caller is sent back'],
    ]) {
      film.say(caption);
      await openProblem(window, file);
      await film.frame(4200);
    }
  },
};

const lens = (window) => window.page.locator('.codelens-decoration a').first().innerText();

function lensSays(window, pattern) {
  return until(
    'the line above the policy speaks of it',
    () => lens(window),
    (text) => pattern.test(text),
  );
}

/** The value of `origin` in `server.js`. */
async function selectOrigin(window) {
  await window.goTo(8, 11);
  await window.page.keyboard.press('Shift+End');
  await window.page.keyboard.press('Shift+ArrowLeft');
}

async function writeOrigin(window, value) {
  await selectOrigin(window);
  await window.page.keyboard.type(value);
}

/** Shows the place of the first problem of the file, by the keyboard: the list has only those rows in its page that are in view. */
async function openProblem(window, file) {
  const { page } = window;
  const focused = page.locator('.markers-panel-container .monaco-list-row.focused');
  await page.locator('.markers-panel-container .monaco-list').focus();
  await page.keyboard.press('Home');
  for (let steps = 0; !(await focused.innerText()).startsWith(file); steps++) {
    if (steps > 30) throw new Error(`${file} is not in the list`);
    await page.keyboard.press('ArrowDown');
  }
  for (const key of ['ArrowDown', 'Enter']) await page.keyboard.press(key);
  await page.locator(`.tab.active[data-resource-name="${file}"]`).waitFor({ timeout: 120_000 });
  await window.seeSquiggles('error', (count) => count >= 1, 'the place is underlined');
  await page.waitForTimeout(400);
}
