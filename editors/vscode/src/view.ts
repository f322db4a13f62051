/** What the user sees of the turns: the output channel, the status bar, messages. */
import { StatusBarAlignment, window } from "vscode";
import type { Disposable } from "vscode";

import { describeActivity } from "./activity";
import { withRemedy } from "./events";
import type { StatusResult } from "./protocol";
import type { TurnEvent } from "./events";
import { Transcript } from "./transcript";

export class View implements Disposable {
  // Markdown lets the editor colour diffs and headings.
  private readonly channel = window.createOutputChannel("SmallCode", "markdown");
  private readonly item = window.createStatusBarItem("smallcode.status", StatusBarAlignment.Right, 100);
  private readonly transcript = new Transcript();
  private model = "";

  constructor() {
    this.item.name = "SmallCode";
    this.starting();
    this.item.show();
  }

  /** Brings the output to sight; the cursor stays where it is. */
  reveal(): void {
    this.channel.show(true);
  }

  update(event: TurnEvent): void {
    if (event.type === "turn_started") {
      this.reveal();
    }
    this.channel.append(this.transcript.render(event));
    this.showActivity(event);
    announce(event);
  }

  starting(): void {
    this.setItem("$(loading~spin) SmallCode", "SmallCode: the language server is starting");
  }

  /** No server: the item leads to the commands that can help. */
  unavailable(reason: string): void {
    this.setItem("$(error) SmallCode", reason, "smallcode.restart");
  }

  idle(status: StatusResult | undefined): void {
    this.model = status?.model ?? this.model;
    const problem = status?.problem;
    const icon = problem ? "$(warning)" : "$(hubot)";
    this.setItem(`${icon} ${this.model || "SmallCode"}`, problem ?? "SmallCode: show the status");
  }

  dispose(): void {
    this.channel.dispose();
    this.item.dispose();
  }

  private showActivity(event: TurnEvent): void {
    const activity = describeActivity(event);
    if (activity !== undefined) {
      this.setItem(`$(loading~spin) ${activity}`, "SmallCode: stop", "smallcode.stop");
    } else if (event.type === "turn_ended") {
      this.idle(undefined);
    }
  }

  private setItem(text: string, tooltip: string, command = "smallcode.showStatus"): void {
    this.item.text = text;
    this.item.tooltip = tooltip;
    this.item.command = command;
  }
}

/** What must not be overlooked comes as a message too. */
function announce(event: TurnEvent): void {
  if (event.type === "turn_ended" && event.error) {
    void window.showErrorMessage(`SmallCode: ${withRemedy(event.error.message, event.error.remedy)}`);
  } else if (event.type === "notice") {
    const show = {
      info: window.showInformationMessage,
      warning: window.showWarningMessage,
      error: window.showErrorMessage,
    };
    void show[event.level](`SmallCode: ${withRemedy(event.message, event.remedy)}`);
  }
}
