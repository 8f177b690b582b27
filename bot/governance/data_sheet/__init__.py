"""The data sheet, sent to admins as a file."""
