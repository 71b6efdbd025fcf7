"""Holds one step a file, in order."""
