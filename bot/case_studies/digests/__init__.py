"""Channels that are told once a month what has been published."""
