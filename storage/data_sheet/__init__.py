"""What is kept, why, where, how long and who sees it: generated from the schema and what is said of it."""

from storage.data_sheet.sheet import data_sheet

__all__ = ["data_sheet"]
