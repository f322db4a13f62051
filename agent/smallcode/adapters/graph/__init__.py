"""The code graph's contact with the world: reading files by their grammars."""
