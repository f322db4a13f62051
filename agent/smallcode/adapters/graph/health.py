"""Whether extraction works at all: silence is no result."""

from __future__ import annotations

from collections import Counter

from ...core.graph.facts import FileFacts
from ...languages import ALL
from .extract import NOT_INSTALLED, grammar_of, wheel_of

# Characters of a file that must define something, as nearly all code of this length does.
_SUBSTANCE = 400

# Files of a language that may all the same define nothing.
_CHANCE = 3


class Health:
    """Counts what the files of each language gave."""

    def __init__(self) -> None:
        self._silent: Counter[str] = Counter()
        self._speaking: Counter[str] = Counter()
        self._without_grammar: Counter[str] = Counter()
        self._broken: dict[str, str] = {}

    def note(self, facts: FileFacts, size: int) -> None:
        """``size`` is the length of the file's text, in characters."""
        if facts.error.startswith(NOT_INSTALLED):
            self._without_grammar[facts.language] += 1
        elif facts.error.startswith("the query of"):
            self._broken[facts.language] = facts.error
        elif facts.definitions:
            self._speaking[facts.language] += 1
        elif not facts.error and size >= _SUBSTANCE:
            self._silent[facts.language] += 1

    def problems(self) -> list[str]:
        """A sentence for each language of code whose files gave nothing, with the remedy."""
        found = []
        for language in ALL:
            name, grammar = language.name, grammar_of(language)
            if language.graph is None or grammar is None:
                continue
            wheel = wheel_of(grammar)
            if count := self._without_grammar[name]:
                found.append(
                    f"The grammar of {name} is not installed: {count} of its files are not in the code graph."
                    f" Install it: pip install {wheel}"
                )
            elif name in self._broken:
                found.append(f"{self._broken[name]}. Reinstall it: pip install --force-reinstall {wheel}")
            elif not self._speaking[name] and self._silent[name] > _CHANCE:
                found.append(
                    f"{self._silent[name]} files of {name} were read, and none defines anything: its grammar "
                    f"is broken. Reinstall it: pip install --force-reinstall {wheel}"
                )
        return found
