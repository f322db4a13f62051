"""Kinds of definitions by what names do in them."""

from __future__ import annotations

TYPES = frozenset({"class", "interface", "trait", "struct", "enum"})
FUNCTIONS = frozenset({"function", "method"})

# What begins the name of an attribute of a method's own object.
SELVES = ("self.", "this.", "cls.")
