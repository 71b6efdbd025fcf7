"""Compares dossiers with one another: which articles are copies, which mentions tell of one happening. No input, no output, no clock."""
