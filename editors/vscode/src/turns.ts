/** The turns that this editor has asked for: what Stop ends. */
import { CancellationTokenSource, commands } from "vscode";
import type { CancellationToken } from "vscode";

export class Turns {
  private readonly running = new Set<CancellationTokenSource>();

  /** Send a request that starts a turn. Raises what `send` raises. */
  async run<Result>(send: (token: CancellationToken) => Promise<Result>): Promise<Result> {
    const source = new CancellationTokenSource();
    this.running.add(source);
    this.showBusy();
    try {
      return await send(source.token);
    } finally {
      this.running.delete(source);
      source.dispose();
      this.showBusy();
    }
  }

  stop(): void {
    for (const source of this.running) {
      source.cancel();
    }
  }

  private showBusy(): void {
    void commands.executeCommand("setContext", "smallcode.busy", this.running.size > 0);
  }
}
