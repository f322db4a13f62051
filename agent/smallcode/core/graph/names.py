"""Names as the facts hold them: dotted, whatever stands between their parts in the language."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

UNNAMED = "?"
"""The receiver of a call that is no name."""

LONGEST_NAME = 120
"""Characters; what is longer is an expression, or not written by a person."""

_PART = r"[^\W\d][\w$]*"
_NAME = re.compile(rf"~?(?:{_PART}|[#@$]{_PART})(?:\.[~#]?{_PART})*\Z")
_NOISE = re.compile(r"[\s?!]+")
_CHAIN = re.compile(rf"{_PART}(?:\(\))*(?:\.#?{_PART}(?:\(\))*)*\Z")

# What stands before and behind the name in a type: declarations, pointers, references, lifetimes.
_BEFORE = re.compile(
    r"(?:\s|[:&*]|'\w+\s|(?:const|volatile|mut|dyn|impl|struct|enum|union|class|typename|final|readonly)\b)+"
)
_BEHIND = re.compile(r"(?:\s|[&*?!]|\bconst\b)+\Z")
_GENERIC = re.compile(r"([\w.$]+)\s*[<\[](.*)[>\]]\Z", re.DOTALL)
_INFERRED = frozenset({"var", "auto", "val", "let"})
_QUOTES = "\"'`"
_NOTHING = frozenset({"None", "null", "undefined", "nil"})


def expression_name(text: str, separators: Sequence[str] = ()) -> str:
    """The name that a piece of an expression is, where angle brackets hold types and square ones an index."""
    return text if text.isidentifier() else dotted(without_generics(text, "<>"), separators)


def dotted(text: str, separators: Sequence[str] = ()) -> str:
    """A name of several parts as ``a.b.c``; "" for what is no name. ``separators`` stand for the dot."""
    if text.isidentifier():
        return text
    if len(text) > LONGEST_NAME:
        return ""
    for separator in separators:
        text = text.replace(separator, ".")
    text = _NOISE.sub("", text).strip(".")
    return text if _NAME.match(text) else ""


def receiver_name(text: str, separators: Sequence[str] = ()) -> str:
    """The same for what a method is called on, where a part may be a call: ``a.b(c).d`` is ``a.b().d``, and
    ``super(A, self)`` is ``super()``. What is no such name is "?"."""
    return expression_name(text, separators) or chain_name(text, separators) or UNNAMED


def chain_name(text: str, separators: Sequence[str] = ()) -> str:
    """A dotted name whose parts may be calls, without their arguments; "" for what is none."""
    text = text.removeprefix("new ")
    for separator in separators:
        text = text.replace(separator, ".")
    bare = _NOISE.sub("", without_generics(_without_arguments(text), "<>"))
    return bare if len(bare) <= LONGEST_NAME and _CHAIN.match(bare) else ""


def _without_arguments(text: str) -> str:
    """Empties round brackets. "" where other brackets or a string stand outside of these."""
    kept, depth, quote = [], 0, ""
    for char in text:
        if quote:
            quote = "" if char == quote else quote
        elif char in _QUOTES:
            quote = char
        elif char in "([{":
            kept += [] if depth else [char, ")"]
            depth += 1
        elif char in ")]}":
            depth -= 1
        if not depth and char not in ")]}":
            kept.append(char)
    return "".join(kept)


def type_name(text: str, separators: Sequence[str] = (), transparent: Collection[str] = ()) -> str:
    """The one class that a type stands for: without pointers, arguments and ``| None``. ``transparent``
    are generic types that stand for their first argument. "" where there is no such class, as for arrays,
    tuples, functions, unions and what the compiler is to infer."""
    if text.isidentifier():
        return "" if text in _INFERRED else text
    if len(text) > LONGEST_NAME:
        return ""
    before = _BEFORE.match(text)
    text = _BEHIND.sub("", text[before.end() :] if before else text).strip("\"'").strip()
    for separator in separators:
        text = text.replace(separator, ".")
    choices = [one for part in split_outside(text, "|") if (one := part.strip()) not in _NOTHING]
    if len(choices) != 1:
        return ""
    text = choices[0].strip("\"'")
    generic = _GENERIC.match(text)
    if generic is None:
        return text if _NAME.match(text) and text not in _INFERRED else ""
    if not generic[2].strip():
        return ""
    if generic[1].rpartition(".")[2] in transparent:
        return type_name(split_outside(generic[2], ",")[0], separators, transparent)
    return dotted(generic[1])


def split_outside(text: str, separator: str) -> list[str]:
    """Splits at the separator where it stands in no bracket."""
    parts, depth, start = [], 0, 0
    for place, char in enumerate(text):
        if char in "([{<":
            depth += 1
        elif char in ")]}>":
            depth -= 1
        elif char == separator and depth <= 0:
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]


def without_generics(text: str, brackets: str = "<>[]") -> str:
    """``Cart<T>::Item`` as ``Cart::Item``: what stands in brackets is left out, here those of types."""
    if "<" not in text and "[" not in text:
        return text
    kept, depth = [], 0
    for char in text:
        if char in brackets[::2]:
            depth += 1
        elif char in brackets[1::2]:
            depth = max(0, depth - 1)
        elif not depth:
            kept.append(char)
    return "".join(kept)
