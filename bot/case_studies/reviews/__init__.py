"""Approval by a second person."""
