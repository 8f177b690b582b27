"""Case studies as files: Word for one, CSV and JSON for many."""
