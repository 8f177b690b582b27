"""Drafts: begun, written section by section, asked about when old."""
