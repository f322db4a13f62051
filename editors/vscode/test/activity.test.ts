import assert from "node:assert/strict";
import { test } from "node:test";

import { describeActivity } from "../src/activity";
import type { TurnEvent } from "../src/events";

function check(event: TurnEvent, expected: string | undefined): void {
  void test(`${event.type} shows ${String(expected)}`, () => {
    assert.equal(describeActivity(event), expected);
  });
}

check({ type: "prompt_progress", processed: 0, total: 0, cached: 0 }, "reading the prompt… 0 %");
check({ type: "prompt_progress", processed: 409, total: 1000, cached: 9 }, "reading the prompt… 40 %");
check({ type: "message_chunk", text: "x" }, "answering…");
check({ type: "thought_chunk", text: "x" }, "thinking…");
check({ type: "reply_discarded", step: 1, reason: "x" }, undefined);
check({ type: "routed", category: "write", confidence: 1, tools: ["patch"] }, undefined);
check({ type: "reply_corrected", step: 1, kind: "empty reply", attempt: 1, detail: "x" }, undefined);
