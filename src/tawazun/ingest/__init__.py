"""Turns files, folders, rows, pages and addresses into articles, and says what of them can't be read and why."""
