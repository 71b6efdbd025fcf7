"""Holds the page: one HTML file that stands by itself."""
