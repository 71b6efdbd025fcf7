"""Shows what was read, in a terminal, on a page or as data."""
