"""Turns dossiers into what other programs read: PLOVER, tables, web annotations."""
