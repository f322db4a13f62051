// Scenarios inside VS Code's extension host, with the whole vscode API: an extension that drive.mjs installs.
// The replies of the model stand in replies.json; each scenario has a scripted model and a session of its own.
"use strict";
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const vscode = require("vscode");

const { hand, until, output, forget, says, open, statusBar } = require("./hands.js");

const BUTTON = (label) => `.monaco-dialog-box .monaco-button:text-is("${label}")`;
const NOTIFICATION = ".notifications-toasts .notification-list-item-message";
const CALC = "def add(a, b):\n    return a - b\n";
const root = () => vscode.workspace.workspaceFolders[0].uri.fsPath;
const onDisk = (name) => fs.readFileSync(path.join(root(), name), "utf8");
const ask = (prompt) => vscode.commands.executeCommand("smallcode.ask", { prompt });
const settings = () => vscode.workspace.getConfiguration("smallcode");
const select = (editor, ...numbers) => (editor.selection = new vscode.Selection(...numbers));

const MODELS = JSON.parse(process.env.SMALLCODE_E2E_MODELS);

/** The project as it was, nothing unsaved, and a conversation of its own. */
async function begin(name) {
  await vscode.commands.executeCommand("notifications.clearAll");
  const { document } = await open("calc.py");
  if (document.getText() !== CALC) {
    const all = new vscode.WorkspaceEdit();
    all.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), CALC);
    await vscode.workspace.applyEdit(all);
  }
  await document.save();
  forget();
  if (MODELS[name] && vscode.workspace.isTrusted) {
    await set("baseUrl", MODELS[name]);
    await vscode.commands.executeCommand("smallcode.newSession");
  }
}

async function set(key, value) {
  await settings().update(key, value, vscode.ConfigurationTarget.Workspace);
}

async function insert(editor, position, text) {
  assert.ok(await editor.edit((edit) => edit.insert(new vscode.Position(...position), text)));
}

/** As another language server would. */
function report(document) {
  const checker = vscode.languages.createDiagnosticCollection("checker");
  const problem = new vscode.Diagnostic(new vscode.Range(1, 4, 1, 16), "subtracts instead of adding");
  problem.source = "checker";
  checker.set(document.uri, [problem]);
  return [checker, problem];
}

const scenarios = {
  async "the server starts and the status bar names the model"() {
    await until("the model's name", async () => (await statusBar()).includes("scripted"));
    const shown = vscode.commands.executeCommand("smallcode.showStatus");
    assert.match(await hand("see", `${NOTIFICATION}:has-text("scripted at http://127.0.0.1")`), /window of [\d,]+ tokens/);
    await vscode.commands.executeCommand("notifications.clearAll");
    await shown;
  },

  async "in a restricted folder an edit is asked for, whatever the folder's settings say"() {
    assert.equal(vscode.workspace.isTrusted, false);
    const editor = await open("calc.py");
    const turn = ask("Repair add");
    assert.match(await hand("see", ".monaco-dialog-box"), /-    return a - b\s+\+    return a \+ b/);
    await hand("look", "edit-permission");
    await hand("click", BUTTON("Deny"));
    await turn;
    assert.equal(editor.document.getText(), CALC);
    assert.ok(!editor.document.isDirty);
    await says(/→ edit calc\.py ✗/);
  },

  async "the folder's settings count once it is trusted"() {
    await vscode.commands.executeCommand("workbench.trust.manage");
    await hand("click", '.workspace-trust-editor .monaco-button:text-is("Trust")');
    await until("trust", () => vscode.workspace.isTrusted);
    await hand("see", `${NOTIFICATION}:has-text("/nowhere/smallcode-lsp")`);
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    for (const key of ["path", "baseUrl", "shellPermission", "editPermission"]) await set(key, undefined);
    await until("the model's name", async () => (await statusBar()).includes("scripted"));
  },

  async "ask from the palette by keyboard and see the answer stream in"() {
    await open("calc.py");
    await vscode.commands.executeCommand("workbench.action.showCommands");
    await hand("see", ".quick-input-widget input");
    await hand("type", "SmallCode: Ask");
    await hand("see", '.quick-input-list .monaco-list-row:has-text("SmallCode: Ask")');
    await hand("press", "Enter");
    await hand("see", '.quick-input-widget:has-text("About calc.py")');
    await hand("type", "Describe calc.py");
    await hand("look", "ask");
    await hand("press", "Enter");
    await says(/# Describe calc\.py\n\n> Let me look\.\n\n→ .*calc\.py ✓\n\nIt adds two numbers[^]*_done/);
    await hand("look", "answer");
  },

  async "edit an unsaved buffer, then undo the turn"() {
    const editor = await open("calc.py");
    await insert(editor, [0, 0], "# not saved yet\n");
    const before = editor.document.getText();
    await ask("Repair add");
    const fixed = "# not saved yet\ndef add(a, b):\n    return a + b\n";
    assert.equal(editor.document.getText(), fixed);
    assert.ok(editor.document.isDirty);
    assert.doesNotMatch(onDisk("calc.py"), /not saved yet|a \+ b/);
    await says(/```diff\n[^]*-    return a - b\n\+    return a \+ b\n/);
    await hand("look", "edit");

    await vscode.commands.executeCommand("smallcode.undoTurn");
    assert.equal(editor.document.getText(), before);
    await hand("see", `${NOTIFICATION}:has-text("restored calc.py")`);
  },

  async "an edit is one step of the editor's own undo"() {
    const editor = await open("calc.py");
    const before = editor.document.getText();
    await ask("Repair add");
    await vscode.commands.executeCommand("undo");
    assert.equal(editor.document.getText(), before);
  },

  async "stop ends the turn while the model is still writing"() {
    const turn = ask("Ramble on");
    await says(/Well, where to begin/);
    await until("the activity", async () => (await statusBar()).includes("answering"));
    await hand("look", "working");
    const pressed = Date.now();
    await vscode.commands.executeCommand("smallcode.stop");
    await turn;
    assert.ok(Date.now() - pressed < 1000, "the turn took longer than a second to end");
    await says(/_cancelled/);
    await until("the model's name", async () => (await statusBar()).includes("scripted"));
  },

  async "a command that is denied by a click does not run"() {
    const turn = ask("Touch denied.txt");
    assert.match(await hand("see", ".monaco-dialog-box"), /touch denied\.txt/);
    await hand("look", "permission");
    await hand("click", BUTTON("Deny"));
    await turn;
    assert.ok(!fs.existsSync(path.join(root(), "denied.txt")));
    await says(/→ .*touch denied\.txt.* ✗/);
  },

  async "a prompt that is dismissed by Escape denies too"() {
    const turn = ask("Touch denied.txt");
    await hand("see", ".monaco-dialog-box");
    await hand("press", "Escape");
    await turn;
    assert.ok(!fs.existsSync(path.join(root(), "denied.txt")));
  },

  async "a key pressed while the prompt comes up allows nothing"() {
    const turn = ask("Touch denied.txt");
    await hand("see", ".monaco-dialog-box");
    await hand("press", "Enter");
    await turn;
    assert.ok(!fs.existsSync(path.join(root(), "denied.txt")));
  },

  async "a command that is always allowed is not asked for again"() {
    const turn = ask("Append to log.txt twice");
    await hand("see", ".monaco-dialog-box");
    await hand("click", BUTTON("Always in this session"));
    await turn;
    assert.equal(onDisk("log.txt"), "once\nonce\n");
  },

  async "what the agent changed is saved before an allowed command runs"() {
    const editor = await open("calc.py");
    const turn = ask("Test the repair");
    await hand("see", ".monaco-dialog-box");
    await hand("click", BUTTON("Allow once"));
    await turn;
    assert.equal(onDisk("seen.txt"), "def add(a, b):\n    return a + b\n");
    assert.ok(!editor.document.isDirty);
  },

  async "a command too long for a dialog is shown whole in an editor"() {
    const turn = ask("Lengthy command");
    await hand("see", '.quick-input-widget:has-text("Run a shell command")');
    const shown = vscode.window.activeTextEditor.document;
    assert.match(shown.getText(), /echo line 1\n[^]*echo line 24/);
    await hand("look", "long-permission");
    await hand("click", '.quick-input-list .monaco-list-row:has-text("Allow once")');
    await turn;
    await says(/Many lines/);
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    assert.ok(!tabs.some((tab) => tab.input?.uri?.toString() === shown.uri.toString()), "the tab was left open");
  },

  async "fix and explain are offered on a selection and on a diagnostic"() {
    const editor = await open("calc.py");
    const offered = async (range) => {
      const found = await vscode.commands.executeCommand("vscode.executeCodeActionProvider", editor.document.uri, range);
      return found.map((action) => action.title).filter((title) => title.includes("SmallCode"));
    };
    assert.deepEqual(await offered(new vscode.Range(0, 0, 0, 0)), []);
    const ofSelection = ["Fix the selection with SmallCode", "Explain with SmallCode"];
    assert.deepEqual(await offered(new vscode.Range(0, 0, 1, 5)), ofSelection);

    const [checker, problem] = report(editor.document);
    try {
      assert.deepEqual(await offered(problem.range), ["Fix with SmallCode", "Explain with SmallCode"]);
      select(editor, 1, 6, 1, 6);
      await vscode.commands.executeCommand("smallcode.fix");
      assert.equal(editor.document.getText(), "def add(a, b):\n    return a + b\n");
    } finally {
      checker.dispose();
      }
  },

  async "what another checker reports is known to the server"() {
    const { document } = await open("calc.py");
    const [checker] = report(document);
    try {
      // Longer than the extension waits for quiet.
      await new Promise((resolve) => setTimeout(resolve, 600));
      const place = {
        textDocument: { uri: document.uri.toString() },
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 16 } },
      };
      await vscode.commands.executeCommand("smallcode.server.explain", place);
      await says(/I see the report/);
    } finally {
      checker.dispose();
    }
  },

  async "the context menu of a selection explains it"() {
    const editor = await open("calc.py");
    select(editor, 0, 0, 1, 16);
    await hand("rightClick", '.editor-instance .view-line span:text-is("return")');
    await hand("click", '.monaco-menu .action-label:text-is("SmallCode")');
    await hand("look", "menu");
    await hand("click", '.monaco-menu .action-label:text-is("Explain")');
    await says(/The name says add[^]*_done/);
  },

  async "CRLF, non-ASCII text and what stands behind an emoji survive an edit"() {
    const editor = await open("größe 🎉.py");
    assert.equal(editor.document.eol, vscode.EndOfLine.CRLF);
    await insert(editor, [1, 0], "# ungesichert 🎈\n");
    await ask("Umlaut repair");
    assert.equal(editor.document.getText(), "a = '🎉'; größe = 2\r\n# ungesichert 🎈\r\nb = 'ß'\r\n");
    await editor.document.save();
    assert.equal(onDisk("größe 🎉.py"), "a = '🎉'; größe = 2\r\n# ungesichert 🎈\r\nb = 'ß'\r\n");
  },

  async "a model server that is down is named, and a changed setting mends it"() {
    const address = settings().get("baseUrl");
    await set("baseUrl", "http://127.0.0.1:9/v1");
    try {
      await ask("Is anybody there?");
      assert.match(await hand("see", `${NOTIFICATION}:has-text("127.0.0.1:9")`), /SmallCode: /);
      await hand("look", "unreachable");
    } finally {
      await set("baseUrl", address);
    }
    await vscode.commands.executeCommand("smallcode.newSession");
    await ask("And now?");
    await says(/I am back\.[^]*_done/);
  },

  async "a missing language server is named, with help to install it"() {
    await set("path", "/nowhere/smallcode-lsp");
    try {
      const said = await hand("see", `${NOTIFICATION}:has-text("/nowhere/smallcode-lsp")`);
      assert.match(said, /smallcode\.path/);
      await hand("look", "missing-server");
      await hand("click", '.notifications-toasts .monaco-button:text-is("Install Help")');
      await until("the help", () =>
        vscode.window.tabGroups.activeTabGroup.activeTab?.label.includes("README"),
      );
      await vscode.commands.executeCommand("notifications.clearAll");
      await ask("Is anybody there?");
      await hand("see", `${NOTIFICATION}:has-text("/nowhere/smallcode-lsp")`);
    } finally {
      await set("path", undefined);
    }
    await until("the model's name", async () => (await statusBar()).includes("scripted"));
  },
};

async function activate() {
  let failed = 0;
  for (const [name, scenario] of Object.entries(scenarios)) {
    const started = Date.now();
    const error = await begin(name)
      .then(scenario)
      .then(
        () => null,
        (reason) => String(reason?.stack ?? reason),
      );
    if (error) {
      failed += 1;
      await hand("look", `failed-${failed}`);
      await hand("press", "Escape");
    }
    const milliseconds = Date.now() - started;
    await hand("report", { name, ok: error === null, error, milliseconds, output: output() });
  }
  await hand("finish");
}

module.exports = { activate: () => void activate() };
