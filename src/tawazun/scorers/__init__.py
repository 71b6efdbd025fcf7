"""Turns features that a reader understands into probabilities: log-linear scorers, trained elsewhere, that run as plain tables."""
