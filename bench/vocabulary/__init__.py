"""Training of the vocabulary that prompts are estimated with."""
