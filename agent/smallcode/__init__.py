"""A coding agent for small local models. Knows nothing of editors or language servers."""

__version__ = "0.1.0"
