/**
 * Real VS Code without its installer: VS Code's own server and web client as the npm package `code-server` carries them in
 * `lib/vscode`, opened in Chromium. Nothing is compiled, and nothing is fetched but npm packages.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const here = path.dirname(fileURLToPath(import.meta.url));
/** The built-in extensions that the tests need: languages, JSON schemas and the themes. Fewer start faster. */
const builtins = [
  'javascript',
  'typescript-basics',
  'json',
  'json-language-features',
  'configuration-editing',
  'python',
  'ipynb',
  'csharp',
  'go',
  'java',
  'php',
  'ruby',
  'rust',
  'theme-defaults',
  'theme-seti',
];

const folderOf = (version) => path.join(here, 'hosts', version);
const codeOf = (version) => path.join(folderOf(version), 'node_modules', 'code-server', 'lib', 'vscode');

/** Installs a version of VS Code unless its lock file is the one that was installed last. */
export function prepare(version) {
  // The web client fetches modules from VS Code's own folder.
  installPackages(folderOf(version), () => fs.symlinkSync('../../..', path.join(codeOf(version), 'node_modules')));
}

/** Installs the packages of a folder unless its lock file is the one that was installed last; then, what is left to do. */
export function installPackages(folder, finish = () => {}) {
  const stamp = path.join(folder, 'node_modules', '.installed-lock');
  const lock = createHash('sha256')
    .update(fs.readFileSync(path.join(folder, 'package-lock.json')))
    .digest('hex');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === lock) return;
  const install = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (install.status !== 0) throw new Error(`npm ci failed in ${folder}`);
  finish();
  fs.writeFileSync(stamp, lock);
}

/**
 * Starts the server and a browser on it. The caller ends both with `close()`.
 *
 * @param {object} options
 * @param {string} options.version a folder of `hosts/`
 * @param {string} options.vsix the packed extension
 * @param {(folder: string) => void} options.fillWorkspace writes the files of the workspace
 * @param {'user' | 'node' | 'web'} options.kind `user`: the extension is installed as users do; `node`, `web`: a suite
 *   runs in that extension host
 * @param {string} [options.tests] the bundled suite
 * @param {object} [options.settings] the user's settings
 * @param {{ width: number, height: number, scale?: number }} [options.window]
 */
export async function open({
  version,
  vsix,
  fillWorkspace,
  kind,
  tests,
  settings = {},
  window = { width: 1280, height: 800 },
}) {
  const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'cors-lint-'));
  const closers = [() => fs.rmSync(temporary, { recursive: true, force: true, maxRetries: 5 })];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const workspace = path.join(temporary, 'workspace');
    fs.mkdirSync(workspace);
    fillWorkspace(workspace);
    writeSettings(temporary, settings);
    const extension = install({ version, vsix, temporary });
    if (kind === 'web') fs.renameSync(extension, path.join(temporary, 'extension'));

    const server = await startServer(version, temporary);
    closers.push(server.close);
    const files =
      kind === 'web'
        ? await serveFiles({ extension: path.join(temporary, 'extension'), tests: path.dirname(tests) })
        : undefined;
    if (files) closers.push(files.close);

    const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
    closers.push(() => browser.close());
    const context = await browser.newContext({
      viewport: { width: window.width, height: window.height },
      deviceScaleFactor: window.scale ?? 1,
      bypassCSP: kind === 'web',
    });
    const page = await context.newPage();
    const answers = await listen(page);
    if (files) await page.addInitScript(addDevelopmentOptions, files.developmentOptions(path.basename(tests)));
    const remote = (file) => `vscode-remote://127.0.0.1:${server.port}${file}`;
    const payload = [['skipWelcome', 'true']];
    if (kind === 'node')
      payload.push(['extensionDevelopmentPath', remote(extension)], ['extensionTestsPath', remote(tests)]);
    await page.goto(
      `http://127.0.0.1:${server.port}/?folder=${encodeURIComponent(workspace)}&payload=${encodeURIComponent(JSON.stringify(payload))}`,
    );
    // Those of the workspace are followed while it is open.
    const changeSettings = (changed) => {
      const folder = path.join(workspace, '.vscode');
      fs.mkdirSync(folder, { recursive: true });
      fs.writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(changed));
    };
    return { page, workspace, extension, close, changeSettings, logs: () => outputLogs(temporary), ...answers };
  } catch (error) {
    await close();
    throw error;
  }
}

function writeSettings(temporary, settings) {
  const folder = path.join(temporary, 'data', 'User');
  fs.mkdirSync(folder, { recursive: true });
  const quiet = {
    'chat.disableAIFeatures': true,
    'chat.agentHost.enabled': false,
    'chat.commandCenter.enabled': false,
    'files.autoSave': 'off',
    'security.workspace.trust.enabled': false,
    'telemetry.telemetryLevel': 'off',
    'update.mode': 'none',
    'workbench.colorTheme': 'Default Dark Modern',
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
    'workbench.startupEditor': 'none',
    'workbench.tips.enabled': false,
  };
  fs.writeFileSync(path.join(folder, 'settings.json'), JSON.stringify({ ...quiet, ...settings }));
}

function environment(temporary) {
  return { ...process.env, EXTENSIONS_GALLERY: '{}', XDG_RUNTIME_DIR: temporary, TMPDIR: temporary };
}

/** The folder that the packed extension was unpacked to. */
function install({ version, vsix, temporary }) {
  const installed = spawnSync(
    process.execPath,
    [
      path.join(codeOf(version), 'out', 'server-main.js'),
      '--accept-server-license-terms',
      '--server-data-dir',
      temporary,
      '--install-extension',
      vsix,
      '--force',
    ],
    { env: environment(temporary), encoding: 'utf8' },
  );
  const extensions = path.join(temporary, 'extensions');
  const name = fs.existsSync(extensions)
    ? fs.readdirSync(extensions).find((entry) => entry.startsWith('cors-lint.cors-lint-'))
    : undefined;
  if (name === undefined) throw new Error(`The extension was not installed: ${installed.stdout}${installed.stderr}`);
  return path.join(extensions, name);
}

async function startServer(version, temporary) {
  const code = codeOf(version);
  const chosen = path.join(temporary, 'builtins');
  fs.mkdirSync(chosen);
  for (const name of builtins) fs.symlinkSync(path.join(code, 'extensions', name), path.join(chosen, name));
  const child = spawn(
    process.execPath,
    [
      path.join(code, 'out', 'server-main.js'),
      '--accept-server-license-terms',
      '--without-connection-token',
      '--host',
      '127.0.0.1',
      '--port',
      '0',
      '--server-data-dir',
      temporary,
      '--telemetry-level',
      'off',
      '--disable-workspace-trust',
      '--enable-smoke-test-driver',
      '--builtin-extensions-dir',
      chosen,
    ],
    { env: environment(temporary), stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const close = async () => {
    // The server leads a process group of its own, with its extension hosts in it.
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      /* It has ended already. */
    }
    await ended;
  };
  const port = await new Promise((resolve, reject) => {
    let said = '';
    const hear = (chunk) => {
      said += chunk;
      const found = /Extension host agent listening on (\d+)/.exec(said);
      if (found) resolve(Number(found[1]));
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', () => reject(new Error(`VS Code's server ended: ${said}`)));
  });
  return { port, close };
}

/** What the extension wrote to its output channel, by the last lines. Empty in a browser's extension host, which keeps it in the page. */
function outputLogs(temporary) {
  const folder = path.join(temporary, 'data', 'logs');
  if (!fs.existsSync(folder)) return '';
  const files = fs.readdirSync(folder, { recursive: true }).filter((name) => /CORS Lint.*\.log$/.test(name));
  return files.map((name) => fs.readFileSync(path.join(folder, name), 'utf8')).join('\n');
}

/**
 * The extension over http, as a web extension is loaded. Another origin than the page's, so it needs CORS itself. The suite lies
 * below the extension's address, though in a folder of its own: VS Code runs a suite in the host of the extension around it.
 */
async function serveFiles({ extension, tests }) {
  const types = { '.js': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm' };
  const server = http.createServer((request, response) => {
    const [, ...parts] = new URL(request.url, 'http://127.0.0.1').pathname.split('/').map(decodeURIComponent);
    const file =
      parts[0] === 'tests'
        ? path.join(tests, path.basename(parts.at(-1)))
        : path.join(extension, ...parts.filter((part) => part !== '..'));
    response.setHeader('Access-Control-Allow-Origin', '*');
    if (!fs.existsSync(file) || !fs.statSync(file).isFile()) return void response.writeHead(404).end();
    response
      .writeHead(200, { 'Content-Type': types[path.extname(file)] ?? 'application/octet-stream' })
      .end(fs.readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const authority = `127.0.0.1:${server.address().port}`;
  return {
    developmentOptions: (suite) => ({
      extensions: [{ scheme: 'http', authority, path: '/' }],
      extensionTestsPath: { scheme: 'http', authority, path: `/tests/${suite}` },
    }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(resolve);
      }),
  };
}

/** Runs in the page: the web extension host is told of an extension by the page's configuration only. */
function addDevelopmentOptions(developmentOptions) {
  const getAttribute = Element.prototype.getAttribute;
  Element.prototype.getAttribute = function (name) {
    const value = getAttribute.call(this, name);
    if (name !== 'data-settings' || this.id !== 'vscode-workbench-web-configuration') return value;
    return JSON.stringify({ ...JSON.parse(value), developmentOptions });
  };
}

/** What a page says of a suite: its console, and the exit code when the extension host has run the suite. */
async function listen(page) {
  const log = [];
  page.on('console', (message) => log.push(message.text()));
  page.on('pageerror', (error) => log.push(String(error)));
  let exit;
  const exited = new Promise((resolve) => {
    exit = resolve;
  });
  await page.exposeFunction('codeAutomationLog', (type, args) => void log.push([type, ...args].join(' ')));
  await page.exposeFunction('codeAutomationExit', (code) => exit(code));
  return { log, exited };
}

function findChromium() {
  const names = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const found = names.find((name) => name && fs.existsSync(name));
  if (!found) throw new Error('Chromium is missing: apt-get install -y chromium, or name it in CHROMIUM');
  return found;
}
