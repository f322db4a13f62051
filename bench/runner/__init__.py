"""Runs harnesses on tasks against the simulated model, and says what came of it."""
