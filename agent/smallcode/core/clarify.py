"""A message too vague to act on: "fix it", where nothing says what "it" is.

A small model that is asked this begins to search the project for something to fix, and finds something. One
question instead costs no request. It is asked only where nobody could know: as soon as there is a selection,
a reported problem, an open file, a picture or an earlier turn (and with that its last failing command), the
model is asked, and not the user.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..messages import Ask
from .mentions import read_mentions

FEATURE = "clarify"
"""The name under which it can be switched off."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known beside the words. ``pointed``: a file, a folder or anything else is mentioned."""

    selection: bool = False
    problems: bool = False
    open_file: bool = False
    pointed: bool = False
    images: bool = False
    history: bool = False

    @property
    def says_nothing(self) -> bool:
        known = self.selection, self.problems, self.open_file, self.pointed, self.images, self.history
        return not any(known)


# What is to be done, as the question repeats it.
_VERBS = {
    "fix": "fix", "repair": "fix", "solve": "fix", "debug": "fix", "resolve": "fix", "correct": "fix",
    "change": "change", "edit": "change", "modify": "change", "update": "change", "adjust": "change",
    "improve": "improve", "optimize": "improve", "optimise": "improve", "clean": "clean up",
    "refactor": "refactor", "rewrite": "rewrite", "simplify": "simplify", "rename": "rename",
    "explain": "explain", "describe": "explain", "finish": "finish", "complete": "finish",
    "delete": "delete", "remove": "remove", "implement": "implement", "move": "move",
    "behebe": "fix", "repariere": "fix", "korrigiere": "fix", "ändere": "change", "verbessere": "improve",
    "erkläre": "explain", "erklär": "explain", "lösche": "delete",
    "corrige": "fix", "répare": "fix", "explique": "explain", "améliore": "improve", "modifie": "change",
    "arregla": "fix", "arréglalo": "fix", "corrígelo": "fix", "explica": "explain", "mejora": "improve",
    "исправь": "fix", "объясни": "explain",
}  # fmt: skip


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


# What may stand for the thing without saying which one it is.
_VAGUE = _words(
    "it this that these those them thing things stuff problem problems issue issues bug bugs error errors",
    "code file files function method class here up",
    "das dies es den die der fehler problem datei code hier",
    "ça ceci cela le la les l erreur bug fichier",
    "lo esto eso el la los error fallo archivo",
    "это ошибку",
)

_FILLERS = _words(
    "please pls plz can could would will you u just now then ok okay hey hi the a an my me for kindly",
    "again quickly asap immediately",
    "bitte mal kannst du mir s il te plaît stp por favor puedes пожалуйста",
)

_GO_ON = frozenset(
    {"continue", "go on", "do it", "do that", "keep going", "same again", "mach weiter", "weiter"}
)

# Chinese and Japanese are written without spaces; these are whole messages.
_WHOLE = {
    "修复它": "fix", "修复一下": "fix", "修一下": "fix", "修正して": "fix", "直して": "fix",
    "解释一下": "explain",
}  # fmt: skip

_WORD = re.compile(r"[^\W\d_]+")
_ANYTHING_ELSE = re.compile(r"[\d_`/\\#@<>={}()\[\]\n]|\w\.\w")

MOST_WORDS = 9


def question(message: str, situation: Situation) -> str:
    """What to ask the user instead of working on the message; "" for a message that says enough."""
    if not situation.says_nothing:
        return ""
    words = [word.casefold() for word in _WORD.findall(message)]
    said = " ".join(word for word in words if word not in _FILLERS)
    if said in _GO_ON or " ".join(words) in _GO_ON:
        return "There is nothing to go on with yet. What should I do?"
    verb = _vague_verb(message, words)
    if not verb:
        return ""
    return (
        f"What should I {verb}? Nothing is open or selected here. Name a file (such as @src/app.py), or "
        "paste the code or the error message."
    )


def _vague_verb(message: str, words: list[str]) -> str:
    """The verb of a message that has no other word that means anything; "" for any other message."""
    whole = _WHOLE.get(message.strip(" \t\n。！!.？?"))
    if whole:
        return whole
    if _ANYTHING_ELSE.search(message.strip()) or not 1 <= len(words) <= MOST_WORDS:
        return ""
    verbs = [_VERBS[word] for word in words if word in _VERBS]
    told = [word for word in words if word not in _FILLERS and word not in _VAGUE and word not in _VERBS]
    return verbs[0] if len(verbs) == 1 and not told else ""


def vague(ask: Ask, history: bool) -> str:
    """What the user is asked where the request says too little; "" where it says enough. ``history`` is
    whether there was a turn before."""
    situation = Situation(
        selection=ask.selection is not None,
        problems=bool(ask.problems),
        open_file=ask.active_path is not None,
        pointed=bool(ask.mentions or read_mentions(ask.prompt)),
        images=bool(ask.images),
        history=history,
    )
    return question(ask.prompt, situation)
