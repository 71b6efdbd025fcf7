"""Holds the records that stages hand to one another; records hold, they don't do."""
