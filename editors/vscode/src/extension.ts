/** Where the parts are put together. No agent logic: that is the language server's. */
import { commands, workspace } from "vscode";
import type { ExtensionContext } from "vscode";

import { Connection } from "./client";
import { Commands } from "./commands";
import { Turns } from "./turns";
import { View } from "./view";

let connection: Connection | undefined;

export function activate(context: ExtensionContext): void {
  const view = new View();
  const turns = new Turns();
  const server = new Connection(context, view, turns);
  const user = new Commands(server, turns, view);
  connection = server;

  context.subscriptions.push(
    view,
    server,
    commands.registerCommand("smallcode.ask", (given?: { prompt?: string }) => user.ask(given)),
    commands.registerCommand("smallcode.fix", () => user.runHere("smallcode.server.fix")),
    commands.registerCommand("smallcode.explain", () => user.runHere("smallcode.server.explain")),
    commands.registerCommand("smallcode.stop", () => {
      turns.stop();
    }),
    commands.registerCommand("smallcode.newSession", () => user.newSession()),
    commands.registerCommand("smallcode.undoTurn", () => user.undoTurn()),
    commands.registerCommand("smallcode.showStatus", () => user.showStatus()),
    commands.registerCommand("smallcode.showOutput", () => {
      view.reveal();
    }),
    commands.registerCommand("smallcode.restart", () => server.restart()),
    workspace.onDidGrantWorkspaceTrust(() => server.refresh()),
    workspace.onDidChangeConfiguration((change) =>
      change.affectsConfiguration("smallcode") ? server.refresh() : undefined,
    ),
  );
  // Not awaited: the editor waits for activation, and the server takes a second.
  void server.ready();
}

export function deactivate(): Promise<void> | undefined {
  return connection?.stop();
}
