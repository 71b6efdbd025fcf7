"""Turns tokens into names, times, noun phrases, clauses and predicates."""
