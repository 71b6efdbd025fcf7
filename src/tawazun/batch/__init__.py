"""Turns shards of articles into shards of dossiers, on one machine or many."""
