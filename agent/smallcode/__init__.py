"""A coding agent for small local models. Knows nothing of editors or language servers."""
