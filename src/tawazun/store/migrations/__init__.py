"""Holds the steps by which the tables of a workspace came to be, for Alembic."""
