"""Turns parses and resolved actors into findings: events, claims, links, instruments."""
