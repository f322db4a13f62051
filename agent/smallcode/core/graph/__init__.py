"""The code graph: what files define and use, and which definition each use means."""
