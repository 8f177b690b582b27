"""Lists of rankings, open and decided."""
