/**
 * Drives the installed extension as a user does, by keyboard and mouse, and asserts what the window shows. Screenshots are made on the
 * way, to be looked at.
 */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { open } from './host.mjs';
import { calmWindow, until, workbenchOf } from './workbench.mjs';

const shop = path.join(path.dirname(fileURLToPath(import.meta.url)), 'shop');
const settings = { ...calmWindow, 'editor.fontSize': 14 };

const size = { width: 1000, height: 620 };

/**
 * @param {{ version: string, vsix: string, out: string, tell: (outcome: { title: string, milliseconds?: number, error?:
 * string }) => void }} options
 */
export async function drive({ version, vsix, out, tell }) {
  const host = await open({
    version,
    vsix,
    kind: 'user',
    settings,
    window: { ...size, scale: 1.5 },
    fillWorkspace: (folder) => fs.cpSync(shop, folder, { recursive: true }),
  });
  const window = workbenchOf(host.page, host.workspace);
  let count = 0;
  const picture = async (name) => {
    // What opens fades in, and what closes fades out.
    await host.page.waitForTimeout(400);
    await host.page.screenshot({ path: path.join(out, `${name}.png`) });
  };
  try {
    await window.ready();
    for (const [title, step] of steps) {
      const started = Date.now();
      count += 1;
      try {
        await step(window, picture, host);
        tell({ title, milliseconds: Date.now() - started });
      } catch (error) {
        await picture(`failed-${count}`);
        tell({ title, error: `${error instanceof Error ? error.stack : error}\nscreenshot: failed-${count}.png` });
        await host.page.keyboard.press('Escape');
      }
    }
  } finally {
    await host.close();
  }
}

/** Each step goes on where the one before it ended. */
const steps = [
  [
    'a finding is underlined in the file that is opened',
    async (window, picture) => {
      await window.openFile('server.js');
      await window.page.keyboard.press('Control+b');
      await window.seeSquiggles('error', (count) => count === 1, 'the pattern is underlined');
      await picture('1-squiggle');
    },
  ],
  [
    'the Problems view says what it is, with witness and rule',
    async (window, picture) => {
      const rows = await window.problems();
      assert.match(
        rows.join('\n'),
        /"https:\/\/evil-shop\.example" can read these responses with the user's cookies\..*cors-lint.*bypassable-origin-check/,
      );
      await picture('squiggle');
      await window.closePanel();
    },
  ],
  [
    'the hover shows message and effective policy',
    async (window, picture) => {
      const widget = await window.hover('error');
      const text = await until(
        'the policy is in the hover',
        () => widget.innerText(),
        (seen) => /preflight/i.test(seen),
      );
      assert.match(text, /evil-shop\.example/);
      assert.match(text, /cookies/i);
      await picture('3-hover');
      await window.parkPointer();
    },
  ],
  [
    'the hover shows the policy on a setting that is in order',
    async (window, picture) => {
      const widget = await window.hoverOver('maxAge');
      const text = await until(
        'the policy is in the hover',
        () => widget.innerText(),
        (seen) => /600 seconds/.test(seen),
      );
      assert.match(text, /GET,HEAD,PUT,PATCH,POST,DELETE \(default\)/);
      assert.match(text, /X-Total-Count/);
      assert.doesNotMatch(text, /Quick Fix/);
      await picture('hover');
      await window.parkPointer();
    },
  ],
  [
    'Ctrl+. offers fixes, and the chosen one repairs the text',
    async (window, picture) => {
      await window.clickAt('error');
      const titles = await window.quickFixes();
      assert.ok(titles.length >= 4, titles.join(' | '));
      await picture('quick-fix');
      await window.chooseFix(/^Repair the pattern/);
      await window.seeSquiggles('error', (count) => count === 0, 'the underline is gone');
      const text = await window.text();
      assert.match(text, /origin: \/\^https:/, text);
      await picture('3-fixed');
      await window.save('server.js', /origin: \/\^https:/);
    },
  ],
  [
    'Fix All repairs what is safe in JSON',
    async (window, picture) => {
      await window.openFile('cors.json');
      await window.seeSquiggles('error', (count) => count === 1, 'the slash is underlined');
      await picture('4-s3');
      await window.runCommand('CORS Lint: Fix All Safe Problems in File');
      await window.seeSquiggles('error', (count) => count === 0, 'the underline is gone');
      await window.save('deploy/cors.json', /"https:\/\/app\.shop\.example"\]/);
    },
  ],
  [
    'nginx is coloured and checked',
    async (window, picture) => {
      await window.openFile('nginx.conf');
      await window.seeSquiggles('error', (count) => count === 1, 'the reflected origin is underlined');
      const colours = await window.page
        .locator('.editor-instance .view-line span span')
        .evaluateAll((spans) => new Set(spans.map(({ className }) => className)).size);
      assert.ok(colours >= 3, `${colours} colours`);
      await picture('5-nginx');
    },
  ],
  [
    'typing brings and takes an underline',
    async (window) => {
      await window.openFile('accounts.js');
      await window.goTo(2, 1);
      await window.page.keyboard.type(
        "require('express')().use(require('cors')({ origin: true, credentials: true }));",
      );
      await window.seeSquiggles('error', (count) => count >= 1, 'the open door is underlined');
      await window.goTo(2, 1);
      await window.page.keyboard.press('Shift+End');
      await window.page.keyboard.press('Delete');
      await window.seeSquiggles('error', (count) => count === 0, 'the underline is gone');
      await window.save('accounts.js', /X-User/);
    },
  ],
  [
    'the language status says what was looked for',
    async (window, picture) => {
      await window.openFile('server.js');
      const status = await until(
        'the status speaks of this file',
        () => window.languageStatus(),
        (seen) => /no problem found/.test(seen),
      );
      assert.match(status, /no problem found express-cors · policies: 1 Show Policies$/);
      await picture('6-status');
      await window.parkPointer();
    },
  ],
  [
    'the line above the policy opens the view, at its policy',
    async (window, picture) => {
      await window.page.locator('.codelens-decoration a', { hasText: /1 pattern|shop\.example/ }).click();
      const view = window.policiesView();
      await view.getByRole('heading', { level: 2, name: /^cors/ }).waitFor({ timeout: 120_000 });
      await until('the policy has the focus', () =>
        view.locator('h2').evaluate((heading) => heading === document.activeElement),
      );
      const cells = await view
        .getByRole('row', { name: /another-website\.example/ })
        .getByRole('cell')
        .allInnerTexts();
      assert.deepEqual(cells.slice(0, 2), ['no', 'no']);
      assert.equal(await view.getByRole('columnheader', { name: 'Read with cookies' }).count(), 1);
      await picture('6-policies');
    },
  ],
  [
    'an origin is tried in the view, by the keyboard alone',
    async (window, picture, host) => {
      const view = window.policiesView();
      const origin = view.getByLabel('Origin of the page');
      await origin.focus();
      await typeInstead(window.page, origin, 'https://evil-shop.example');
      await window.page.keyboard.press('Enter');
      const outcome = view.getByRole('status');
      await outcome.getByText('The page cannot read the response').waitFor({ timeout: 120_000 });
      assert.match(await outcome.innerText(), /CORS check/);
      await typeInstead(window.page, origin, 'https://www.shop.example');
      await tabTo(window.page, view.getByLabel('Method', { exact: true }));
      await tabTo(window.page, view.getByLabel(/^Request headers/));
      await tabTo(window.page, view.getByLabel("With the user's cookies"));
      await window.page.keyboard.press('Space');
      await tabTo(window.page, view.getByRole('button', { name: 'Try', exact: true }));
      await window.page.keyboard.press('Enter');
      await outcome.getByText('The page reads the response').waitFor({ timeout: 120_000 });
      assert.match(await outcome.innerText(), /access-control-allow-credentials\s+true/);
      const copy = outcome.getByRole('button', { name: 'Copy as curl' });
      await copy.scrollIntoViewIfNeeded();
      await picture('6-tried');
      await copy.press('Enter');
      await outcome.getByRole('button', { name: 'Copied' }).waitFor({ timeout: 120_000 });
      // The page is made anew for another text, and the answer comes again: the keyboard is still on the button.
      const file = path.join(host.workspace, 'server.js');
      const text = fs.readFileSync(file, 'utf8');
      for (const [seconds, written] of [
        [601, text.replace('maxAge: 600', 'maxAge: 601')],
        [600, text],
      ]) {
        fs.writeFileSync(file, written);
        await view.getByText(`${seconds} seconds`).first().waitFor({ timeout: 120_000 });
        await until(
          'the button has the focus',
          () => view.locator('body').evaluate(() => document.activeElement?.textContent),
          (focused) => focused === 'Copy as curl',
        );
      }
    },
  ],
  [
    'the view is readable in light and in high contrast',
    async (window, picture, host) => {
      for (const theme of ['Default Light Modern', 'Default High Contrast', 'Default High Contrast Light']) {
        const before = await window
          .policiesView()
          .locator('body')
          .evaluate((body) => getComputedStyle(body).color + body.className);
        host.changeSettings({ 'workbench.colorTheme': theme });
        await until(
          `${theme} is on`,
          () =>
            window
              .policiesView()
              .locator('body')
              .evaluate((body) => getComputedStyle(body).color + body.className),
          (seen) => seen !== before,
        );
        const ratios = await window.policiesView().locator('body').evaluate(leastContrast);
        assert.ok(ratios >= 4.5, `${theme}: text of a contrast of ${ratios}`);
        await picture(`6-policies-${theme.replaceAll(' ', '-').toLowerCase()}`);
      }
      host.changeSettings({});
      const tab = window.page.locator('.tab', { hasText: '(policies)' });
      await tab.click({ button: 'middle' });
      await tab.waitFor({ state: 'detached', timeout: 120_000 });
    },
  ],
  [
    'Check Workspace finds what is in files that nobody opened',
    async (window, picture) => {
      await window.runCommand('CORS Lint: Check Workspace');
      // The sum stands in the status bar for five seconds, from the moment when the list is whole: it is looked for first.
      await until(
        'the sum is told',
        () => window.statusBar(),
        (seen) => /CORS Lint: problems: 3, files with problems: 2/.test(seen),
      );
      await until(
        'the closed file is listed',
        () => window.problems(),
        (rows) => /prices\.js/.test(rows.join('\n')),
      );
      await picture('7-workspace');
      await window.closePanel();
    },
  ],
  [
    'the settings file completes its rules',
    async (window, picture) => {
      await window.runCommand('CORS Lint: Create Settings File');
      await window.page.locator('.tab.active[data-resource-name="cors-lint.json"]').waitFor({ timeout: 120_000 });
      await window.goTo(3, 13);
      const rules = await window.askForSuggestions();
      assert.match(rows(rules), /any-origin/);
      await picture('settings');
      await window.page.keyboard.type('development-or');
      await until(
        'one rule is left',
        () => window.suggestions(),
        (left) => left.length === 1,
      );
      await window.page.keyboard.press('Enter');
      const severities = await until(
        'its severities are suggested',
        () => window.suggestions(),
        (left) => left.some((row) => /off/.test(row)),
      );
      assert.equal(severities.length, 4, rows(severities));
      await window.page.keyboard.type('"off');
      await window.page.keyboard.press('Escape');
      await window.save('cors-lint.json', /"rules": \{\s*"development-origin": "off"\s*\}/);
    },
  ],
  [
    'a server that dies again and again is reported by the status item only',
    async (window, picture, host) => {
      await window.openFile('server.js');
      // VS Code's language client starts it anew four times in three minutes.
      for (let deaths = 0, killed = new Set(); deaths < 5; deaths++) {
        const pid = await until(
          'the server runs',
          () => serverProcess(host.extension),
          (found) => found !== undefined && !killed.has(found),
        );
        killed.add(pid);
        process.kill(pid, 'SIGKILL');
      }
      await until(
        'the status says so',
        () => window.languageStatus(),
        (seen) => /CORS Lint has stopped the output says why Restart Server/.test(seen),
      );
      await picture('9-stopped');
      assert.deepEqual(await window.notifications(), []);
      await window.runCommand('CORS Lint: Restart Server');
      await until(
        'it runs again',
        () => window.languageStatus(),
        (seen) => /no problem found/.test(seen),
      );
    },
  ],
  [
    'nothing popped up on the way',
    async (window) => {
      assert.deepEqual(await window.notifications(), []);
    },
  ],
];

/** Not by Ctrl+A: the workbench repeats that in the view when it gets to it, and then what was typed meanwhile is typed over. */
async function typeInstead(page, field, text) {
  await page.keyboard.press('End');
  await page.keyboard.press('Shift+Home');
  await page.keyboard.type(text);
  assert.equal(await field.inputValue(), text);
}

/** The next key is pressed where it is meant to be. */
async function tabTo(page, place) {
  await page.keyboard.press('Tab');
  const focused = () => place.evaluate((element) => element.ownerDocument.activeElement === element);
  await until('the focus moves on', focused, (isThere) => isThere);
}

/** Runs in the view: the least contrast of any text to what is behind it. https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function leastContrast(body) {
  const channels = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = ([red, green, blue]) => {
    const [r, g, b] = [red, green, blue].map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = channels(getComputedStyle(one).backgroundColor);
      if (colour.length >= 3 && (colour[3] ?? 1) > 0.9) return colour;
    }
    return [255, 255, 255];
  };
  const texts = [...body.querySelectorAll('*')].filter(
    (element) =>
      element.tagName !== 'SCRIPT' &&
      [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''),
  );
  const ratios = texts.map((element) => {
    const [one, other] = [luminance(channels(getComputedStyle(element).color)), luminance(behind(element))];
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  });
  return Math.min(...ratios);
}

/** The process that runs the server of this installed extension, and of no other. */
function serverProcess(extension) {
  const script = path.join(extension, 'dist', 'server.js');
  const pids = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const found = pids.find((pid) => {
    try {
      return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(script);
    } catch {
      return false;
    }
  });
  return found === undefined ? undefined : Number(found);
}

function rows(texts) {
  return texts.join('\n');
}
