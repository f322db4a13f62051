/** The connection to the language server: found, started, configured, restarted, ended. */
import { commands, Uri, window, workspace } from "vscode";
import type { Disposable, ExtensionContext } from "vscode";
import {
  DidChangeConfigurationNotification,
  ExecuteCommandRequest,
  LanguageClient,
  LSPErrorCodes,
  ResponseError,
  RevealOutputChannelOn,
  State,
  TransportKind,
} from "vscode-languageclient/node";
import type { ClientCapabilities, LSPAny, StaticFeature } from "vscode-languageclient/node";

import { forwardDiagnostics } from "./diagnostics";
import { locateServer } from "./locate";
import type { ServerCommand } from "./locate";
import { CLIENT_FEATURES, Diagnostics, Permission, Save, Status, Update } from "./protocol";
import { askPermission, saveDocuments } from "./requests";
import { serverSettings } from "./settings";
import type { ServerSettings } from "./settings";
import type { Turns } from "./turns";
import type { View } from "./view";

/** Says in the client's capabilities what of the protocol it serves. */
const announcement: StaticFeature = {
  fillClientCapabilities: (capabilities: ClientCapabilities) => {
    capabilities.experimental = {
      ...(capabilities.experimental as object | undefined),
      smallcode: CLIENT_FEATURES,
    };
  },
  initialize: () => undefined,
  getState: () => ({ kind: "static" }),
  clear: () => undefined,
};

export class Connection implements Disposable {
  private readonly log = window.createOutputChannel("SmallCode Log", { log: true });
  private started: Promise<LanguageClient | undefined> | undefined;
  private command: ServerCommand | undefined;

  constructor(
    private readonly context: ExtensionContext,
    private readonly view: View,
    private readonly turns: Turns,
  ) {}

  /** The running client, started where it is not; undefined, and the user told why, where it cannot be. */
  ready(): Promise<LanguageClient | undefined> {
    this.started ??= this.start().then((client) => {
      if (client === undefined) {
        this.started = undefined; // The next command tries again, and tells why again.
      }
      return client;
    });
    return this.started;
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.ready();
  }

  /** Settings or trust have changed: tell the server, or start the one that is meant now. */
  async refresh(): Promise<void> {
    if (JSON.stringify(locate()) !== JSON.stringify(this.command)) {
      await this.restart();
      return;
    }
    const client = await this.started;
    await client?.sendNotification(DidChangeConfigurationNotification.type, { settings: this.settings() });
  }

  async stop(): Promise<void> {
    const client = await this.started;
    this.started = undefined;
    await client?.dispose();
  }

  dispose(): void {
    this.log.dispose();
  }

  private async start(): Promise<LanguageClient | undefined> {
    this.view.starting();
    this.command = locate();
    if (this.command === undefined) {
      this.unavailable(whatIsMissing());
      return undefined;
    }
    const client = this.makeClient(this.command);
    try {
      await client.start();
    } catch (error) {
      this.unavailable(`${this.command.command} did not start: ${String(error)}`);
      return undefined;
    }
    return client;
  }

  private makeClient(server: ServerCommand): LanguageClient {
    const { command, args } = server;
    const client = new LanguageClient(
      "smallcode",
      "SmallCode",
      { command, args, transport: TransportKind.stdio },
      {
        documentSelector: [{ scheme: "file" }, { scheme: "untitled" }],
        initializationOptions: () => this.settings(),
        outputChannel: this.log,
        revealOutputChannelOn: RevealOutputChannelOn.Never,
        middleware: {
          // Code actions start turns as commands; they are stopped like any other turn.
          executeCommand: (name, given: LSPAny[]) =>
            this.turns
              .run((token) =>
                client.sendRequest(ExecuteCommandRequest.type, { command: name, arguments: given }, token),
              )
              .catch(unlessShown),
        },
      },
    );
    client.registerFeature(announcement);
    client.onNotification(Update, ({ event }) => {
      this.view.update(event);
      if (event.type === "turn_ended") {
        void this.showHealth(client);
      }
    });
    client.onRequest(Permission, askPermission);
    client.onRequest(Save, ({ uris }) => saveDocuments(client, uris));
    this.follow(client);
    return client;
  }

  /** Shows in which state the server is; a crashed one is started again by the client library, a few times. */
  private follow(client: LanguageClient): void {
    let forwarding: Disposable | undefined;
    client.onDidChangeState(({ newState }) => {
      forwarding?.dispose();
      forwarding = undefined;
      switch (newState) {
        case State.Starting:
          this.view.starting();
          break;
        case State.Stopped:
        case State.StartFailed:
          this.view.unavailable("The language server has ended");
          break;
        case State.Running:
          forwarding = forwardDiagnostics((params) => void client.sendNotification(Diagnostics, params));
          void this.showHealth(client);
          break;
      }
    });
  }

  private async showHealth(client: LanguageClient): Promise<void> {
    try {
      this.view.idle(await client.sendRequest(Status, {}));
    } catch (error) {
      this.log.warn(`no status: ${String(error)}`);
    }
  }

  private settings(): ServerSettings {
    const manifest = this.context.extension.packageJSON as {
      contributes: { configuration: { properties: Record<string, unknown> } };
    };
    const keys = Object.keys(manifest.contributes.configuration.properties).map((key) =>
      key.replace("smallcode.", ""),
    );
    return serverSettings(
      workspace.getConfiguration("smallcode"),
      keys.filter((key) => key !== "path"),
      workspace.isTrusted,
    );
  }

  private unavailable(reason: string): void {
    this.view.unavailable(reason);
    const actions = new Map<string, () => void>([
      [
        "Install Help",
        () =>
          void commands.executeCommand(
            "markdown.showPreview",
            Uri.joinPath(this.context.extensionUri, "README.md"),
          ),
      ],
      [
        "Open Settings",
        () => void commands.executeCommand("workbench.action.openSettings", "smallcode.path"),
      ],
      [
        "Show Log",
        () => {
          this.log.show();
        },
      ],
    ]);
    void window
      .showErrorMessage(`SmallCode: ${reason}`, ...actions.keys())
      .then((picked) => actions.get(picked ?? "")?.());
  }
}

function locate(): ServerCommand | undefined {
  return locateServer({
    configured: configuredPath(),
    folders: (workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath),
    trusted: workspace.isTrusted,
    path: process.env["PATH"] ?? "",
    windows: process.platform === "win32",
  });
}

/** The server has told the user itself of a command that it refused. */
function unlessShown(error: unknown): undefined {
  if (!(error instanceof ResponseError && error.code === LSPErrorCodes.RequestFailed)) {
    throw error;
  }
}

function configuredPath(): string {
  return workspace.getConfiguration("smallcode").get("path", "").trim();
}

function whatIsMissing(): string {
  const configured = configuredPath();
  return configured === ""
    ? "the language server smallcode-lsp is not installed: it is neither on PATH nor in a trusted workspace's .venv, and there is no uvx to fetch it."
    : `the setting smallcode.path names ${configured}, which is no program.`;
}
