"""The code graph's outer side: files, processes and the store."""
