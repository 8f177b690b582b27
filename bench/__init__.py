"""Measurements: how good and how fast the parts are."""
