"""Holds the use cases that every face calls: reading, coding many, explaining, exporting, checking knowledge."""
