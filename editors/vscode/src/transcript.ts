/** Turns events into Markdown that grows at its end alone, as an output channel does. */
import { withRemedy } from "./events";
import type { FileDiff, TurnEvent, Usage } from "./events";

/** What stands at the end: a block with its blank line, running text, an open line of a call, or a finished one. */
type Section = "block" | "text" | "thought" | "call" | "outcome";

export class Transcript {
  private section: Section = "block";
  private openCall = "";
  private readonly titles = new Map<string, string>();

  /** What to append for this event; empty where there is nothing to show. */
  render(event: TurnEvent): string {
    switch (event.type) {
      case "turn_started":
        this.titles.clear();
        return this.enter("block") + `\n# ${event.prompt.trim().replace(/\s*\n\s*/g, " · ")}\n\n`;
      case "message_chunk":
        return this.enter("text") + event.text;
      case "thought_chunk":
        return this.thought(event.text);
      case "reply_discarded":
        return (
          this.enter("block") + `_The reply above does not count: ${event.reason} It is asked for again._\n\n`
        );
      case "reply_corrected":
        return this.enter("block") + `_↻ ${event.detail}_\n\n`;
      case "tool_call":
        this.titles.set(event.callId, event.title);
        this.openCall = event.callId;
        return this.enter("call") + `→ ${event.title}`;
      case "tool_call_update":
        return this.outcome(event);
      case "notice":
        return this.enter("block") + `_${event.level}: ${withRemedy(event.message, event.remedy)}_\n\n`;
      case "turn_ended":
        return this.enter("block") + ending(event) + "\n";
      case "routed":
      case "request_started":
      case "request_finished":
      case "prompt_progress":
      case "side_request":
      case "usage":
        return "";
    }
  }

  private thought(text: string): string {
    const begin = this.section === "thought" ? "" : this.enter("thought") + "> ";
    return begin + text.replaceAll("\n", "\n> ");
  }

  /** The mark stands behind the call if nothing was shown since, else on a line that repeats the call's title. */
  private outcome(event: Extract<TurnEvent, { type: "tool_call_update" }>): string {
    const follows = this.section === "call" && this.openCall === event.callId;
    const call = follows ? "" : this.enter("call") + `→ ${this.titles.get(event.callId) ?? event.name}`;
    const mark = event.status === "completed" ? "✓" : `✗ ${firstLine(event.content)}`;
    this.section = event.diffs.length > 0 ? "block" : "outcome";
    return `${call} ${mark}\n${event.diffs.map(fencedDiff).join("")}`;
  }

  /** What has to stand between the last section and the next one. */
  private enter(next: Section): string {
    const last = this.section;
    this.section = next;
    if (last === "block" || (last === next && last !== "call")) {
      return "";
    }
    if (last === "outcome") {
      return next === "call" ? "" : "\n";
    }
    return last === "call" && next === "call" ? "\n" : "\n\n";
  }
}

/** The fence is longer than any run of backticks in the diff, so that the diff cannot end it. */
function fencedDiff({ diff }: FileDiff): string {
  const longest = Math.max(2, ...(diff.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `\n${fence}diff\n${diff.trimEnd()}\n${fence}\n\n`;
}

function firstLine(text: string): string {
  return text.trimStart().split("\n", 1)[0] ?? "";
}

function ending(event: Extract<TurnEvent, { type: "turn_ended" }>): string {
  const parts: string[] = [event.stopReason.replace("_", " ")];
  if (event.filesChanged.length > 0) {
    parts.push(`changed ${event.filesChanged.join(", ")}`);
  }
  if (event.usage.promptTokens > 0) {
    parts.push(tokens(event.usage));
  }
  const error = event.error ? `**${withRemedy(event.error.message, event.error.remedy)}**\n\n` : "";
  return `${error}_${parts.join(" · ")}_\n`;
}

function tokens(usage: Usage): string {
  const cached = usage.cachedTokens === null ? "" : ` (${count(usage.cachedTokens)} cached)`;
  return `${count(usage.promptTokens)} tokens read${cached}, ${count(usage.completionTokens)} written`;
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
