"""Sections that colleagues are asked to write."""
