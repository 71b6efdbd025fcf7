"""Turns each analysis into a command with a table and a figure."""
