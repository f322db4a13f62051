"""What the code graph is measured on: pinned sources and drawn call sites, beside other programs."""
