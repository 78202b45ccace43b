/**
 * `node test/vscode/run.mjs measure`: what a user waits for. From the press of a key to the first frame with the underline, and
 * the time that VS Code itself gives for the start of the extension. Printed, not asserted: the figures depend on the machine.
 */
import fs from 'node:fs';
import path from 'node:path';
import { open } from './host.mjs';
import { workbenchOf } from './workbench.mjs';

const presses = 20;
const text =
  "const cors = require('cors');\nconst app = require('express')();\napp.use(cors({ origin: ['https://app.example.com'] }));\n";

/** @param {{ version: string, vsix: string, tell: (outcome: { title: string, milliseconds?: number }) => void }} options */
export async function measure({ version, vsix, tell }) {
  const host = await open({
    version,
    vsix,
    kind: 'user',
    fillWorkspace: (folder) => fs.writeFileSync(path.join(folder, 'app.js'), text),
  });
  const window = workbenchOf(host.page, host.workspace);
  try {
    await window.ready();
    await window.openFile('app.js');
    await host.page.evaluate(watchForUnderline);
    await window.goTo(3, text.split('\n')[2].indexOf("']") + 1);
    // The first one waits for the server and its grammar, as the first one of a day does.
    const first = await once(window);
    const times = [];
    while (times.length < presses) times.push(await once(window));
    times.sort((a, b) => a - b);
    const median = (times[presses / 2 - 1] + times[presses / 2]) / 2;
    tell({
      title: `key press to underline: median of ${presses}; lowest ${times[0]}, highest ${times.at(-1)}, before them ${first} ms`,
      milliseconds: Math.round(median),
    });
    tell({ title: `VS Code says of the extension: ${await activation(window)}` });
  } finally {
    await host.close();
  }
}

async function once(window) {
  await window.page.keyboard.press('/');
  await window.seeSquiggles('error', (count) => count === 1, 'the slash is underlined');
  const milliseconds = await window.page.evaluate(() => globalThis.underlineTook);
  await window.page.keyboard.press('Backspace');
  await window.seeSquiggles('error', (count) => count === 0, 'the underline is gone');
  // A pause as of a person, so that no press falls into the answer to the one before.
  await window.page.waitForTimeout(200);
  return Math.round(milliseconds);
}

/** Runs in the page. */
function watchForUnderline() {
  let pressed;
  addEventListener(
    'keydown',
    ({ key }) => {
      if (key === '/') pressed = performance.now();
    },
    true,
  );
  new MutationObserver(() => {
    if (pressed === undefined || !document.querySelector('.squiggly-error')) return;
    const start = pressed;
    pressed = undefined;
    requestAnimationFrame(() => {
      globalThis.underlineTook = performance.now() - start;
    });
  }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['class'] });
}

async function activation(window) {
  await window.runCommand('Developer: Show Running Extensions');
  const row = window.page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'CORS Lint' }).first();
  await row.waitFor({ timeout: 120_000 });
  return /Activation: [^\n]*?\d+ ?ms/.exec(await row.innerText())?.[0] ?? (await row.innerText());
}
