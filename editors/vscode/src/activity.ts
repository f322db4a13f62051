import type { TurnEvent } from "./events";

/** What is going on, in the words of the status bar; undefined where this event does not change it. */
export function describeActivity(event: TurnEvent): string | undefined {
  switch (event.type) {
    case "turn_started":
    case "request_started":
      return "waiting for the model…";
    case "prompt_progress":
      return `reading the prompt… ${Math.floor((100 * event.processed) / Math.max(1, event.total))} %`;
    case "thought_chunk":
      return "thinking…";
    case "message_chunk":
      return "answering…";
    case "tool_call":
      return event.title;
    default:
      return undefined;
  }
}
