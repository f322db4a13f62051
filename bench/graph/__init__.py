"""What the code graph is measured on: pinned sources, drawn call sites, and the programs it is held against."""
