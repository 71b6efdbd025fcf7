"""Holds what every layer needs and none owns: errors by fault, folding of letters, stable ids, canonical JSON."""
