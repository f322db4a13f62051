"""The transport tries five times with doubled pauses; the queue is as it was."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from checking import evaluate_node, expect, main

PROBE = """
const { send } = await load("packages/transport/src/client.mjs");
const { maxAttempts, waitBefore } = await load("packages/transport/src/policies/retry-policy.mjs");
const queue = await load("packages/queue/src/retry.mjs");

const slept = [];
let tries = 0;
const sleep = async (milliseconds) => { slept.push(milliseconds); };
const refuse = async () => { tries += 1; throw new Error(`refused ${tries}`); };
const failure = await send(refuse, { kind: "position" }, sleep).then(() => null, (error) => error.message);
const refused = (attempt) => { try { return waitBefore(attempt); } catch (error) { return error.name; } };

return {
  maxAttempts, tries, failure, slept,
  waits: [2, 3, 4, 5, 6, 7, 12].map((attempt) => waitBefore(attempt)),
  refused: [0, 1].map(refused),
  queue: [queue.attempts, queue.delay(1), queue.delay(3)],
};
"""

WANTED = {
    "maxAttempts": 5,
    "tries": 5,
    "failure": "refused 5",
    "slept": [200, 400, 800, 1600],
    "waits": [200, 400, 800, 1600, 2000, 2000, 2000],
    "refused": ["RangeError", "RangeError"],
    "queue": [3, 200, 200],
}


def verify(workspace: Path) -> None:
    found = evaluate_node(workspace, PROBE)
    for case, wanted in WANTED.items():
        expect(case, found.get(case), wanted)


if __name__ == "__main__":
    main(verify)
