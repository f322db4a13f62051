// What a person does at the screen, asked for from inside the extension host, and waiting for what comes of it.
"use strict";
const assert = require("node:assert/strict");
const vscode = require("vscode");

const PATIENCE_MILLISECONDS = 8_000;

async function hand(verb, argument = null) {
  const response = await fetch(process.env.SMALLCODE_E2E_HANDS, {
    method: "POST",
    body: JSON.stringify([verb, argument]),
  });
  const { answer, error } = await response.json();
  if (error) throw new Error(`${verb} ${argument}: ${error}`);
  return answer;
}

/** Waits until `probe` gives something true, and returns it. */
async function until(what, probe) {
  const end = Date.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    const found = await probe();
    if (found) return found;
    assert.ok(Date.now() < end, `${what} did not come about`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const shown = (document) => document.uri.scheme === "output" && /-SmallCode$/.test(document.fileName);

/** The text of the output view, which is a document of the editor while it is shown. */
const allOutput = () => vscode.workspace.textDocuments.find(shown)?.getText() ?? "";

let seen = 0;

/** What came into the output view since the last `forget`. */
const output = () => allOutput().slice(seen);

function forget() {
  seen = allOutput().length;
}

/** The output view follows a moment later than the events. */
const says = (pattern) => until(`${pattern} in the output view`, () => pattern.test(output()));

async function open(name) {
  const [folder] = vscode.workspace.workspaceFolders;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, name));
  return vscode.window.showTextDocument(document);
}

/** The statusbar entry's text, as it stands on the screen. */
const statusBar = () => hand("see", "#smallcode\\.smallcode\\.smallcode\\.status");

module.exports = { hand, until, output, forget, says, open, statusBar };
