"""How often the patch engine does what was meant, by the kind of mistake in the call."""
