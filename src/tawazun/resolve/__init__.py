"""Turns mentions into referents: which actor, which day, which place."""
