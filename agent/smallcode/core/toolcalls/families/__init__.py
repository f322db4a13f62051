"""One file for each family of dialects; ``dialects`` lists them."""
