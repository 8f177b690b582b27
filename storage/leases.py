"""Leases: something that is one process's until a time, so that another goes on where that one died."""

from datetime import timedelta

CLOCK_ERROR = timedelta(minutes=1)
"""A lease that ends so much later than a new one would is from a clock that was wrong, and does not hold."""
