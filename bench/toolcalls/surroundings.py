"""What a model says around its calls. None of these texts holds anything like a call."""

from __future__ import annotations

from random import Random

from .values import Family

BEFORE = (
    "I'll start by looking at the file.",
    "Let me check how this is done elsewhere.",
    "Sure! First I need to see what is there.",
    "The test fails because the total is rounded too early, so I will change that.",
    "I found the place.\n\nNow I'll make the change:",
    "Okay.",
    "Next step: run it again.",
    "Here's the plan:\n\n1. Read it.\n2. Fix the loop.\n3. Run the tests.\n\nStarting with the first.",
    "Good, `orders.py` is where the bug lives. Let me fix it.",
    "Ich sehe mir das zuerst an.",
    "让我先看一下。",
    "I need a little more information before I can answer this (it's about 2 < 3, after all).",
)
AFTER = (
    "I will wait for the result.",
    "Once I have seen it, I'll continue with the tests.",
    "Let me know if you want me to do it differently.",
    "This should show us what is wrong.",
    "After that we can go on.",
)
THOUGHTS = (
    "The user wants the bug fixed. I should look at the file first.",
    "Okay, so the function returns None when the list is empty.\nThat explains the failure. I'll read it.",
    "Hmm. There are two candidates: the cart and the order.\n\n- the cart rounds\n- the order does not\n\n"
    "I'd better check.",
    "We need to call the tool with the right arguments. The path was given by the user.",
    'They said "only the tests", so nothing else may change. If a < b the loop ends.',
    "Let me think step by step. First look, then change, then run.",
    "The weather? I can't know that without asking.",
    "Previously I tried `total += 1`, that was wrong. {so} the other way [then].",
)
# Tokens that end a turn in some chat template, and that a server left in the text.
STRAY = ("<|im_end|>", "<|eot_id|>", "</s>", "<|endoftext|>", "<end_of_turn>", "<|end|>", "<|eom_id|>")


def thoughts(family: Family, chance: Random) -> str:
    """A whole think block of the family, with the gap behind it."""
    opener, closer = family.think or ("<think>", "</think>")
    around = chance.choice(("\n", "\n", ""))
    return f"{opener}{around}{chance.choice(THOUGHTS)}{around}{closer}{gap(family, chance)}"


def gap(family: Family, chance: Random) -> str:
    """Between a think block and what follows it; only a call with a token of its own needs no new line."""
    return chance.choice(("\n\n", "\n", "") if family.marked else ("\n\n", "\n"))


def prose_before(chance: Random) -> str:
    return chance.choice(BEFORE) + chance.choice(("\n\n", "\n\n", "\n"))


def prose_after(chance: Random) -> str:
    return chance.choice(("\n\n", "\n")) + chance.choice(AFTER)
