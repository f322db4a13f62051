import assert from "node:assert/strict";
import { test } from "node:test";

import type { PlanStep, TurnEvent } from "../src/events";
import { Transcript } from "../src/transcript";

const usage = {
  promptTokens: 1234,
  cachedTokens: 1000,
  completionTokens: 56,
  requests: 2,
  uncachedTokens: 234,
  avoidableTokens: 0,
};

const call = (callId: string, title: string): TurnEvent => ({
  type: "tool_call",
  callId,
  name: "bash",
  title,
  kind: "execute",
  arguments: {},
  repairs: [],
});

const outcome = (callId: string, content = "", diff = ""): TurnEvent => ({
  type: "tool_call_update",
  callId,
  name: "bash",
  status: content === "" ? "completed" : "failed",
  content,
  diffs: diff === "" ? [] : [{ path: "a", diff, kind: "changed" }],
});

function check(name: string, events: TurnEvent[], expected: string): void {
  void test(name, () => {
    const transcript = new Transcript();
    assert.equal(events.map((event) => transcript.render(event)).join(""), expected);
  });
}

check(
  "a whole turn",
  [
    { type: "turn_started", prompt: "Fix it\n  now" },
    { type: "request_started", step: 1, messages: 2, estimatedTokens: 10 },
    { type: "prompt_progress", processed: 5, total: 10, cached: 0 },
    { type: "thought_chunk", text: "First\nloo" },
    { type: "thought_chunk", text: "k." },
    call("1", "read a.py"),
    outcome("1"),
    call("2", "patch a.py"),
    outcome("2", "", "-a\n+b\n"),
    { type: "message_chunk", text: "Do" },
    { type: "message_chunk", text: "ne." },
    { type: "turn_ended", stopReason: "done", text: "Done.", filesChanged: ["a.py"], usage },
  ],
  `
# Fix it · now

> First
> look.

→ read a.py ✓
→ patch a.py ✓

\`\`\`diff
-a
+b
\`\`\`

Done.

_done · changed a.py · 1,234 tokens read (1,000 cached), 56 written_

`,
);

check(
  "calls that end out of order are named again",
  [
    call("1", "run one"),
    call("2", "run two"),
    outcome("1"),
    outcome("2", "exit status 3\nmore"),
    { type: "message_chunk", text: "So." },
  ],
  "→ run one\n→ run two\n→ run one ✓\n→ run two ✗ exit status 3\n\nSo.",
);

check(
  "a discarded reply is struck by a note",
  [
    { type: "message_chunk", text: "Half an ans" },
    { type: "reply_discarded", step: 1, reason: "the stream broke off." },
    { type: "message_chunk", text: "Whole." },
  ],
  "Half an ans\n\n_The reply above does not count: the stream broke off. It is asked for again._\n\nWhole.",
);

check(
  "a trimmed prompt has a note",
  [
    {
      type: "context_trimmed",
      how: "evicted",
      items: 3,
      freedTokens: 900,
      by: "rules",
      detail: "To keep the prompt inside the window: 3 results left out, about 900 tokens less.",
    },
  ],
  "_✂ To keep the prompt inside the window: 3 results left out, about 900 tokens less._\n\n",
);

check(
  "a corrected reply has a note",
  [
    { type: "message_chunk", text: "Let me look." },
    {
      type: "reply_corrected",
      step: 1,
      kind: "announcement",
      attempt: 1,
      detail: "The model announced a step and did not take it.",
    },
    { type: "message_chunk", text: "Whole." },
  ],
  "Let me look.\n\n_↻ The model announced a step and did not take it._\n\nWhole.",
);

check(
  "a plan is shown whole, then what has changed of it",
  [
    plan("current", "open"),
    { type: "message_chunk", text: "Now a.py." },
    plan("done", "current"),
    plan("done", "current"),
  ],
  "→ 1. Change a.py\n· 2. Change b.py\n(in any order: 1, 2)\n\nNow a.py.\n\n" +
    "✓ 1. Change a.py\n→ 2. Change b.py\n\n",
);

check(
  "what a governor said has a note",
  [
    { type: "governed", governor: "dedup", action: "reuse", detail: "The same result again." },
    { type: "message_chunk", text: "Whole." },
  ],
  "_↻ dedup: The same result again._\n\nWhole.",
);

check(
  "a diff cannot end its own fence",
  [outcome("1", "", "+````js\n")],
  "→ bash ✓\n\n`````diff\n+````js\n`````\n\n",
);

check(
  "notices and errors keep their remedy",
  [
    { type: "notice", level: "warning", message: "The window is assumed.", remedy: "Set it." },
    {
      type: "turn_ended",
      stopReason: "failed",
      text: "",
      filesChanged: [],
      usage: { ...usage, promptTokens: 0, cachedTokens: null },
      error: { code: "ModelUnreachable", message: "Nothing listens at http://h.", remedy: "Start it." },
    },
  ],
  "_warning: The window is assumed. Set it._\n\n**Nothing listens at http://h. Start it.**\n\n_failed_\n\n",
);

function plan(first: PlanStep["status"], second: PlanStep["status"]): TurnEvent {
  return {
    type: "plan_updated",
    source: "request",
    steps: [
      { text: "Change a.py", status: first, batch: 1 },
      { text: "Change b.py", status: second, batch: 1 },
    ],
  };
}
