"""Texts of people who were erased, offered to the owners of the case studies they stand in."""
