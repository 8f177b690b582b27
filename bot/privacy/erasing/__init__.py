"""Erasing a person: what goes and what stays is said first, then it is done by the clock."""
