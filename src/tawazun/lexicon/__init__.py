"""Turns the knowledge files into compiled, typed tables that readers look words up in."""
