"""Every number that the simulation rests on; nothing else in this package holds a rate.

A rate is the probability of a fault at one opportunity, at multiplier 1, for a model of about 8B parameters.
The 28 kinds of `PUBLISHED` were fixed beforehand from published reports on local models; the kinds of
`ASSUMED` are reported too, without a rate, so theirs are estimates.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PUBLISHED: Mapping[str, float] = MappingProxyType(
    {
        "call_as_text": 0.08,
        "malformed_json": 0.06,
        "unclosed_xml": 0.03,
        "unknown_tool": 0.03,
        "wrong_argument": 0.05,
        "missing_argument": 0.03,
        "double_escape": 0.04,
        "stale_old_str": 0.12,
        "whitespace": 0.06,
        "line_numbers": 0.03,
        "ambiguous": 0.03,
        "elided": 0.03,
        "lazy_placeholder": 0.06,
        "empty_old_str": 0.01,
        "noop": 0.02,
        "bad_path": 0.06,
        "edit_before_reading": 0.10,
        "wrong_place": 0.04,
        "syntax_error": 0.07,
        "logic_bug": 0.25,
        "loop_entry": 0.04,
        "announce_and_stop": 0.06,
        "thinking_only": 0.05,
        "false_done": 0.08,
        "dropped_constraint": 0.08,
        "edits_tests": 0.02,
        "obeys_injected": 0.20,
        "server_fault": 0.02,
    }
)

ASSUMED: Mapping[str, float] = MappingProxyType(
    {
        "asks_instead": 0.03,
        "truncated_call": 0.02,
        "rewrite_after_miss": 0.05,
        "prose_only_code": 0.03,
    }
)

# Kinds for which no report gives a rate, or that were added after the first figures were published. At a rate
# of 0 they are played alone and never among all faults, so that those figures stay what they were.
ALONE: Mapping[str, float] = MappingProxyType(
    {
        "forgotten_step": 0.0,
        "loop_volatile": 0.0,
        "loop_cycle": 0.0,
        "keeps_reading": 0.0,
        "restless": 0.0,
        "insists": 0.0,
        "reruns_failure": 0.0,
    }
)

RATES: Mapping[str, float] = MappingProxyType({**PUBLISHED, **ASSUMED, **ALONE})

# Share of the tasks in which a model writes a plan above its first call where the request asks for one. An
# assumption; without the request it writes none.
PLAN_WHEN_ASKED = 0.7

# The multipliers that are run; 0 is the arm without faults.
MULTIPLIERS = (0.0, 0.5, 1.0, 2.0)

# Probability that the model corrects a fault at its next attempt. Informative feedback holds what would
# cure it (the real text, the valid names, the missing parameter); any other feedback is bare. Both are
# assumptions: the first is swept over RECOVERY_SWEEP and the results are printed for each.
RECOVERY = 0.8
BARE_RECOVERY = 0.3
RECOVERY_SWEEP = (0.4, 0.6, 0.8, 1.0)

# Probability that a model which repeats itself goes on doing so, if nothing tells it that it does.
LOOP_PERSISTENCE = 0.8

# Times that one fault is played in a row for the same intent before the model gives up with an answer that
# says so. A loop ends only after more of them. With `only`, this is the maximum of attempts.
PATIENCE = 4
LOOP_PATIENCE = 12

# Faults of the server that follow each other before it works again, where they are the only fault.
SERVER_FAULTS_IN_A_ROW = 2

# Share of the work done that a summary by the model leaves out, for each item of it.
LOSSY_SUMMARY = 0.15

# Requests for one intent after which the model gives up, faults or not (a file that cannot be shown, ...).
MOST_ATTEMPTS = 12

# UTF-8 bytes that count as one token.
BYTES_PER_TOKEN = 4

# Seconds that a stalled stream is silent before it ends.
STALL_S = 2.0

# The machines of the modelled clock: tokens a second for the prompt and for the answer.
MACHINES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {"200/10": (200.0, 10.0), "1000/40": (1000.0, 40.0), "3800/110": (3800.0, 110.0)}
)
