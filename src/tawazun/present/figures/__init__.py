"""Draws what analyses found, as SVG or PNG."""
