/** What a turn tells as it goes, in the order in which it happens. */

export interface Usage {
  promptTokens: number;
  cachedTokens: number | null;
  completionTokens: number;
  requests: number;
}

export interface FileDiff {
  path: string;
  diff: string;
  kind: "created" | "changed" | "deleted";
}

export interface TurnError {
  code: string;
  message: string;
  remedy: string;
}

export type TurnEvent =
  | { type: "turn_started"; prompt: string }
  | { type: "routed"; category: string; confidence: number; tools: string[] }
  | { type: "request_started"; step: number; messages: number; estimatedTokens: number }
  | { type: "prompt_progress"; processed: number; total: number; cached: number }
  | { type: "message_chunk"; text: string }
  | { type: "thought_chunk"; text: string }
  | { type: "reply_discarded"; step: number; reason: string }
  | { type: "reply_corrected"; step: number; kind: string; attempt: number; detail: string }
  | { type: "request_finished"; step: number; finishReason: string; usage: Usage }
  | {
      type: "tool_call";
      callId: string;
      name: string;
      title: string;
      kind: string;
      arguments: Record<string, unknown>;
      repairs: string[];
    }
  | {
      type: "tool_call_update";
      callId: string;
      name: string;
      status: "completed" | "failed";
      content: string;
      diffs: FileDiff[];
    }
  | { type: "usage"; usage: Usage; window: number }
  | {
      type: "side_request";
      name: string;
      tier: string;
      source: "model" | "cache" | "fallback";
      attempts: number;
      seconds: number;
      usage: Usage;
      reason: string;
    }
  | { type: "notice"; level: "info" | "warning" | "error"; message: string; remedy: string }
  | {
      type: "turn_ended";
      stopReason: "done" | "cancelled" | "stopped" | "step_limit" | "failed";
      text: string;
      filesChanged: string[];
      usage: Usage;
      error?: TurnError | null;
    };

/** A sentence and what to do about it, as one text. */
export function withRemedy(message: string, remedy: string): string {
  return `${message} ${remedy}`.trim();
}
