"""Turns text into tokens with their clitic lattice, quotations and sentences."""
