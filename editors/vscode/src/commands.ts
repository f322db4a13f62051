/** The user's commands. */
import { commands, languages, Range, Uri, window, workspace } from "vscode";
import type { TextEditor } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";

import type { Connection } from "./client";
import { plainDiagnostic, plainRange } from "./diagnostics";
import { NewSession, Status, Turn, Undo } from "./protocol";
import type { RunCommand, StatusResult, TurnParams, UndoResult } from "./protocol";
import type { Turns } from "./turns";
import type { View } from "./view";

type Place = Omit<TurnParams, "prompt">;

export class Commands {
  constructor(
    private readonly connection: Connection,
    private readonly turns: Turns,
    private readonly view: View,
  ) {}

  /** A key binding may give the prompt: `"args": {"prompt": "…"}`. */
  async ask(given?: { prompt?: string }): Promise<void> {
    const place = currentPlace();
    const prompt =
      given?.prompt ??
      (await window.showInputBox({
        title: "Ask SmallCode",
        prompt: describePlace(place),
        ignoreFocusOut: true,
      }));
    if (prompt === undefined || prompt.trim() === "") {
      return;
    }
    await this.request((client) =>
      this.turns.run((token) => client.sendRequest(Turn, { ...place, prompt }, token)),
    );
  }

  /** Fix or explain the selection, else what is reported where the cursor is. */
  async runHere(command: RunCommand): Promise<void> {
    const place = currentPlace();
    if (place.range === undefined) {
      void window.showInformationMessage(
        "SmallCode: select some code, or put the cursor on a reported problem.",
      );
      return;
    }
    await this.request(async () => {
      await commands.executeCommand(command, place);
    });
  }

  /** What is asked from now on knows nothing of what was said before. */
  async newSession(): Promise<void> {
    await this.request((client) => client.sendRequest(NewSession, {}));
  }

  async undoTurn(): Promise<void> {
    await this.request(async (client) => {
      showUndone(await client.sendRequest(Undo, {}));
    });
  }

  async showStatus(): Promise<void> {
    await this.request(async (client) => {
      const status = await client.sendRequest(Status, {});
      this.view.idle(status);
      const show = status.problem ? window.showWarningMessage : window.showInformationMessage;
      if ((await show(`SmallCode: ${describeStatus(status)}`, "Show Output")) !== undefined) {
        this.view.reveal();
      }
    });
  }

  /** The server's errors are written for users: they say what happened and what to do. */
  private async request(send: (client: LanguageClient) => Promise<unknown>): Promise<void> {
    const client = await this.connection.ready();
    try {
      if (client !== undefined) {
        await send(client);
      }
    } catch (error) {
      void window.showErrorMessage(`SmallCode: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/** The document in front of the user, what is selected there, and what is reported about it. */
function currentPlace(): Place {
  const editor = currentEditor();
  if (editor === undefined) {
    return {};
  }
  const { document, selection } = editor;
  const found = languages
    .getDiagnostics(document.uri)
    .filter(({ range }) => range.intersection(selection) !== undefined);
  const range = selection.isEmpty
    ? found
        .map((each) => each.range)
        .reduce<Range | undefined>((all, each) => all?.union(each) ?? each, undefined)
    : new Range(selection.start, selection.end);
  return {
    textDocument: { uri: document.uri.toString() },
    diagnostics: found.map(plainDiagnostic),
    cursor: { line: selection.active.line, character: selection.active.character },
    ...(range === undefined ? {} : { range: plainRange(range) }),
  };
}

/** An output view counts as an editor too: the text editors are meant. */
function currentEditor(): TextEditor | undefined {
  const editors = [window.activeTextEditor, ...window.visibleTextEditors];
  return editors.find(
    (editor) => editor !== undefined && ["file", "untitled"].includes(editor.document.uri.scheme),
  );
}

function describePlace({ textDocument, range }: Place): string {
  if (textDocument === undefined) {
    return "About the workspace";
  }
  const name = workspace.asRelativePath(Uri.parse(textDocument.uri));
  return range === undefined ? `About ${name}` : `About ${name}, ${describeLines(range)}`;
}

function describeLines({ start, end }: { start: { line: number }; end: { line: number } }): string {
  return start.line === end.line ? `line ${start.line + 1}` : `lines ${start.line + 1} to ${end.line + 1}`;
}

function describeStatus(status: StatusResult): string {
  if (status.problem) {
    return status.problem;
  }
  const size =
    status.window === 0 ? "window unknown" : `window of ${status.window.toLocaleString("en-US")} tokens`;
  const source = {
    server: " (told by the server)",
    settings: " (set by you)",
    assumed: " (assumed)",
    unknown: "",
  };
  const asked =
    status.askedWindow && status.askedWindow !== status.window
      ? `, ${status.askedWindow.toLocaleString("en-US")} were asked for`
      : "";
  const used = status.budget
    ? `, ${Math.floor((100 * status.budget.used) / status.budget.window)} % used`
    : "";
  const server = `${status.model ?? "no model yet"} at ${status.endpoint ?? "no server yet"}`;
  return `${server}, ${size}${source[status.windowSource]}${asked}${used}`;
}

function showUndone({ filesRestored, conflicts }: UndoResult): void {
  if (filesRestored.length > 0) {
    void window.showInformationMessage(`SmallCode: restored ${filesRestored.join(", ")}`);
  }
  for (const { path, reason } of conflicts) {
    void window.showWarningMessage(`SmallCode: ${path} was left as it is: ${reason}`);
  }
  if (filesRestored.length + conflicts.length === 0) {
    void window.showInformationMessage("SmallCode: there is nothing to undo");
  }
}
