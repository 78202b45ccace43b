/** What a user may expect of the extension, asked of real VS Code. One suite for the extension hosts of Node and of browsers. */
import * as assert from './assert.ts';
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { DebugInformationResult } from '../../server/src/lsp/protocol.ts';
import { fingerprintOf as fingerprint } from '../../server/src/service/fingerprint.ts';
import { fixCases } from './fix-cases.ts';
import { languageCases } from './language-cases.ts';
import {
  applyEdit,
  codeOf,
  codes,
  editorOf,
  findings,
  fixesFor,
  insertedText,
  remove,
  replaceText,
  replacement,
  serverProcessOf,
  setting,
  tabNames,
  statusOf,
  typeText,
  until,
  uriOf,
  writeFile,
} from './editor.ts';

const openDoor =
  "const cors = require('cors');\nconst app = require('express')();\napp.use(cors({ origin: true, credentials: true }));\n";
const openDoorCode = 'any-origin-with-credentials';
const closedDoor = openDoor.replace('origin: true', "origin: ['https://app.example.com']");

/** Of the first finding of the rule, which stands on the line of the settings. */
function fingerprintOf(rule: string, text: string): string {
  const start = text.indexOf('app.use');
  return fingerprint({ rule, range: { start, end: text.length - 1 } }, text);
}

interface ExtensionApi {
  readonly client: BaseLanguageClient;
  readonly started: Promise<void>;
  readonly shownPolicies: ReadonlyMap<string, { readonly policies: number; readonly rows: number }>;
}

export function defineSuite(host: 'node' | 'web'): void {
  let client: BaseLanguageClient;
  let shownPolicies: ExtensionApi['shownPolicies'];

  before(async () => {
    const extension = vscode.extensions.getExtension<ExtensionApi>('cors-lint.cors-lint');
    assert.ok(extension, 'the extension is not installed');
    const api = await extension.activate();
    client = api.client;
    shownPolicies = api.shownPolicies;
    await api.started;
    assert.ok(client.isRunning(), 'the language server does not run');
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  describe('diagnostics', () => {
    it('appear when a file is opened, with rule, link and message', async () => {
      const { document } = await editorOf('opened.js', openDoor);
      await until('the finding appears', () => codes(document.uri).includes(openDoorCode));
      const finding = findings(document.uri).find((one) => codeOf(one) === openDoorCode)!;
      assert.equal(finding.severity, vscode.DiagnosticSeverity.Error);
      assert.equal(document.getText(finding.range).includes('true'), true, 'the range covers the setting');
      assert.match(finding.message, /^[A-Z"].+\. [A-Z].+\.$/, 'a first sentence that stands alone, and more');
      const code = finding.code as { target: vscode.Uri };
      assert.match(String(code.target), /any-origin-with-credentials\.md$/);
    });

    it('change while typing, half-typed text included', async () => {
      const editor = await editorOf('typed.js', closedDoor);
      await until(
        'the file has no finding',
        async () =>
          (await statusOf(client, editor.document.uri))?.policies === 1 && codes(editor.document.uri).length === 0,
      );
      await replaceText(editor, "['https://app.example.com']", 'tru');
      await typeText(editor, 'e');
      await until('the open door is reported', () => codes(editor.document.uri).includes(openDoorCode));
      await replaceText(editor, 'origin: true', "origin: 'https://app.example.com'");
      await until('the closed door is silent', () => codes(editor.document.uri).length === 0);
      assert.equal(editor.document.isDirty, true, 'nothing was saved on the way');
    });

    it('appear in a text that was never saved', async () => {
      const document = await vscode.workspace.openTextDocument({ language: 'javascript', content: openDoor });
      await vscode.window.showTextDocument(document);
      await until('the finding appears', () => codes(document.uri).includes(openDoorCode));
    });

    it('follow what an imported file says', async () => {
      const options = await writeFile('imported-options.js', 'module.exports = { origin: true, credentials: true };\n');
      const { document } = await editorOf(
        'importer.js',
        "const cors = require('cors');\nconst app = require('express')();\napp.use(cors(require('./imported-options')));\n",
      );
      await until('the import is followed', () => codes(document.uri).includes(openDoorCode));
      const other = await vscode.window.showTextDocument(options);
      await replaceText(other, 'origin: true', "origin: 'https://app.example.com'");
      await until('the edit of the import counts', () => codes(document.uri).length === 0);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });
  });

  describe('a file with settings that another one uses', () => {
    it('carries a hint that leads to the use, which nobody opened', async () => {
      const user = await writeFile(
        'uses-options.js',
        "const cors = require('cors');\nrequire('express')().use(cors(require('./used-options')));\n",
      );
      const { document } = await editorOf('used-options.js', "module.exports = { origin: 'https://a.example/' };\n");
      await until('the hint is there', () => codes(document.uri).includes('malformed-origin'));
      const [hint] = findings(document.uri);
      assert.equal(hint!.severity, vscode.DiagnosticSeverity.Hint);
      assert.equal(String(hint!.relatedInformation![0]!.location.uri), String(user));
      await remove('uses-options.js');
    });

    it('in cors-lint.json, closed and broken, is a problem until it is repaired', async () => {
      const uri = await writeFile('cors-lint.json', '{ "rules": { "any-origen": "off" } }');
      try {
        await editorOf('beside-broken.js', openDoor);
        await until('the mistake is told', () => findings(uri).length === 1);
        await writeFile('cors-lint.json', '{}');
        await until('it is told no more', () => findings(uri).length === 0);
      } finally {
        await remove('cors-lint.json');
      }
    });

    it('in a baseline leaves out what was found before', async () => {
      const entry = { rule: openDoorCode, fingerprint: fingerprintOf(openDoorCode, openDoor), count: 1 };
      await writeFile('known.json', JSON.stringify({ version: 1, files: { 'old-door.js': [entry] } }));
      await writeFile('cors-lint.json', '{ "baseline": "known.json" }');
      try {
        const { document } = await editorOf('old-door.js', openDoor);
        await until('the status knows it', async () => (await statusOf(client, document.uri))?.known === 1);
        await until('nothing is told', () => codes(document.uri).length === 0);
        await setting('onlyNewFindings', false, () =>
          until('all is told', () => codes(document.uri).includes(openDoorCode)),
        );
      } finally {
        await remove('cors-lint.json');
        await remove('known.json');
      }
    });
  });

  describe('quick fixes', () => {
    for (const { name, file, text, rule, atLeast } of fixCases) {
      it(`${name}: each one changes the text and clears ${rule}`, async () => {
        const editor = await editorOf(file, text);
        const { document } = editor;
        await until(`${rule} is reported`, () => codes(document.uri).includes(rule));
        const titles = (await fixesFor(document, rule)).map(({ title }) => title);
        assert.ok(titles.length >= atLeast, `${titles.length} fixes of ${atLeast}: ${titles.join(' | ')}`);
        for (const title of titles) {
          const fix = (await fixesFor(document, rule)).find((one) => one.title === title);
          assert.ok(fix?.edit, `"${title}" is an edit`);
          await applyEdit(fix.edit);
          assert.notEqual(document.getText(), text, `"${title}" changes the text`);
          await until(`"${title}" clears ${rule}`, () => !codes(document.uri).includes(rule));
          await applyEdit(replacement(document, text));
          await until(`${rule} is back`, () => codes(document.uri).includes(rule));
        }
      });
    }

    it('accept a finding on the line, the next line and in the file', async () => {
      const { document } = await editorOf('accepted.js', openDoor);
      await until('the finding appears', () => codes(document.uri).includes(openDoorCode));
      const before = document.getText();
      const places = {
        'at the end of this line': 'cors-lint-disable-line',
        'in the line above': 'cors-lint-disable-next-line',
        'for this file': 'cors-lint-disable',
      };
      for (const [place, comment] of Object.entries(places)) {
        const title = `Accept "${openDoorCode}" ${place}, with a reason`;
        const fixes = await fixesFor(document, openDoorCode);
        const fix = fixes.find((one) => one.title === title);
        assert.ok(fix?.edit, `"${title}" of ${fixes.map((one) => one.title).join(' | ')}`);
        assert.equal(fix.kind?.value, vscode.CodeActionKind.QuickFix.value);
        // The reason is a snippet's place to type over, which `WorkspaceEdit.get` does not show: only the text tells.
        await applyEdit(fix.edit);
        assert.ok(document.getText().includes(`${comment} ${openDoorCode} -- `), `${comment} in ${document.getText()}`);
        await until(`${comment} is honoured`, () => !codes(document.uri).includes(openDoorCode));
        await applyEdit(replacement(document, before));
        await until('the finding is back', () => codes(document.uri).includes(openDoorCode));
      }
    });

    it('of several lines come with the indentation that they were written with', async () => {
      const text =
        "const app = require('express')();\n\nfunction account(req, res) {\n  if (req.query.open) {\n" +
        "    res.setHeader('Access-Control-Allow-Origin', '*');\n  }\n  res.json({});\n}\napp.get('/account', account);\n";
      const { document } = await editorOf('indented.js', text);
      await until('the finding appears', () => codes(document.uri).includes('any-origin'));
      const fix = (await fixesFor(document, 'any-origin')).find(({ title }) =>
        title.startsWith('Allow only listed origins;'),
      );
      assert.ok(fix?.edit);
      await applyEdit(fix.edit);
      const lines = document.getText().split('\n').slice(4, 7);
      assert.deepEqual(
        lines.map((line) => /^ */.exec(line)![0].length),
        [4, 4, 6],
        lines.join('\n'),
      );
    });

    it('name the trusted origins of the settings', async () => {
      await setting('trustedOrigins', ['https://trusted.example'], async () => {
        const { document } = await editorOf('trusted.js', openDoor);
        await until('the finding appears', () => codes(document.uri).includes(openDoorCode));
        const fixes = await fixesFor(document, openDoorCode);
        assert.ok(
          fixes.some((fix) => insertedText(fix, document.uri).includes('https://trusted.example')),
          fixes.map(({ title }) => title).join(' | '),
        );
      });
    });
  });

  describe('fix-all', () => {
    const slash =
      "const cors = require('cors');\nconst app = require('express')();\napp.use(cors({ origin: ['https://app.example.com/'] }));\n";

    it('runs on save, safe fixes only', async () => {
      await vscode.workspace
        .getConfiguration('editor')
        .update('codeActionsOnSave', { 'source.fixAll.corsLint': 'explicit' }, vscode.ConfigurationTarget.Workspace);
      try {
        const { document } = await editorOf('saved.js', slash + openDoor.split('\n')[2]);
        await until(
          'both findings appear',
          () => codes(document.uri).includes('malformed-origin') && codes(document.uri).includes(openDoorCode),
        );
        await applyEdit(replacement(document, `${document.getText()}\n`));
        await document.save();
        assert.match(document.getText(), /'https:\/\/app\.example\.com'\]/, 'the safe fix was applied');
        assert.match(document.getText(), /origin: true/, 'the unsafe one was not');
        await until('only the other finding is left', () => codes(document.uri).join() === openDoorCode);
      } finally {
        await vscode.workspace
          .getConfiguration('editor')
          .update('codeActionsOnSave', undefined, vscode.ConfigurationTarget.Workspace);
      }
    });

    it('is a command', async () => {
      const { document } = await editorOf('command.js', slash);
      await until('the finding appears', () => codes(document.uri).includes('malformed-origin'));
      await vscode.commands.executeCommand('corsLint.fixAll');
      await until('the text is fixed', () => !document.getText().includes('example.com/'));
    });
  });

  describe('hover', () => {
    it('shows the effective policy on a setting', async () => {
      const { document } = await editorOf('hover.js', openDoor);
      await until('the finding appears', () => codes(document.uri).includes(openDoorCode));
      const position = document.positionAt(document.getText().indexOf('origin: true') + 2);
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        position,
      );
      const text = hovers
        .flatMap(({ contents }) => contents)
        .map((content) => (typeof content === 'string' ? content : content.value))
        .join('\n');
      assert.match(text, /\|.*\|/, 'a table');
      assert.match(text, /cookies/i);
    });
  });

  it('the light bulb copies the request of the stranger as a command line', async () => {
    const { document } = await editorOf('curl.js', openDoor);
    await until('the finding appears', () => codes(document.uri).includes(openDoorCode));
    const [finding] = findings(document.uri).filter((one) => codeOf(one) === openDoorCode);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      finding!.range,
    );
    const { command } = actions.find(({ title }) => title.endsWith('as curl'))!;
    await vscode.commands.executeCommand(command!.command, ...command!.arguments!);
    assert.match(await vscode.env.clipboard.readText(), /^curl -i 'https:\/\/.*' -H 'Origin: https:\/\/.*'/);
  });

  describe('the line above a policy', () => {
    const titlesOf = async ({ uri }: vscode.TextDocument) =>
      (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri)).map(
        ({ range, command }) => `${range.start.line} ${command?.title}`,
      );

    it('says who reads, follows the text, and opens the view of policies', async () => {
      const { document } = await editorOf('lens.js', openDoor);
      await until('it is there', async () => (await titlesOf(document)).join() === '2 every website, with cookies');
      await applyEdit(replacement(document, closedDoor));
      await until(
        'it follows',
        async () => (await titlesOf(document)).join() === '2 https://app.example.com, with cookies',
      );
      const [lens] = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
      );
      await vscode.commands.executeCommand(lens!.command!.command, ...lens!.command!.arguments!);
      await until('the page is there', () => shownPolicies.get(String(document.uri))?.policies === 1);
    });

    it('is off by a setting, live', async () => {
      const { document } = await editorOf('no-lens.js', openDoor);
      await until('it is there', async () => (await titlesOf(document)).length === 1);
      await setting('codeLens', false, () => until('it is gone', async () => (await titlesOf(document)).length === 0));
    });
  });

  describe('settings', () => {
    it('rules: change a severity and turn a rule off, live', async () => {
      const { document } = await editorOf('rules.js', openDoor);
      await until('the finding appears', () => codes(document.uri).includes(openDoorCode));
      await setting('rules', { [openDoorCode]: 'information' }, async () => {
        await until('the severity changes', () =>
          findings(document.uri).some(
            (one) => codeOf(one) === openDoorCode && one.severity === vscode.DiagnosticSeverity.Information,
          ),
        );
      });
      await setting('rules', { [openDoorCode]: 'off' }, async () => {
        await until('the finding goes', () => !codes(document.uri).includes(openDoorCode));
      });
      await until('the finding comes back', () => codes(document.uri).includes(openDoorCode));
    });

    it('enable: turns all of it off', async () => {
      const { document } = await editorOf('enable.js', openDoor);
      await until('the finding appears', () => codes(document.uri).includes(openDoorCode));
      await setting('enable', false, () => until('the finding goes', () => codes(document.uri).length === 0));
      await until('the finding comes back', () => codes(document.uri).includes(openDoorCode));
    });

    it('exclude: leaves files out', async () => {
      const { document } = await editorOf('excluded.js', openDoor);
      await until('the finding appears', () => codes(document.uri).includes(openDoorCode));
      await setting('exclude', ['**/excluded.js'], () =>
        until('the finding goes', () => codes(document.uri).length === 0),
      );
    });

    it('profile: thorough reports more', async () => {
      const { document } = await editorOf(
        'profile.js',
        "const express = require('express');\nconst app = express();\napp.get('/', (req, res) => {\n" +
          "  res.set('Access-Control-Allow-Origin', 'https://app.example.com');\n" +
          "  res.set('Access-Control-Allow-Methods', '*');\n  res.json({});\n});\n",
      );
      await until('the file was checked', async () => (await statusOf(client, document.uri))?.policies === 1);
      assert.equal(codes(document.uri).includes('any-method'), false);
      await setting('profile', 'thorough', () =>
        until('the review rule speaks', () => codes(document.uri).includes('any-method')),
      );
    });

    it('run: onSave waits for the save', async () => {
      await setting('run', 'onSave', async () => {
        const editor = await editorOf('on-save.js', closedDoor);
        await until('the file was checked', async () => (await statusOf(client, editor.document.uri))?.policies === 1);
        await replaceText(editor, "['https://app.example.com']", 'true');
        const { items } = await client.sendRequest<{ items: unknown[] }>('textDocument/diagnostic', {
          textDocument: { uri: String(editor.document.uri) },
        });
        assert.deepEqual(items, [], 'an unsaved text is not checked');
        await editor.document.save();
        await until('the saved text is checked', () => codes(editor.document.uri).includes(openDoorCode));
      });
    });

    it('cors-lint.json: counts from when it is written until it is removed', async () => {
      const { document } = await editorOf('configured.js', openDoor);
      await until('the finding appears', () => codes(document.uri).includes(openDoorCode));
      await writeFile('cors-lint.json', JSON.stringify({ rules: { [openDoorCode]: 'off' } }));
      try {
        await until('the file counts', () => !codes(document.uri).includes(openDoorCode));
      } finally {
        await remove('cors-lint.json');
      }
      await until('the finding comes back', () => codes(document.uri).includes(openDoorCode));
    });
  });

  describe('commands', () => {
    it('are all there', async () => {
      const all = await vscode.commands.getCommands(true);
      const declared: { command: string }[] =
        vscode.extensions.getExtension('cors-lint.cors-lint')!.packageJSON.contributes.commands;
      assert.ok(declared.length >= 6);
      assert.deepEqual(
        declared.filter(({ command }) => !all.includes(command)),
        [],
      );
    });

    it('Create Settings File writes and opens cors-lint.json, whose schema knows the settings', async () => {
      await vscode.commands.executeCommand('corsLint.createSettingsFile');
      const { document } = vscode.window.activeTextEditor!;
      try {
        assert.match(document.uri.path, /\/cors-lint\.json$/);
        assert.deepEqual(JSON.parse(document.getText()).trustedOrigins, []);
        await applyEdit(replacement(document, '{ "profile": "loud" }'));
        // The schema is checked by VS Code's own JSON support.
        await until('a wrong value is marked', () =>
          vscode.languages
            .getDiagnostics(document.uri)
            .some(({ source, message }) => source !== 'cors-lint' && /default/.test(message)),
        );
      } finally {
        await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
        await remove('cors-lint.json');
      }
    });

    it('Create Settings File opens settings in YAML where there are some', async () => {
      await writeFile('.cors-lint.yaml', 'profile: thorough\n');
      try {
        await vscode.commands.executeCommand('corsLint.createSettingsFile');
        assert.match(vscode.window.activeTextEditor!.document.uri.path, /\/\.cors-lint\.yaml$/);
        await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      } finally {
        await remove('.cors-lint.yaml');
      }
    });

    it('Open Sample opens a text that nobody saved, with a finding in it', async () => {
      await vscode.commands.executeCommand('corsLint.openSample');
      const { document } = vscode.window.activeTextEditor!;
      assert.equal(document.isUntitled, true);
      await until('the pattern is reported', () => codes(document.uri).includes('bypassable-origin-check'));
    });

    it('Show Policies of File opens a page with what the settings come to', async () => {
      const { document } = await editorOf('policies.js', openDoor);
      await until('the file is read', async () => (await statusOf(client, document.uri))?.policies === 1);
      await vscode.commands.executeCommand('corsLint.showPolicies');
      await until('the page is there', () => tabNames().includes('policies.js (policies)'));
      // The page's own script says so: it runs under the page's security policy, in this host too.
      await until('it shows the policy', () => shownPolicies.get(String(document.uri))?.policies === 1);
      assert.equal(shownPolicies.get(String(document.uri))!.rows, 2, 'any other website, and sandboxed pages');
      await applyEdit(replacement(document, closedDoor));
      await until('it follows the text', () => shownPolicies.get(String(document.uri))?.rows === 3);
      await applyEdit(replacement(document, 'const first = 1;\n'));
      await until('it says that there is none', () => shownPolicies.get(String(document.uri))?.policies === 0);
    });

    it('Show Debug Information opens a report without paths of the user', async () => {
      const { text } = await client.sendRequest<DebugInformationResult>('corsLint/debugInformation');
      await vscode.commands.executeCommand('corsLint.showDebugInformation');
      const { document } = vscode.window.activeTextEditor!;
      assert.equal(document.languageId, 'markdown');
      assert.ok(text.length > 50 && document.getText().length > 50);
      assert.equal(document.getText().includes(vscode.workspace.workspaceFolders![0]!.uri.path), false);
    });

    it('Check Workspace finds what is in files that nobody opened', async () => {
      const uri = uriOf('closed.js');
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(openDoor));
      try {
        await vscode.commands.executeCommand('corsLint.checkWorkspace');
        await until('the closed file has its finding', () => codes(uri).includes(openDoorCode));
      } finally {
        await remove('closed.js');
      }
    });

    it('Check Workspace follows the files from then on, until it is cleared', async () => {
      const uri = await writeFile('followed.js', openDoor);
      const check = () => vscode.commands.executeCommand('corsLint.checkWorkspace');
      await check();
      await until('the closed file has its finding', () => codes(uri).includes(openDoorCode));
      await writeFile('followed.js', closedDoor);
      await until('what was repaired on disk is gone', () => codes(uri).length === 0);
      await writeFile('followed.js', openDoor);
      await until('what came back on disk is there', () => codes(uri).includes(openDoorCode));
      await remove('followed.js');
      await until('what was deleted is gone', () => codes(uri).length === 0);
      await writeFile('followed.js', openDoor);
      await until('what was written anew is there', () => codes(uri).includes(openDoorCode));
      await vscode.commands.executeCommand('corsLint.clearWorkspaceProblems');
      assert.deepEqual(codes(uri), []);
      await remove('followed.js');
    });
  });

  describe('every language of servers has what the first had', () => {
    for (const { language, file, rule, lines } of languageCases)
      it(`${language}: finding, hover, lens, fixes, and a comment that accepts`, async () => {
        const { document } = await editorOf(file, `${lines.join('\n')}\n`);
        const { uri } = document;
        await until('the finding appears', () => codes(uri).includes(rule));
        const { range } = findings(uri).find((one) => codeOf(one) === rule)!;
        const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
          'vscode.executeHoverProvider',
          uri,
          range.start,
        );
        const told = hovers.flatMap(({ contents }) =>
          contents.map((one) => (typeof one === 'string' ? one : one.value)),
        );
        assert.match(told.join('\n'), /Preflight|Read/);
        const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri);
        assert.ok(lenses.length > 0, 'a line above the policy');
        const offered = await fixesFor(document, rule);
        const text = document.getText();
        for (const fix of offered.filter(({ title }) => !/^(Accept|Copy|Show|Fix all)/.test(title))) {
          assert.ok(await vscode.workspace.applyEdit(fix.edit!), fix.title);
          await until(`it is gone after "${fix.title}"`, () => !codes(uri).includes(rule));
          await applyEdit(replacement(document, text));
          await until('it is there again', () => codes(uri).includes(rule));
        }
        const accept = offered.find(({ title }) => title.includes('in the line above'));
        assert.ok(await vscode.workspace.applyEdit(accept!.edit!));
        // The reason is still to be written.
        await until('the comment accepts it', () => codes(uri).join() === 'unexplained-suppression');
        await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
        await remove(file);
      });
  });

  describe('another extension', () => {
    it('that says the same is given way to where a setting asks for it', async () => {
      const { document } = await editorOf('twice.js', openDoor);
      const { uri } = document;
      await until('the finding appears', () => codes(uri).includes(openDoorCode));
      const other = vscode.languages.createDiagnosticCollection('another');
      try {
        const said = new vscode.Diagnostic(new vscode.Range(2, 0, 2, 7), 'Make sure that enabling CORS is safe here.');
        other.set(uri, [said]);
        await setting('standDown', true, async () => {
          await until('ours is left out', () => codes(uri).length === 0);
          const elsewhere = new vscode.Diagnostic(
            new vscode.Range(0, 0, 0, 7),
            'Make sure that enabling CORS is safe.',
          );
          other.set(uri, [elsewhere]);
          await until('ours comes back', () => codes(uri).includes(openDoorCode));
          other.set(uri, [said]);
          await until('ours is left out again', () => codes(uri).length === 0);
        });
        await until('without the setting both stand', () => codes(uri).includes(openDoorCode));
      } finally {
        other.dispose();
      }
    });
  });

  describe('cells of a notebook', () => {
    const cells = [
      '%pip install fastapi\nfrom fastapi.middleware.cors import CORSMiddleware\norigins = ["https://shop.example/"]\n',
      'app.add_middleware(CORSMiddleware, allow_origins=origins, allow_credentials=True)\n',
    ];
    const saved = {
      cells: cells.map((source) => ({ cell_type: 'code', metadata: {}, outputs: [], source, execution_count: null })),
      metadata: { language_info: { name: 'python' } },
      nbformat: 4,
      nbformat_minor: 2,
    };

    it('are one program: findings, fixes and lenses stand in the cell, while it is typed in', async () => {
      const notebook = await vscode.workspace.openNotebookDocument(await writeFile('api.ipynb', JSON.stringify(saved)));
      await vscode.window.showNotebookDocument(notebook);
      const [names, app] = notebook.getCells().map((cell) => cell.document);
      await until('the first cell has the finding', () => codes(names!.uri).includes('malformed-origin'));
      assert.equal(names!.getText(findings(names!.uri)[0]!.range), '"https://shop.example/"');
      assert.deepEqual(codes(app!.uri), []);
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        app!.uri,
      );
      assert.deepEqual(
        lenses.map(({ range }) => range.start.line),
        [0],
      );
      const [fix] = await fixesFor(names!, 'malformed-origin');
      assert.ok(await vscode.workspace.applyEdit(fix!.edit!));
      assert.match(names!.getText(), /\["https:\/\/shop\.example"\]/);
      await until('the finding is gone', () => codes(names!.uri).length === 0);
      const star = new vscode.WorkspaceEdit();
      star.replace(names!.uri, names!.lineAt(2).range, 'origins = ["*"]');
      assert.ok(await vscode.workspace.applyEdit(star));
      await until('what another cell makes of it is told', () => codes(names!.uri).concat(codes(app!.uri)).length > 0);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await remove('api.ipynb');
    });
  });

  describe('kinds of files that VS Code does not know by itself', () => {
    const star = 'Access-Control-Allow-Origin';
    const files: Readonly<Record<string, string>> = {
      'main.tf': `resource "aws_lambda_function_url" "api" {\n  cors {\n    allow_origins = ["*"]\n  }\n}\n`,
      'netlify.toml': `[[headers]]\nfor = "/api/*"\n[headers.values]\n${star} = "*"\n`,
      Caddyfile: `shop.example {\n\theader ${star} *\n}\n`,
      _headers: `/api/*\n  ${star}: *\n`,
      '.htaccess': `Header set ${star} "*"\n`,
      'web.config':
        `<configuration><system.webServer><httpProtocol><customHeaders><add name="${star}" value="*" />` +
        '</customHeaders></httpProtocol></system.webServer></configuration>\n',
      'nginx.conf.j2': `server {\n  location /api/ {\n    add_header ${star} *;\n  }\n}\n`,
      'apache2/sites-available/shop.conf': `<VirtualHost *:80>\n  Header set ${star} "*"\n</VirtualHost>\n`,
      'haproxy.cfg': `frontend web\n  http-response set-header ${star} "*"\n`,
      'main.bicep':
        "resource site 'Microsoft.Web/sites@2022-09-01' = {\n  name: 'shop'\n  properties: {\n    siteConfig: {\n" +
        "      cors: {\n        allowedOrigins: ['*']\n      }\n    }\n  }\n}\n",
    };
    for (const [name, text] of Object.entries(files))
      it(`${name}: the same is found as on the command line`, async () => {
        const { document } = await editorOf(name, text);
        try {
          await until('its star is reported', () => codes(document.uri).includes('any-origin'));
          assert.notEqual(document.languageId, name.includes('apache2') ? 'nginx' : '', 'a language of other files');
        } finally {
          await remove(name);
        }
      });
  });

  describe('the server', () => {
    it('says why nothing is reported', async () => {
      const { document } = await editorOf('plain.js', 'console.log(1);\n');
      await until('a status is known', async () => (await statusOf(client, document.uri)) !== null);
      const status = await statusOf(client, document.uri);
      assert.equal(status?.findings, 0);
      assert.deepEqual(status.problems, []);
    });

    it('starts anew on command and reports again', async () => {
      const { document } = await editorOf('restarted.js', openDoor);
      await until('the finding appears', () => codes(document.uri).includes(openDoorCode));
      await vscode.commands.executeCommand('corsLint.restart');
      assert.ok(client.isRunning());
      await until('the finding appears again', () => codes(document.uri).includes(openDoorCode));
      await applyEdit(replacement(document, closedDoor));
      await until('edits count again', () => codes(document.uri).length === 0);
    });

    if (host === 'node') {
      it('comes back when its process is killed', async () => {
        const editor = await editorOf('killed.js', closedDoor);
        await until('the file was checked', async () => (await statusOf(client, editor.document.uri))?.policies === 1);
        const pid = serverProcessOf(client);
        process.kill(pid, 'SIGKILL');
        await until('another process runs', () => client.isRunning() && serverProcessOf(client) !== pid);
        await replaceText(editor, "['https://app.example.com']", 'true');
        await until('it reports', () => codes(editor.document.uri).includes(openDoorCode));
      });
    }
  });
}
