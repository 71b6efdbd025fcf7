"""Keeps articles and dossiers in a workspace, SQLite or PostgreSQL, and gives them back."""
