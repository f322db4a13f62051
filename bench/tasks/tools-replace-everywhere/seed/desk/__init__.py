"""The desk of a lending library."""
