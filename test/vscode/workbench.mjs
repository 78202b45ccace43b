/** What a user does in VS Code's window with keyboard and mouse, and what a user sees there. */
import fs from 'node:fs';
import path from 'node:path';

/** Settings of a calm window: it shows what the extension adds. */
export const calmWindow = {
  'breadcrumbs.enabled': false,
  'editor.guides.indentation': false,
  'editor.minimap.enabled': false,
  'editor.occurrencesHighlight': 'off',
  'editor.renderLineHighlight': 'none',
  'editor.stickyScroll.enabled': false,
  'window.commandCenter': false,
  'workbench.activityBar.location': 'hidden',
  'workbench.layoutControl.enabled': false,
};

const longest = 120_000;
const betweenLooks = 50;

/** Waits until the condition holds. Throws with what was waited for, and with what was seen at last. */
export async function until(what, look, holds = Boolean) {
  const end = Date.now() + longest;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (Date.now() > end) throw new Error(`In vain waited until ${what}; seen at last: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, betweenLooks));
  }
}

/** @param {import('playwright-core').Page} page */
export function workbenchOf(page, folder) {
  const editor = page.locator('.editor-instance .monaco-editor').first();
  const squiggle = (severity) => editor.locator(`.squiggly-${severity}`);
  const problems = page.locator('.markers-panel-container .monaco-list-row');
  const textsOf = async (locator) => (await locator.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());

  async function choose(key, prefix, text) {
    await page.keyboard.press(key);
    const input = page.locator('.quick-input-widget:visible input.input');
    await input.fill(`${prefix}${text}`);
    // The focused one: before the list is filtered, another stands first.
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: text }).waitFor({ timeout: longest });
    await page.keyboard.press('Enter');
    await input.waitFor({ state: 'hidden', timeout: longest });
  }

  async function hoverAt(x, y) {
    await page.mouse.move(x - 3, y);
    await page.mouse.move(x, y);
    const widget = page.locator('.monaco-hover:visible').first();
    await widget.waitFor({ timeout: longest });
    return widget;
  }

  return {
    page,
    squiggle,
    async ready() {
      await page.locator('.monaco-workbench .part.statusbar').waitFor({ state: 'attached', timeout: longest });
      await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: longest });
    },
    async openFile(name) {
      await choose('Control+p', '', name);
      await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor({ timeout: longest });
    },
    runCommand: (title) => choose('Control+Shift+p', '>', title),
    async goTo(line, column) {
      await page.keyboard.press('Control+g');
      await page.locator('.quick-input-widget:visible input.input').fill(`:${line}:${column}`);
      await page.keyboard.press('Enter');
    },
    /** Waits until as many squiggles of the severity stand in the editor as the condition wants. */
    seeSquiggles: (severity, holds, what) => until(what, () => squiggle(severity).count(), holds),
    /** The pointer rests on the squiggle; the text of the hover that opens. */
    async hover(severity) {
      const box = await squiggle(severity).first().boundingBox();
      return hoverAt(box.x + box.width / 2, box.y + box.height / 2 - 4);
    },
    /** The same over a word of the text. */
    async hoverOver(word) {
      const box = await editor.locator('.view-lines .view-line span span', { hasText: word }).first().boundingBox();
      return hoverAt(box.x + box.width / 2, box.y + box.height / 2);
    },
    /** Where it opens nothing. */
    async parkPointer() {
      await page.mouse.move(920, 150);
      await page.locator('.monaco-hover:visible').first().waitFor({ state: 'hidden', timeout: longest });
    },
    async clickAt(severity) {
      const box = await squiggle(severity).first().boundingBox();
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2 - 4);
    },
    /** Opens the list of quick fixes at the cursor; its titles. */
    async quickFixes() {
      const rows = page.locator('.action-widget .monaco-list-row.action');
      // The first press may come before the actions do.
      await until('the quick fixes are offered', async () => {
        if ((await rows.count()) === 0) await page.keyboard.press('Control+.');
        await new Promise((resolve) => setTimeout(resolve, 300));
        return rows.count();
      });
      return textsOf(rows);
    },
    async chooseFix(title) {
      const focused = page.locator('.action-widget .monaco-list-row.focused');
      for (let steps = 0; !title.test((await textsOf(focused)).join()); steps++) {
        if (steps > 30) throw new Error(`No fix like ${title}`);
        await page.keyboard.press('ArrowDown');
      }
      await page.keyboard.press('Enter');
      await page.locator('.action-widget').waitFor({ state: 'hidden', timeout: longest });
    },
    /** The rows of the Problems view, which is opened for it. */
    async problems() {
      if (!(await page.locator('.markers-panel-container').isVisible())) await page.keyboard.press('Control+Shift+m');
      await problems.first().waitFor({ timeout: longest });
      return textsOf(problems);
    },
    /** The page inside of the view of policies. */
    policiesView: () => page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame'),
    async closePanel() {
      if (await page.locator('.part.panel').isVisible()) await page.keyboard.press('Control+j');
    },
    /** What stands in the editor. VS Code writes blanks as no-break spaces. */
    async text() {
      const lines = await editor
        .locator('.view-lines .view-line')
        .evaluateAll((all) => all.map((line) => [Number.parseFloat(line.style.top), line.textContent]));
      return lines
        .sort(([a], [b]) => a - b)
        .map(([, line]) => line.replaceAll('\u00a0', ' '))
        .join('\n');
    },
    /** Saves by the keyboard and waits until the file on disk is as expected. */
    async save(name, expected) {
      await page.keyboard.press('Control+s');
      await until(
        `${name} is saved with ${expected}`,
        () => fs.readFileSync(path.join(folder, name), 'utf8'),
        (text) => expected.test(text),
      );
    },
    /** What the item beside the language's name tells; nothing when it does not open. */
    async languageStatus() {
      // It opens when the pointer comes, and a change of the item closes it.
      await page.mouse.move(920, 150);
      await page.locator('.part.statusbar [id="status.languageStatus"]').hover();
      const card = page.locator('.hover-language-status').filter({ hasText: 'CORS Lint' }).first();
      return card.waitFor({ timeout: 2000 }).then(
        async () => (await textsOf(card)).join(),
        () => '',
      );
    },
    statusBar: async () => (await textsOf(page.locator('.part.statusbar .statusbar-item'))).join(' '),
    suggestions: async () => textsOf(page.locator('.suggest-widget.visible .monaco-list-row')),
    /** Asks for suggestions until there are some: VS Code's JSON support may still be starting. */
    async askForSuggestions() {
      return until(
        'something is suggested',
        async () => {
          await page.keyboard.press('Control+Space');
          await page.waitForTimeout(700);
          const rows = await this.suggestions();
          if (rows.length <= 1) await page.keyboard.press('Escape');
          return rows;
        },
        (rows) => rows.length > 1,
      );
    },
    notifications: async () => textsOf(page.locator('.notifications-toasts .notification-list-item')),
  };
}
